/** The screen of synfin browse. Keys and command lines are the same in every language. */
import { count, grouped } from './quantities.js';

/** What each key does, by its action. */
const KEY_HELP = {
  down: 'next and previous row or segment',
  'page-down': 'a page; Ctrl-D and Ctrl-U half of one',
  first: 'first and last',
  open: 'list: the ladder of the connection; ladder: the whole explanation',
  back: 'back; ends what is being read',
  filter: 'filter, as --where; empty shows all',
  sort: 'the next order; turned round',
  next: 'ladder: next and previous connection of the list',
  fold: 'ladder: fold long runs of data, or show each segment',
  copy: 'show and copy the command that prints the same',
  reload: 'read again: of a live capture or a file that grows',
  help: 'this help',
  quit: 'back from the ladder; from the list, quit',
  interrupt: 'quit',
} as const satisfies Readonly<Record<string, string>>;

export type KeyHelp = keyof typeof KEY_HELP;

export function keyHelp(action: KeyHelp): string {
  return KEY_HELP[action];
}

/** Names of keys that are words: `j k, arrows`. */
export function keyNames(names: string): string {
  return names;
}

/** What two filters of the help pick. */
export const FAILED_FILTER_HELP: string = 'refused, not answered, not completed, reset';
export const OTHER_FILTER_HELP: string = 'and what docs/ask.md has';

export const KEYS_TITLE: string = 'Keys of synfin browse';
export const ANY_KEY_BACK: string = 'any key: back';
export const SCROLL_KEYS: string = 'j k scroll';
export const BACK_KEY: string = 'Esc back';
export const HELP_KEY: string = '? help';

export const LAST_ONE: string = 'the last one';
export const FIRST_ONE: string = 'the first one';

export const READING: string = 'reading…';
export const NO_CONNECTION_SO_FAR: string = 'no connection so far';
export const NO_CONNECTION_MATCHES: string = 'no connection matches; / changes the filter';
export const ONLY_UDP_FILTER: string = 'this asks what only UDP flows have; the list has connections';

export function noConnectionsText(hasUdp: boolean): string {
  return hasUdp ? 'no TCP connections; synfin FILE shows the UDP flows' : 'no TCP connections';
}

export function listedText(n: number): string {
  return `${grouped(n)} of them listed`;
}

export function rowText(n: number): string {
  return `row ${grouped(n)}`;
}

export function matchingText(matching: number, all: number): string {
  return `${grouped(matching)} of ${grouped(all)}`;
}

/** `key`: as `--sort` has it. */
export function orderText(key: string, mark: string): string {
  return `by ${key} ${mark}`;
}

export function segmentPosition(at: number, all: number): string {
  return `segment ${at} of ${all}`;
}

export function connectionPosition(at: number, all: number): string {
  return `connection ${grouped(at)} of ${grouped(all)}`;
}

export function foldKey(folded: boolean): string {
  return `z ${folded ? 'unfold' : 'fold'}`;
}

/** `share`: of the capture, null where its size is not known. */
export function readingText(
  what: 'capture' | 'filter' | 'ladder',
  share: number | null,
  packets: number,
): string {
  const name = what === 'filter' ? 'filtering' : 'reading';
  const how = share === null ? count(packets, 'packet') : `${Math.floor(share * 100)} %`;
  return packets === 0 ? `${name}…` : `${name} ${how}`;
}

export function moreLinesKey(n: number): string {
  return `Enter: ${count(n, 'more line')}`;
}

/** Of segments that were folded. */
export function statesAfterText(client: string, server: string): string {
  return `States after them: client ${client}, server ${server}.`;
}

export function packetText(packet: number, text: string): string {
  return `Packet ${packet}: ${text}.`;
}

/** Of a live capture. `lost`: packets, null where not known. */
export function liveStatus(over: boolean, packets: number, lost: number | null): string {
  const losses = lost === null ? 'losses unknown' : `${grouped(lost)} lost`;
  return `${over ? 'ended' : 'live'}: ${count(packets, 'packet')}, ${losses}`;
}
