/** Connections in Markdown, to paste into an issue: its verdict, a table of its segments, and a diagram. */

import { endpointText } from '../../decode/address.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { viaText } from '../../explain/via.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { LadderRow } from '../ladder-rows.js';
import type { AckStep } from '../picture/ack-steps.js';
import { labelOf } from '../picture/labels.js';
import { pictureOf } from '../picture/picture.js';
import type { DrawingOptions } from '../report/drawing.js';
import type { Renderer } from '../report/report.js';
import type { SegmentLine } from '../segment-line.js';
import { mermaidOf } from './mermaid.js';

export const renderMarkdown: Renderer<Pick<DrawingOptions, 'absolute'>> = function* (
  { blocks },
  { absolute },
) {
  let gap = '';
  for (const block of blocks) {
    if (block.block !== 'ladder') continue;
    yield gap + markdownOf(block.report, absolute, phrases.dropsCaveat(block.doubt));
    gap = '\n';
  }
};

/** `caveat`: what puts the verdict in doubt; null for nothing. */
function markdownOf(report: ConnectionReport, absolute: boolean, caveat: string | null): string {
  const client = endpointText(report.client.address, report.client.port);
  const server = endpointText(report.server.address, report.server.port);
  const { rows, steps } = pictureOf(report, absolute);
  const heads = phrases.LADDER_HEADS;
  return [
    `### ${phrases.connectionHeading(report.index)}: ${safe(client)} → ${safe(server)}`,
    `**${safe(phrases.headline(report))}.**`,
    list([
      phrases.openingItem(phrases.openingSentence(report)),
      ...(report.closing.kind === 'none' ? [] : [phrases.closingItem(phrases.closingSentence(report))]),
      ...phrases.wholeFindings(report).map(phrases.capitalized),
      ...(report.via.length === 0 ? [] : [phrases.capitalized(phrases.viaLineText(viaText(report.via)))]),
      ...[phrases.agreedSentence(report), phrases.performanceSentence(report)]
        .filter((text) => text !== '')
        .map(phrases.capitalized),
      ...(caveat === null ? [] : [phrases.capitalized(phrases.noteText(caveat))]),
    ]),
    [
      cells('#', heads.time, heads.client, '', heads.segment, '', heads.server),
      '| ---: | ---: | :--- | :---: | :--- | :---: | :--- |',
      ...rows.map((row) => tableRow(row, steps)),
    ].join('\n'),
    `\`\`\`mermaid\n${mermaidOf(report, absolute)}\`\`\`\n`,
  ].join('\n\n');
}

function tableRow(row: LadderRow, steps: ReadonlyMap<SegmentLine, AckStep>): string {
  switch (row.row) {
    case 'phase':
      return cells('', '', '', '', `*${safe(`${phrases.phaseName(row.phase)}: ${row.text}`)}*`, '', '');
    case 'fold':
      return cells('', phrases.durationText(row.time), '', '⋮', safe(row.text), '⋮', '');
    case 'icmp':
      return cells(`${row.packet}`, phrases.durationText(row.time), '', '', safe(row.text), '', '');
    case 'segment': {
      const { what, numbers } = labelOf(row, steps.get(row));
      const notes = row.notes.length === 0 ? '' : `<br>${row.notes.map(safe).join('<br>')}`;
      const tip = row.ignored ? '✕' : '';
      return cells(
        `${row.packet}`,
        phrases.durationText(row.time),
        stateCell(row.client, row.clientChanged),
        row.fromClient ? '→' : tip || '←',
        `**${safe(what)}** ${safe(numbers.join(', '))}${notes}`,
        row.fromClient ? tip || '→' : '←',
        stateCell(row.server, row.serverChanged),
      );
    }
  }
}

function stateCell(state: string, changed: boolean): string {
  const word = phrases.stateWord(state);
  return changed ? `**${word}**` : word;
}

function cells(...texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${safe(item)}`).join('\n');
}

/** What Markdown or HTML would read as markup. */
function safe(text: string): string {
  return escapeText(text)
    .replace(/[\\`*_|~#[\]]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
