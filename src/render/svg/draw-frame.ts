/** What every picture has: title, subtitle, ground, description, colors, and facts below. */

import type { Theme } from '../picture/names.js';
import { type Geometry, span } from './geometry.js';
import { element, text } from './markup.js';
import { textWidth, wrapText } from './text-width.js';
import { pictureCss } from './theme.js';

const TITLE_SIZE = 19.5;
const NARROW_TITLE_SIZE = 16;

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
  const titles = wrapText(options.title, size, (width - 2 * margin) * 0.95, true);
  const subtitles = wrapText(options.subtitle, 13, width - 2 * margin);
  const lastTitle = 36 + (titles.length - 1) * (size + 6);
  const lastSubtitle = lastTitle + 23 + (subtitles.length - 1) * 17;
  const heads = lastSubtitle + 39;
  const lines = [
    ...titles.map((line, at) =>
      element(
        'text',
        { x: margin, y: 36 + at * (size + 6), class: 'ink', 'font-size': size, 'font-weight': 600 },
        text(line),
      ),
    ),
    ...subtitles.map((line, at) =>
      element('text', { x: margin, y: lastTitle + 23 + at * 17, class: 'soft', 'font-size': 13 }, text(line)),
    ),
    ...endNames(options, heads),
  ];
  return {
    top: heads + 24,
    close(body, bottom) {
      const footers = options.footer.flatMap((line) => wrapText(line, 12, width - 2 * margin));
      const facts = footers.map((line, at) =>
        element('text', { x: margin, y: bottom + 26 + at * 17, class: 'soft', 'font-size': 12 }, text(line)),
      );
      const height = Math.ceil(bottom + 26 + footers.length * 17);
      return documentOf(options, height, [...lines, body, ...facts].join('\n'));
    },
  };
}

function documentOf(
  {
    idPrefix,
    title,
    description,
    theme,
    geometry: { width },
  }: Pick<FrameOptions, 'idPrefix' | 'title' | 'description' | 'theme' | 'geometry'>,
  height: number,
  body: string,
): string {
  const ids = [`${idPrefix}-title`, `${idPrefix}-desc`] as const;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': ids.join(' '),
    },
    element('title', { id: ids[0] }, text(title)),
    element('desc', { id: ids[1] }, text(description)),
    // colors and quotes of fonts alone: nothing in it needs escaping
    `<style>${pictureCss(theme)}</style>`,
    element('rect', { class: 'paper', width, height }),
    `\n${body}\n`,
  );
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
      name(bars[0], false, 'client'),
      place(bars[0], false, client),
      name(far, true, 'server'),
      place(far, true, server),
    ];
  }
  const edge = bars[0] + bar;
  // long addresses begin at the margin, and go on between the bars, where nothing is at this height
  const clientFits = textWidth(client, 12) <= edge - (columns === null ? margin : columns.time + 8);
  const serverFits = textWidth(server, 12) <= width - margin - bars[1];
  return [
    name(edge, true, 'client'),
    clientFits ? place(edge, true, client) : place(left - 15, false, client),
    name(bars[1], false, 'server'),
    serverFits ? place(bars[1], false, server) : place(width - margin, true, server),
    ...(columns === null ? [] : [head(columns.number, '#'), head(columns.time, unit)]),
  ];
}
