/** The short words of a ladder: heads, phases, labels, and the text around it. */
import { byteCount, count, durationText, grouped } from './quantities.js';

/** Heads of the columns; `client` and `server` also name the two ends of a UDP flow. */
export const LADDER_HEADS: Readonly<Record<'time' | 'since' | 'client' | 'server' | 'segment', string>> = {
  time: 'time',
  since: 'since',
  client: 'client',
  server: 'server',
  segment: 'segment',
};

const PHASES: Readonly<Record<'opening' | 'data' | 'closing', string>> = {
  opening: 'opening',
  data: 'data',
  closing: 'closing',
};

export function phaseName(phase: 'opening' | 'data' | 'closing'): string {
  return PHASES[phase];
}

/** The state of an end as it is shown: RFC 9293's names, which no language translates, and `unseen`. */
export function stateWord(state: string): string {
  return state;
}

/** On an arrow. */
export const NO_FLAGS: string = 'no flags';

/** To follow the label of an arrow: a number of bytes, or flags where there are no bytes. */
export function seenTwiceText(_bytes: number): string {
  return 'seen twice';
}

export function sentAgainText(_bytes: number): string {
  return 'retransmitted';
}

/** At an arrow in little room: its receiver ignored it. */
export const IGNORED_MARK: string = '(ignored)';

export function icmpFrom(address: string, meaning: string): string {
  return `ICMP from ${address}: ${meaning}`;
}

/** `5 bytes from client (and 5 retransmitted)`. */
export function sentBytesText(who: 'client' | 'server', bytes: number, again: number): string {
  return `${byteCount(bytes)} from ${who}${again > 0 ? ` (and ${grouped(again)} retransmitted)` : ''}`;
}

/** `why`: as `rowNote` has it. */
export function ignoredNote(why: string): string {
  return `seen, ignored by the receiver: ${why}`;
}

export const UDP_STANDS_ALONE: string = 'UDP has no handshake and no closing: each datagram stands alone.';

export function moreDatagrams(n: number): string {
  return `and ${count(n, 'more datagram')}`;
}

/** Before the two ends. */
export function connectionHeading(index: number): string {
  return `Connection ${index}`;
}

export function flowHeading(index: number): string {
  return `UDP flow ${index}`;
}

export function noteText(sentence: string): string {
  return `note: ${sentence}`;
}

export function viaLineText(via: string): string {
  return `via ${via}`;
}

/** Lines of a list below a title. */
export function openingItem(sentence: string): string {
  return `Opening: ${sentence}`;
}

export function closingItem(sentence: string): string {
  return `Closing: ${sentence}`;
}

/** A segment in a line, for those who do not see the picture. `what`: its label; `notes`: each without its full stop. */
export function segmentTitle(
  packet: number,
  seconds: number,
  who: 'client' | 'server',
  what: string,
  notes: readonly string[],
  states: { client: string; server: string },
): string {
  const said = notes.length === 0 ? '' : `. ${notes.join('. ')}`;
  return `#${packet}, ${durationText(seconds)}, ${who}: ${what}${said}; then client ${states.client}, server ${states.server}`;
}
