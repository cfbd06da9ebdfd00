/** The words of the quiz: questions, answers, and what is said of them. */
import type { ResetCause } from '../../verdict/catalogue.js';
import { OPENING_KINDS, type OpeningKind } from '../../verdict/catalogue.js';
import type { End } from '../story/moment.js';
import { resetCauseWords } from './causes.js';
import { byteCount } from './quantities.js';

export function quizIntroduction(questions: number): string {
  return `${questions} questions about this connection. Answer with a letter; an empty line skips, q ends.`;
}

export function askOpening(): string {
  return 'How did this connection open?';
}

export function askState(end: End, packet: number): string {
  return `Which state is the ${end} in after packet ${packet}?`;
}

/** `takes`: what the segment takes of its sender's numbers. */
export function askNextAck(
  packet: number,
  from: End,
  sequence: number,
  length: number,
  takes: 'bytes' | 'fin',
): string {
  const other = from === 'client' ? 'server' : 'client';
  const what = takes === 'fin' ? (length === 0 ? 'FIN' : `${byteCount(length)} and FIN`) : byteCount(length);
  return `Packet ${packet} of the ${from} has seq ${sequence} and carries ${what}. Which ack will the ${other} send, once it has that?`;
}

export function askFirstFin(): string {
  return 'Which end sent the first FIN?';
}

export function askTimeWait(): string {
  return 'Which end is in TIME-WAIT at the end?';
}

export function askResetCause(packet: number, by: End): string {
  return `Why did the ${by} send the RST of packet ${packet}? (Where the packets do not tell causes apart, each of them is right.)`;
}

export function endChoice(end: End | 'both' | 'neither'): string {
  return end === 'client' || end === 'server' ? `the ${end}` : end;
}

export function causeChoice(cause: ResetCause): string {
  return resetCauseWords(cause);
}

export function openingChoice(kind: OpeningKind): string {
  return `${kind}: ${OPENING_KINDS[kind]}`;
}

export function quizRight(): string {
  return 'Right.';
}

export function quizWrong(right: string): string {
  return `No: ${right}.`;
}

export function quizSkipped(right: string): string {
  return `Skipped: ${right}.`;
}

export function quizNotALetter(last: string): string {
  return `A letter from a to ${last}, please.`;
}

/** `or` between several right answers. */
export function quizOr(answers: readonly string[]): string {
  return answers.join(', or ');
}

/** What shows the answer, in the words of `--explain`. */
export function quizShown(packet: number, sentence: string): string {
  return `Packet ${packet}: ${sentence}`;
}

export function quizScore(right: number, asked: number): string {
  return `${right} of ${asked} right.`;
}

export function quizNothingAsked(): string {
  return 'Nothing was answered.';
}
