/** The words of the quiz: questions, answers, and what is said of them. */
import type { OpeningKind, ResetCause } from '../../verdict/catalogue.js';
import type { End } from '../story/moment.js';
import { resetCauseWords } from './causes.js';
import { endName } from './ends.js';
import { byteCount } from './quantities.js';

export function quizIntroduction(questions: number): string {
  const what = questions === 1 ? '1 pergunta' : `${questions} perguntas`;
  return `${what} sobre esta conexão. Responda com uma letra; uma linha vazia pula, q termina.`;
}

export function askOpening(): string {
  return 'Como esta conexão foi aberta?';
}

export function askState(end: End, packet: number): string {
  return `Em que estado está o ${endName(end)} depois do pacote ${packet}?`;
}

/** `takes`: what the segment takes of its sender's numbers. */
export function askNextAck(
  packet: number,
  from: End,
  sequence: number,
  length: number,
  takes: 'bytes' | 'fin',
): string {
  const other = endName(from === 'client' ? 'server' : 'client');
  const what = takes === 'fin' ? (length === 0 ? 'FIN' : `${byteCount(length)} e FIN`) : byteCount(length);
  return `O pacote ${packet} do ${endName(from)} tem seq ${sequence} e leva ${what}. Que ack o ${other} enviará, quando tiver isso?`;
}

export function askFirstFin(): string {
  return 'Que lado enviou o primeiro FIN?';
}

export function askTimeWait(): string {
  return 'Que lado está em TIME-WAIT no fim?';
}

export function askResetCause(packet: number, by: End): string {
  return `Por que o ${endName(by)} enviou o RST do pacote ${packet}? (Onde os pacotes não distinguem as causas, cada uma delas vale.)`;
}

export function endChoice(end: End | 'both' | 'neither'): string {
  if (end === 'both') return 'os dois';
  return end === 'neither' ? 'nenhum' : `o ${endName(end)}`;
}

export function causeChoice(cause: ResetCause): string {
  return resetCauseWords(cause);
}

const OPENINGS: Readonly<Record<OpeningKind, string>> = {
  'three-way': 'handshake de três vias: SYN, SYN-ACK e o ACK dele (RFC 9293, Figura 6)',
  simultaneous: 'simultânea: os dois lados enviaram SYN antes de ter o do outro (RFC 9293, Figura 7)',
  'fast-open': 'Fast Open: dados vieram com o SYN e foram aceitos (RFC 7413)',
  refused: 'recusada: ao SYN respondeu um RST ou um erro ICMP',
  'no-answer': 'sem resposta: nada respondeu ao SYN',
  'not-completed': 'não concluída: houve um SYN-ACK que nunca foi confirmado de forma válida',
  'not-captured': 'não capturada: a captura não tem nenhum SYN do cliente',
};

export function openingChoice(kind: OpeningKind): string {
  return OPENINGS[kind];
}

export function quizRight(): string {
  return 'Certo.';
}

export function quizWrong(right: string): string {
  return `Não: ${right}.`;
}

export function quizSkipped(right: string): string {
  return `Pulada: ${right}.`;
}

export function quizNotALetter(last: string): string {
  return `Uma letra de a a ${last}, por favor.`;
}

/** `ou` between several right answers. */
export function quizOr(answers: readonly string[]): string {
  return answers.join(', ou ');
}

/** What shows the answer, in the words of `--explain`. */
export function quizShown(packet: number, sentence: string): string {
  return `Pacote ${packet}: ${sentence}`;
}

export function quizScore(right: number, asked: number): string {
  return `${right} de ${asked} ${right === 1 ? 'certa' : 'certas'}.`;
}

export function quizNothingAsked(): string {
  return 'Nenhuma resposta.';
}
