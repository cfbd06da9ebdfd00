/**
 * A connection as a sequence diagram of mermaid: segments as messages, states as notes. What mermaid's grammar takes for its own
 * in a text is written as a character reference.
 */
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { LadderRow } from '../ladder-rows.js';
import type { AckStep } from '../picture/ack-steps.js';
import { labelOf } from '../picture/labels.js';
import { pictureOf } from '../picture/picture.js';
import type { DrawingOptions } from '../report/drawing.js';
import type { Renderer } from '../report/report.js';
import type { SegmentLine } from '../segment-line.js';

/** The first ladder of a report. */
export const renderMermaid: Renderer<Pick<DrawingOptions, 'absolute'>> = function* (
  { blocks },
  { absolute },
) {
  for (const block of blocks) {
    if (block.block !== 'ladder') continue;
    yield mermaidOf(block.report, absolute);
    return;
  }
};

export function mermaidOf(report: ConnectionReport, absolute: boolean): string {
  const { rows, steps } = pictureOf(report, absolute);
  const client = endpointText(report.client.address, report.client.port);
  const server = endpointText(report.server.address, report.server.port);
  const lines = [
    'sequenceDiagram',
    `accTitle: ${safe(phrases.headline(report).replaceAll(';', ','))}`,
    `participant C as ${phrases.LADDER_HEADS.client} ${safe(client)}`,
    `participant S as ${phrases.LADDER_HEADS.server} ${safe(server)}`,
    ...rows.flatMap((row) => linesOf(row, steps)),
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf(row: LadderRow, steps: ReadonlyMap<SegmentLine, AckStep>): string[] {
  switch (row.row) {
    case 'phase':
      return [`Note over C,S: ${safe(`${phrases.phaseName(row.phase)}: ${row.text}`)}`];
    case 'fold':
    case 'icmp':
      return [`Note over C,S: ${safe(row.text)}`];
    case 'segment': {
      const { what, numbers } = labelOf(row, steps.get(row));
      const text = [`${row.packet}`, phrases.durationText(row.time), what, ...numbers];
      const notes = row.notes.map((note) => `Note over ${row.fromClient ? 'C' : 'S'}: ${safe(note)}`);
      return [`${arrow(row)}: ${safe(text.join(' '))}`, ...notes, ...stateNotes(row)];
    }
  }
}

/** A cross for what its receiver ignored, dashes for what is sent again. */
function arrow({ fromClient, ignored, retransmitted }: SegmentLine): string {
  const kind = ignored ? (retransmitted ? '--x' : '-x') : retransmitted ? '-->>' : '->>';
  return fromClient ? `C${kind}S` : `S${kind}C`;
}

function stateNotes(row: SegmentLine): string[] {
  const notes: string[] = [];
  if (row.clientChanged) notes.push(`Note left of C: ${safe(phrases.stateWord(row.client))}`);
  if (row.serverChanged) notes.push(`Note right of S: ${safe(phrases.stateWord(row.server))}`);
  return notes;
}

/** Letters, digits and a few signs as they are; of the rest the number. A whole word `end` would end a block. */
function safe(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} .,:=+\-()/'[\]]/gu, (character) => `#${character.codePointAt(0)};`)
    .replace(/\bend\b/gi, (word) => `#${word.charCodeAt(0)};${word.slice(1)}`);
}
