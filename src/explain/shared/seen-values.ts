/** Which values a capture has of what was asked for, where nothing matches; the words are of a language. */
import type { Quantities } from './quantities.js';

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

/** `number`: grouped as the language does. */
export interface SeenWords {
  whole: string;
  first(number: string): string;
  range(least: string, most: string): string;
  none: string;
  /** What follows the common values. */
  more(number: string, isOne: boolean): string;
}

export interface SeenSentences {
  /** A line for each field. */
  seenValuesTexts(seen: SeenValues): string[];
}

export function seenValuesWith(
  { byteAmount, grouped, roundDuration }: Pick<Quantities, 'byteAmount' | 'grouped' | 'roundDuration'>,
  words: SeenWords,
): SeenSentences {
  /** Texts with the quotes that an expression needs. */
  const valueText = (value: string | number | boolean, unit: FieldValues['unit']): string => {
    if (typeof value === 'string') return `"${value}"`;
    if (typeof value === 'boolean' || unit === null) return String(value);
    return unit === 'bytes' ? byteAmount(value) : roundDuration(value);
  };
  const measuredText = (value: Measured, unit: FieldValues['unit']): string =>
    typeof value === 'string' ? value : valueText(value, unit);
  const valuesText = ({ common, others, range, unit }: FieldValues): string => {
    if (range !== null) {
      const [least, most] = [measuredText(range[0], unit), measuredText(range[1], unit)];
      return least === most ? least : words.range(least, most);
    }
    if (common.length === 0) return words.none;
    const texts = common.map(([value, count]) => `${valueText(value, unit)} (${grouped(count)})`);
    return `${texts.join(', ')}${others === 0 ? '' : words.more(grouped(others), others === 1)}`;
  };
  return {
    seenValuesTexts({ fields, first }) {
      const where = first === null ? words.whole : words.first(grouped(first));
      return fields.map((values) => `${values.path} ${where}: ${valuesText(values)}`);
    },
  };
}
