/** The ladder as lines, each with the row that it belongs to. */
import { phrases } from '../explain/phrases.js';
import type { LadderRow } from '../render/ladder-rows.js';
import { drawRows, shortLabel } from '../render/text/ladder.js';
import { type Color, paint, plain, type TextStyle, wrap } from '../render/text/style.js';
import { isLadderNarrow, ladderPlaces, scrolled } from './geometry.js';
import type { LadderState, Size } from './state.js';

export interface LadderLine {
  readonly text: string;
  /** Its row's position. */
  readonly row: number;
}

interface Drawn {
  /** Null where there is no room for one. */
  readonly head: string | null;
  readonly lines: readonly LadderLine[];
}

/** Drawn once for each width: a ladder has up to 2,000 rows, and every key asks for it. */
const drawings = new WeakMap<readonly LadderRow[], { width: number; drawn: Drawn }>();

function wholeLadder(rows: readonly LadderRow[], style: TextStyle): Drawn {
  const known = drawings.get(rows);
  if (known?.width === style.width) return known.drawn;
  const drawn = isLadderNarrow(style.width) ? narrowLadder(rows, style) : wideLadder(rows, style);
  drawings.set(rows, { width: style.width, drawn });
  return drawn;
}

function wideLadder(rows: readonly LadderRow[], style: TextStyle): Drawn {
  const { head, rows: drawn } = drawRows(rows, style);
  return { head, lines: drawn.flatMap((lines, row) => lines.map((text) => ({ text, row }))) };
}

function narrowLadder(rows: readonly LadderRow[], style: TextStyle): Drawn {
  const width = Math.max(...rows.map((row) => ('packet' in row ? String(row.packet).length : 0)));
  const lines = rows.flatMap((row, at) => narrowLines(row, width, style).map((text) => ({ text, row: at })));
  return { head: null, lines };
}

/** Without room for two lifelines: an arrow and its label. */
function narrowLines(row: LadderRow, width: number, style: TextStyle): string[] {
  const painted = (color: Color, text: string): string[] =>
    wrap(plain(text, style), style.width, 2).map((line) => paint(style, color, line));
  switch (row.row) {
    case 'phase':
      return painted('cyan', `${phrases.phaseName(row.phase)}: ${row.text}`);
    case 'fold':
      return painted('dim', row.text);
    case 'icmp':
      return painted('red', `${String(row.packet).padStart(width)} ${row.text}`);
    case 'segment': {
      const color = row.ignored || row.retransmitted ? 'yellow' : row.fromClient ? 'blue' : 'green';
      const arrow = row.fromClient ? '→' : '←';
      const cross = row.ignored ? ` ${phrases.IGNORED_MARK}` : '';
      return painted(color, `${String(row.packet).padStart(width)} ${arrow} ${shortLabel(row)}${cross}`);
    }
  }
}

/** What is on the screen. */
export function drawnLadder(ladder: LadderState, size: Size, style: TextStyle): Drawn {
  const { head, lines } = wholeLadder(ladder.rows, style);
  const { body } = ladderPlaces(size);
  const top = Math.max(0, Math.min(ladder.top, lines.length - body));
  return { head, lines: lines.slice(top, top + body) };
}

/** The first line on the screen, so that the selected row is seen: its last line, then its first. */
export function ladderTop({ rows, selected, top }: LadderState, size: Size, style: TextStyle): number {
  const { lines } = wholeLadder(rows, style);
  const { body } = ladderPlaces(size);
  const first = lines.findIndex(({ row }) => row === selected);
  const last = lines.findLastIndex(({ row }) => row === selected);
  const toLast = scrolled(top, last, lines.length, body);
  // the heading of the first phase comes back with the first segment
  const above = first > 0 && lines.slice(0, first).every(({ row }) => rows[row]?.row === 'phase') ? 0 : first;
  return scrolled(toLast, above, lines.length, body);
}
