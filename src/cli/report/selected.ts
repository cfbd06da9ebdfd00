/** A reporter of only the connections and UDP flows that a filter picks. */
import type { Drops } from '../../capture/reader.js';
import type { Step } from '../../track/results/sink.js';
import type { ConnectionSnapshot, LocatedFacts } from '../../track/results/snapshot.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';
import type { Filter } from '../../where/filter.js';
import { Picker } from '../../where/picker.js';
import type { Reporter } from './reporter.js';

/** `asTheyCome`: a step is written where its connection matches by then; else the reporter knows which are wanted. */
export function selecting(reporter: Reporter, filter: Filter, asTheyCome: boolean): Reporter {
  const { sink } = reporter;
  // connections of which a step was written: their end is written too
  const begun = new Set<number>();
  const picker = new Picker(filter);
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
      ...(sink.step === undefined || !asTheyCome
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
        if (filter.udpFlow(judgeUdpFlow(snapshot))) sink.udpFlow?.(snapshot, drops);
      },
    },
  };
}
