/** Where results go: one reporter a format, each a sink of the analysis and a last word. */

import type { Analysis, AnalysisOptions, AnalysisSink, Concluding } from '../analyze.js';
import { UserError } from '../errors.js';
import type { CaptureSummary } from '../summary.js';
import { refuseOverwriting } from './files.js';
import type { CliIo } from './io.js';
import { isTabular, type OutputFlags, textStyle } from './options.js';
import { openOutput } from './output.js';

export interface Reporter extends Concluding {
  sink: AnalysisSink;
  /** What the tracker must keep for this format. */
  wants: Pick<AnalysisOptions, 'ladders' | 'ladderOf'>;
  /** Called once, before anything is analysed. */
  attach(analysis: Analysis): void;
  /** The last word: everything has been told. */
  finish(summary: CaptureSummary): Promise<void>;
}

/** `inputs`: files that are being read, which must not be written over. */
export async function createReporter(
  flags: OutputFlags,
  io: CliIo,
  inputs: readonly string[] = [],
  /** Further members of a connection in JSON, by its index. */
  more?: (index: number) => object,
): Promise<Reporter> {
  const wanted = new Set(flags.connection ?? []);
  const isWanted = (index: number): boolean => wanted.size === 0 || wanted.has(index);
  if (isTabular(flags.format)) {
    const { columnsReporter } = await import('./report-columns.js');
    return columnsReporter(flags, io, inputs, isWanted);
  }
  if (flags.table !== undefined) throw new UserError('--table goes with --format csv or parquet');
  if (flags.packets === true && flags.format !== 'ndjson') {
    throw new UserError('--packets goes with --format ndjson, csv or parquet');
  }
  if (flags.sort !== undefined && flags.format !== 'ndjson') {
    throw new UserError('--sort goes with --format ndjson, csv or parquet: the others are always by start');
  }
  if (flags.output !== undefined) refuseOverwriting(flags.output, inputs);
  const output = await openOutput(flags.output, io);
  if (flags.format === 'json') {
    const { jsonReporter } = await import('./report-json.js');
    return jsonReporter(output, isWanted, more);
  }
  if (flags.format === 'ndjson') {
    const { ndjsonReporter } = await import('./report-ndjson.js');
    return ndjsonReporter(flags, output, isWanted, more);
  }
  const { textReporter } = await import('./report-text.js');
  return textReporter(flags, output, textStyle(flags, io), isWanted);
}
