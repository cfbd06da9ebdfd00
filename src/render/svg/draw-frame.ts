/** What every picture has: title, subtitle, ground, description, colors, and facts below. */
import { phrases } from '../../explain/phrases.js';

import type { Theme } from '../picture/names.js';
import { drawTitles, NARROW_TITLE_SIZE, svgDocument, TITLE_SIZE } from './document.js';
import { type Geometry, span } from './geometry.js';
import { element, text } from './markup.js';
import { textWidth, wrapText } from './text-width.js';

export interface FrameOptions {
  title: string;
  subtitle: string;
  client: string;
  server: string;
  /** Of the times. */
  unit: string;
  geometry: Geometry;
  footer: readonly string[];
  theme: Theme;
  description: string;
  idPrefix: string;
}

export interface Frame {
  /** Where the lifelines begin. */
  top: number;
  /** The whole document around what is drawn, which ends at `bottom`. */
  close(body: string, bottom: number): string;
}

export function drawFrame(options: FrameOptions): Frame {
  const { geometry } = options;
  const { margin, width } = geometry;
  const size = geometry.statesInside ? NARROW_TITLE_SIZE : TITLE_SIZE;
  const titles = drawTitles(options.title, options.subtitle, size, width, margin);
  const heads = titles.bottom + 39;
  const lines = [titles.markup, ...endNames(options, heads)];
  return {
    top: heads + 24,
    close(body, bottom) {
      const footers = options.footer.flatMap((line) => wrapText(line, 12, width - 2 * margin));
      const facts = footers.map((line, at) =>
        element('text', { x: margin, y: bottom + 26 + at * 17, class: 'soft', 'font-size': 12 }, text(line)),
      );
      const height = Math.ceil(bottom + 26 + footers.length * 17);
      return svgDocument({ ...options, width, height }, [...lines, body, ...facts].join('\n'));
    },
  };
}

function endNames({ client, server, geometry, unit }: FrameOptions, y: number): string[] {
  const { bars, bar, columns, margin, width, statesInside } = geometry;
  const [left] = span(geometry);
  const name = (x: number, end: boolean, words: string): string =>
    element(
      'text',
      { x, y, class: 'ink', 'font-size': 13, 'font-weight': 600, 'text-anchor': end ? 'end' : undefined },
      text(words),
    );
  const place = (x: number, end: boolean, words: string): string =>
    element(
      'text',
      { x, y: y + 16, class: 'soft', 'font-size': 12, 'text-anchor': end ? 'end' : undefined },
      text(words),
    );
  const head = (x: number, words: string): string =>
    element('text', { x, y: y + 16, class: 'soft', 'font-size': 11, 'text-anchor': 'end' }, text(words));
  if (statesInside) {
    const far = bars[1] + bar;
    return [
      name(bars[0], false, phrases.LADDER_HEADS.client),
      place(bars[0], false, client),
      name(far, true, phrases.LADDER_HEADS.server),
      place(far, true, server),
    ];
  }
  const edge = bars[0] + bar;
  // long addresses begin at the margin, and go on between the bars, where nothing is at this height
  const clientFits = textWidth(client, 12) <= edge - (columns === null ? margin : columns.time + 8);
  const serverFits = textWidth(server, 12) <= width - margin - bars[1];
  return [
    name(edge, true, phrases.LADDER_HEADS.client),
    clientFits ? place(edge, true, client) : place(left - 15, false, client),
    name(bars[1], false, phrases.LADDER_HEADS.server),
    serverFits ? place(bars[1], false, server) : place(width - margin, true, server),
    ...(columns === null ? [] : [head(columns.number, '#'), head(columns.time, unit)]),
  ];
}
