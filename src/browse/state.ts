/** All that the browser of connections knows: the views are made from it, and keys change it (update.ts). */
import type { LadderRow } from '../render/ladder-rows.js';
import type { TextStyle } from '../render/text/style.js';
import type { TimeStyle } from '../render/text/times.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { Shown } from './command-line.js';
import type { EditedLine } from './line-edit.js';
import type { BrowseRow, Sort } from './row.js';
import { RowSet } from './row-set.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ListState {
  /** All rows in memory; changed in place, and `order` is rebuilt from them. */
  readonly rows: RowSet;
  readonly order: readonly BrowseRow[];
  /** Positions in `order`: the row that is selected, and the first on the screen. */
  readonly selected: number;
  readonly top: number;
  readonly sort: Sort;
}

export interface LadderState {
  readonly report: ConnectionReport;
  readonly rows: readonly LadderRow[];
  /** Long runs of plain data take one row. */
  readonly folded: boolean;
  readonly selected: number;
  /** The first line on the screen. */
  readonly top: number;
  /** The explanation has the whole screen, from this line on; null where it has a part of it. */
  readonly reading: number | null;
}

export interface Message {
  readonly text: string;
  readonly tone: 'notice' | 'bad';
}

/** What is being read. */
export interface Reading {
  readonly what: 'capture' | 'filter' | 'ladder';
  /** Part of the capture that was read, 0 to 1; null where its size is not known. */
  readonly share: number | null;
  readonly packets: number;
}

export interface State {
  readonly size: Size;
  readonly style: TextStyle;
  readonly time: TimeStyle;
  /** What is browsed, in a few words: the name of a file. */
  readonly title: string;
  readonly shown: Shown;
  readonly list: ListState;
  readonly ladder: LadderState | null;
  /** The first line of the help on the screen; null where it is not shown. */
  readonly help: number | null;
  /** A filter that is being typed. */
  readonly prompt: EditedLine | null;
  /** The filter that the list has; empty for all. */
  readonly where: string;
  /** Filters that were typed before, the newest first, and which of them the prompt shows (-1: none). */
  readonly history: readonly string[];
  readonly recalled: number;
  /** Connections that match, and all of the capture. */
  readonly matching: number;
  readonly all: number;
  /** UDP flows, which the list does not have. */
  readonly udpFlows: number;
  readonly reading: Reading | null;
  readonly message: Message | null;
  /** A running capture; its packets so far and those that were lost, in words. */
  readonly live: string | null;
}

/** What the caller must do. */
export type Effect =
  /** `again`: the rows of the whole capture in memory are not used. */
  | { readonly do: 'load'; readonly where: string; readonly again?: true }
  | { readonly do: 'ladder'; readonly index: number }
  /** Ends what is being read. */
  | { readonly do: 'cancel' }
  | { readonly do: 'copy'; readonly text: string }
  | { readonly do: 'suspend' }
  | { readonly do: 'quit' };

export function initialState(
  given: Pick<State, 'size' | 'style' | 'time' | 'title' | 'shown' | 'where'> & { sort: Sort },
): State {
  const { sort, ...rest } = given;
  return {
    ...rest,
    list: { rows: new RowSet(), order: [], selected: 0, top: 0, sort },
    ladder: null,
    help: null,
    prompt: null,
    history: [],
    recalled: -1,
    matching: 0,
    all: 0,
    udpFlows: 0,
    reading: { what: 'capture', share: null, packets: 0 },
    message: null,
    live: null,
  };
}

/** A state, and the effects to carry out because of it. */
export interface Updated {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export function only(state: State, ...effects: Effect[]): Updated {
  return { state, effects };
}
