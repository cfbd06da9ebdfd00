/** The report as text: an overview, the connections, and where they are few the ladder of each. */
import { phrases } from '../../explain/phrases.js';
import type { Block, Examples, Renderer, Report } from '../report/report.js';
import type { TableOptions } from './layout.js';
import { renderOutcomes } from './outcomes.js';
import { renderOverview } from './overview.js';
import { plain, type TextStyle, wrap } from './style.js';
import { renderConnectionTable, renderUdpTable } from './table.js';
import { outcomeLine, renderWholeLadder, renderWholeUdpLadder } from './whole-ladder.js';

export interface TextOptions {
  style: TextStyle;
  /** Room and times of its tables. */
  table: TableOptions;
}

export const renderPage: Renderer<TextOptions> = function* (report, options) {
  let gap = '';
  for (const block of report.blocks) {
    yield gap + blockText(block, report, options);
    gap = '\n\n';
  }
  yield '\n';
};

function blockText(block: Block, { summary }: Report, { style, table }: TextOptions): string {
  switch (block.block) {
    case 'overview':
      return renderOverview(summary, style, table.time);
    case 'outcome':
      return outcomeLine(block.report, style);
    case 'outcomes': {
      const { start, complete } = summary;
      if (start === null) return '';
      const end = summary.end ?? start;
      return renderOutcomes(block.overview, { style, time: table.time, start, end, complete });
    }
    case 'examples':
      return examplesText(block.examples, summary.connections, style, table);
    case 'connections':
      return renderConnectionTable(block.rows, style, table);
    case 'flows':
      return renderUdpTable(block.rows, style, table);
    case 'ladder':
      return renderWholeLadder(block.report, block.named, phrases.dropsCaveat(block.doubt), style);
    case 'udp-ladder':
      return renderWholeUdpLadder(block.flow, block.named, phrases.dropsCaveat(block.doubt), style);
    case 'graph':
      return '';
  }
}

function examplesText(
  { rows, ofEachFailure, hasSlow }: Examples,
  connections: number,
  style: TextStyle,
  table: TableOptions,
): string {
  const head = phrases.examplesText(rows.length, connections, ofEachFailure, hasSlow);
  const lines = wrap(plain(head, style), style.width, 2);
  return `${lines.join('\n')}\n${renderConnectionTable(rows, style, table)}`;
}
