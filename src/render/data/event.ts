/** A step in the life of a connection, as `--format ndjson --events` has it. */
import { phrases } from '../../explain/phrases.js';
import { rfc3339 } from '../../time.js';
import type { Step } from '../../track/results/sink.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import type { ConnectionReport } from '../../verdict/report.js';

/** When, and by which packet; both ends' states after it. `outcome` is null until the connection is over. */
export function eventObject(
  step: Step,
  report: ConnectionReport,
  snapshot: Pick<
    ConnectionSnapshot,
    'lastPacket' | 'startSeconds' | 'startNanoseconds' | 'startedAt' | 'lastAt'
  >,
): Record<string, unknown> {
  const since = snapshot.startNanoseconds + (snapshot.lastAt - snapshot.startedAt);
  const seconds = Math.floor(since / 1e9);
  const isOver = step === 'closed' || step === 'failed';
  return {
    event: step,
    connection: report.index,
    packet: snapshot.lastPacket,
    time: rfc3339(snapshot.startSeconds + seconds, since - seconds * 1e9),
    client: report.client,
    server: report.server,
    states: report.states,
    outcome: isOver ? report.outcome : null,
    text: phrases.stepSentence(step, report),
  };
}
