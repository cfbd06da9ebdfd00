/** The rows in memory, by connection; and the widest cell of each column, so that the layout need not look at all rows. */
import { cellText, shortEndpoint } from '../render/text/cells.js';
import { type DatePart, datePart, type TimeStyle } from '../render/text/times.js';
import { type BrowseRow, COLUMNS, type Sort, sortRows } from './row.js';

/** More rows are only counted. A row takes about 1.5 kB. */
export const MAX_ROWS = 200_000;

/** Wide enough for any way to show times. */
const FULL: TimeStyle = { how: 'utc', from: null, detail: 'milliseconds' };

export class RowSet {
  readonly #rows = new Map<number, BrowseRow>();
  readonly #widest: (BrowseRow | undefined)[] = [];
  readonly #widths: number[] = [];

  constructor(private readonly max = MAX_ROWS) {}

  get size(): number {
    return this.#rows.size;
  }

  get isFull(): boolean {
    return this.#rows.size >= this.max;
  }

  #first: TimeStyle['from'] = null;
  #last: TimeStyle['from'] = null;

  /** Whether rows were left out, as there are too many. */
  left = false;

  leave(): void {
    this.left = true;
  }

  /** Adds a row, or replaces the one of the same connection. */
  add(row: BrowseRow): void {
    if (this.isFull && !this.#rows.has(row.index)) {
      this.leave();
      return;
    }
    this.#rows.set(row.index, row);
    COLUMNS.forEach((column, at) => {
      const value = row.values[at] ?? null;
      if (typeof value === 'object' && value !== null && 'seconds' in value) this.#noteTime(value);
      this.#measure(2 * at, row, cellText(value, column.form, FULL).length);
      if (typeof value === 'object' && value !== null && 'address' in value)
        this.#measure(2 * at + 1, row, shortEndpoint(value).length);
    });
  }

  #measure(slot: number, row: BrowseRow, width: number): void {
    if (width <= (this.#widths[slot] ?? 0)) return;
    this.#widths[slot] = width;
    this.#widest[slot] = row;
  }

  #noteTime(at: NonNullable<TimeStyle['from']>): void {
    if (this.#first === null || at.seconds < this.#first.seconds) this.#first = at;
    if (this.#last === null || at.seconds > this.#last.seconds) this.#last = at;
  }

  /** The part of the date that differs between rows. */
  date(how: TimeStyle['how']): DatePart {
    return datePart(
      [this.#first, this.#last].filter((at) => at !== null),
      how,
    );
  }

  remove(index: number): void {
    this.#rows.delete(index);
  }

  /** A few rows that give a layout the same widths as all of them. */
  get widest(): BrowseRow[] {
    return [...new Set(this.#widest.filter((row) => row !== undefined))];
  }

  sorted(sort: Sort): BrowseRow[] {
    return sortRows(this.#rows.values(), sort);
  }
}
