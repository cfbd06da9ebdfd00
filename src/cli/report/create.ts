/** The reporter of a format; each is loaded only where it is asked for. */

import { UserError } from '../../errors.js';
import { isTabular, type OutputFlags, textStyle } from '../options/options.js';
import { refuseOverwriting } from '../terminal/files.js';
import type { CliIo } from '../terminal/io.js';
import { openOutput } from '../terminal/output.js';
import type { Reporter } from './reporter.js';
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
    const { columnsReporter } = await import('./columns.js');
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
  const output = await openOutput(flags.output, io, flags.growing === true);
  if (flags.format === 'json') {
    const { jsonReporter } = await import('./json.js');
    return jsonReporter(output, isWanted, more);
  }
  if (flags.format === 'ndjson') {
    const { ndjsonReporter } = await import('./ndjson.js');
    return ndjsonReporter(flags, output, isWanted, more);
  }
  const { textReporter } = await import('./text.js');
  return textReporter(flags, output, textStyle(flags, io), isWanted);
}
