/** Heads of the columns of lists and groups. */

const LIST_HEADS = {
  start: 'start',
  time: 'time',
  client: 'client',
  server: 'server',
  via: 'via',
  outcome: 'outcome',
  connect: 'connect',
  response: 'response',
  duration: 'duration',
  retransmissions: 'retr.',
  sent: 'sent',
  received: 'received',
  cause: 'likely cause',
  datagrams: 'datagrams',
} as const satisfies Readonly<Record<string, string>>;

export type ListHead = keyof typeof LIST_HEADS;

export function listHead(name: ListHead): string {
  return LIST_HEADS[name];
}

const GROUP_HEADS = {
  connections: 'conns',
  failed: 'failed',
  refused: 'refused',
  'no-answer': 'no answer',
  'not-completed': 'not completed',
  reset: 'reset',
  'reset-by-client': 'by client',
  'reset-by-server': 'by server',
  'connect-p50': 'connect p50',
  'response-p50': 'response p50',
  retransmitted: 'retr.',
  bytes: 'bytes',
  cause: 'main cause of resets',
} as const satisfies Readonly<Record<string, string>>;

export type GroupHead = keyof typeof GROUP_HEADS;

export function groupHead(name: GroupHead): string {
  return GROUP_HEADS[name];
}

/** The head of what connections are grouped by: a key of `--by`. */
export function groupKeyHead(by: string): string {
  return by;
}

/** A group as it is named: codes in English, as `--by` and the JSON have them. */
export function groupKeyText(_by: string, key: string): string {
  return key;
}

/** The largest, next to quantiles. */
export const MAX: string = 'max';

/** The name of the row of all groups together. */
export const ALL_GROUPS: string = 'all';
