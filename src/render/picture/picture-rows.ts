/**
 * Which rows a picture shows of a connection: what opens and closes it, what changes a state, what is remarkable. Runs of the same
 * kind are folded first; where that leaves many, plain data between the first and the last of it; then what is remarkable.
 */
import { phrases } from '../../explain/phrases.js';
import type { FoldRow, LadderRow } from '../ladder-rows.js';
import type { SegmentLine } from '../segment-line.js';

/** Up to this many segments are drawn without more folding. */
const MANY = 60;
/** Of a run, and before and after a fold of plain data. */
const OF_A_RUN = 3;
const SHORTEST_FOLD = 3;
const FIRST_PLAIN = 6;
const LAST_PLAIN = 3;
/** Number of remarkable rows that are kept where there are more. */
const REMARKABLE = 40;

type Kind = 'data' | 'ack' | 'duplicate-ack';

/** `kept`: rows that are shown in any case. */
export function pictureRows(rows: readonly LadderRow[], kept: ReadonlySet<SegmentLine>): LadderRow[] {
  const isPlain = (row: SegmentLine): boolean => !kept.has(row) && kindOf(row) !== null;
  const folded = foldRuns(rows, isPlain);
  if (segmentsOf(folded) <= MANY) return folded;
  const shorter = foldAll(folded, beyondEdges(folded.filter(isSegment).filter(isPlain)));
  if (segmentsOf(shorter) <= MANY) return shorter;
  return foldAll(shorter, tooMany(shorter));
}

function isSegment(row: LadderRow): row is SegmentLine {
  return row.row === 'segment';
}

function segmentsOf(rows: readonly LadderRow[]): number {
  return rows.filter(isSegment).length;
}

/** Codes that may be folded away with what is around them. */
const FOLDABLE: ReadonlySet<string> = new Set(['window-update', 'duplicate-ack', 'dsack', 'half-close']);

/** Null for remarkable rows. */
function kindOf(row: SegmentLine): Kind | null {
  const stands = isStep(row) || row.ignored || row.codes.some((code) => !FOLDABLE.has(code));
  if (stands) return null;
  if (row.length > 0) return 'data';
  return row.codes.includes('duplicate-ack') ? 'duplicate-ack' : 'ack';
}

function isStep({ flags, clientChanged, serverChanged }: SegmentLine): boolean {
  return (
    clientChanged || serverChanged || flags.some((flag) => flag === 'SYN' || flag === 'FIN' || flag === 'RST')
  );
}

/** Runs of one kind from one end: the first few are shown, the rest as one row. */
function foldRuns(rows: readonly LadderRow[], isPlain: (row: SegmentLine) => boolean): LadderRow[] {
  const result: LadderRow[] = [];
  let run: SegmentLine[] = [];
  const end = (): void => {
    const rest = run.slice(OF_A_RUN);
    result.push(...run.slice(0, OF_A_RUN), ...(rest.length >= SHORTEST_FOLD ? [runFold(rest)] : rest));
    run = [];
  };
  for (const row of rows) {
    const [first] = run;
    const goesOn =
      isSegment(row) &&
      isPlain(row) &&
      (first === undefined || (kindOf(first) === kindOf(row) && first.fromClient === row.fromClient));
    if (!goesOn) end();
    if (isSegment(row) && isPlain(row)) run.push(row);
    else result.push(row);
  }
  end();
  return result;
}

function runFold(run: readonly SegmentLine[]): FoldRow {
  const fold = run.reduce<FoldRow | null>(addTo, null);
  const [first] = run;
  const last = run.at(-1);
  if (fold === null || first === undefined || last === undefined) throw new RangeError('a run of nothing');
  const numbers = { from: first.sequence, ack: last.acknowledgement ?? '' };
  return { ...fold, text: phrases.runSentence(fold, kindOf(first) ?? 'data', numbers) };
}

function beyondEdges(plain: readonly SegmentLine[]): ReadonlySet<SegmentLine> {
  return new Set(plain.slice(FIRST_PLAIN, -LAST_PLAIN));
}

/** What is remarkable, beyond the first of it; never a step. */
function tooMany(rows: readonly LadderRow[]): ReadonlySet<SegmentLine> {
  return new Set(
    rows
      .filter(isSegment)
      .filter((row) => !isStep(row))
      .slice(REMARKABLE),
  );
}

/** Folds these, and joins them with the folds next to them. */
function foldAll(rows: readonly LadderRow[], away: ReadonlySet<SegmentLine>): LadderRow[] {
  const result: LadderRow[] = [];
  for (const row of rows) {
    const last = result.at(-1);
    const before = last?.row === 'fold' ? last : null;
    let fold: FoldRow | null = null;
    if (isSegment(row) && away.has(row)) fold = addTo(before, row);
    else if (row.row === 'fold' && before !== null) fold = join(before, row);
    if (fold === null) {
      result.push(row);
      continue;
    }
    if (before !== null) result.pop();
    result.push({ ...fold, text: phrases.foldSentence(fold) });
  }
  return result;
}

function addTo(fold: FoldRow | null, row: SegmentLine): FoldRow {
  const { packet, time, client, server, length, fromClient } = row;
  const one: FoldRow = {
    row: 'fold',
    text: '',
    from: packet,
    to: packet,
    time,
    segments: fromClient ? [1, 0] : [0, 1],
    bytes: fromClient ? [length, 0] : [0, length],
    client,
    server,
  };
  return fold === null ? one : join(fold, one);
}

function join(a: FoldRow, b: FoldRow): FoldRow {
  return {
    ...b,
    from: a.from,
    time: a.time,
    segments: [a.segments[0] + b.segments[0], a.segments[1] + b.segments[1]],
    bytes: [a.bytes[0] + b.bytes[0], a.bytes[1] + b.bytes[1]],
  };
}
