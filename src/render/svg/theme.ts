/**
 * Colors of pictures, one table for light and dark. Contrast on the ground of the picture: text at least 4.5:1, shapes 3:1 (WCAG
 * 2.1, 1.4.3 and 1.4.11). Plain classes, as other programs than browsers know no variables.
 */

import type { Theme } from '../picture/names.js';

interface Palette {
  paper: string;
  ink: string;
  soft: string;
  faint: string;
  rule: string;
  hollow: string;
  opening: string;
  open: string;
  closing: string;
  warn: string;
  bad: string;
  band: string;
}

export const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#1a2027',
  soft: '#566270',
  faint: '#8793a0',
  rule: '#d5dbe1',
  hollow: '#8793a0',
  opening: '#5899d3',
  open: '#236fb5',
  closing: '#523786',
  warn: '#956000',
  bad: '#a01f0e',
  band: '#e7f0fa',
};

export const DARK: Palette = {
  paper: '#0f1318',
  ink: '#e8edf2',
  soft: '#9fabb8',
  faint: '#6b7886',
  rule: '#2c3640',
  hollow: '#75828f',
  opening: '#4a86bf',
  open: '#7ab8f0',
  closing: '#d0c5ff',
  warn: '#e6b04d',
  bad: '#ff8f75',
  band: '#1b2a3a',
};

const FONT = '-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif';

/** What fills and what strokes in each color. */
const FILLED = ['paper', 'ink', 'soft', 'opening', 'open', 'closing', 'warn', 'bad', 'band'] as const;
const STROKED = ['paper', 'ink', 'soft', 'faint', 'rule', 'open', 'closing', 'warn', 'bad'] as const;

function classes(palette: Palette): string {
  return [
    ...FILLED.map((name) => `.${name}{fill:${palette[name]}}`),
    ...STROKED.map((name) => `.s-${name}{stroke:${palette[name]};fill:none}`),
    // of words on a line
    `.halo{stroke:${palette.paper};stroke-width:3px;paint-order:stroke}`,
    `.hollow{fill:${palette.paper};stroke:${palette.hollow}}`,
  ].join('');
}

/** The rules of a `style` element. */
export function pictureCss(theme: Theme): string {
  const text = `text{font-family:${FONT};font-variant-numeric:tabular-nums}`;
  if (theme === 'dark') return text + classes(DARK);
  if (theme === 'light') return text + classes(LIGHT);
  const dark = `@media (prefers-color-scheme:dark){${classes(DARK)}}`;
  return `${text}${classes(LIGHT)}${dark}@media print{${classes(LIGHT)}}`;
}
