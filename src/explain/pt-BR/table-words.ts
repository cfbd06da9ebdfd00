/** Heads of the columns of lists and groups. */
import { OUTCOME_KINDS, type OutcomeKind } from '../../verdict/catalogue.js';
import type { GroupHead, ListHead } from '../en/table-words.js';

import { outcomeWords } from './outcomes.js';

export type { GroupHead, ListHead } from '../en/table-words.js';

const LIST_HEADS: Readonly<Record<ListHead, string>> = {
  start: 'início',
  time: 'hora',
  client: 'cliente',
  server: 'servidor',
  via: 'via',
  outcome: 'resultado',
  connect: 'conexão',
  response: 'resposta',
  duration: 'duração',
  retransmissions: 'retr.',
  sent: 'enviados',
  received: 'recebidos',
  cause: 'causa provável',
  datagrams: 'datagramas',
};

export function listHead(name: ListHead): string {
  return LIST_HEADS[name];
}

const GROUP_HEADS: Readonly<Record<GroupHead, string>> = {
  connections: 'conexões',
  failed: 'falhas',
  refused: 'recusadas',
  'no-answer': 'sem resposta',
  'not-completed': 'não concluídas',
  reset: 'reset',
  'reset-by-client': 'pelo cliente',
  'reset-by-server': 'pelo servidor',
  'connect-p50': 'conexão p50',
  'response-p50': 'resposta p50',
  retransmitted: 'retr.',
  bytes: 'bytes',
  cause: 'causa principal dos resets',
};

export function groupHead(name: GroupHead): string {
  return GROUP_HEADS[name];
}

const KEYS: Readonly<Record<string, string>> = {
  server: 'servidor',
  client: 'cliente',
  pair: 'par',
  'server-port': 'porta do servidor',
  outcome: 'resultado',
  second: 'segundo',
  minute: 'minuto',
  hour: 'hora',
  day: 'dia',
};

/** The head of what connections are grouped by: a key of `--by`. */
export function groupKeyHead(by: string): string {
  return KEYS[by] ?? by.replace('network/', 'rede/');
}

/** A group as it is named. */
export function groupKeyText(by: string, key: string): string {
  return by === 'outcome' && Object.hasOwn(OUTCOME_KINDS, key)
    ? outcomeWords({ kind: key as OutcomeKind, by: null })
    : key;
}

/** The largest, next to quantiles. */
export const MAX: string = 'máx';

/** The name of the row of all groups together. */
export const ALL_GROUPS: string = 'todas';
