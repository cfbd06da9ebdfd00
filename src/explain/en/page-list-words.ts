/** The report page: its overview and its lists. */
import type { Overview } from '../../group/overview.js';
import type { OutcomeKind } from '../../verdict/catalogue.js';
import { outcomeWords } from './outcomes.js';
import { stepText } from './overview-sentences.js';
import { count, durationText, grouped } from './quantities.js';

type Outcomes = Overview['outcomes'];

/** `414 connections, 25 failed: 10 reset, 9 no answer, 6 refused`. `others`: the outcomes that are no failures. */
export function overallText(all: number, failed: number, failures: Outcomes, others: Outcomes): string {
  const list = (kinds: Outcomes): string =>
    kinds.map(([kind, n]) => `${grouped(n)} ${outcomeOfSeveral(kind)}`).join(', ');
  const what = count(all, 'connection');
  if (failed === 0) return `${what}, none failed: ${list(others)}`;
  if (others.length === 0) return `${what}, all failed: ${list(failures)}`;
  return `${what}, ${grouped(failed)} failed: ${list(failures)}`;
}

export const NO_PACKETS: string = 'No packets in this capture';

/** A capture without TCP. */
export function noTcpHere(packets: number, udpFlows: number, datagrams: number): string {
  return udpFlows === 0
    ? `No TCP in this capture: ${count(packets, 'packet')} of other kinds`
    : `No TCP in this capture: ${count(datagrams, 'UDP datagram')} in ${count(udpFlows, 'flow')}`;
}

const REMARKS = {
  damage: 'damage',
  warning: 'warning',
  drops: 'dropped packets',
  evicted: 'left early',
  pattern: 'pattern',
  'stands-out': 'stands out',
  selection: 'selection',
  'left-out': 'not in this page',
} as const satisfies Readonly<Record<string, string>>;

export type Remark = keyof typeof REMARKS;

export function remarkName(remark: Remark): string {
  return REMARKS[remark];
}

export function listOfThose(where: string): string {
  return `the list has those where ${where}`;
}

/** In a command, where a capture is to be named. */
export const FILE_NAME: string = 'FILE';

export function noRoomFor(n: number, what: 'connection' | 'UDP flow', command: string): string {
  return `${count(n, what)}, for lack of room: ${command}`;
}

export function segmentsLeftOut(connections: number, command: string): string {
  return `segments of ${count(connections, 'connection')}: ${command}`;
}

export const HOW_THEY_ENDED: string = 'How they ended';
export const WHO_FAILS: string = 'Who resets or refuses, and why';
export const NOBODY_FAILS: string = 'Nobody: no connection failed.';
export const SLOWEST_TO_CONNECT: string = 'Slowest to connect';
export const SLOWEST_TO_RESPOND: string = 'Slowest to respond';
export const NONE_TIMED: string = 'None was timed.';

export const BY_SERVER: string = 'By server';

export function someOf(shown: number, all: number): string {
  return `${grouped(shown)} of ${grouped(all)}`;
}

const SERVER_HEADS = {
  server: 'server',
  all: 'all',
  failed: 'failed',
  connect: 'connect',
  respond: 'respond',
} as const satisfies Readonly<Record<string, string>>;

export type ServerHead = keyof typeof SERVER_HEADS;

export function serverHead(name: ServerHead): string {
  return SERVER_HEADS[name];
}

export const WHEN_THEY_BEGAN: string = 'When they began';

/** `width`: seconds. */
export function aBarText(width: number): string {
  return `${stepText(width)} a bar`;
}

export function timelineText(connections: number, width: number, peak: number): string {
  return `${grouped(connections)} connections in steps of ${stepText(width)}, at most ${grouped(peak)} in one`;
}

export const NOT_FAILED: string = 'not failed';
export const FAILED: string = 'failed';

/** What filters the list. */
export const CONNECTIONS_TITLE: string = 'Connections';
export const WHERE_BOX: string = 'where';
export const SEARCH_BOX: string = 'search';

/** An outcome that several connections have. */
export function outcomeOfSeveral(kind: OutcomeKind): string {
  return outcomeWords({ kind, by: null });
}

export const SHOW_ALL_OUTCOMES: string = ': show all outcomes';
export const NONE_MATCHES: string = 'No connection matches.';
export const CONNECTIONS_TABLE: string = 'connections';

const ROW_HEADS = {
  index: '#',
  client: 'client',
  server: 'server',
  outcome: 'outcome',
  connect: 'connect',
  start: 'when',
  duration: 'lasted',
  sent: 'sent',
  received: 'received',
  tags: 'findings',
} as const satisfies Readonly<Record<string, string>>;

export type RowHead = keyof typeof ROW_HEADS;

export function rowHead(name: RowHead): string {
  return ROW_HEADS[name];
}

/** `span`: seconds from the beginning of the first connection to the end of the last. */
export function whenHead(span: number): string {
  return `when, of ${durationText(span)}`;
}

export const UDP_FLOWS_TITLE: string = 'UDP flows';

/** A UDP flow beyond the first ones. */
export const DATAGRAMS_NOT_HERE: string = 'Its datagrams are not in this page.';

const FLOW_HEADS = {
  index: '#',
  client: 'client',
  server: 'server',
  verdict: 'verdict',
  duration: 'lasted',
  sent: 'sent',
  received: 'received',
} as const satisfies Readonly<Record<string, string>>;

export type FlowHead = keyof typeof FLOW_HEADS;

export function flowHead(name: FlowHead): string {
  return FLOW_HEADS[name];
}

export function firstFlows(shown: number): string {
  return `The first ${shown} of them; all: synfin FILE --limit 0`;
}
