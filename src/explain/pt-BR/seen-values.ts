/** Which values a capture has of what was asked for, where nothing matches. */
import type { FieldValues, Measured, SeenValues } from '../en/seen-values.js';
import { byteAmount, grouped, roundDuration } from './quantities.js';

export type { FieldValues, Measured, SeenValues } from '../en/seen-values.js';

/** `server.port nesta captura: 443 (39.344), 80 (20.656) e mais 3 valores`: a line for each field. */
export function seenValuesTexts({ fields, first }: SeenValues): string[] {
  const where = first === null ? 'nesta captura' : `nas primeiras ${grouped(first)} conexões e fluxos`;
  return fields.map((values) => `${values.path} ${where}: ${valuesText(values)}`);
}

function valuesText({ common, others, range, unit }: FieldValues): string {
  if (range !== null) {
    const [least, most] = [measuredText(range[0], unit), measuredText(range[1], unit)];
    return least === most ? least : `de ${least} a ${most}`;
  }
  if (common.length === 0) return 'nenhum valor';
  const texts = common.map(([value, count]) => `${valueText(value, unit)} (${grouped(count)})`);
  const more = others === 0 ? '' : ` e mais ${grouped(others)} ${others === 1 ? 'valor' : 'valores'}`;
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
