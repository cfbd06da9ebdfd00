/** A filter that also notes, as long as nothing matches, which values there are of what it asks for. */
import type { Filter } from './filter.js';
import type { SeenValues } from './value-tally.js';

export interface WatchedFilter {
  readonly filter: Filter;
  /** Null where something matched. */
  seen(): SeenValues | null;
}

/** For filters that are asked of each connection and flow once, at its end. */
export function watched(filter: Filter): WatchedFilter {
  const tally = filter.tally();
  let matched = false;
  const { of } = filter;
  const noted = (matches: boolean, compared: boolean, add: () => void): boolean => {
    if (matches) matched = true;
    else if (compared && !matched && tally.wants) add();
    return matches;
  };
  return {
    filter: {
      ...filter,
      facts(facts) {
        const decided = filter.facts(facts);
        if (decided === true) matched = true;
        // its values are in the report
        return decided === false && of.connections && !matched && tally.wants ? null : decided;
      },
      connection: (report) =>
        noted(filter.connection(report), of.connections, () => tally.connection(report)),
      udpFlow: (flow) => noted(filter.udpFlow(flow), of.udpFlows, () => tally.udpFlow(flow)),
    },
    seen: () => (matched ? null : tally.seen()),
  };
}
