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
      ? ['any key: back']
      : state.ladder === null
        ? listParts(state)
        : ladderParts(state, state.ladder);
  const reading = state.reading === null ? [] : [readingText(state.reading)];
  const text = fitted([...reading, ...parts], state.help !== null ? '' : '? help', size.width);
  return selectedLine(plain(text, style), size.width, style);
}

/** As many of the parts as there is room for, the first ones first; the last word stands at the right. */
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
  const held = list.rows.left ? [`${phrases.grouped(list.rows.size)} of them listed`] : [];
  const position = list.order.length === 0 ? [] : [`row ${phrases.grouped(list.selected + 1)}`];
  return [
    where === ''
      ? phrases.count(all, 'connection')
      : `${phrases.grouped(matching)} of ${phrases.grouped(all)}`,
    ...held,
    ...(where === ''
      ? []
      : [fitTo(`/${escapeText(where)}`, Math.min(where.length + 1, size.width >> 1), style)]),
    `by ${key} ${mark}`,
    ...(live === null ? [] : [live]),
    ...position,
  ];
}

function ladderParts({ list }: State, { rows, selected, reading, folded, report }: LadderState): string[] {
  if (reading !== null) return ['j k scroll', 'Esc back'];
  const segments = rows.filter(({ row }) => row === 'segment').length;
  const at = rows.slice(0, selected + 1).filter(({ row }) => row === 'segment').length;
  const here = list.order.findIndex(({ index }) => index === report.index);
  return [
    rows[selected]?.row === 'segment' ? `segment ${at} of ${segments}` : phrases.count(segments, 'segment'),
    ...(!folded || rows.some(({ row }) => row === 'fold') ? [`z ${folded ? 'unfold' : 'fold'}`] : []),
    ...(here < 0 ? [] : [`connection ${phrases.grouped(here + 1)} of ${phrases.grouped(list.order.length)}`]),
    'Esc back',
  ];
}

function readingText({ what, share, packets }: Reading): string {
  const name = what === 'filter' ? 'filtering' : 'reading';
  const how = share === null ? phrases.count(packets, 'packet') : `${Math.floor(share * 100)} %`;
  return packets === 0 ? `${name}…` : `${name} ${how}`;
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
