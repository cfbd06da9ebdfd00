/** A reporter of only the connections and UDP flows that a filter picks; where it picks none, a hint says what there is. */
import type { Drops } from '../../capture/reader.js';
import type { Step } from '../../track/results/sink.js';
import type { ConnectionSnapshot, LocatedFacts } from '../../track/results/snapshot.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';
import type { Filter } from '../../where/filter.js';
import { Picker } from '../../where/picker.js';
import { watched } from '../../where/watched.js';
import type { OutputPlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import type { Reporter } from './reporter.js';
import { seenText } from './seen-text.js';

/**
 * `growing`: a step is written where its connection matches by then; else the reporter knows which are wanted. `stderr`:
 * where hints go.
 */
export function selecting(
  reporter: Reporter,
  filter: Filter,
  { growing, hints }: Pick<OutputPlan, 'growing' | 'hints'>,
  { stderr }: Pick<CliIo, 'stderr'>,
): Reporter {
  const { sink } = reporter;
  // connections of which a step was written: their end is written too
  const begun = new Set<number>();
  const { filter: asked, seen } = watched(filter);
  const picker = new Picker(asked);
  let latest: LocatedFacts | null = null;
  const innerPicks = (): boolean => latest === null || sink.picks === undefined || sink.picks(latest);
  return {
    ...reporter,
    // the filter may ask for it
    wants: { ...reporter.wants, zeek: true },
    sink: {
      ...sink,
      ...(filter.asksRoundTrips ? { times: () => 'all' as const } : {}),
      picks(facts) {
        latest = facts;
        const wanted = picker.facts(facts);
        if (begun.delete(facts.index)) picker.early = true;
        return picker.early === true ? innerPicks() : wanted;
      },
      connection(snapshot, drops) {
        const isKnown = picker.early === true;
        if (!picker.matches(() => judgeConnection(snapshot))) return;
        // for those known before, the reporter was asked then
        if (isKnown || innerPicks()) sink.connection(snapshot, drops);
      },
      ...(sink.step === undefined || !growing
        ? {}
        : {
            step(step: Step, connection: () => ConnectionSnapshot, drops: Drops | null) {
              const snapshot = connection();
              if (!begun.has(snapshot.index) && !filter.connection(judgeConnection(snapshot))) return;
              begun.add(snapshot.index);
              sink.step?.(step, () => snapshot, drops);
            },
          }),
      udpFlow(snapshot, drops) {
        if (asked.udpFlow(judgeUdpFlow(snapshot))) sink.udpFlow?.(snapshot, drops);
      },
    },
    async finish(summary) {
      await reporter.finish(summary);
      if (hints) stderr.write(seenText(seen()));
    },
  };
}
