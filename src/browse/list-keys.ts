/** Keys in the list of connections. */
import { listCommand } from './command-line.js';
import { listPlaces, scrolled } from './geometry.js';
import type { Action } from './keys.js';
import { editedLine } from './line-edit.js';
import { SORT_CYCLE, type Sort } from './row.js';
import type { RowSet } from './row-set.js';
import { only, type State, type Updated } from './state.js';

export function listKey(state: State, action: Action | null): Updated {
  const { list, size } = state;
  const { rows: page } = listPlaces(size);
  const half = Math.max(1, Math.floor(page / 2));
  switch (action) {
    case 'down':
      return only(selecting(state, list.selected + 1));
    case 'up':
      return only(selecting(state, list.selected - 1));
    case 'page-down':
      return only(selecting(state, list.selected + page));
    case 'page-up':
      return only(selecting(state, list.selected - page));
    case 'half-down':
      return only(selecting(state, list.selected + half));
    case 'half-up':
      return only(selecting(state, list.selected - half));
    case 'first':
      return only(selecting(state, 0));
    case 'last':
      return only(selecting(state, list.order.length - 1));
    case 'open':
      return opening(state);
    case 'filter':
      return only({ ...state, prompt: editedLine(state.where), recalled: -1 });
    case 'sort': {
      const next = (SORT_CYCLE.indexOf(list.sort.key) + 1) % SORT_CYCLE.length;
      return only(sorted(state, { key: SORT_CYCLE[next] ?? 'start', reversed: false }));
    }
    case 'reverse':
      return only(sorted(state, { ...list.sort, reversed: !list.sort.reversed }));
    case 'copy': {
      const text = listCommand(state.shown, state.where, list.sort);
      return only(state, { do: 'copy', text });
    }
    case 'reload':
      return only(state, { do: 'load', where: state.where, again: true });
    case 'quit':
      return only(state, { do: 'quit' });
    default:
      return only(state);
  }
}

/** A click selects, and opens what is selected already. */
export function listClick(state: State, line: number): Updated {
  const { head, perRow, rows } = listPlaces(state.size);
  const row = Math.floor((line - 1 - head) / perRow);
  const at = state.list.top + row;
  if (line < 1 + head || row >= rows || at >= state.list.order.length) return only(state);
  return at === state.list.selected ? opening(state) : only(selecting(state, at));
}

function opening(state: State): Updated {
  const row = state.list.order[state.list.selected];
  if (row === undefined) return only(state);
  return only(state, { do: 'ladder', index: row.index });
}

export function selecting(state: State, at: number): State {
  const { list, size } = state;
  const selected = Math.max(0, Math.min(at, list.order.length - 1));
  const top = scrolled(list.top, selected, list.order.length, listPlaces(size).rows);
  return { ...state, list: { ...list, selected, top } };
}

/** In another order; the list begins at its top, so that what comes first is seen. */
function sorted(state: State, sort: Sort): State {
  const { rows } = state.list;
  return { ...state, list: { rows, sort, order: rows.sorted(sort), selected: 0, top: 0 } };
}

/** With other rows: the selected connection stays selected, at its place on the screen. */
export function withRows(state: State, rows: RowSet): State {
  const { list } = state;
  const order = rows.sorted(list.sort);
  const current = list.order[list.selected];
  const found = current === undefined ? -1 : order.findIndex(({ index }) => index === current.index);
  const selected = found >= 0 ? found : Math.max(0, Math.min(list.selected, order.length - 1));
  // new rows above the first one do not move the screen, unless the list is at its top
  const isAtTop = list.top === 0 && list.selected === 0;
  const at = isAtTop ? 0 : selected;
  const moved = isAtTop ? 0 : list.top + at - list.selected;
  const top = scrolled(moved, at, order.length, listPlaces(state.size).rows);
  return { ...state, list: { ...list, rows, order, selected: at, top } };
}
