/** Rows of lists on narrow terminals: the two ends in a line, the facts below. */
import { FACTS_GAP, FACTS_INDENT, factsOf, isName, type Layout, painted, textOf } from './layout.js';
import { plain, type TextStyle, wrap } from './style.js';

/** Each of at most the width: from 40 columns up nothing is broken within a word. */
export function narrowLines<Row>(layout: Layout<Row>, row: Row, style: TextStyle, before?: Row): string[] {
  const { width } = layout.options;
  const names = layout.columns.filter(isName).map((column) => {
    const text = textOf(column, row, layout, style);
    return { length: text.length, painted: painted(column, row, text, style), form: column.form };
  });
  const [first] = names;
  const facts = packed(
    factsOf(layout, row, style, before),
    FACTS_GAP,
    first === undefined ? '' : ' '.repeat(FACTS_INDENT),
    width,
  );
  if (first === undefined) return facts;
  const arrow = plain(' → ', style);
  if (first.form === 'text') return [...wrap(first.painted, width, FACTS_INDENT), ...facts];
  if (first.form !== 'index') return [...packed(names, arrow, '', width), ...facts];
  const ends = packed(names.slice(1), arrow, ' '.repeat(first.length + 2), width);
  return [`${first.painted}  ${(ends[0] ?? '').trimStart()}`.trimEnd(), ...ends.slice(1), ...facts];
}

interface Piece {
  /** Without colours. */
  length: number;
  painted: string;
}

/** Pieces in as few lines as there is room for, with the separator between them. */
function packed(pieces: readonly Piece[], separator: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let room = 0;
  for (const { length, painted } of pieces) {
    const last = lines.length - 1;
    if (last >= 0 && separator.length + length <= room) {
      lines[last] += separator + painted;
      room -= separator.length + length;
      continue;
    }
    if (last >= 0) lines[last] += separator.trimEnd();
    lines.push(indent + painted);
    room = width - indent.length - length;
  }
  return lines;
}
