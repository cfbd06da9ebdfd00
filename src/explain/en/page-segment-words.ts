/** The report page: one connection, its segments, options, states and graphs. */
import { otherEnd, type Sender } from './graph-sentences.js';
import { durationText, grouped } from './quantities.js';

export const BACK_TO_LIST: string = '← list';
export const SO_FAR: string = 'so far';

/** Before the command that shows them, and between it and the one that makes a page of them. */
export const SEGMENTS_NOT_HERE: string =
  'The segments of this connection are not in this page, for lack of room. They are shown by ';
export const PAGE_OF_THEIR_OWN: string = ', and are in a page of their own made by ';

export const ICMP_ERROR: string = 'ICMP error';

const FACTS = {
  warning: 'warning',
  note: 'note',
  notes: 'notes',
  options: 'options',
  times: 'times',
  caveat: 'caveat',
} as const satisfies Readonly<Record<string, string>>;

export type FactName = keyof typeof FACTS;

export function factName(name: FactName): string {
  return FACTS[name];
}

/** `sentence`: as `agreedSentence` has it, without the word that its name says already. */
export function withoutAgreed(sentence: string): string {
  return sentence.replace(/^agreed: /, '');
}

export function saidTimes(text: string, n: number): string {
  return `${text} (${grouped(n)} times)`;
}

export function packetName(packet: number): string {
  return `packet ${packet}`;
}

/** Packet numbers in a sentence: those behind `packet` or `packets`, and `#17`. */
export const PACKET_NUMBERS: RegExp = /\bpackets? (\d+(?:(?:, | and | to )\d+)*)|#(\d+)/g;

/** Steps through the segments. */
export const STEP_TOOLBAR: string = 'step through the segments';
export const FIRST_STEP: string = 'first';
export const STEP_BACK: string = 'back';
export const PLAY: string = 'play';
export const PAUSE: string = 'pause';
export const NEXT_STEP: string = 'next';
/** `at`: from 1. */
export function positionText(at: number, all: number): string {
  return `${at} of ${all}`;
}

export const STEPS_KEY: string = 'step';
export const SPACE_KEY: string = 'space';
export const SMALLER: string = 'smaller';
export const LARGER: string = 'larger';
/** Segments that the ladder folds. */
export const UNFOLD: string = 'Enter or a click shows these segments one by one';
export const UNFOLD_ALL: string = 'unfold';
export const FOLD_AGAIN: string = 'fold';
export const AS_TABLE: string = 'table';

export const SEGMENTS_LIST: string = 'segments of the connection';
export const SEGMENTS_TABLE: string = 'segments';

const SEGMENT_HEADS = {
  packet: '#',
  time: 'time',
  from: 'from',
  segment: 'segment',
  sequence: 'seq',
  acknowledgement: 'ack',
  client: 'client',
  server: 'server',
  notes: 'notes',
} as const satisfies Readonly<Record<string, string>>;

export type SegmentHead = keyof typeof SEGMENT_HEADS;

export function segmentHead(name: SegmentHead): string {
  return SEGMENT_HEADS[name];
}

export function fromEnd(sender: Sender): string {
  return `${sender} to ${otherEnd(sender)}`;
}

export const SHOW_BYTES: string = 'show bytes';
export const HIDE_BYTES: string = 'hide bytes';
export const BYTES_NOT_HERE: string = 'The bytes of this segment are not in this page.';
export const HEADER_BYTES: string = 'bytes of the header';

/** `to`: before which byte it ends. */
export function fieldPlace(name: string, from: number, to: number): string {
  return to - from === 1 ? `${name}, byte ${from}` : `${name}, bytes ${from}–${to - 1}`;
}

export const STATES_TITLE: string = 'States';
export const STATES_FIGURE: string = 'RFC 9293, Figure 5';

export function statesText(client: string, server: string, packet: number): string {
  return `client ${client}, server ${server} after packet ${packet}`;
}

/** On a disc: the first letter of `client` and `server`. */
export function endLetter(end: Sender): string {
  return end === 'client' ? 'C' : 'S';
}

/** What is at an arrow, without how many bytes and whether again. */
export function shortLabel(label: string): string {
  return label.replace(/ retransmitted| \d[\d,]* bytes?/g, '');
}

/** The table of options. */
export const OFFERED_TITLE: string = 'Offered in the SYNs';
export const AGREED_TITLE: string = 'Agreed in the handshake';
export const AGREED_HEAD: string = 'agreed';
export const WINDOW_SCALE: string = 'window scale';
export const NOT_CAPTURED: string = 'not captured';

export function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

export function bothWays(value: number): string {
  return `${grouped(value)} both ways`;
}

export function eachWay(toServer: number | null, toClient: number | null): string {
  return `${toServer ?? '–'} to the server, ${toClient ?? '–'} to the client`;
}

export const NO_SCALE: string = 'none';

export function scalesText(client: number, server: number): string {
  return `${client} and ${server}`;
}

/** What an option says that is more than a number: kinds of ECN, Fast Open and Multipath TCP. */
export type OptionWord =
  | 'classic'
  | 'accurate'
  | 'cookie-request'
  | 'cookie'
  | 'requested'
  | 'cookie-given'
  | 'data-accepted'
  | 'data-ignored'
  | 'capable'
  | 'join';

export function optionWord(word: OptionWord): string {
  return word;
}

export function graphsTitle(sender: Sender): string {
  return `From ${sender} to ${otherEnd(sender)}`;
}

export const OTHER_DIRECTION: string = 'the other direction';
export const CLICK_CHOOSES: string = 'a click chooses the nearest segment';
export const DRAG_ZOOMS: string = '; drag to look closer';
export const GRAPHS_CLOSER: string = 'look closer at the time of the graphs';
export const GRAPHS_WIDER: string = 'more time in the graphs';
export const WHOLE_TIME: string = 'all';

export function sentNoData(sender: Sender): string {
  return `The ${sender} sent no data.`;
}

export const WINDOW_FAR_ABOVE: string = 'the window is far above';

/** `width`: of a bar, in seconds. */
export function barsText(width: number, again: boolean): string {
  const text = `bars of ${durationText(width)}`;
  return again ? `${text}; retransmissions on top` : text;
}
