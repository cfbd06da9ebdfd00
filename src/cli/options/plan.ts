/** What is to be shown, and how: the options of a command, checked against each other in one place. */
import { UserError } from '../../errors.js';
import type { GroupOrder, HistogramOf } from '../../group/names.js';
import type { DrawingName } from '../../render/formats/renderers.js';
import type { OrderKey } from '../../render/list-order.js';
import type { GraphChoice, Theme } from '../../render/picture/names.js';
import type { TextStyle } from '../../render/text/style.js';
import type { CliIo } from '../terminal/io.js';
import { type AskFlags, askedExpression } from './ask.js';
import {
  type AnalyzeFlags,
  isForPeople,
  isPicture,
  isTabular,
  type OutputFlags,
  type TimeHow,
  textStyle,
} from './options.js';
import { groupOrderOf, isCaptureOrder, listOrder } from './sort-order.js';
import { checkTables, type TableFile, tableFiles } from './table-files.js';

interface Shared {
  /** A file; undefined for standard output. */
  output: string | undefined;
  /** Results come as long as the capture does, and may be read meanwhile. */
  growing: boolean;
  /** Indices of the connections that are wanted; null for all. */
  connections: ReadonlySet<number> | null;
  /** Those that were named one by one; null where none was. */
  named: ReadonlySet<number> | null;
  /** An expression that connections and flows match (where/filter.ts); null for all. */
  where: string | null;
  /** The `--where` of the command line, as it was written, for errors in it. */
  written: readonly string[];
  /** Set where groups, or a histogram, are shown in place of connections. */
  groups: GroupsPlan | null;
  /** Hints on standard error. */
  hints: boolean;
}

export interface GroupsPlan {
  /** A name of group/names.ts; null for no groups. */
  by: string | null;
  histogram: HistogramOf | null;
  sort: GroupOrder | null;
  /** Times are those of the local zone. */
  local: boolean;
}

export interface TextPlan extends Shared {
  form: 'text';
  /** Ladders of all that is shown. */
  ladders: boolean;
  /** Rows that are shown at most. */
  limit: number;
  style: TextStyle;
  time: TimeHow;
  /** Columns that there is room for in a table: without end where no terminal limits them. */
  tableWidth: number;
  /** Lines of the terminal; null where there is none. */
  height: number | null;
  /** Set where a list was asked for: that alone is shown. */
  list: { sort: { key: OrderKey; reversed: boolean } | null; columns: readonly string[] | null } | null;
}

export interface NdjsonPlan extends Shared {
  form: 'ndjson';
  packets: boolean;
  /** A line for each step of a connection. */
  events: boolean;
  byStart: boolean;
}

export interface TablesPlan extends Shared {
  form: 'tables';
  format: 'csv' | 'parquet';
  files: readonly TableFile[];
  byStart: boolean;
}

export interface JsonPlan extends Shared {
  form: 'json';
}

/** One connection, or with markdown a few, segment by segment. */
export interface PicturePlan extends Shared {
  form: 'picture';
  format: DrawingName;
  theme: Theme;
  /** In pixels. */
  width: number;
  /** Raw sequence numbers. */
  absolute: boolean;
  /** A graph in place of the ladder. */
  graph: GraphChoice | null;
}

export type OutputPlan = TextPlan | PicturePlan | JsonPlan | NdjsonPlan | TablesPlan;

/**
 * `asked`: flags that select connections, where the command has them.
 *
 * @throws UserError where the options do not go together.
 */
export function planOutput(
  flags: OutputFlags,
  io: CliIo,
  asked: AskFlags & Pick<AnalyzeFlags, 'matched'> = {},
  growing = false,
): OutputPlan {
  const { format } = flags;
  if (format === 'html') throw new UserError({ kind: 'html-of-analyze' });
  const wanted = asked.matched ?? flags.connection;
  const shared: Shared = {
    output: flags.output,
    growing,
    connections: wanted === undefined ? null : new Set(wanted),
    named: flags.connection === undefined ? null : new Set(flags.connection),
    where: askedExpression(asked),
    written: asked.where ?? [],
    groups: groupsPlan(flags),
    hints: flags.quiet !== true,
  };
  for (const option of ['theme', 'graph'] as const) {
    if (flags[option] !== undefined && format !== 'svg' && format !== 'png')
      throw withFormats(`--${option}`, ['svg', 'png']);
  }
  if (flags.events === true && !(format === 'ndjson' || (growing && isForPeople(format))))
    throw withFormats('--events', ['ndjson']);
  for (const option of ['explain', 'dialogue'] as const) {
    if (flags[option] === true && !isForPeople(format))
      throw new UserError({ kind: 'with-text-formats', option: `--${option}` });
  }
  if (isForPeople(format)) return textPlan(flags, shared, io);
  if (flags.histogram !== undefined) throw withFormats('--histogram', ['table']);
  if (isPicture(format)) return picturePlan(flags, format, shared);
  if (shared.groups !== null) return groupedPlan(flags, shared);
  for (const option of ['columns', 'limit'] as const) {
    if (flags[option] !== undefined) throw withFormats(`--${option}`, ['table']);
  }
  if (flags.sort !== undefined && (format === 'json' || !isCaptureOrder(flags.sort)))
    throw new UserError(format === 'json' ? { kind: 'sort-not-json' } : { kind: 'sort-by-time', format });
  const byStart = flags.sort?.key === 'start';
  if (isTabular(format)) {
    checkTables(flags);
    return { ...shared, form: 'tables', format, files: tableFiles(flags), byStart };
  }
  if (flags.table !== undefined) throw withFormats('--table', ['csv', 'parquet']);
  if (format === 'ndjson') {
    const { packets = false, events = false } = flags;
    return { ...shared, form: 'ndjson', packets, events, byStart };
  }
  if (flags.packets === true) throw withFormats('--packets', ['ndjson', 'csv', 'parquet']);
  return { ...shared, form: 'json' };
}

function withFormats(option: string, formats: readonly string[]): UserError {
  return new UserError({ kind: 'with-formats', option, formats });
}

function notWith(option: string, other: string): UserError {
  return new UserError({ kind: 'not-with', option, other });
}

/** Pixels of a picture: of its text columns beyond, and a phone's below. */
const USUAL_PICTURE = 920;
const NARROWEST_PICTURE = 320;

function picturePlan(flags: OutputFlags, format: DrawingName, shared: Shared): PicturePlan {
  if (shared.groups !== null) throw withFormats('--by', ['table']);
  for (const option of ['columns', 'limit', 'sort', 'packets', 'table', 'time'] as const) {
    if (flags[option] !== undefined) throw notWith(`--${option}`, `--format ${format}`);
  }
  if (format === 'png' && flags.output === undefined) throw new UserError({ kind: 'file-needed', format });
  const { width = USUAL_PICTURE, theme = format === 'png' ? 'light' : 'auto' } = flags;
  if (format === 'png' && theme === 'auto') throw new UserError({ kind: 'theme-of-svg' });
  if (width < NARROWEST_PICTURE)
    throw new UserError({ kind: 'picture-narrow', width, least: NARROWEST_PICTURE });
  const { absoluteSeq: absolute = false, graph = null } = flags;
  return { ...shared, form: 'picture', format, theme, width, absolute, graph };
}

function groupsPlan({ by, histogram, sort, columns, time }: OutputFlags): GroupsPlan | null {
  if (by === undefined && histogram === undefined) return null;
  if (columns !== undefined) throw new UserError({ kind: 'columns-of-groups' });
  const order = sort === undefined ? null : groupOrderOf(sort);
  if (sort !== undefined && order === null) throw notWith(`--sort ${sort.key}`, '--by');
  return { by: by ?? null, histogram: histogram ?? null, sort: order, local: time === 'local' };
}

/** Groups for programs: all of them, in the order of the table. */
function groupedPlan(flags: OutputFlags, shared: Shared): OutputPlan {
  const { format } = flags;
  for (const option of ['limit', 'packets', 'events', 'table'] as const) {
    if (flags[option] !== undefined)
      throw new UserError({ kind: 'not-with-groups', option: `--${option}`, format });
  }
  if (isTabular(format)) {
    if (format === 'parquet' && flags.output === undefined)
      throw new UserError({ kind: 'file-needed', format });
    return {
      ...shared,
      form: 'tables',
      format,
      files: [{ table: 'groups', path: flags.output }],
      byStart: false,
    };
  }
  if (format === 'ndjson')
    return { ...shared, form: 'ndjson', packets: false, events: false, byStart: false };
  return { ...shared, form: 'json' };
}

/** Up to this many connections are listed by default. */
const DEFAULT_LIMIT = 40;

function textPlan(flags: OutputFlags, shared: Shared, io: CliIo): TextPlan {
  if (flags.table !== undefined) throw withFormats('--table', ['csv', 'parquet']);
  if (flags.packets === true) throw withFormats('--packets', ['ndjson', 'csv', 'parquet']);
  const ladders = flags.format !== 'table' || flags.explain === true || flags.dialogue === true;
  const { columns = null, limit = null } = flags;
  const sort = flags.sort === undefined || shared.groups !== null ? null : listOrder(flags.sort);
  if (flags.sort !== undefined && shared.groups === null && sort === null)
    throw new UserError({ kind: 'goes-with', option: `--sort ${flags.sort.key}`, other: '--by' });
  if (flags.explain === true && flags.dialogue === true) throw new UserError({ kind: 'explain-or-dialogue' });
  if (ladders && shared.groups !== null) throw withFormats('--by', ['table']);
  if (ladders && (sort !== null || columns !== null))
    throw withFormats(`--${sort === null ? 'columns' : 'sort'}`, ['table']);
  const isList = !ladders && (shared.where !== null || sort !== null || columns !== null || limit !== null);
  const style = textStyle(flags, io);
  return {
    ...shared,
    form: 'text',
    ladders,
    limit: limit === 0 ? Number.POSITIVE_INFINITY : (limit ?? DEFAULT_LIMIT),
    style,
    time: flags.time ?? 'utc',
    tableWidth: flags.width ?? (shared.output === undefined ? io.columns : null) ?? Number.POSITIVE_INFINITY,
    height: shared.output === undefined ? io.rows : null,
    list: isList ? { sort, columns } : null,
  };
}
