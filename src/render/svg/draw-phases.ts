/** Everything around the arrows: phases, folds, ICMP errors, and curves from segments to their retransmissions. */
import { phrases } from '../../explain/phrases.js';
import type { Original } from '../picture/originals.js';
import type { SegmentLine } from '../segment-line.js';
import { drawColumns } from './draw-segment.js';
import { type Geometry, span } from './geometry.js';
import { headingText, type LadderLayout, NOTE_SIZE, type PlacedText } from './ladder-layout.js';
import { element, line, rounded, text } from './markup.js';
import { wrapText } from './text-width.js';

const NAME_SIZE = 12.5;
const TEXT_SIZE = 12;
const LINE = 16;

/** `bottom`: where their text ends, which may be below the ladder. */
export function drawPhases(layout: LadderLayout, geometry: Geometry): { markup: string; bottom: number } {
  return geometry.phases === null
    ? drawHeadings(layout, geometry)
    : drawBrackets(layout, geometry, geometry.phases);
}

function drawBrackets(
  { phases }: LadderLayout,
  { width, margin }: Geometry,
  { bracket, text: x }: NonNullable<Geometry['phases']>,
): { markup: string; bottom: number } {
  let free = 0;
  const parts = phases.map(({ row, heading, top, bottom }) => {
    const from = bottom === 0 ? heading : top - 5;
    const y = Math.max(from, free);
    const lines = wrapText(row.text, TEXT_SIZE, width - margin - x);
    free = y + (lines.length + 1) * LINE + 8;
    const d = `M${rounded(bracket + 5)} ${rounded(from)}H${rounded(bracket)}V${rounded(Math.max(bottom + 2, from + 8))}h5`;
    const name = element(
      'text',
      { x, y: y + 11, class: 'ink', 'font-size': NAME_SIZE, 'font-weight': 600 },
      text(phrases.phaseName(row.phase)),
    );
    // a phase without rows, such as "still open", has no bracket
    const brace = bottom === 0 ? '' : element('path', { class: 's-faint', d, 'stroke-width': 1 });
    return brace + name + textLines(lines, x, y + 11 + LINE);
  });
  return { markup: parts.join(''), bottom: free };
}

function drawHeadings({ phases }: LadderLayout, geometry: Geometry): { markup: string; bottom: number } {
  const [left, right] = span(geometry);
  const parts = phases.map(({ row, heading }) => {
    const lines = wrapText(headingText(row), TEXT_SIZE, right - left - 48);
    const rule = element('path', {
      class: 's-rule',
      d: line([left + 4, heading], [right - 4, heading]),
      'stroke-width': 1,
    });
    return rule + textLines(lines, left + 24, heading + 16);
  });
  return { markup: parts.join(''), bottom: 0 };
}

function textLines(lines: readonly string[], x: number, y: number): string {
  return lines
    .map((part, at) =>
      element('text', { x, y: y + at * LINE, class: 'soft', 'font-size': TEXT_SIZE }, text(part)),
    )
    .join('');
}

/** Segments that are not drawn one by one, and ICMP errors: a text across the middle. */
export function drawBetween(
  { folds, icmp }: LadderLayout,
  geometry: Geometry,
  timeText: (seconds: number) => string,
): string {
  const [left, right] = span(geometry);
  const middle = (left + right) / 2;
  const lines = <Row>({ lines, y }: PlacedText<Row>, color: string): string =>
    lines
      .map((part, at) =>
        element(
          'text',
          { x: middle, y: y + 4 + at * 15, class: color, 'font-size': NOTE_SIZE, 'text-anchor': 'middle' },
          text(part),
        ),
      )
      .join('');
  const dots = (y: number): string =>
    [left, right - 24]
      .flatMap((x) => [-3, 3].map((by) => line([x, y + by], [x + 24, y + by])))
      .map((d) => element('path', { class: 's-faint', d, 'stroke-width': 1, 'stroke-dasharray': '1 4' }))
      .join('');
  return [
    ...folds.map((fold) =>
      element(
        'g',
        { class: 'fold', 'data-packet': fold.row.from, 'data-to': fold.row.to },
        dots(fold.y),
        lines(fold, 'ink'),
      ),
    ),
    ...icmp.map((error) =>
      element(
        'g',
        { class: 'row', 'data-packet': error.row.packet },
        drawColumns(error.row.packet, timeText(error.row.time), error.y, geometry),
        lines(error, 'bad'),
      ),
    ),
  ].join('');
}

/** A dotted curve from a segment to the one that repeats it, next to the bar of their sender. */
export function drawTies(
  { segments }: LadderLayout,
  ties: ReadonlyMap<SegmentLine, Original>,
  geometry: Geometry,
): string {
  const [left, right] = span(geometry);
  const heightOf = new Map(
    segments.map((placed) => [placed.row, placed.row.fromClient ? placed.client : placed.server]),
  );
  const parts: string[] = [];
  for (const [row, original] of ties) {
    const from = heightOf.get(original.row);
    const to = heightOf.get(row);
    if (from === undefined || to === undefined) continue;
    const x = row.fromClient ? left - 2 : right + 2;
    const out = row.fromClient ? left + 16 : right - 16;
    const bend = Math.min(22, (to - from) / 2);
    const d = `M${rounded(x)} ${rounded(from + 2)}Q${rounded(out)} ${rounded(from + 2)} ${rounded(out)} ${rounded(from + bend)}V${rounded(to - bend)}Q${rounded(out)} ${rounded(to - 2)} ${rounded(x)} ${rounded(to - 2)}`;
    parts.push(element('path', { class: 's-warn', d, 'stroke-width': 1.4, 'stroke-dasharray': '2 3' }));
  }
  return parts.join('');
}
