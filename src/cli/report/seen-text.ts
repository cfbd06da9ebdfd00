/** Which values there are of what was asked for, where nothing matched. */
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import type { Time } from '../../fields/field.js';
import { rfc3339 } from '../../time.js';
import type { SeenValues } from '../../where/value-tally.js';

/** Lines for standard error; empty where something matched. */
export function seenText(seen: SeenValues | null): string {
  if (seen === null) return '';
  const { fields, first } = seen;
  const facts = fields.map((values) => {
    const { range } = values;
    const measured = range === null ? null : ([measuredOf(range[0]), measuredOf(range[1])] as const);
    return { ...values, range: measured };
  });
  return phrases
    .seenValuesTexts({ fields: facts, first })
    .map((text) => `synfin: ${escapeText(text)}\n`)
    .join('');
}

function measuredOf(value: number | Time): number | string {
  if (typeof value === 'number') return value;
  return rfc3339(value.seconds, value.nanoseconds) ?? `${value.seconds} s`;
}
