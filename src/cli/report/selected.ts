/** A reporter of those connections and UDP flows alone that a filter picks. */
import type { Step } from '../../track/results/sink.js';
import type { ConnectionSnapshot, LocatedFacts } from '../../track/results/snapshot.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';
import type { Filter } from '../../where/filter.js';
import type { Reporter } from './reporter.js';

/** `asTheyCome`: what is read of a connection by now decides about its steps; else whoever takes them knows which are wanted. */
export function selecting(reporter: Reporter, filter: Filter, asTheyCome: boolean): Reporter {
  const { sink } = reporter;
  // of these something was written, so that the last word about them is too
  const begun = new Set<number>();
  // what the facts alone said of the connection that is reported next
  let early: boolean | null = null;
  let latest: LocatedFacts | null = null;
  const innerPicks = (): boolean => latest === null || sink.picks === undefined || sink.picks(latest);
  return {
    ...reporter,
    sink: {
      ...sink,
      ...(filter.asksRoundTrips ? { times: () => 'all' as const } : {}),
      picks(facts) {
        early = begun.delete(facts.index) ? true : filter.facts(facts);
        latest = facts;
        return early === true ? innerPicks() : early !== false;
      },
      connection(snapshot) {
        const wanted = early === true || (filter.connection(judgeConnection(snapshot)) && innerPicks());
        if (wanted) sink.connection(snapshot);
      },
      ...(sink.step === undefined || !asTheyCome
        ? {}
        : {
            step(step: Step, connection: () => ConnectionSnapshot) {
              const snapshot = connection();
              if (!begun.has(snapshot.index) && !filter.connection(judgeConnection(snapshot))) return;
              begun.add(snapshot.index);
              sink.step?.(step, () => snapshot);
            },
          }),
      udpFlow(snapshot) {
        if (filter.udpFlow(judgeUdpFlow(snapshot))) sink.udpFlow?.(snapshot);
      },
    },
  };
}
