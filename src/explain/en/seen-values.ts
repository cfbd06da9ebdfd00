/** Which values a capture has of what was asked for, where nothing matches. */
import { byteAmount, grouped, roundDuration } from './quantities.js';

export interface SeenValues {
  readonly fields: readonly FieldValues[];
  /** Only so many connections and flows were looked at; null where all were. */
  readonly first: number | null;
}

export interface FieldValues {
  readonly path: string;
  readonly unit: 'seconds' | 'bytes' | null;
  /** The most frequent values, and how many have each; empty where the field has a range, or no value at all. */
  readonly common: readonly (readonly [value: string | number | boolean, count: number])[];
  /** Further values. */
  readonly others: number;
  /** The smallest and the largest, of what is measured. */
  readonly range: readonly [Measured, Measured] | null;
}

/** A number, or a time as text. */
export type Measured = number | string;

/** `server.port in this capture: 443 (39,344), 80 (20,656), and 3 other values`: a line for each field. */
export function seenValuesTexts({ fields, first }: SeenValues): string[] {
  const where = first === null ? 'in this capture' : `in the first ${grouped(first)} connections and flows`;
  return fields.map((values) => `${values.path} ${where}: ${valuesText(values)}`);
}

function valuesText({ common, others, range, unit }: FieldValues): string {
  if (range !== null) {
    const [least, most] = [measuredText(range[0], unit), measuredText(range[1], unit)];
    return least === most ? least : `${least} to ${most}`;
  }
  if (common.length === 0) return 'no value';
  const texts = common.map(([value, count]) => `${valueText(value, unit)} (${grouped(count)})`);
  const more = others === 0 ? '' : `, and ${grouped(others)} other value${others === 1 ? '' : 's'}`;
  return `${texts.join(', ')}${more}`;
}

/** Texts with the quotes that an expression needs. */
function valueText(value: string | number | boolean, unit: FieldValues['unit']): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean' || unit === null) return String(value);
  return unit === 'bytes' ? byteAmount(value) : roundDuration(value);
}

function measuredText(value: Measured, unit: FieldValues['unit']): string {
  return typeof value === 'string' ? value : valueText(value, unit);
}
