/** Events, and the state after each. Pure, except that the rows of a state are changed in place. */
import { ladderRows } from '../render/ladder-rows.js';
import type { ConnectionReport } from '../verdict/report.js';
import { helpRoom, listPlaces, scrolled } from './geometry.js';
import { helpLines } from './help-view.js';
import { type Action, actionOf } from './keys.js';
import { ladderClick, ladderKey, ladderWheel, packetOf } from './ladder-keys.js';
import { listClick, listKey, withRows } from './list-keys.js';
import { promptKey } from './prompt-keys.js';
import type { BrowseRow } from './row.js';
import type { RowSet } from './row-set.js';
import { type Message, only, type Reading, type Size, type State, type Updated } from './state.js';

export type Event =
  | { readonly what: 'key'; readonly key: string }
  /** Positions count from 0. */
  | { readonly what: 'click'; readonly line: number }
  | { readonly what: 'wheel'; readonly down: boolean }
  | { readonly what: 'resize'; readonly size: Size }
  /** New rows of the present list. */
  | { readonly what: 'rows'; readonly rows: readonly BrowseRow[]; readonly removed?: readonly number[] }
  /** All rows of a filter, in place of those before. */
  | { readonly what: 'filtered'; readonly where: string; readonly rows: RowSet }
  | { readonly what: 'reading'; readonly reading: Reading | null }
  | { readonly what: 'counts'; readonly matching: number; readonly all: number; readonly udpFlows: number }
  | { readonly what: 'time-from'; readonly from: State['time']['from'] }
  | { readonly what: 'ladder'; readonly report: ConnectionReport }
  | { readonly what: 'live'; readonly text: string | null }
  | { readonly what: 'message'; readonly message: Message | null };

export function update(state: State, event: Event): Updated {
  switch (event.what) {
    case 'key':
      return afterKey(state, event.key);
    case 'click':
      return afterClick(state, event.line);
    case 'wheel':
      return afterWheel(state, event.down);
    case 'resize':
      return only(
        resized({ ...state, size: event.size, style: { ...state.style, width: event.size.width } }),
      );
    case 'rows': {
      const { rows } = state.list;
      for (const row of event.rows) rows.add(row);
      for (const index of event.removed ?? []) rows.remove(index);
      return only(withRows(state, rows));
    }
    case 'filtered':
      return only({ ...withRows(state, event.rows), where: event.where });
    case 'reading':
      return only({ ...state, reading: event.reading });
    case 'counts': {
      const { matching, all, udpFlows } = event;
      return only({ ...state, matching, all, udpFlows });
    }
    case 'time-from':
      return only({ ...state, time: { ...state.time, from: event.from } });
    case 'ladder':
      return only(withLadder(state, event.report));
    case 'live':
      return only({ ...state, live: event.text });
    case 'message':
      return only({ ...state, message: event.message });
  }
}

function afterKey(state: State, key: string): Updated {
  const action = actionOf(key);
  if (action === 'interrupt') return only(state, { do: 'quit' });
  if (action === 'suspend') return only(state, { do: 'suspend' });
  if (state.prompt !== null) return promptKey(state, state.prompt, key);
  if (state.help !== null) return only({ ...state, help: helpAfter(state, state.help, action) });
  const quiet = state.message === null ? state : { ...state, message: null };
  if (action === 'help') return only({ ...quiet, help: 0 });
  if (action === 'back' && quiet.reading !== null && quiet.reading.what !== 'capture')
    return only({ ...quiet, reading: null }, { do: 'cancel' });
  return quiet.ladder === null ? listKey(quiet, action) : ladderKey(quiet, quiet.ladder, action);
}

function afterClick(state: State, line: number): Updated {
  if (state.prompt !== null) return only(state);
  if (state.help !== null) return only({ ...state, help: null });
  return state.ladder === null ? listClick(state, line) : ladderClick(state, state.ladder, line);
}

/** The help scrolls where it is longer than the screen; any other key closes it. */
function helpAfter(state: State, at: number, action: Action | null): number | null {
  const room = helpRoom(state.size);
  const last = Math.max(0, helpLines(state).length - room);
  const steps: Partial<Record<Action, number>> = { down: 1, up: -1, 'page-down': room, 'page-up': -room };
  const step = action === null ? undefined : steps[action];
  return step === undefined || last === 0 ? null : Math.max(0, Math.min(at + step, last));
}

const WHEEL_ROWS = 3;

function afterWheel(state: State, down: boolean): Updated {
  if (state.prompt !== null) return only(state);
  if (state.help !== null)
    return only({ ...state, help: helpAfter(state, state.help, down ? 'down' : 'up') });
  if (state.ladder !== null) return ladderWheel(state, state.ladder, down);
  const step = down ? 'DOWN' : 'UP';
  let next = state;
  for (let row = 0; row < WHEEL_ROWS; row++) next = afterKey(next, step).state;
  return only(next);
}

function resized(state: State): State {
  const { list } = state;
  const { rows } = listPlaces(state.size);
  const top = scrolled(list.top, list.selected, list.order.length, rows);
  return { ...state, list: { ...list, top } };
}

/** The ladder of a report, its first segment selected; of one that was read again, the segment that was. */
function withLadder(state: State, report: ConnectionReport): State {
  const before = state.ladder?.report.index === report.index ? state.ladder : null;
  const rows = ladderRows(report, state.style.absolute, before?.folded);
  const reading = state.reading?.what === 'ladder' ? null : state.reading;
  const packet = before === null ? -1 : packetOf(before);
  const same = rows.findIndex((row) => 'packet' in row && row.packet === packet);
  if (before !== null && same >= 0)
    return { ...state, reading, ladder: { ...before, report, rows, selected: same } };
  const selected = Math.max(
    0,
    rows.findIndex(({ row }) => row === 'segment'),
  );
  const ladder = { report, rows, folded: true, selected, top: 0, reading: null };
  return { ...state, ladder, reading };
}
