/** The report page: its frame, its keys, and what it shows where it has no report yet. */
/** As `lang` has it in HTML, and as locales are named. */
export const LANGUAGE_TAG: string = 'en';

export const NEEDS_JAVASCRIPT: string =
  'This page needs JavaScript, which runs in this file alone and asks nothing of a network.';
export const UNPACKING: string = 'Unpacking the report…';

/** Where there is no capture. */
export const DROP_HERE: string = 'Drop a packet capture here';
export const WHAT_IS_READ: string =
  'pcap or pcapng, also packed by gzip, zstd or lz4. It is read in this page: nothing leaves your machine.';
export const CHOOSE_FILE: string = 'Choose a file';
export const CAPTURE_FILES: string = 'capture files';
export const DROP_NOW: string = 'Drop the capture: it is read in this page';

/** While one is read. */
export function readingTitle(name: string): string {
  return `Reading ${name}`;
}

export const HOW_MUCH_IS_READ: string = 'how much is read';

/** The list is there, segments of its connections are not yet. */
export const SEGMENTS_COMING: string = 'Reading segments…';

export const STOP: string = 'Stop';

export function notReadHere(why: string): string {
  return `the capture could not be read here: ${why}`;
}

/** A fault of synfin itself. */
export function faultText(error: string): string {
  return `synfin failed: ${error}`;
}

/** `lost`: the server does not answer. */
export type PageState = 'waiting' | 'live' | 'lost' | 'ended';

const WAITING: Readonly<Record<PageState, string>> = {
  waiting: 'Waiting for packets',
  live: 'Waiting for packets',
  lost: 'synfin does not answer',
  ended: 'The capture ended without packets',
};

/** A live page before the first packet. */
export function waitingTitle(state: PageState): string {
  return WAITING[state];
}

export function waitingText(state: PageState): string {
  return state === 'lost'
    ? 'This page asks again until it answers.'
    : 'Connections appear here as soon as their first packet is captured.';
}

const STATES: Readonly<Record<PageState, string>> = {
  waiting: 'waiting for packets',
  live: 'live',
  lost: 'no answer from synfin: what came so far',
  ended: 'capture ended',
};

export function pageState(state: PageState): string {
  return STATES[state];
}

export const PAUSED: string = 'paused';
export const PAUSE_PAGE: string = 'Pause';
export const GO_ON: string = 'Go on';

/** The bar at the top. */
export const PAGE_PARTS: string = 'parts of the page';
export const OVERVIEW_PART: string = 'Overview';
export const CONNECTIONS_PART: string = 'Connections';
export const OPEN_FILE: string = 'Open…';
export const KEYS_BUTTON: string = 'keys';
export const THEME: string = 'theme';

export function themeName(theme: 'system' | 'light' | 'dark'): string {
  return theme;
}

/** `date`: `2025-10-09`. `time`: `08:53:20`. */
export function momentText(date: string, time: string): string {
  return `${date} ${time} UTC`;
}

const KEYS: readonly (readonly [string, string])[] = [
  ['j, k, ↓, ↑', 'next and previous segment, or row of the list'],
  ['space', 'play and pause'],
  ['Home, End', 'first and last segment'],
  ['t', 'ladder or table of the segments'],
  ['/', 'to the where box'],
  ['z', 'show what the ladder folds, or fold it'],
  ['Enter', 'open the connection, or a fold of the ladder'],
  ['Esc', 'back to the list'],
  ['[, ]', 'previous and next connection'],
  ['?', 'these keys'],
];

/** Each key, and what it does. */
export function pageKeys(): readonly (readonly [string, string])[] {
  return KEYS;
}

export const PAGE_KEYS_TITLE: string = 'Keys';
export const ONE_CHARACTER_KEYS: string = 'keys of one character';
export const CLOSE_DIALOG: string = 'Close';

/** A connection that the address of the page names. */
export function notInPage(index: number): string {
  return `There is no connection ${index} in this page.`;
}
