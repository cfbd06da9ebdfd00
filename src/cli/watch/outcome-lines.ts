/**
 * The outcome lines of connections, as they come: columns that only grow wider, and the reason of a failure
 * below (80 columns) or in the last column (120, and in a pipe).
 */
import { phrases } from '../../explain/phrases.js';
import type { Time } from '../../fields/field.js';
import { CONNECTION_LIST, type ListColumn } from '../../render/list-columns.js';
import { cellText, shortEndpoint, UNKNOWN_CELL } from '../../render/text/cells.js';
import { type Color, paint, plain, type TextStyle, wrap } from '../../render/text/style.js';
import type { TimeStyle } from '../../render/text/times.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { TimeHow } from '../options/options.js';
import { hasSlowResponse } from './wanted.js';

const GAP = 2;
/** From here on there is room for all columns. */
const WIDE = 120;
/** A reason in less room than this goes below. */
const LEAST_FOR_REASON = 16;
/** The longest end with an IPv4 address. */
const IPV4_END = 21;

const NARROW_COLUMNS = ['time', 'outcome', 'client', 'server', 'response'];
const WIDE_COLUMNS = ['time', 'index', 'outcome', 'client', 'server', 'connect', 'response', 'duration'];
/** Width that most values of a column need, so that lines are aligned from the first on. */
const USUAL_WIDTHS: Readonly<Record<string, number>> = {
  time: 12,
  index: 3,
  outcome: 16,
  client: 15,
  server: 15,
  connect: 7,
  response: 8,
  duration: 8,
};
/** In a pipe, with whole dates and the longest ends of IPv4. */
const WHOLE_WIDTHS: Readonly<Record<string, number>> = {
  ...USUAL_WIDTHS,
  time: 24,
  client: IPV4_END,
  server: IPV4_END,
};
/** `.123`: the first part of the time to be dropped where there is no room. */
const MILLISECONDS = 4;
/** What there is room for. */
type Fit = 'all' | 'short-time' | 'response-below';
const RIGHT = new Set(['index', 'connect', 'response', 'duration']);

const TIME: ListColumn<ConnectionReport> = {
  name: 'time',
  head: () => phrases.listHead('time'),
  form: 'time',
  rank: 0,
  value: lastTime,
};

export interface LineLook {
  style: TextStyle;
  time: TimeHow;
  /** Lines for programs: whole dates, all columns, never broken. */
  whole: boolean;
}

export class OutcomeLines {
  private readonly columns: readonly ListColumn<ConnectionReport>[];
  private readonly widths: number[];
  private readonly wide: boolean;
  /** Where relative times count from: the first connection that is printed; with delta: the line before. */
  private from: Time | null = null;
  /** The columns as their heads were last shown. */
  private headed = '';

  constructor(private readonly look: LineLook) {
    this.wide = look.whole || look.style.width >= WIDE;
    const known = [TIME, ...CONNECTION_LIST];
    this.columns = (this.wide ? WIDE_COLUMNS : NARROW_COLUMNS).flatMap((name) =>
      known.filter((column) => column.name === name),
    );
    const usual = look.whole ? WHOLE_WIDTHS : USUAL_WIDTHS;
    this.widths = this.columns.map(({ name, head }) => Math.max(head().length, usual[name] ?? 0));
  }

  /** The lines of a connection, below the heads of the columns where these are new. `remark`: what else is to be said. */
  lines(report: ConnectionReport, remark: string | null = null): string[] {
    if (this.look.time !== 'delta')
      this.from ??= { seconds: report.startSeconds, nanoseconds: report.startNanoseconds };
    const texts = this.columns.map((column) => this.text(column, report, 'milliseconds'));
    texts.forEach((text, at) => {
      this.widths[at] = Math.max(this.widths[at] ?? 0, text.length);
    });
    const fit = this.fit();
    // a program gets them once
    const columns = this.look.whole ? 'all' : `${fit} ${this.widths.join(' ')}`;
    const heads = columns === this.headed ? [] : [this.head(fit)];
    this.headed = columns;
    const notes = [reasonText(report), remark ?? ''].filter((note) => note !== '');
    const reason = plain(notes.join('; '), this.look.style);
    const lines = this.wide
      ? this.wideLines(report, texts, reason)
      : this.narrowLines(report, texts, fit, reason);
    if (this.look.time === 'delta') this.from = lastTime(report);
    return [...heads, ...lines];
  }

  private fit(): Fit {
    const excess = this.widths.reduce((sum, width) => sum + width + GAP, -GAP) - this.look.style.width;
    if (this.wide || excess <= 0) return 'all';
    return excess <= MILLISECONDS ? 'short-time' : 'response-below';
  }

  private head(fit: Fit): string {
    const heads = this.columns.map(({ name, head }, at) => this.pad(head(), name, at));
    if (fit !== 'all') heads[0] = (heads[0] ?? '').slice(0, -MILLISECONDS);
    if (fit === 'response-below') heads.pop();
    const text = [...heads, ...(this.wide ? [phrases.listHead('cause')] : [])].join(' '.repeat(GAP));
    return paint(this.look.style, 'dim', plain(text.trimEnd(), this.look.style));
  }

  /** The reason is the last column, broken at words where it is too long. */
  private wideLines(report: ConnectionReport, texts: readonly string[], reason: string): string[] {
    const { style, whole } = this.look;
    const row = texts.map((text, at) => this.cell(text, at, report)).join(' '.repeat(GAP));
    if (whole) return [`${row}${' '.repeat(GAP)}${reason === '' ? UNKNOWN_CELL : reason}`];
    if (reason === '') return [row];
    const start = this.widths.reduce((sum, width) => sum + width + GAP, 0);
    if (style.width - start < LEAST_FOR_REASON) return [row, ...this.below(reason)];
    const [first = '', ...more] = wrap(reason, style.width - start, 0);
    return [`${row}${' '.repeat(GAP)}${first}`, ...more.map((line) => ' '.repeat(start) + line)];
  }

  /** The reason goes below, with the columns that do not fit. */
  private narrowLines(
    report: ConnectionReport,
    texts: readonly string[],
    fit: Fit,
    reason: string,
  ): string[] {
    const cells = texts.map((text, at) => this.cell(text, at, report));
    if (fit !== 'all') cells[0] = this.text(TIME, report, 'seconds');
    const notes = [reason];
    if (fit === 'response-below') {
      cells.pop();
      const response = texts.at(-1) ?? UNKNOWN_CELL;
      if (response !== UNKNOWN_CELL) notes.unshift(phrases.responseCell(response));
    }
    const below = notes.filter((note) => note !== '').join('; ');
    const row = cells.join(' '.repeat(GAP)).trimEnd();
    return below === '' ? [row] : [row, ...this.below(below)];
  }

  /** Indented, as far as the outcome. */
  private below(text: string): string[] {
    const indent = (USUAL_WIDTHS.time ?? 0) + GAP;
    return wrap(text, this.look.style.width - indent, 0).map((line) => ' '.repeat(indent) + line);
  }

  private text(
    column: ListColumn<ConnectionReport>,
    report: ConnectionReport,
    detail: TimeStyle['detail'],
  ): string {
    const { style, time, whole } = this.look;
    const value = column.value(report);
    const text = cellText(value, column.form, {
      how: time,
      from: this.from,
      detail: whole ? 'full' : detail,
    });
    const isLong = !whole && text.length > IPV4_END && column.form === 'endpoint';
    return plain(
      isLong ? shortEndpoint(report[column.name === 'client' ? 'client' : 'server']) : text,
      style,
    );
  }

  private cell(text: string, at: number, report: ConnectionReport): string {
    const column = this.columns[at];
    const name = column?.name ?? '';
    const color = colorOf(name, report);
    const padded = this.pad(text, name, at);
    return color === null ? padded : padded.replace(text, () => paint(this.look.style, color, text));
  }

  private pad(text: string, name: string, at: number): string {
    const width = this.widths[at] ?? 0;
    return RIGHT.has(name) ? text.padStart(width) : text.padEnd(width);
  }
}

function colorOf(name: string, report: ConnectionReport): Color | null {
  if (name === 'response') return hasSlowResponse(report) ? 'yellow' : null;
  if (name !== 'outcome' || !report.outcome.failed) return null;
  return report.outcome.kind === 'reset' ? 'yellow' : 'red';
}

/** Why it failed, or what was slow in it; empty where there is nothing to say. */
function reasonText(report: ConnectionReport): string {
  const { response } = report;
  const isHidden = hasSlowResponse(report) && response !== null && response.count > 1;
  const slow = isHidden ? [phrases.slowestResponseText(response.max)] : [];
  return [phrases.causeWords(report), ...slow].filter((part) => part !== '').join('; ');
}

/** When its last packet came. */
export function lastTime({ startSeconds, startNanoseconds, duration }: ConnectionReport): Time {
  const nanoseconds = startNanoseconds + Math.round(duration * 1e9);
  const carried = Math.floor(nanoseconds / 1e9);
  return { seconds: startSeconds + carried, nanoseconds: nanoseconds - carried * 1e9 };
}
