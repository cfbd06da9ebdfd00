/** The line at the bottom: counts, filter, order, and what is going on; or the filter that is typed. */

import { escapeText } from '../escape.js';
import { phrases } from '../explain/phrases.js';
import { ORDERS } from '../render/list-order.js';
import { sortMark } from '../render/sort-mark.js';
import { fitTo, paint, plain } from '../render/text/style.js';
import type { EditedLine } from './line-edit.js';
import { selectedLine } from './sgr.js';
import type { LadderState, Reading, State } from './state.js';

const GAP = '  ';

export function statusLine(state: State): string {
  const { style, size } = state;
  const parts =
    state.help !== null
      ? [phrases.ANY_KEY_BACK]
      : state.ladder === null
        ? listParts(state)
        : ladderParts(state, state.ladder);
  const reading = state.reading === null ? [] : [readingText(state.reading)];
  const text = fitted([...reading, ...parts], state.help !== null ? '' : phrases.HELP_KEY, size.width);
  return selectedLine(plain(text, style), size.width, style);
}

/** As many of the parts as fit, the first ones first; the last one is at the right. */
function fitted(parts: readonly string[], last: string, width: number): string {
  let text = '';
  for (const part of parts) {
    const longer = text === '' ? ` ${part}` : `${text}${GAP}${part}`;
    if (text !== '' && longer.length + last.length + 2 > width) continue;
    text = longer;
  }
  const room = width - text.length - 1;
  return room > last.length ? text + last.padStart(room) : text;
}

function listParts({ list, matching, all, where, style, size, live }: State): string[] {
  const { key, reversed } = list.sort;
  const mark = sortMark(ORDERS[key].descending !== reversed, style);
  const held = list.rows.left ? [phrases.listedText(list.rows.size)] : [];
  const position = list.order.length === 0 ? [] : [phrases.rowText(list.selected + 1)];
  return [
    where === '' ? phrases.count(all, 'connection') : phrases.matchingText(matching, all),
    ...held,
    ...(where === ''
      ? []
      : [fitTo(`/${escapeText(where)}`, Math.min(where.length + 1, size.width >> 1), style)]),
    phrases.orderText(key, mark),
    ...(live === null ? [] : [live]),
    ...position,
  ];
}

function ladderParts({ list }: State, { rows, selected, reading, folded, report }: LadderState): string[] {
  if (reading !== null) return [phrases.SCROLL_KEYS, phrases.BACK_KEY];
  const segments = rows.filter(({ row }) => row === 'segment').length;
  const at = rows.slice(0, selected + 1).filter(({ row }) => row === 'segment').length;
  const here = list.order.findIndex(({ index }) => index === report.index);
  return [
    rows[selected]?.row === 'segment'
      ? phrases.segmentPosition(at, segments)
      : phrases.count(segments, 'segment'),
    ...(!folded || rows.some(({ row }) => row === 'fold') ? [phrases.foldKey(folded)] : []),
    ...(here < 0 ? [] : [phrases.connectionPosition(here + 1, list.order.length)]),
    phrases.BACK_KEY,
  ];
}

function readingText({ what, share, packets }: Reading): string {
  return phrases.readingText(what, share, packets);
}

/** The filter that is typed, scrolled so that its cursor is seen. */
export function promptLine(
  { text, at }: EditedLine,
  { size, style }: State,
): { text: string; cursor: number } {
  const room = Math.max(1, size.width - 2);
  const before = escapeText(text.slice(0, at));
  const skipped = Math.max(0, before.length - room + 1);
  const shown = `${before}${escapeText(text.slice(at))}`.slice(skipped, skipped + room);
  return { text: `${paint(style, 'bold', '/')}${shown}`, cursor: 1 + before.length - skipped };
}
