/**
 * ndjson (CONTRACT.md): one object a line, in the order in which they end; with packets or events in the order of packets. By
 * start (`--sort start`), all but packets and events are kept until the end, as text. Results that grow have a connection as
 * soon as it is over (early-lines.ts).
 */
import { inOrder } from '../../analysis/in-order.js';
import type { AnalysisSink } from '../../analysis/sink.js';
import type { Drops } from '../../capture/reader.js';
import { jsonText } from '../../escape.js';
import { captureObject, packetObject } from '../../render/data/json.js';
import type { SegmentRow, Step } from '../../track/results/sink.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import type { UdpFlowSnapshot } from '../../track/udp/flow.js';
import type { NdjsonPlan } from '../options/plan.js';
import type { Output } from '../terminal/output.js';
import { serialized } from '../terminal/serialized.js';
import { EarlyLines } from './early-lines.js';
import { HoldUntilEnd } from './hold-until-end.js';
import { connectionEntry, entryText, flowEntry, type More, withCaveat } from './json-entry.js';
import type { Reporter } from './reporter.js';
import { joined, type StoredText, TextStore } from './text-store.js';

type Span = Pick<ConnectionSnapshot | UdpFlowSnapshot, 'firstPacket'>;

export function ndjsonReporter(
  plan: Pick<NdjsonPlan, 'packets' | 'byStart' | 'events' | 'growing'>,
  output: Output,
  isWanted: (index: number) => boolean,
  more: More = null,
): Reporter {
  let ready: StoredText[] = [];
  const byStart = plan.byStart ? new HoldUntilEnd<StoredText>() : null;
  const store = new TextStore();
  // put before the text: copying the members into another object takes longer
  const line = (type: string, object: object): StoredText =>
    store.add(`{"type":"${type}",${entryText(object).slice(1)}\n`);
  const put = (type: string, object: object): void => void ready.push(line(type, object));
  const putSpan = ({ firstPacket }: Span, type: string, object: object): void => {
    if (byStart === null) put(type, object);
    else byStart.put(firstPacket, line(type, object));
  };
  const entry = (snapshot: ConnectionSnapshot, drops: Drops | null): Record<string, unknown> =>
    withCaveat(connectionEntry(snapshot, more), drops);
  const wants = { events: plan.events, revisions: plan.growing && byStart === null };
  const early =
    wants.events || wants.revisions
      ? new EarlyLines(
          wants,
          {
            event: (object) => put('event', object),
            connection: (snapshot, object) => putSpan(snapshot, 'connection', object),
          },
          entry,
        )
      : null;
  // in turn, as the memory of lines is used again
  const flush = serialized(async () => {
    const lines = ready;
    ready = [];
    for (const piece of joined(lines)) await output.write(piece);
    // whatever was reported meanwhile, live, is ready
    if (byStart === null && ready.length === 0) store.reuse();
  });
  const sink: AnalysisSink = {
    ...(plan.packets
      ? {
          segment(row: SegmentRow) {
            if (!isWanted(row.connection)) return;
            put('packet', packetObject(row));
          },
        }
      : {}),
    ...(early === null
      ? {}
      : {
          step(step: Step, connection: () => ConnectionSnapshot, drops: Drops | null) {
            const snapshot = connection();
            if (isWanted(snapshot.index)) early.step(step, snapshot, drops);
          },
        }),
    wants: isWanted,
    connection(snapshot, drops) {
      if (early === null) putSpan(snapshot, 'connection', entry(snapshot, drops));
      else early.last(snapshot, drops);
    },
    udpFlow: (snapshot, drops) => putSpan(snapshot, 'udpFlow', withCaveat(flowEntry(snapshot), drops)),
  };
  return {
    wants: {},
    // without rows there is no packet to wait for while results are read as they come
    sink: plan.packets || (plan.events && !plan.growing) ? inOrder(sink) : sink,
    flush,
    async finish(summary) {
      await flush();
      for (const piece of joined([...(byStart?.take() ?? [])])) await output.write(piece);
      await output.write(`${jsonText({ type: 'capture', ...captureObject(summary) })}\n`);
      await output.end();
    },
  };
}
