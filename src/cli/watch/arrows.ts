/** `--ladder`: each segment as an arrow, as it comes. */
import { type RowContext, segmentLine } from '../../render/segment-line.js';
import { renderSegment } from '../../render/text/ladder.js';
import { paint, type TextStyle } from '../../render/text/style.js';
import type { SegmentRow } from '../../track/results/sink.js';

/** Width of the text before an arrow: the connection's number. */
const NUMBER_WIDTH = 5;

/** What the arrows of a connection need of the segment before. */
interface Lifelines {
  context: RowContext;
  before: number | null;
  states: [string, string];
  /** Payload bytes of client and server. */
  sent: [number, number];
}

export class Arrows {
  private readonly lifelines = new Map<number, Lifelines>();

  constructor(private readonly style: TextStyle) {}

  /** The arrow of a segment, with what is noted of it. */
  draw(row: SegmentRow): string {
    const { style } = this;
    const lifelines = this.lifelines.get(row.connection) ?? newLifelines(row);
    this.lifelines.set(row.connection, lifelines);
    lifelines.sent[row.side === row.clientSide ? 0 : 1] += row.length;
    const line = segmentLine(row, lifelines.context, style.absolute, lifelines);
    lifelines.before = row.at;
    lifelines.states = [line.client, line.server];
    const number = paint(style, 'dim', `#${row.connection}`.padEnd(NUMBER_WIDTH));
    const [arrow = '', ...notes] = renderSegment(line, style.width - NUMBER_WIDTH, style);
    return [`${number}${arrow}`, ...notes.map((note) => ' '.repeat(NUMBER_WIDTH) + note)].join('\n');
  }

  /** The connection is over and printed. */
  forget(index: number): void {
    this.lifelines.delete(index);
  }
}

function newLifelines({ clientSide, at }: SegmentRow): Lifelines {
  const sent: [number, number] = [0, 0];
  const context = { clientSide, startedAt: at, serverSeen: true, listened: true, sent };
  return { context, before: null, states: ['', ''], sent };
}
