/** Options that several commands share, and their values checked. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { TABLE_NAMES, type TableName } from '../../fields/table-names.js';
import type { TextStyle } from '../../render/text/style.js';
import type { CliIo } from '../terminal/io.js';

export const FORMATS = ['table', 'ladder', 'json', 'ndjson', 'csv', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

/** Formats that are tables of columns, for other engines. */
export function isTabular(format: Format): format is 'csv' | 'parquet' {
  return format === 'csv' || format === 'parquet';
}

/** Formats that a person reads; the others are for programs. */
export function isForPeople(format: Format): boolean {
  return format === 'table' || format === 'ladder';
}

export interface OutputFlags {
  format: Format;
  output?: string;
  connection?: number[];
  packets?: boolean;
  table?: TableName;
  sort?: 'end' | 'start';
  color: 'auto' | 'always' | 'never';
  absolute?: boolean;
  width?: number;
  ascii?: boolean;
  limit?: number;
  maxConnections?: number;
  verbose?: boolean;
  /** Not an option: results come as long as the capture does, and may be read meanwhile. */
  growing?: boolean;
}

/** Options of `analyze` alone. */
export interface AnalyzeFlags extends OutputFlags {
  write?: string;
  follow?: boolean;
  /** A file for what `synfin merge` needs of this part of a capture… */
  partial?: string;
  /** …and its place among the parts. */
  part?: number;
}

export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <name>', 'how to show it').choices([...FORMATS]).default('table'))
    .option(
      '-o, --output <file>',
      'write to a file instead of standard output; csv and parquet: further tables beside it',
    )
    .option('--connection <n>', 'only this connection (repeatable)', collectIndex)
    .option('--packets', 'with ndjson, csv and parquet: each TCP segment as well')
    .addOption(
      new Option('--table <name>', 'with csv and parquet: this table alone').choices([...TABLE_NAMES]),
    )
    .addOption(
      new Option(
        '--sort <by>',
        'with ndjson, csv and parquet: connections as they end (default), or by their start, which needs memory for all of them',
      ).choices(['end', 'start']),
    )
    .option('--absolute', 'raw sequence numbers in place of relative ones')
    .option('--limit <n>', 'connections shown at most in a table (default: 40)', positive)
    .option('--max-connections <n>', 'connections followed at the same time', positive)
    .option('--width <columns>', 'width of the output (default: that of the terminal, or 80)', positive)
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'));
}

function collectIndex(value: string, values: number[] = []): number[] {
  if (!/^\d+$/.test(value))
    throw new InvalidArgumentError('a connection is named by its number in the table, from 0.');
  return [...values, Number(value)];
}

export function positive(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('a whole number of at least 1 is expected.');
  return number;
}

export function nonNegative(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new InvalidArgumentError('a number of at least 0 is expected.');
  return number;
}

const DEFAULT_WIDTH = 80;

/** How text is to look, by options, environment (NO_COLOR, locale) and terminal. */
export function textStyle(flags: OutputFlags, io: CliIo): TextStyle {
  const toFile = flags.output !== undefined;
  const noColor = io.env.NO_COLOR !== undefined && io.env.NO_COLOR !== '';
  const auto = io.terminal && !toFile && !noColor && io.env.TERM !== 'dumb';
  return {
    width: flags.width ?? (toFile ? null : io.columns) ?? DEFAULT_WIDTH,
    color: flags.color === 'always' || (flags.color === 'auto' && auto),
    unicode: flags.ascii !== true && isUtf8(io.env),
    absolute: flags.absolute === true,
  };
}

/** POSIX: LC_ALL before LC_CTYPE before LANG. Without any, a pipe or file is taken to be UTF-8. */
function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}
