/** The connections and UDP flows that match an expression, found by a separate reading. */
import { Analysis } from '../../analysis/analysis.js';
import { nodeHost } from '../../files/host.js';
import { openCaptures } from '../../files/open-captures.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';
import { Picker } from '../../where/picker.js';
import type { SeenValues } from '../../where/value-tally.js';
import { watched } from '../../where/watched.js';
import { compileAsked } from '../options/asked-filter.js';
import type { AnalyzeFlags } from '../options/options.js';
import type { CliIo } from '../terminal/io.js';
import { checkReadableTwice } from './extract.js';
import { Tee } from './tee.js';

export interface Matching {
  matched: number[];
  all: number;
  matchedFlows: number[];
  allFlows: number;
  /** Which values there are where nothing matched. */
  seen: SeenValues | null;
}

/** Indices of those that match, and how many there are. @throws UserError where an input cannot be read twice. */
export async function matchingConnections(
  files: readonly string[],
  where: string,
  { connection, maxConnections, count, where: written = [] }: AnalyzeFlags,
  io: CliIo,
): Promise<Matching> {
  checkReadableTwice(files, 'where');
  const { filter, seen } = watched(compileAsked(written, where));
  const picker = new Picker(filter);
  const chosen = connection === undefined ? null : new Set(connection);
  const matched: number[] = [];
  const matchedFlows: number[] = [];
  let all = 0;
  let allFlows = 0;
  const capture = await openCaptures(files, { signal: io.signal });
  try {
    const analysis = new Analysis(
      {
        wants: (index) => chosen === null || chosen.has(index),
        times: () => (filter.asksRoundTrips ? 'all' : 'responses'),
        picks: (facts) => picker.facts(facts),
        connection(snapshot) {
          if (picker.matches(() => judgeConnection(snapshot))) matched.push(snapshot.index);
        },
        // --connection names connections alone
        wantsUdpFlow: () => chosen === null && filter.of.udpFlows,
        udpFlow(snapshot) {
          if (filter.udpFlow(judgeUdpFlow(snapshot))) matchedFlows.push(snapshot.index);
        },
      },
      { host: nodeHost, signal: io.signal, ...(maxConnections === undefined ? {} : { maxConnections }) },
    );
    await analysis.read(new Tee(capture, null, count));
    all = analysis.connections;
    allFlows = analysis.finish(capture).udpFlows;
  } finally {
    await capture.close();
  }
  return { matched, all, matchedFlows, allFlows, seen: seen() };
}
