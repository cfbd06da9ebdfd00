/** The connections that match an expression, by a reading of their own. */
import { Analysis } from '../../analyze.js';
import { nodeHost } from '../../files/host.js';
import { openCaptures } from '../../files/open-captures.js';
import { judgeConnection } from '../../verdict/report.js';
import { compileFilter } from '../../where/filter.js';
import type { AnalyzeFlags } from '../options/options.js';
import type { CliIo } from '../terminal/io.js';
import { checkReadableTwice } from './extract.js';

/** Indices of those that match. @throws UserError where an input cannot be read twice. */
export async function matchingConnections(
  files: readonly string[],
  where: string,
  { connection, maxConnections }: AnalyzeFlags,
  io: CliIo,
): Promise<number[]> {
  checkReadableTwice(files, '--where with the packets of what matches');
  const filter = compileFilter(where);
  const chosen = connection === undefined ? null : new Set(connection);
  const found: number[] = [];
  const capture = await openCaptures(files, { signal: io.signal });
  try {
    const analysis = new Analysis(
      {
        wants: (index) => chosen === null || chosen.has(index),
        picks: (facts) => filter.facts(facts) !== false,
        connection(snapshot) {
          if (filter.connection(judgeConnection(snapshot))) found.push(snapshot.index);
        },
      },
      { host: nodeHost, signal: io.signal, ...(maxConnections === undefined ? {} : { maxConnections }) },
    );
    await analysis.read(capture);
    analysis.finish(capture);
  } finally {
    await capture.close();
  }
  return found;
}
