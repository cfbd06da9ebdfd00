/** The states of both ends as bars along their lifelines, darker as a connection goes on, and where silence is left out. */
import { phrases } from '../../explain/phrases.js';
import { stateTone } from '../picture/state-tones.js';
import { type Geometry, span } from './geometry.js';
import type { LadderLayout, Stretch } from './ladder-layout.js';
import { element, line, rounded, text } from './markup.js';

const SIZE = 11;

export function drawStates(layout: LadderLayout, geometry: Geometry): string {
  return [0, 1].map((side) => drawBar(side === 0 ? 0 : 1, layout, geometry)).join('');
}

function drawBar(side: 0 | 1, { states, bottom }: LadderLayout, geometry: Geometry): string {
  const stretches = states[side];
  return stretches
    .map((stretch, at) => {
      const to = stretches[at + 1]?.from ?? bottom;
      const shape = to - stretch.from < 1 ? '' : drawStretch(stretch, to, geometry.bars[side], geometry.bar);
      // two pixels of paper part two states
      const cut = at === 0 ? '' : separator(stretch.from, geometry.bars[side], geometry.bar);
      return shape + cut + stateName(stretch, at === 0, side, geometry);
    })
    .join('');
}

function separator(y: number, x: number, width: number): string {
  return element('rect', { class: 'paper', x: x - 1, y: y - 0.8, width: width + 2, height: 1.6 });
}

function drawStretch({ state, from }: Stretch, to: number, x: number, width: number): string {
  // TIME-WAIT is hatched
  const filled = state === 'TIME-WAIT' ? null : stateTone(state);
  if (filled !== null) return element('rect', { class: filled, x, y: from, width, height: to - from });
  const outline = element('rect', {
    class: 'hollow',
    x: x + 0.5,
    y: from,
    width: width - 1,
    height: to - from,
    'stroke-dasharray': state === 'unseen' ? '2 3' : undefined,
  });
  if (state !== 'TIME-WAIT') return outline;
  return (
    outline +
    element('path', { class: 's-closing', d: hatch(x + 1, from, width - 2, to), 'stroke-width': 1.8 })
  );
}

/** Strokes that rise to the right, within the bar. */
function hatch(x: number, from: number, width: number, to: number): string {
  const strokes: string[] = [];
  for (let y = from + 2; y < to + width; y += 5) {
    const left = Math.min(y, to);
    const right = Math.max(y - width, from);
    if (left > right) strokes.push(line([x + (y - left), left], [x + (y - right), right]));
  }
  return strokes.join('');
}

function stateName({ state, from }: Stretch, isFirst: boolean, side: 0 | 1, geometry: Geometry): string {
  const { bars, bar, statesInside } = geometry;
  const inside = side === 0 ? bars[0] + bar + 6 : bars[1] - 6;
  const outside = side === 0 ? bars[0] - 8 : bars[1] + bar + 8;
  const attributes = {
    x: statesInside ? inside : outside,
    y: from + (isFirst ? 9 : statesInside ? 14 : 4),
    class: 'ink',
    'font-size': SIZE,
    'text-anchor': (side === 0) === statesInside ? undefined : 'end',
  };
  return element('text', attributes, text(phrases.stateWord(state)));
}

/** Where silence takes no room: both bars are broken, with its length between them. */
export function drawBreaks({ breaks }: Pick<LadderLayout, 'breaks'>, geometry: Geometry): string {
  const [left, right] = span(geometry);
  return breaks
    .map(({ y, seconds }) => {
      const label = element(
        'text',
        {
          x: (left + right) / 2,
          y: y + 4,
          class: 'soft',
          'font-size': SIZE,
          'font-style': 'italic',
          'text-anchor': 'middle',
        },
        text(phrases.idleText(seconds)),
      );
      return geometry.bars.map((x) => brokenBar(x, y, geometry.bar)).join('') + label;
    })
    .join('');
}

function brokenBar(x: number, y: number, width: number): string {
  const from = x - 3;
  const to = x + width + 3;
  const gap = `M${rounded(from)} ${rounded(y)}L${rounded(to)} ${rounded(y - 5)}v7L${rounded(from)} ${rounded(y + 7)}z`;
  const edges = line([from + 1, y - 0.5], [to - 1, y - 4.9]) + line([from + 1, y + 6.5], [to - 1, y + 2.1]);
  return (
    element('path', { class: 'paper', d: gap }) +
    element('path', { class: 's-faint', d: edges, 'stroke-width': 1 })
  );
}
