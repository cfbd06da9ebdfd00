/** Which values the fields have that an expression asks for: to be said where nothing matches. */
import { type Cell, type Field, NO_PHRASES, type Time, type Unit } from '../fields/field.js';
import type { Comparison } from './comparisons.js';

/** Rows whose values are counted at most. */
export const MOST_ROWS = 5_000;
/** Values of a field that are named. */
const NAMED = 3;
/** The share of all below which these are not frequent. */
const RARE = 0.05;
/** Fields that are reported. */
const MOST_FIELDS = 2;

export interface SeenValues {
  readonly fields: readonly FieldValues[];
  /** Only so many rows were looked at; null where all were. */
  readonly first: number | null;
}

export interface FieldValues {
  readonly path: string;
  readonly unit: Unit | null;
  /** The most frequent values, and how many rows have each; empty where there is a range, or no value at all. */
  readonly common: readonly (readonly [value: string | number | boolean, rows: number])[];
  /** Further values. */
  readonly others: number;
  /** The smallest and the largest, of what is measured. */
  readonly range: readonly [number, number] | readonly [Time, Time] | null;
}

export class ValueTally<Connection, Flow> {
  readonly #fields = new Map<string, Counted>();
  readonly #connections: readonly (readonly [Field<Connection>, Counted])[];
  readonly #flows: readonly (readonly [Field<Flow>, Counted])[];
  #rows = 0;
  #whole = true;

  constructor(connections: readonly Comparison<Connection>[], flows: readonly Comparison<Flow>[]) {
    this.#connections = connections.map((comparison) => [comparison.field, this.#counted(comparison)]);
    this.#flows = flows.map((comparison) => [comparison.field, this.#counted(comparison)]);
  }

  /** Another row would be counted. */
  get wants(): boolean {
    if (this.#fields.size === 0) return false;
    if (this.#rows < MOST_ROWS) return true;
    this.#whole = false;
    return false;
  }

  connection(row: Connection): void {
    this.#rows++;
    for (const [field, counted] of this.#connections) counted.add(field.value(row, NO_PHRASES));
  }

  udpFlow(row: Flow): void {
    this.#rows++;
    for (const [field, counted] of this.#flows) counted.add(field.value(row, NO_PHRASES));
  }

  /** Fields that never are what is asked first: these are why nothing matches. */
  seen(): SeenValues {
    const fields = [...this.#fields.values()].sort((a, b) => Number(a.isMet) - Number(b.isMet));
    return {
      fields: this.#rows === 0 ? [] : fields.slice(0, MOST_FIELDS).map((counted) => counted.values()),
      first: this.#whole ? null : this.#rows,
    };
  }

  #counted(comparison: Comparison<never>): Counted {
    const { path } = comparison.field;
    const counted = this.#fields.get(path) ?? new Counted(comparison);
    this.#fields.set(path, counted);
    return counted;
  }
}

class Counted {
  readonly #counts = new Map<string | number | boolean, number>();
  readonly #measured: boolean;
  #numbers: [number, number] | null = null;
  #times: [Time, Time] | null = null;

  constructor(private readonly comparison: Comparison<never>) {
    const { ordered, field } = comparison;
    this.#measured = ordered || field.type === 'double' || field.type === 'timestamp';
  }

  /** It was one of the values that are asked for. */
  get isMet(): boolean {
    return this.comparison.equals.some((value) => this.#counts.has(value as string));
  }

  add(value: Cell): void {
    if (value === null) return;
    if (typeof value === 'object') {
      const [least, most] = this.#times ?? [value, value];
      this.#times = [isBefore(value, least) ? value : least, isBefore(most, value) ? value : most];
    } else if (this.#measured && typeof value === 'number') {
      const [least, most] = this.#numbers ?? [value, value];
      this.#numbers = [Math.min(least, value), Math.max(most, value)];
    } else this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  values(): FieldValues {
    const { path, unit } = this.comparison.field;
    const all = [...this.#counts].sort(([, a], [, b]) => b - a);
    const common = all.slice(0, NAMED);
    const others = all.length - common.length;
    const range = this.#times ?? this.#numbers ?? (others > 0 ? rangeOfRare(all) : null);
    return { path, unit, common, others, range };
  }
}

/** Of numbers of which none is frequent, such as the ports of clients; null for others. */
function rangeOfRare(counts: readonly (readonly [unknown, number])[]): [number, number] | null {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const named = counts.slice(0, NAMED).reduce((sum, [, count]) => sum + count, 0);
  if (named > NAMED && named / total > RARE) return null;
  let range: [number, number] | null = null;
  for (const [value] of counts) {
    if (typeof value !== 'number') return null;
    range = range === null ? [value, value] : [Math.min(range[0], value), Math.max(range[1], value)];
  }
  return range;
}

function isBefore(a: Time, b: Time): boolean {
  return a.seconds < b.seconds || (a.seconds === b.seconds && a.nanoseconds < b.nanoseconds);
}
