/** What every picture has: a title and a subtitle, its ground, its colors, and a description. */
import type { Theme } from '../picture/names.js';
import { element, text } from './markup.js';
import { wrapText } from './text-width.js';
import { pictureCss } from './theme.js';

export const TITLE_SIZE = 19.5;
export const NARROW_TITLE_SIZE = 16;
const SUBTITLE_SIZE = 13;

export interface DocumentFacts {
  title: string;
  description: string;
  theme: Theme;
  idPrefix: string;
  width: number;
  height: number;
}

export function svgDocument(facts: DocumentFacts, body: string): string {
  const { idPrefix, title, description, theme, width, height } = facts;
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

/** `bottom`: the line of the last of them. */
export function drawTitles(
  title: string,
  subtitle: string,
  size: number,
  width: number,
  margin: number,
): { markup: string; bottom: number } {
  const titles = wrapText(title, size, (width - 2 * margin) * 0.95, true);
  const subtitles = wrapText(subtitle, SUBTITLE_SIZE, width - 2 * margin);
  const first = 36;
  const below = first + (titles.length - 1) * (size + 6) + 23;
  const lines = [
    ...titles.map((line, at) =>
      element(
        'text',
        { x: margin, y: first + at * (size + 6), class: 'ink', 'font-size': size, 'font-weight': 600 },
        text(line),
      ),
    ),
    ...subtitles.map((line, at) =>
      element(
        'text',
        { x: margin, y: below + at * 17, class: 'soft', 'font-size': SUBTITLE_SIZE },
        text(line),
      ),
    ),
  ];
  return { markup: lines.join('\n'), bottom: below + (subtitles.length - 1) * 17 };
}

export interface DrawnDocument extends Omit<DocumentFacts, 'description' | 'height'> {
  subtitle: string;
  margin: number;
}

/** `draw`: what is below the titles, which end at `top`. */
export function drawDocument(
  document: DrawnDocument,
  draw: (top: number) => { body: string; bottom: number },
): string {
  const { width, margin, title, subtitle } = document;
  const titles = drawTitles(title, subtitle, width < 560 ? NARROW_TITLE_SIZE : TITLE_SIZE, width, margin);
  const { body, bottom } = draw(titles.bottom + 32);
  const description = `${title}. ${subtitle}`;
  return svgDocument(
    { ...document, description, height: Math.ceil(bottom + 16) },
    `${titles.markup}\n${body}`,
  );
}
