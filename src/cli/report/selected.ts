/** A reporter of those connections and UDP flows alone that a filter picks. */
import type { LocatedFacts } from '../../track/results/snapshot.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';
import type { Filter } from '../../where/filter.js';
import type { Reporter } from './reporter.js';

export function selecting(reporter: Reporter, filter: Filter): Reporter {
  const { sink } = reporter;
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
        early = filter.facts(facts);
        latest = facts;
        return early === true ? innerPicks() : early !== false;
      },
      connection(snapshot) {
        const wanted = early === true || (filter.connection(judgeConnection(snapshot)) && innerPicks());
        if (wanted) sink.connection(snapshot);
      },
      udpFlow(snapshot) {
        if (filter.udpFlow(judgeUdpFlow(snapshot))) sink.udpFlow?.(snapshot);
      },
    },
  };
}
