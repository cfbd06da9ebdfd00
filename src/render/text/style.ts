/** How text output looks: colour or none, Unicode or ASCII, and how wide. */
import { phrases } from '../../explain/phrases.js';

export { NO_BREAK, unbroken, wrap, wrapParts } from '../../wrap.js';

export interface TextStyle {
  /** Columns; at least 60 are used. */
  width: number;
  color: boolean;
  /** False: only ASCII characters. */
  unicode: boolean;
  /** Raw sequence numbers in place of relative ones. */
  absolute: boolean;
  /** Times in a ladder count from the packet before. */
  delta?: boolean;
  /** The text under each arrow of a ladder, or in its place. */
  commentary?: 'explained' | 'dialogue';
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
export type Color = keyof typeof CODES;

export function paint(style: TextStyle, color: Color, text: string): string {
  return style.color && text !== '' ? `\u001b[${CODES[color]}m${text}\u001b[0m` : text;
}

/** Text of exactly `width` columns: padded, or cut with a mark. */
export function fitTo(text: string, width: number, style: TextStyle): string {
  if (text.length <= width) return text.padEnd(width);
  if (width <= 1) return text.slice(0, width);
  return `${text.slice(0, width - 1)}${style.unicode ? '…' : '~'}`;
}

/** Replaces the few characters beyond ASCII that sentences use. */
export function plain(text: string, style: TextStyle): string {
  return style.unicode ? text : phrases.toAscii(text);
}
