/** The report page: its overview and its lists. */
import type { Overview } from '../../group/overview.js';
import type { OutcomeKind } from '../../verdict/catalogue.js';
import type { FlowHead, Remark, RowHead, ServerHead } from '../en/page-list-words.js';
import { agreeing } from './noun-forms.js';
import { OUTCOME_PLURALS } from './outcome-forms.js';
import { outcomeWords } from './outcomes.js';
import { stepText } from './overview-sentences.js';
import { count, durationText, grouped } from './quantities.js';

export type { FlowHead, Remark, RowHead, ServerHead } from '../en/page-list-words.js';

type Outcomes = Overview['outcomes'];

/** `414 conexões, 25 com falha: 10 com reset, 9 sem resposta, 6 recusadas`. `others`: the outcomes that are no failures. */
export function overallText(all: number, failed: number, failures: Outcomes, others: Outcomes): string {
  const list = (kinds: Outcomes): string =>
    kinds.map(([kind, n]) => `${grouped(n)} ${outcomeOf(n, kind)}`).join(', ');
  const what = count(all, 'connection');
  if (failed === 0) return `${what}, ${agreeing(all, 'sem falha', 'nenhuma com falha')}: ${list(others)}`;
  if (others.length === 0)
    return `${what}, ${agreeing(all, 'com falha', 'todas com falha')}: ${list(failures)}`;
  return `${what}, ${grouped(failed)} com falha: ${list(failures)}`;
}

function outcomeOf(n: number, kind: OutcomeKind): string {
  // of one that was reset, "1 reset" would count resets
  return kind === 'reset'
    ? OUTCOME_PLURALS.reset
    : agreeing(n, outcomeWords({ kind, by: null }), OUTCOME_PLURALS[kind]);
}

export const NO_PACKETS: string = 'Não há pacotes nesta captura';

/** A capture without TCP. */
export function noTcpHere(packets: number, udpFlows: number, datagrams: number): string {
  return udpFlows === 0
    ? `Não há TCP nesta captura: ${count(packets, 'packet')} de outros tipos`
    : `Não há TCP nesta captura: ${count(datagrams, 'UDP datagram')} em ${count(udpFlows, 'flow')}`;
}

const REMARKS: Readonly<Record<Remark, string>> = {
  damage: 'dano',
  warning: 'aviso',
  drops: 'pacotes descartados',
  evicted: 'retirados antes do fim',
  pattern: 'padrão',
  'stands-out': 'destaque',
  selection: 'seleção',
  'left-out': 'fora desta página',
};

export function remarkName(remark: Remark): string {
  return REMARKS[remark];
}

export function listOfThose(where: string): string {
  return `a lista tem as que correspondem a ${where}`;
}

/** In a command, where a capture is to be named. */
export const FILE_NAME: string = 'ARQUIVO';

export function noRoomFor(n: number, what: 'connection' | 'UDP flow', command: string): string {
  return `${count(n, what)}, por falta de espaço: ${command}`;
}

export function segmentsLeftOut(connections: number, command: string): string {
  return `segmentos de ${count(connections, 'connection')}: ${command}`;
}

export const HOW_THEY_ENDED: string = 'Como terminaram';
export const WHO_FAILS: string = 'Quem envia RST ou recusa, e por quê';
export const NOBODY_FAILS: string = 'Ninguém: nenhuma conexão falhou.';
export const SLOWEST_TO_CONNECT: string = 'As mais lentas para conectar';
export const SLOWEST_TO_RESPOND: string = 'As mais lentas para responder';
export const NONE_TIMED: string = 'Nenhum tempo foi medido.';

export const BY_SERVER: string = 'Por servidor';

export function someOf(shown: number, all: number): string {
  return `${grouped(shown)} de ${grouped(all)}`;
}

const SERVER_HEADS: Readonly<Record<ServerHead, string>> = {
  server: 'servidor',
  all: 'todas',
  failed: 'falhas',
  connect: 'conexão',
  respond: 'resposta',
};

export function serverHead(name: ServerHead): string {
  return SERVER_HEADS[name];
}

export const WHEN_THEY_BEGAN: string = 'Quando começaram';

/** `width`: seconds. */
export function aBarText(width: number): string {
  return `${stepText(width)} por barra`;
}

export function timelineText(connections: number, width: number, peak: number): string {
  return `${count(connections, 'connection')} em passos de ${stepText(width)}, no máximo ${grouped(peak)} em um deles`;
}

export const NOT_FAILED: string = 'sem falha';
export const FAILED: string = 'com falha';

/** What filters the list. */
export const CONNECTIONS_TITLE: string = 'Conexões';
export const WHERE_BOX: string = 'filtro';
export const SEARCH_BOX: string = 'busca';

/** An outcome that several connections have. */
export function outcomeOfSeveral(kind: OutcomeKind): string {
  return OUTCOME_PLURALS[kind];
}

export const SHOW_ALL_OUTCOMES: string = ': mostrar todos os resultados';
export const NONE_MATCHES: string = 'Nenhuma conexão corresponde.';
export const CONNECTIONS_TABLE: string = 'conexões';

const ROW_HEADS: Readonly<Record<RowHead, string>> = {
  index: '#',
  client: 'cliente',
  server: 'servidor',
  outcome: 'resultado',
  connect: 'conexão',
  start: 'quando',
  duration: 'duração',
  sent: 'enviados',
  received: 'recebidos',
  tags: 'achados',
};

export function rowHead(name: RowHead): string {
  return ROW_HEADS[name];
}

/** `span`: seconds from the beginning of the first connection to the end of the last. */
export function whenHead(span: number): string {
  return `quando, em ${durationText(span)}`;
}

export const UDP_FLOWS_TITLE: string = 'Fluxos UDP';

/** A UDP flow beyond the first ones. */
export const DATAGRAMS_NOT_HERE: string = 'Os datagramas dele não estão nesta página.';

const FLOW_HEADS: Readonly<Record<FlowHead, string>> = {
  index: '#',
  client: 'cliente',
  server: 'servidor',
  verdict: 'veredito',
  duration: 'duração',
  sent: 'enviados',
  received: 'recebidos',
};

export function flowHead(name: FlowHead): string {
  return FLOW_HEADS[name];
}

export function firstFlows(shown: number): string {
  return `Os primeiros ${shown}; todos: synfin ARQUIVO --limit 0`;
}
