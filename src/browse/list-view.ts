/** The list of connections as lines: the table of `synfin FILE`, as much of it as there is room for. */

import { phrases } from '../explain/phrases.js';
import type { HeldRow } from '../render/held-row.js';
import { ORDERS } from '../render/list-order.js';
import { sortMark } from '../render/sort-mark.js';
import { type Layout, layOut } from '../render/text/layout.js';
import { narrowLines } from '../render/text/narrow-rows.js';
import { plain } from '../render/text/style.js';
import { headLine, rowLine } from '../render/text/table.js';
import { listPlaces } from './geometry.js';
import { COLUMNS } from './row.js';
import { selectedLine } from './sgr.js';
import type { State } from './state.js';

export function listBody(state: State): string[] {
  const { list, size, style } = state;
  if (list.order.length === 0) return ['', plain(emptyText(state), style)];
  const layout = layoutOf(state);
  const { narrow } = layout;
  const lines = narrow ? [] : [headLine(layout, style)];
  const { rows } = listPlaces(size);
  list.order.slice(list.top, list.top + rows).forEach((row, at) => {
    const before = list.order[list.top + at - 1];
    const drawn = narrow ? narrowLines(layout, row, style, before) : [rowLine(layout, row, style, before)];
    const isSelected = list.top + at === list.selected;
    for (const line of padded(drawn, narrow ? 2 : 1))
      lines.push(isSelected ? selectedLine(line, size.width, style) : line);
  });
  return lines;
}

/** Every row takes the same number of lines. */
function padded(lines: readonly string[], count: number): string[] {
  return [...lines, ''].slice(0, count);
}

function layoutOf({ list, size, style, time }: State): Layout<HeldRow> {
  const { column, descending } = ORDERS[list.sort.key];
  const mark = sortMark(descending !== list.sort.reversed, style);
  const columns = COLUMNS.map((each) => (each.name === column ? { ...each, rank: 0 } : each));
  const dated = { ...time, date: list.rows.date(time.how) };
  // the terminal cuts what is wider: every row takes the same number of lines
  const options = {
    width: size.width,
    time: dated,
    oneLine: true,
    ...(column === null ? {} : { sorted: { name: column, mark } }),
  };
  return layOut(columns, list.rows.widest, options, style);
}

function emptyText({ reading, where, udpFlows, live }: State): string {
  if (reading !== null) return phrases.READING;
  if (live !== null && where === '') return phrases.NO_CONNECTION_SO_FAR;
  if (where !== '') return phrases.NO_CONNECTION_MATCHES;
  return phrases.noConnectionsText(udpFlows > 0);
}
