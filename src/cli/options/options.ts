/** Options that several commands share, and their values checked. */
import { type Command, Option } from 'commander';
import { UserError } from '../../errors.js';
import { TABLE_NAMES, type TableName } from '../../fields/table-names.js';
import { HISTOGRAMS, type HistogramOf, isKeyName, KEY_NAMES } from '../../group/names.js';
import { DRAWING_NAMES, type DrawingName } from '../../render/formats/renderers.js';
import { GRAPHS, type GraphChoice, THEMES, type Theme } from '../../render/picture/names.js';
import type { TextStyle } from '../../render/text/style.js';
import type { CliIo } from '../terminal/io.js';
import { argumentError } from './argument-error.js';
import type { AskFlags } from './ask.js';
import { languageOption } from './language.js';
import { oneExpected, SORT_HELP, type SortOrder, sortOrder } from './sort-order.js';

const PAGES = ['table', 'ladder', 'ascii'] as const;
const OTHERS = ['html', 'json', 'ndjson', 'csv', 'parquet'] as const;
export const FORMATS = [...PAGES, ...DRAWING_NAMES, ...OTHERS];
export type Format = (typeof FORMATS)[number];

/** Formats that show one connection, or a few, segment by segment: their packets are looked at again. */
export function isPicture(format: Format): format is DrawingName {
  return DRAWING_NAMES.some((name) => name === format);
}

/** Formats that are tables of columns, for other engines. */
export function isTabular(format: Format): format is 'csv' | 'parquet' {
  return format === 'csv' || format === 'parquet';
}

/** Formats that a person reads; the others are for programs. */
export function isForPeople(format: Format): boolean {
  return PAGES.some((name) => name === format);
}

export interface OutputFlags {
  format: Format;
  output?: string;
  connection?: number[];
  packets?: boolean;
  /** Each step of a connection: a line of ndjson and, live, of text. */
  events?: boolean;
  table?: TableName;
  sort?: SortOrder;
  columns?: string[];
  by?: string;
  histogram?: HistogramOf;
  color: 'auto' | 'always' | 'never';
  absoluteSeq?: boolean;
  explain?: boolean;
  dialogue?: boolean;
  width?: number;
  ascii?: boolean;
  limit?: number;
  time?: TimeHow;
  theme?: Theme;
  graph?: GraphChoice;
  maxConnections?: number;
  verbose?: boolean;
  /** Short for `--format json`, `--format ndjson`. */
  json?: boolean;
  ndjson?: boolean;
  quiet?: boolean;
  /** False: no bar. */
  progress?: boolean;
}

export const TIMES = ['utc', 'local', 'relative', 'delta', 'epoch'] as const;
export type TimeHow = (typeof TIMES)[number];

/** Options of `analyze` alone. */
export interface AnalyzeFlags extends OutputFlags, AskFlags {
  write?: string;
  follow?: boolean;
  /** A file for what `synfin merge` needs of this part of a capture… */
  partial?: string;
  /** …and its place among the parts. */
  part?: number;
  /** Files given as `-r FILE`. */
  read?: string[];
  /** Reading ends after this many packets. */
  count?: number;
  /** Not an option: the connections that match `--where`, where the files were read for them before. */
  matched?: number[];
  /** The same of UDP flows. */
  matchedFlows?: number[];
}

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup('Show:')
    .addOption(new Option('--format <name>', 'how to show it').choices([...FORMATS]).default('table'))
    .option('-j, --json', 'the same as --format json')
    .option('--ndjson', 'the same as --format ndjson')
    .option(
      '-o, --output <file>',
      'write to a file instead of standard output; csv and parquet: further tables next to it',
    )
    .option('--connection <list>', 'these connections, by number, e.g. 3,7-9 (repeatable)', collectIndices)
    .option('--packets', 'with ndjson, csv and parquet: each TCP segment as well')
    .addOption(
      new Option('--table <name>', 'with csv and parquet: this table alone').choices([...TABLE_NAMES]),
    )
    .option('--sort <key>', SORT_HELP, sortOrder)
    .option('--by <key>', `groups of connections: ${KEY_NAMES.join(', ')}`, byKey)
    .addOption(new Option('--histogram <of>', 'how often which times come').choices([...HISTOGRAMS]))
    .option('--columns <list>', 'columns of the table, or all; `help` lists them', columnList)
    .addOption(
      new Option(
        '--time <how>',
        'times in tables; delta: since the row before, in a ladder since the packet before (default: utc; live on a terminal: local)',
      ).choices([...TIMES]),
    )
    .option('--explain', 'under each arrow of a ladder, what it says and why')
    .option('--dialogue', 'the connection as a conversation, with its numbers')
    .option('--absolute-seq', 'raw sequence numbers in place of relative ones')
    .addOption(renamed('--absolute', '--absolute-seq', 'sequence-numbers'))
    .option('--limit <n>', 'connections shown at most in a table; 0: all (default: 40)', wholeNumber)
    .option('--max-connections <n>', 'connections followed at the same time', positive)
    .option(
      '--width <columns>',
      'width of the output (default: that of the terminal, or 80); svg and png: in pixels (920)',
      positive,
    )
    .option(
      '--graph <name>',
      `with svg and png: ${GRAPHS.join(', ')} in place of the ladder; of the busier end, or NAME:client, NAME:server`,
      graphChoice,
    )
    .addOption(
      new Option('--theme <name>', 'colors of svg (default: as the reader has it) and png (light)').choices([
        ...THEMES,
      ]),
    )
    .option('--ascii', 'only ASCII characters')
    .addOption(languageOption())
    .option('-q, --quiet', 'no progress, no hints')
    .option('--no-progress', 'no bar while a long capture is read')
    .addOption(colorOption());
}

/** Of an option that may be repeated. */
export function collectText(value: string, values: string[] = []): string[] {
  return [...values, value];
}

export function colorOption(): Option {
  return new Option('--color <when>', 'colors').choices(['auto', 'always', 'never']).default('auto');
}

/** As many may be named one by one. */
const MAX_CHOSEN = 1_000_000;

export function collectIndices(value: string, values: number[] = []): number[] {
  const chosen = [...values];
  for (const part of value.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? first);
    // beyond, a number and the next are the same
    const isCountable = Number.isSafeInteger(last) && last >= first && last - first < MAX_CHOSEN;
    if (match === null || !isCountable || chosen.length > MAX_CHOSEN)
      throw argumentError({ kind: 'indices-expected' });
    for (let index = first; index <= last; index++) chosen.push(index);
  }
  return chosen;
}

/** An option that had another name: refused with the new one. */
export function renamed(before: string, now: string, meaning: 'sequence-numbers' | 'stop-after'): Option {
  return new Option(`${before} [value]`)
    .preset('')
    .hideHelp()
    .argParser(() => {
      throw new UserError({ kind: 'renamed', before, now, meaning });
    });
}

/** `--json` and `--ndjson` as the format that they are short for. Throws UserError for two formats. */
export function withFormat<Flags extends OutputFlags>(flags: Flags): Flags {
  const short = flags.json === true ? 'json' : flags.ndjson === true ? 'ndjson' : null;
  if (short === null) return flags;
  if ((flags.format !== 'table' && flags.format !== short) || (flags.json === true && flags.ndjson === true))
    throw new UserError({ kind: 'one-format' });
  return { ...flags, format: short };
}

function byKey(value: string): string {
  if (!isKeyName(value)) throw oneExpected(value, KEY_NAMES);
  return value;
}

function graphChoice(value: string): GraphChoice {
  const [name, end, ...rest] = value.split(':');
  const graph = GRAPHS.find((known) => known === name);
  const sender = (['client', 'server'] as const).find((known) => known === end) ?? null;
  if (graph === undefined || (end !== undefined && sender === null) || rest.length > 0)
    throw argumentError({ kind: 'graph-expected', graphs: GRAPHS });
  return { graph, sender };
}

function columnList(value: string): string[] {
  return value.split(',').map((name) => name.trim());
}

export function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(Number(value)))
    throw argumentError({ kind: 'least-expected', least: 0, whole: true });
  return Number(value);
}

export function positive(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw argumentError({ kind: 'least-expected', least: 1, whole: true });
  return number;
}

export function nonNegative(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0)
    throw argumentError({ kind: 'least-expected', least: 0, whole: false });
  return number;
}

const DEFAULT_WIDTH = 80;

/** How text is to look, by options, environment (NO_COLOR and the like, locale) and terminal. */
export function textStyle(flags: OutputFlags, io: Pick<CliIo, 'env' | 'terminal' | 'columns'>): TextStyle {
  const toFile = flags.output !== undefined;
  const auto = !toFile && isColored(io);
  return {
    width: flags.width ?? (toFile ? null : io.columns) ?? DEFAULT_WIDTH,
    color: flags.format !== 'ascii' && (flags.color === 'always' || (flags.color === 'auto' && auto)),
    unicode: flags.ascii !== true && flags.format !== 'ascii' && isUtf8(io.env),
    absolute: flags.absoluteSeq === true,
    ...(flags.time === 'delta' ? { delta: true } : {}),
    ...(flags.dialogue === true
      ? { commentary: 'dialogue' }
      : flags.explain === true
        ? { commentary: 'explained' }
        : {}),
  };
}

/** Where `--color auto` leaves it to the environment: NO_COLOR (no-color.org) before those that force it. */
function isColored({ env, terminal }: Pick<CliIo, 'env' | 'terminal'>): boolean {
  const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';
  if (isSet(env.NO_COLOR)) return false;
  const forced = [env.FORCE_COLOR, env.CLICOLOR_FORCE].some((value) => isSet(value) && value !== '0');
  return forced || (terminal && env.TERM !== 'dumb');
}

/** POSIX: LC_ALL before LC_CTYPE before LANG. Without any, a pipe or file is taken to be UTF-8. */
function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}
