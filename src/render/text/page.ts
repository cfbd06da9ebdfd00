/** The report as text: an overview, the connections, and where they are few the ladder of each. */
import { phrases } from '../../explain/phrases.js';
import type { Block, Examples, Renderer, Report } from '../report/report.js';
import { isNarrow, type Layout, type TableOptions } from './layout.js';
import { renderOutcomes } from './outcomes.js';
import { renderOverview } from './overview.js';
import { plain, type TextStyle, wrap } from './style.js';
import { connectionLayout, drawTable, udpLayout } from './table.js';
import { outcomeLine, renderWholeLadder, renderWholeUdpLadder } from './whole-ladder.js';

export interface TextOptions {
  style: TextStyle;
  /** Room and times of its tables. */
  table: TableOptions;
  /** Lines of the terminal, so that examples do not scroll the answer away; null without one. */
  height: number | null;
  /** Called for each table with the names of the columns that there was no room for. */
  leftOut(columns: readonly string[]): void;
}

/** Lines around examples: the command, a blank line, two headings, three lines of hints and the prompt. */
const AROUND_EXAMPLES = 8;

export const renderPage: Renderer<TextOptions> = function* (report, options) {
  let above = 0;
  for (const block of report.blocks) {
    const text = blockText(block, report, options, above);
    if (text === '') continue;
    // the outcome of the only connection is part of the overview
    const gap = above === 0 ? '' : block.block === 'outcome' ? '\n' : '\n\n';
    above += gap.length - (above === 0 ? 0 : 1) + text.split('\n').length;
    yield gap + text;
  }
  yield '\n';
};

function blockText(block: Block, { summary }: Report, options: TextOptions, above: number): string {
  const { style, table } = options;
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
      return examplesText(block.examples, summary.connections, options, above);
    case 'connections':
      return tableText(connectionLayout(block.rows, style, table), block.rows, options);
    case 'flows':
      return tableText(udpLayout(block.rows, style, table), block.rows, options);
    case 'ladder':
      return renderWholeLadder(block.report, block.named, phrases.dropsCaveat(block.doubt), style);
    case 'udp-ladder':
      return renderWholeUdpLadder(block.flow, block.named, phrases.dropsCaveat(block.doubt), style);
    case 'graph':
      return '';
  }
}

function tableText<Row>(layout: Layout<Row>, rows: readonly Row[], { style, leftOut }: TextOptions): string {
  leftOut(layout.dropped);
  return drawTable(layout, rows, style);
}

/** As many as a terminal has lines left below those `above`. */
function examplesText(
  { failed, slow, first, ofEachFailure }: Examples,
  connections: number,
  options: TextOptions,
  above: number,
): string {
  const { style, table, height } = options;
  const lines = height === null ? Number.POSITIVE_INFINITY : height - above - AROUND_EXAMPLES;
  const picked = failed.length + slow.length > 0 ? [...failed, ...slow] : first;
  const rows = picked.slice(0, Math.max(0, Math.floor(lines / (isNarrow(table) ? 2 : 1))));
  if (rows.length === 0) return '';
  const hasSlow = slow.length > 0 && rows.length > failed.length;
  const head = phrases.examplesText(rows.length, connections, failed.length > 0 ? ofEachFailure : 0, hasSlow);
  const said = wrap(plain(head, style), style.width, 2).join('\n');
  return `${said}\n${tableText(connectionLayout(rows, style, table), rows, options)}`;
}
