/** Lines with colours in them (the sequences of `paint`), cut to a width or shown as selected. */
import type { TextStyle } from '../render/text/style.js';

const ESC = '\u001b';
const SEQUENCE = new RegExp(`(${ESC}\\[[0-9;]*m)`);
const RESET = `${ESC}[0m`;
const REVERSE = `${ESC}[7m`;

/** Without its colours. */
export function stripped(line: string): string {
  return line
    .split(SEQUENCE)
    .filter((_, at) => at % 2 === 0)
    .join('');
}

/** Cut to `width` columns, with a mark where it was cut. */
export function clip(line: string, width: number, { unicode }: Pick<TextStyle, 'unicode'>): string {
  if (width <= 0) return '';
  if ([...stripped(line)].length <= width) return line;
  let room = width - 1;
  let result = '';
  for (const [at, part] of line.split(SEQUENCE).entries()) {
    if (at % 2 === 1) result += part;
    else {
      const shown = [...part].slice(0, room);
      room -= shown.length;
      result += shown.join('');
      if (room <= 0) break;
    }
  }
  return `${result}${line.includes(ESC) ? RESET : ''}${unicode ? '…' : '~'}`;
}

/** The line in reverse video, over the whole width. */
export function selectedLine(line: string, width: number, style: Pick<TextStyle, 'unicode'>): string {
  const text = clip(stripped(line), width, style);
  return `${REVERSE}${text}${' '.repeat(Math.max(0, width - [...text].length))}${RESET}`;
}
