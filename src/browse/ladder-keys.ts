/** Keys in the ladder of a connection. */
import { phrases } from '../explain/phrases.js';
import { ladderRows } from '../render/ladder-rows.js';
import { ladderCommand } from './command-line.js';
import { explanation } from './explanation.js';
import { ladderPlaces } from './geometry.js';
import type { Action } from './keys.js';
import { drawnLadder, ladderTop } from './ladder-view.js';
import { selecting } from './list-keys.js';
import { type LadderState, only, type State, type Updated } from './state.js';

export function ladderKey(state: State, ladder: LadderState, action: Action | null): Updated {
  if (ladder.reading !== null) return readingKey(state, ladder, ladder.reading, action);
  const page = Math.max(1, ladderPlaces(state.size).body - 1);
  const half = Math.max(1, Math.floor(page / 2));
  switch (action) {
    case 'down':
      return only(stepping(state, ladder, 1));
    case 'up':
      return only(stepping(state, ladder, -1));
    case 'page-down':
      return only(stepping(state, ladder, page));
    case 'page-up':
      return only(stepping(state, ladder, -page));
    case 'half-down':
      return only(stepping(state, ladder, half));
    case 'half-up':
      return only(stepping(state, ladder, -half));
    case 'first':
      return only(stepping(state, ladder, Number.NEGATIVE_INFINITY));
    case 'last':
      return only(stepping(state, ladder, Number.POSITIVE_INFINITY));
    case 'open':
      return only({ ...state, ladder: { ...ladder, reading: 0 } });
    case 'fold':
      return only(refolded(state, ladder));
    case 'next':
      return neighbour(state, ladder, 1);
    case 'previous':
      return neighbour(state, ladder, -1);
    case 'copy':
      return only(state, { do: 'copy', text: ladderCommand(state.shown, ladder.report.index) });
    case 'reload':
      return only(state, { do: 'ladder', index: ladder.report.index });
    case 'back':
    case 'quit':
      return only({ ...state, ladder: null });
    default:
      return only(state);
  }
}

/** The explanation over the whole screen. */
function readingKey(state: State, ladder: LadderState, at: number, action: Action | null): Updated {
  const room = Math.max(1, state.size.height - 2);
  const last = Math.max(0, explanation(ladder, state.size.width, state.style).length - room);
  const steps: Partial<Record<Action, number>> = {
    down: 1,
    up: -1,
    'page-down': room,
    'page-up': -room,
    first: Number.NEGATIVE_INFINITY,
    last: Number.POSITIVE_INFINITY,
  };
  const step = action === null ? undefined : steps[action];
  if (step !== undefined) {
    const reading = Math.max(0, Math.min(at + step, last));
    return only({ ...state, ladder: { ...ladder, reading } });
  }
  const closes = action === 'open' || action === 'back' || action === 'quit';
  return only(closes ? { ...state, ladder: { ...ladder, reading: null } } : state);
}

function stepping(state: State, ladder: LadderState, step: number): State {
  const selected = Math.max(0, Math.min(ladder.selected + step, ladder.rows.length - 1));
  return { ...state, ladder: inView(state, { ...ladder, selected }) };
}

function inView(state: State, ladder: LadderState): LadderState {
  return { ...ladder, top: ladderTop(ladder, state.size, state.style) };
}

/** Folded or not, with the same packet selected where it is there. */
function refolded(state: State, ladder: LadderState): State {
  const folded = !ladder.folded;
  const rows = ladderRows(ladder.report, state.style.absolute, folded);
  const packet = packetOf(ladder);
  const same = rows.findIndex((row) => 'packet' in row && row.packet === packet);
  const selected = same >= 0 ? same : Math.min(ladder.selected, rows.length - 1);
  return { ...state, ladder: inView(state, { ...ladder, rows, folded, selected }) };
}

/** The packet of the selected row; -1 where it has none. */
export function packetOf({ rows, selected }: LadderState): number {
  const row = rows[selected];
  return row !== undefined && 'packet' in row ? row.packet : -1;
}

/** The ladder of the next connection in the list. */
function neighbour(state: State, ladder: LadderState, step: 1 | -1): Updated {
  const { order } = state.list;
  const here = order.findIndex(({ index }) => index === ladder.report.index);
  const row = order[here < 0 ? state.list.selected : here + step];
  if (row === undefined)
    return only({
      ...state,
      message: { text: step > 0 ? phrases.LAST_ONE : phrases.FIRST_ONE, tone: 'notice' },
    });
  return only(selecting(state, order.indexOf(row)), { do: 'ladder', index: row.index });
}

export function ladderClick(state: State, ladder: LadderState, line: number): Updated {
  if (ladder.reading !== null) return only(state);
  const { head, body } = ladderPlaces(state.size);
  const at = line - 1 - head;
  if (at < 0 || at >= body) return only(state);
  const row = drawnLadder(ladder, state.size, state.style).lines[at]?.row;
  return row === undefined ? only(state) : only({ ...state, ladder: { ...ladder, selected: row } });
}

export function ladderWheel(state: State, ladder: LadderState, down: boolean): Updated {
  if (ladder.reading !== null) return readingKey(state, ladder, ladder.reading, down ? 'down' : 'up');
  return only(stepping(state, ladder, down ? 1 : -1));
}
