/** `synfin quiz [FILE]`: asks about a real connection; answers come from standard input, a terminal or not. */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ErrorValues, UserError } from '../../errors.js';
import { phrases } from '../../explain/phrases.js';
import { type Asked, type Choice, type Question, quizOf } from '../../learn/quiz.js';
import { drawRows } from '../../render/text/ladder.js';
import { paint, plain, type TextStyle, wrap } from '../../render/text/style.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { loadLadder } from '../browse/reading.js';
import { textStyle } from '../options/options.js';
import { DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import { type CliIo, write } from '../terminal/io.js';
import { installation } from '../terminal/package-root.js';

export interface QuizFlags {
  connection?: number;
  questions: number;
  color: 'auto' | 'always' | 'never';
  width?: number;
  ascii?: boolean;
}

export async function quiz(file: string | undefined, flags: QuizFlags, io: CliIo): Promise<number> {
  const path = file ?? join(installation().root, 'captures', 'demo-tcp.pcap');
  const report = await connectionOf(path, flags.connection ?? 0, io.signal);
  if (report === null) return INTERRUPTED;
  const { connection: _, questions: most, ...look } = flags;
  const style = textStyle({ format: 'table', ...look }, io);
  const { rows, questions } = quizOf(report, most);
  const { head, rows: lines } = drawRows(rows, style);
  const say = (text: string): Promise<unknown> => write(io.stdout, `${text}\n`);
  await say([head, ...lines.flat()].join('\n'));
  await say(`\n${folded(phrases.quizIntroduction(questions.length), style)}`);
  const answers = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  io.signal.addEventListener('abort', () => answers.close(), { once: true });
  const next = answers[Symbol.asyncIterator]();
  let [asked, right] = [0, 0];
  for (const [at, question] of questions.entries()) {
    await say(`\n${paint(style, 'bold', folded(`${at + 1}. ${askedText(question.asked)}`, style))}`);
    for (const [place, choice] of question.choices.entries())
      await say(folded(`   ${letter(place)}) ${choiceText(choice)}`, style));
    const answer = await answerTo(question, next, (text) => say(folded(text, style)), io);
    if (answer === null) break;
    asked++;
    const isRight = answer >= 0 && question.right.includes(answer);
    if (isRight) right++;
    await say(folded(verdictText(question, answer, isRight), style));
    if (question.shown !== null) {
      const { packet } = question.shown;
      await say(folded(phrases.quizShown(packet, phrases.storySentence(question.shown)), style));
    }
  }
  answers.close();
  if (io.signal.aborted) return INTERRUPTED;
  await say(
    `\n${paint(style, 'bold', asked === 0 ? phrases.quizNothingAsked() : phrases.quizScore(right, asked))}`,
  );
  return DONE;
}

/** Null where it was interrupted. */
async function connectionOf(
  path: string,
  index: number,
  signal: AbortSignal,
): Promise<ConnectionReport | null> {
  const loaded = await loadLadder([path], index, {}, { signal, progress() {} });
  if (loaded === null || loaded.report !== null) return loaded?.report ?? null;
  const why: ErrorValues =
    loaded.connections === 0 ? { kind: 'no-tcp-connection' } : { kind: 'no-connection', index, path };
  throw new UserError({ kind: 'of-file', path, why });
}

/** The place of an answer, -1 for none; null where nothing more comes. */
async function answerTo(
  { choices }: Question,
  answers: AsyncIterator<string>,
  say: (text: string) => Promise<unknown>,
  io: CliIo,
): Promise<number | null> {
  for (;;) {
    await write(io.stdout, '> ');
    const { value, done } = await answers.next();
    if (done === true) {
      await write(io.stdout, '\n');
      return null;
    }
    // what was piped in is shown as if it had been typed
    if (io.piped) await write(io.stdout, `${/^[ -~]*$/.test(value) ? value : ''}\n`);
    const typed = value.trim().toLowerCase().replace(/[).]$/, '');
    if (typed === '') return -1;
    if (/^q(uit)?$/.test(typed)) return null;
    const place = typed.length === 1 ? typed.charCodeAt(0) - 'a'.charCodeAt(0) : -1;
    if (place >= 0 && place < choices.length) return place;
    await say(phrases.quizNotALetter(letter(choices.length - 1)));
  }
}

function verdictText({ choices, right }: Question, answer: number, isRight: boolean): string {
  if (isRight) return phrases.quizRight();
  const texts = right.map((place) => {
    const choice = choices[place];
    return choice === undefined ? '' : `${letter(place)}) ${choiceText(choice)}`;
  });
  return answer < 0 ? phrases.quizSkipped(phrases.quizOr(texts)) : phrases.quizWrong(phrases.quizOr(texts));
}

function askedText(asked: Asked): string {
  switch (asked.ask) {
    case 'opening':
      return phrases.askOpening();
    case 'state':
      return phrases.askState(asked.end, asked.packet);
    case 'next-ack':
      return phrases.askNextAck(asked.packet, asked.from, asked.sequence, asked.length, asked.takes);
    case 'first-fin':
      return phrases.askFirstFin();
    case 'time-wait':
      return phrases.askTimeWait();
    case 'reset-cause':
      return phrases.askResetCause(asked.packet, asked.by);
  }
}

function choiceText(choice: Choice): string {
  switch (choice.is) {
    case 'state':
      return choice.state;
    case 'end':
      return phrases.endChoice(choice.end);
    case 'number':
      return `ack ${choice.number}`;
    case 'cause':
      return phrases.causeChoice(choice.cause);
    case 'opening':
      return phrases.openingChoice(choice.opening);
  }
}

function letter(place: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + place);
}

function folded(text: string, style: TextStyle): string {
  return wrap(plain(text, style), style.width, 3).join('\n');
}
