/**
 * Questions about a real connection, as values: what is asked, which answers are offered, which are right, and the packet that
 * shows why. The words are those of a language (explain/en/quiz-words.ts).
 */
import type { End } from '../explain/story/moment.js';
import type { SegmentStory } from '../explain/story/story.js';
import { type LadderRow, ladderRows } from '../render/ladder-rows.js';
import type { SegmentLine } from '../render/segment-line.js';
import { storiesOf } from '../render/stories.js';
import type { OpeningKind, ResetCause } from '../verdict/catalogue.js';
import type { ConnectionReport } from '../verdict/report.js';

/** An answer that is offered; `causes` of a reset look alike, so that several may be right. */
export type Choice =
  | { is: 'state'; state: string }
  | { is: 'end'; end: End | 'both' | 'neither' }
  | { is: 'number'; number: number }
  | { is: 'cause'; cause: ResetCause }
  | { is: 'opening'; opening: OpeningKind };

export type Asked =
  | { ask: 'opening' }
  | { ask: 'state'; end: End; packet: number }
  | { ask: 'next-ack'; packet: number; from: End; sequence: number; length: number; takes: 'bytes' | 'fin' }
  | { ask: 'first-fin' }
  | { ask: 'time-wait' }
  | { ask: 'reset-cause'; packet: number; by: End };

export interface Question {
  asked: Asked;
  choices: readonly Choice[];
  /** Places in `choices` that are right. */
  right: readonly number[];
  /** What shows it: the story of a segment; null where the verdict as a whole does. */
  shown: SegmentStory | null;
}

export interface Quiz {
  /** The ladder without states and verdicts: what is asked for. */
  rows: readonly LadderRow[];
  questions: readonly Question[];
}

/** `most`: questions at most, spread over the connection. */
export function quizOf(report: ConnectionReport, most: number): Quiz {
  const rows = ladderRows(report, false);
  const stories = storiesOf(report, rows, false);
  const segments = rows.filter((row): row is SegmentLine => row.row === 'segment');
  const questions = [
    openingQuestion(report),
    ...stateQuestions(segments, stories),
    ...ackQuestions(segments, stories),
    finQuestion(report, segments, stories),
    timeWaitQuestion(report, segments, stories),
    resetQuestion(report, stories),
  ].filter((question) => question !== null);
  return { rows: rows.flatMap(hidden), questions: spread(inOrder(questions), most) };
}

/** A row without what the questions ask for. */
function hidden(row: LadderRow): LadderRow[] {
  if (row.row === 'phase') return [];
  if (row.row !== 'segment') return [row];
  return [
    { ...row, client: '', server: '', clientChanged: false, serverChanged: false, ignored: false, notes: [] },
  ];
}

function openingQuestion({ opening }: ConnectionReport): Question {
  return question(
    { ask: 'opening' },
    { is: 'opening', opening: opening.kind },
    [...new Set([...OPENINGS, opening.kind])].map((kind) => ({ is: 'opening', opening: kind })),
    null,
  );
}

const OPENINGS: readonly OpeningKind[] = [
  'three-way',
  'simultaneous',
  'refused',
  'no-answer',
  'not-captured',
];

/** After each segment that changed a state: the end that it changed. */
function stateQuestions(
  segments: readonly SegmentLine[],
  stories: ReadonlyMap<number, SegmentStory>,
): Question[] {
  return segments.flatMap(({ packet }) => {
    const story = stories.get(packet);
    const change = story?.changes.find(({ to }) => LIKE[to] !== undefined);
    if (story === undefined || change === undefined) return [];
    const choices = [change.to, ...(LIKE[change.to] ?? [])].map((state): Choice => ({ is: 'state', state }));
    return [
      question({ ask: 'state', end: change.end, packet }, { is: 'state', state: change.to }, choices, story),
    ];
  });
}

/** States that are easily confused. */
const LIKE: Readonly<Record<string, readonly string[]>> = {
  'SYN-SENT': ['SYN-RECEIVED', 'LISTEN', 'ESTABLISHED'],
  'SYN-RECEIVED': ['SYN-SENT', 'LISTEN', 'ESTABLISHED'],
  ESTABLISHED: ['SYN-RECEIVED', 'LISTEN', 'CLOSE-WAIT'],
  'FIN-WAIT-1': ['FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSED'],
  'FIN-WAIT-2': ['FIN-WAIT-1', 'TIME-WAIT', 'CLOSE-WAIT'],
  'CLOSE-WAIT': ['FIN-WAIT-1', 'LAST-ACK', 'ESTABLISHED'],
  'LAST-ACK': ['CLOSE-WAIT', 'TIME-WAIT', 'CLOSED'],
  CLOSING: ['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT'],
  'TIME-WAIT': ['CLOSED', 'FIN-WAIT-2', 'LAST-ACK'],
  CLOSED: ['TIME-WAIT', 'LAST-ACK', 'FIN-WAIT-2'],
};

/** Of data and FINs that were acknowledged as they are: which number the other end expects next. */
function ackQuestions(
  segments: readonly SegmentLine[],
  stories: ReadonlyMap<number, SegmentStory>,
): Question[] {
  return segments.flatMap((row, at) => {
    const answer = segments
      .slice(at + 1)
      .find((later) => later.fromClient !== row.fromClient && !later.ignored);
    const { sequence } = row.numbers;
    const takesFin = row.flags.includes('FIN');
    const next = sequence + row.length + (takesFin ? 1 : 0);
    const isPlain = !row.ignored && !row.again && (row.length > 0 || takesFin) && !row.flags.includes('SYN');
    if (!isPlain || answer?.numbers.acknowledgement !== next || row.sequence !== String(sequence)) return [];
    const wrong = takesFin && row.length === 0 ? [sequence, next + 1, 1] : [next - 1, sequence, row.length];
    const choices = [next, ...wrong].map((number): Choice => ({ is: 'number', number }));
    const from: End = row.fromClient ? 'client' : 'server';
    const asked: Asked = {
      ask: 'next-ack',
      packet: row.packet,
      from,
      sequence,
      length: row.length,
      takes: takesFin ? 'fin' : 'bytes',
    };
    return [question(asked, { is: 'number', number: next }, choices, stories.get(answer.packet) ?? null)];
  });
}

const ENDS = (['client', 'server', 'both', 'neither'] as const).map((end): Choice => ({ is: 'end', end }));

function finQuestion(
  { closing }: ConnectionReport,
  segments: readonly SegmentLine[],
  stories: ReadonlyMap<number, SegmentStory>,
): Question | null {
  const first = segments.find(({ flags, ignored }) => flags.includes('FIN') && !ignored);
  if (first === undefined || closing.kind === 'simultaneous' || closing.initiator === null) return null;
  const end: End = first.fromClient ? 'client' : 'server';
  return question(
    { ask: 'first-fin' },
    { is: 'end', end },
    ENDS.slice(0, 2),
    stories.get(first.packet) ?? null,
  );
}

function timeWaitQuestion(
  { closing }: ConnectionReport,
  segments: readonly SegmentLine[],
  stories: ReadonlyMap<number, SegmentStory>,
): Question | null {
  if (closing.kind !== 'four-step' && closing.kind !== 'three-step' && closing.kind !== 'simultaneous')
    return null;
  if (!closing.complete) return null;
  const last = segments.findLast(({ packet }) =>
    stories.get(packet)?.changes.some(({ to }) => to === 'TIME-WAIT'),
  );
  const end = closing.timeWait ?? 'neither';
  return question(
    { ask: 'time-wait' },
    { is: 'end', end },
    ENDS,
    last === undefined ? null : (stories.get(last.packet) ?? null),
  );
}

function resetQuestion(
  { closing }: ConnectionReport,
  stories: ReadonlyMap<number, SegmentStory>,
): Question | null {
  const { reset } = closing;
  if (reset === null || reset.cause === 'cannot-tell' || reset.cause === 'ignored') return null;
  const right = [reset.cause, ...reset.alternatives];
  const wrong = LIKELY_CAUSES.filter((cause) => !right.includes(cause)).slice(0, 3);
  const choices = [...right, ...wrong].map((cause): Choice => ({ is: 'cause', cause }));
  const { packet, by } = reset;
  const made = question(
    { ask: 'reset-cause', packet, by },
    choices[0] ?? { is: 'cause', cause: reset.cause },
    choices,
    stories.get(packet) ?? null,
  );
  const isRight = (choice: Choice): boolean => choice.is === 'cause' && right.includes(choice.cause);
  return { ...made, right: made.choices.flatMap((choice, at) => (isRight(choice) ? [at] : [])) };
}

const LIKELY_CAUSES: readonly ResetCause[] = [
  'refused',
  'data-after-close',
  'unread-data',
  'half-open-discovered',
  'gave-up',
  'time-wait-assassination',
];

/** Choices once each, in an order that does not show which is right. */
function question(
  asked: Asked,
  right: Choice,
  choices: readonly Choice[],
  shown: SegmentStory | null,
): Question {
  const ordered = new Map(choices.map((choice) => [keyOf(choice), choice]));
  const sorted = asked.ask === 'state' || asked.ask === 'next-ack' || asked.ask === 'reset-cause';
  const list = [...ordered].sort(([a], [b]) => (sorted ? compareKeys(a, b) : 0)).map(([, choice]) => choice);
  return {
    asked,
    choices: list,
    right: list.flatMap((choice, at) => (keyOf(choice) === keyOf(right) ? [at] : [])),
    shown,
  };
}

function keyOf(choice: Choice): string {
  switch (choice.is) {
    case 'state':
      return choice.state;
    case 'end':
      return choice.end;
    case 'number':
      return String(choice.number).padStart(12, '0');
    case 'cause':
      return choice.cause;
    case 'opening':
      return choice.opening;
  }
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** In the order of the packets that they ask about; the opening comes first, other questions about the whole come last. */
function inOrder(questions: readonly Question[]): Question[] {
  const place = ({ asked }: Question): number =>
    asked.ask === 'opening' ? 0 : 'packet' in asked ? asked.packet : Number.POSITIVE_INFINITY;
  return [...questions].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** A number of them, at equal distances, including the first and the last. */
function spread(questions: readonly Question[], most: number): Question[] {
  if (questions.length <= most) return [...questions];
  if (most <= 1) return questions.slice(0, most);
  const step = (questions.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => questions[Math.round(at * step)]).filter(
    (each) => each !== undefined,
  );
}
