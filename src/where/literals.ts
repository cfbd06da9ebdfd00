/**
 * Extensions of CEL in an expression: numbers with a unit (`200ms`, `1MB`), and `has("code")` for findings. CEL distinguishes
 * integers from other numbers; here all are numbers.
 */

import type { ExpressionError } from '../error-kinds/expression.js';
import { inUnit, UNITS } from './quantity.js';

/** An expression in plain CEL, and the places of its parts in the original text. */
export interface PlainExpression {
  readonly text: string;
  /** Position in the original of a position in `text`. */
  origin(position: number): number;
}

export class LiteralError extends Error {
  constructor(
    readonly error: ExpressionError,
    readonly position: number,
  ) {
    super();
  }
}

/** A string (all of CEL's kinds), `has(` before a string, a name, or a number with what follows it. */
const TOKEN =
  /[rRbB]{0,2}("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(has)(?=\s*\(\s*["'])|[A-Za-z_]\w*|(0x[\da-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)([A-Za-zµ]*)/g;

/** @throws LiteralError where a number has an unknown unit, or is too large. */
export function plainExpression(written: string): PlainExpression {
  let text = '';
  let end = 0;
  // where each replaced part begins: in `text`, and in what was written
  const marks: [at: number, origin: number][] = [[0, 0]];
  for (const match of written.matchAll(TOKEN)) {
    const [token, , asked, number, unit] = match;
    const replaced =
      asked !== undefined ? 'found' : number === undefined ? token : numberText(number, unit, match.index);
    text += written.slice(end, match.index);
    marks.push([text.length, match.index]);
    text += replaced;
    end = match.index + token.length;
    marks.push([text.length, end]);
  }
  return {
    text: text + written.slice(end),
    origin(position) {
      let [at, origin] = [0, 0];
      for (const mark of marks) if (mark[0] <= position) [at, origin] = mark;
      return Math.min(origin + position - at, written.length);
    },
  };
}

function numberText(digits: string, unit: string | undefined, position: number): string {
  const factor = unit === undefined || unit === '' ? 1 : Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (factor === undefined) {
    const error = { kind: 'unknown-unit', unit: unit ?? '', units: Object.keys(UNITS) } as const;
    throw new LiteralError(error, position + digits.length);
  }
  const value = inUnit(digits, factor);
  if (!Number.isFinite(value)) throw new LiteralError({ kind: 'number-too-large-here' }, position);
  const plain = String(value);
  return /^\d+$/.test(plain) ? `${plain}.0` : plain;
}
