/** A segment: its arrow (accepted, ignored, lost…), its label on the side of its sender, and its notes. */
import { phrases } from '../../explain/phrases.js';
import type { Label } from '../picture/labels.js';
import type { SegmentLine } from '../segment-line.js';
import { COLUMN_SIZE, type Geometry, INDENT, span } from './geometry.js';
import { LABEL_SIZE } from './label-room.js';
import { NOTE_SIZE, type PlacedSegment } from './ladder-layout.js';
import { element, line, rounded, text } from './markup.js';

const HEAD = 9;
/** Where a lost segment is last drawn, as a part of the way. */
const LOST_AT = 2 / 3;

/** The fate of a segment. */
export type Fate = 'accepted' | 'ignored' | 'again' | 'lost' | 'copy';

export interface Ends {
  from: readonly [number, number];
  to: readonly [number, number];
}

export function drawSegment(
  placed: PlacedSegment,
  label: Label,
  fate: Fate,
  time: string,
  geometry: Geometry,
): string {
  const { row } = placed;
  const [left, right] = span(geometry);
  const client = [left, placed.client] as const;
  const server = [right, placed.server] as const;
  const ends = row.fromClient ? { from: client, to: server } : { from: server, to: client };
  return element(
    'g',
    { class: 'row', 'data-packet': row.packet },
    element('title', {}, text(rowTitle(row, label))),
    drawArrow(ends, fate),
    drawLabel(ends.from, label, fate, row),
    drawNotes(ends.from[0], placed, fate),
    drawColumns(row.packet, time, placed.client, geometry),
    drawTime(placed, time, geometry),
  );
}

/** For screen readers, and where the pointer rests. */
export function rowTitle(row: SegmentLine, label: Label): string {
  const who = row.fromClient ? 'client' : 'server';
  const states = { client: phrases.stateWord(row.client), server: phrases.stateWord(row.server) };
  const what = [label.what, ...label.numbers].join(' ');
  return phrases.segmentTitle(row.packet, row.time, who, what, row.notes, states);
}

export function drawArrow({ from, to }: Ends, fate: Fate): string {
  const way = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const along = (part: number): readonly [number, number] => [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
  ];
  const neck = along(1 - (HEAD - 2) / way);
  switch (fate) {
    case 'accepted':
      return stroke('ink', line(from, neck)) + head('ink', from, to);
    case 'again':
      return stroke('warn', line(from, neck)) + head('warn', from, to);
    case 'copy':
      return (
        stroke('faint', line([from[0], from[1] - 1.5], [neck[0], neck[1] - 1.5])) +
        stroke('faint', line([from[0], from[1] + 1.5], [neck[0], neck[1] + 1.5])) +
        head('soft', from, to)
      );
    case 'ignored': {
      const stop = along(1 - 4 / way);
      return (
        stroke('bad', line(from, along(1 - 13 / way)), '6 4') +
        element('path', { class: 's-bad', d: `${headPath(from, stop)}z`, 'stroke-width': 1.4 }) +
        element('path', {
          class: 's-bad',
          d: `M${rounded(to[0])} ${rounded(to[1] - 8)}v16`,
          'stroke-width': 2.4,
        })
      );
    }
    case 'lost': {
      const [x, y] = along(LOST_AT);
      const cross =
        line([x - 4.5, y - 4.5], [x + 4.5, y + 4.5]) + line([x - 4.5, y + 4.5], [x + 4.5, y - 4.5]);
      return (
        stroke('ink', line(from, along(LOST_AT - 6 / way))) +
        stroke('faint', line(along(LOST_AT + 8 / way), to), '1 6') +
        element('path', { class: 's-bad', d: cross, 'stroke-width': 2 })
      );
    }
  }
}

function stroke(color: string, d: string, dashes?: string): string {
  return element('path', { class: `s-${color}`, d, 'stroke-width': 1.4, 'stroke-dasharray': dashes });
}

function head(color: string, from: Ends['from'], tip: Ends['to']): string {
  return element('path', { class: color, d: `${headPath(from, tip)}z` });
}

/** A triangle in the direction of the arrow. */
function headPath(from: readonly [number, number], tip: readonly [number, number]): string {
  const angle = Math.atan2(tip[1] - from[1], tip[0] - from[0]);
  const side = (turn: number): readonly [number, number] => [
    tip[0] - HEAD * Math.cos(angle) + turn * 3.6 * Math.sin(angle),
    tip[1] - HEAD * Math.sin(angle) - turn * 3.6 * Math.cos(angle),
  ];
  return line(tip, side(1), side(-1));
}

function drawLabel(from: Ends['from'], { what, numbers }: Label, fate: Fate, row: SegmentLine): string {
  const anchor = row.fromClient ? undefined : 'end';
  const strong = fate === 'ignored' || row.flags.includes('RST') ? 'bad' : fate === 'again' ? 'warn' : 'ink';
  const bold = element('tspan', { class: strong, 'font-weight': 600 }, text(what));
  // an en space: some programs leave dx out where text is anchored at its end
  const rest = element(
    'tspan',
    { class: fate === 'ignored' ? 'bad' : 'soft' },
    text(numbers.map((number) => `\u2002${number}`).join('')),
  );
  return element(
    'text',
    { x: inner(from[0], row), y: from[1] - 6, 'font-size': LABEL_SIZE, 'text-anchor': anchor },
    numbers.length === 0 ? bold : bold + rest,
  );
}

function drawNotes(x: number, { row, notes }: PlacedSegment, fate: Fate): string {
  const color = fate === 'ignored' || fate === 'lost' ? 'bad' : fate === 'again' ? 'warn' : 'soft';
  return notes
    .map((note) =>
      element(
        'text',
        {
          x: inner(x, row),
          y: note.y,
          class: color,
          'font-size': NOTE_SIZE,
          'text-anchor': row.fromClient ? undefined : 'end',
        },
        text(note.text),
      ),
    )
    .join('');
}

/** Where the label of what leaves at `x` begins, or ends. */
export function inner(x: number, { fromClient }: Pick<SegmentLine, 'fromClient'>): number {
  return fromClient ? x + INDENT : x - INDENT;
}

/** Number and time of a packet, where there are columns for them. */
export function drawColumns(packet: number, time: string, y: number, { columns }: Geometry): string {
  const cell = (x: number, content: string): string =>
    element(
      'text',
      { x, y: y + 4, class: 'soft', 'font-size': COLUMN_SIZE, 'text-anchor': 'end' },
      text(content),
    );
  return columns === null ? '' : cell(columns.number, String(packet)) + cell(columns.time, time);
}

/** Without columns: at the end that receives it, above the line. */
export function drawTime(
  { row, client, server }: { row: Pick<SegmentLine, 'fromClient'>; client: number; server: number },
  time: string,
  geometry: Geometry,
): string {
  if (geometry.columns !== null) return '';
  const [left, right] = span(geometry);
  const y = (row.fromClient ? server : client) - 6;
  const x = row.fromClient ? right - 8 : left + 8;
  return element(
    'text',
    { x, y, class: 'soft', 'font-size': 11, 'text-anchor': row.fromClient ? 'end' : undefined },
    text(time),
  );
}
