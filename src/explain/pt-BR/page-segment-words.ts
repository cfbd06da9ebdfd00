/** The report page: one connection, its segments, options, states and graphs. */
import { otherEnd, type Sender } from '../en/graph-sentences.js';
import type { FactName, OptionWord, SegmentHead } from '../en/page-segment-words.js';
import { endName } from './ends.js';
import { durationText, grouped } from './quantities.js';

export type { FactName, OptionWord, SegmentHead } from '../en/page-segment-words.js';

export const BACK_TO_LIST: string = '← lista';
export const SO_FAR: string = 'até agora';

/** Before the command that shows them, and between it and the one that makes a page of them. */
export const SEGMENTS_NOT_HERE: string =
  'Os segmentos desta conexão não estão nesta página, por falta de espaço. Para vê-los: ';
export const PAGE_OF_THEIR_OWN: string = '; para uma página só deles: ';

export const ICMP_ERROR: string = 'Erro ICMP';

const FACTS: Readonly<Record<FactName, string>> = {
  warning: 'aviso',
  note: 'nota',
  notes: 'notas',
  options: 'opções',
  times: 'tempos',
  caveat: 'ressalva',
};

export function factName(name: FactName): string {
  return FACTS[name];
}

/** `sentence`: as `agreedSentence` has it, without the word that its name says already. */
export function withoutAgreed(sentence: string): string {
  return sentence.replace(/^acordado: /, '');
}

export function saidTimes(text: string, n: number): string {
  return `${text} (${grouped(n)} vezes)`;
}

export function packetName(packet: number): string {
  return `pacote ${packet}`;
}

/** Packet numbers in a sentence: those behind `pacote` or `pacotes`, and `#17`. */
export const PACKET_NUMBERS: RegExp = /\bpacotes? (\d+(?:(?:, | e | a )\d+)*)|#(\d+)/g;

/** Steps through the segments. */
export const STEP_TOOLBAR: string = 'percorrer os segmentos';
export const FIRST_STEP: string = 'início';
export const STEP_BACK: string = 'anterior';
export const PLAY: string = 'reproduzir';
export const PAUSE: string = 'pausar';
export const NEXT_STEP: string = 'próximo';
/** `at`: from 1. */
export function positionText(at: number, all: number): string {
  return `${at} de ${all}`;
}

export const STEPS_KEY: string = 'percorrer';
export const SPACE_KEY: string = 'espaço';
export const SMALLER: string = 'menor';
export const LARGER: string = 'maior';
/** Segments that the ladder folds. */
export const UNFOLD: string = 'Enter ou um clique mostra estes segmentos um a um';
export const UNFOLD_ALL: string = 'expandir';
export const FOLD_AGAIN: string = 'recolher';
export const AS_TABLE: string = 'tabela';

export const SEGMENTS_LIST: string = 'segmentos da conexão';
export const SEGMENTS_TABLE: string = 'segmentos';

const SEGMENT_HEADS: Readonly<Record<SegmentHead, string>> = {
  packet: '#',
  time: 'tempo',
  from: 'de',
  segment: 'segmento',
  sequence: 'seq',
  acknowledgement: 'ack',
  client: 'cliente',
  server: 'servidor',
  notes: 'notas',
};

export function segmentHead(name: SegmentHead): string {
  return SEGMENT_HEADS[name];
}

export function fromEnd(sender: Sender): string {
  return `do ${endName(sender)} para o ${endName(otherEnd(sender))}`;
}

export const SHOW_BYTES: string = 'mostrar bytes';
export const HIDE_BYTES: string = 'ocultar bytes';
export const BYTES_NOT_HERE: string = 'Os bytes deste segmento não estão nesta página.';
export const HEADER_BYTES: string = 'bytes do cabeçalho';

/** `to`: before which byte it ends. */
export function fieldPlace(name: string, from: number, to: number): string {
  return to - from === 1 ? `${name}, byte ${from}` : `${name}, bytes ${from} a ${to - 1}`;
}

export const STATES_TITLE: string = 'Estados';
export const STATES_FIGURE: string = 'RFC 9293, Figura 5';

export function statesText(client: string, server: string, packet: number): string {
  return `cliente ${client}, servidor ${server} depois do pacote ${packet}`;
}

/** On a disc: the first letter of `cliente` and `servidor`. */
export function endLetter(end: Sender): string {
  return end === 'client' ? 'C' : 'S';
}

/** What is at an arrow, without how many bytes and whether again. */
export function shortLabel(label: string): string {
  return label.replace(/ retransmitidos?| \d[\d.]* bytes?/g, '');
}

/** The table of options. */
export const OFFERED_TITLE: string = 'Oferecido nos SYNs';
export const AGREED_TITLE: string = 'Acordado no handshake';
export const AGREED_HEAD: string = 'acordado';
export const WINDOW_SCALE: string = 'escala da janela';
export const NOT_CAPTURED: string = 'não capturado';

export function yesOrNo(value: boolean): string {
  return value ? 'sim' : 'não';
}

export function bothWays(value: number): string {
  return `${grouped(value)} nos dois sentidos`;
}

export function eachWay(toServer: number | null, toClient: number | null): string {
  return `${toServer ?? '–'} para o servidor, ${toClient ?? '–'} para o cliente`;
}

export const NO_SCALE: string = 'nenhuma';

export function scalesText(client: number, server: number): string {
  return `${client} e ${server}`;
}

const OPTION_WORDS: Readonly<Record<OptionWord, string>> = {
  classic: 'clássico',
  accurate: 'acurado',
  'cookie-request': 'pedido de cookie',
  cookie: 'cookie',
  requested: 'pedido',
  'cookie-given': 'cookie dado',
  'data-accepted': 'dados aceitos',
  'data-ignored': 'dados não aceitos',
  capable: 'oferecido',
  join: 'mais um subfluxo',
};

/** What an option says that is more than a number: kinds of ECN, Fast Open and Multipath TCP. */
export function optionWord(word: OptionWord): string {
  return OPTION_WORDS[word];
}

export function graphsTitle(sender: Sender): string {
  return `Do ${endName(sender)} para o ${endName(otherEnd(sender))}`;
}

export const OTHER_DIRECTION: string = 'o outro sentido';
export const CLICK_CHOOSES: string = 'um clique escolhe o segmento mais próximo';
export const DRAG_ZOOMS: string = '; arraste para ver de perto';
export const GRAPHS_CLOSER: string = 'ver o tempo dos gráficos mais de perto';
export const GRAPHS_WIDER: string = 'mais tempo nos gráficos';
export const WHOLE_TIME: string = 'tudo';

export function sentNoData(sender: Sender): string {
  return `O ${endName(sender)} não enviou dados.`;
}

export const WINDOW_FAR_ABOVE: string = 'a janela fica muito acima';

/** `width`: of a bar, in seconds. */
export function barsText(width: number, again: boolean): string {
  const text = `barras de ${durationText(width)}`;
  return again ? `${text}; retransmissões em cima` : text;
}
