/** The explanation of the selected row of a ladder. */

import { phrases } from '../explain/phrases.js';
import type { LadderRow, PhaseRow } from '../render/ladder-rows.js';
import type { SegmentLine } from '../render/segment-line.js';
import { storiesOf } from '../render/stories.js';
import { plain, type TextStyle, wrap } from '../render/text/style.js';
import type { LadderSegment } from '../track/memory/extras.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { LadderState } from './state.js';

/** Lines of at most `width` columns. */
export function explanation(
  { report, rows, selected }: LadderState,
  width: number,
  style: TextStyle,
): string[] {
  const row = rows[selected];
  if (row === undefined) return [];
  const sentences = sentencesOf(row, rows, selected, report, style.absolute);
  return sentences.flatMap((sentence) => wrap(plain(sentence, style), width, 2));
}

function sentencesOf(
  row: LadderRow,
  rows: readonly LadderRow[],
  at: number,
  report: ConnectionReport,
  absolute: boolean,
): string[] {
  switch (row.row) {
    case 'phase':
      return phaseSentences(row, rows, report);
    case 'fold':
      return [
        `${phrases.capitalized(row.text)}.`,
        phrases.statesAfterText(phrases.stateWord(row.client), phrases.stateWord(row.server)),
      ];
    case 'icmp':
      return [phrases.packetText(row.packet, row.text)];
    case 'segment': {
      const segment = segmentOf(row, report);
      if (segment === undefined) return row.notes.map((note) => `${phrases.capitalized(note)}.`);
      const before = statesBefore(rows, at);
      const after = { client: row.client, server: row.server };
      const story = storiesOf(report, rows, absolute).get(row.packet);
      return phrases.segmentSentences(segment, { ...row, before, after }, report, story);
    }
  }
}

function phaseSentences({ phase }: PhaseRow, rows: readonly LadderRow[], report: ConnectionReport): string[] {
  const first = rows.find(({ row }) => row === 'phase');
  const isFirst = first?.row === 'phase' && first.phase === phase;
  const sentences = [
    ...(phase === 'opening' ? [phrases.openingSentence(report), phrases.agreedSentence(report)] : []),
    ...(phase === 'data' ? [phrases.performanceSentence(report)] : []),
    ...(phase === 'closing' ? [phrases.closingSentence(report)] : []),
    ...(isFirst ? phrases.wholeFindings(report) : []),
  ];
  return sentences.filter((text) => text !== '').map((text) => `${phrases.capitalized(text)}.`);
}

function segmentOf(line: SegmentLine, { ladder, clientSide }: ConnectionReport): LadderSegment | undefined {
  return ladder?.find(
    (entry): entry is LadderSegment =>
      'sequence' in entry &&
      entry.packet === line.packet &&
      (entry.side === clientSide) === line.fromClient &&
      entry.length === line.length,
  );
}

/** The states after the row before that has some. */
function statesBefore(rows: readonly LadderRow[], at: number): { client: string; server: string } {
  for (let before = at - 1; before >= 0; before--) {
    const row = rows[before];
    if (row?.row === 'segment' || row?.row === 'fold') return { client: row.client, server: row.server };
  }
  return { client: '', server: '' };
}
