/** RFC 9293 Figure 5 with the way that each end took; it goes along with the ladder. */

import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';
import { stateTone } from '../../render/picture/state-tones.js';
import type { Segment } from '../model/segments.js';
import { type End, type StateStep, stateAt } from '../model/state-path.js';
import { type Diagram, diagramOf, EDGES } from './state-geometry.js';

interface Props {
  path: readonly StateStep[];
  segments: readonly Segment[];
  packet: number;
}

export function StateDiagram({ path, segments, packet }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(440);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(280, Math.min(520, element.clientWidth))));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const diagram = diagramOf(width);
  const now = { client: stateAt(segments, 'client', packet), server: stateAt(segments, 'server', packet) };
  const visited = new Set(path.flatMap(({ from, to }) => [from, to]));
  return (
    <section class="card panel" aria-labelledby="states-title">
      <h3 id="states-title">
        {phrases.STATES_TITLE}{' '}
        <small>
          {phrases.STATES_FIGURE} · <i class="line" /> {phrases.LADDER_HEADS.client} <i class="line dashed" />{' '}
          {phrases.LADDER_HEADS.server}
        </small>
      </h3>
      <div ref={box} class="states">
        <svg
          viewBox={`0 0 ${width} ${diagram.height}`}
          role="img"
          aria-label={phrases.statesText(
            phrases.stateWord(now.client),
            phrases.stateWord(now.server),
            packet,
          )}
        >
          {EDGES.map(([from, to]) => (
            <path key={`${from} ${to}`} class="edge" d={diagram.path(from, to, null)} />
          ))}
          {path.map((step) => (
            <Step
              key={`${step.end} ${step.from} ${step.to}`}
              step={step}
              diagram={diagram}
              done={step.packet <= packet}
            />
          ))}
          {diagram.nodes.map(({ name, x, y, last }) => {
            const isNow = (end: End): boolean =>
              now[end] === name && last === isLast(path, end, packet, name);
            const classes = [
              'node',
              visited.has(name) ? `n-${stateTone(name) ?? 'hollow'}` : 'off',
              isNow('client') || isNow('server') ? 'now' : '',
            ];
            return (
              <g key={`${name}${last}`} class={classes.join(' ')}>
                <rect x={x - diagram.node / 2} y={y - 14} width={diagram.node} height={28} rx={4} />
                <text x={x} y={y + 4} text-anchor="middle">
                  {name}
                </text>
                {isNow('client') ? (
                  <Disc letter={phrases.endLetter('client')} x={x - diagram.node / 2} y={y} />
                ) : null}
                {isNow('server') ? (
                  <Disc letter={phrases.endLetter('server')} x={x + diagram.node / 2} y={y} />
                ) : null}
              </g>
            );
          })}
        </svg>
      </div>
    </section>
  );
}

/** CLOSED is there twice: where an end begins, and where it ends. */
function isLast(path: readonly StateStep[], end: End, packet: number, name: string): boolean {
  if (name !== 'CLOSED') return false;
  return path.some((step) => step.end === end && step.packet <= packet && step.to === 'CLOSED');
}

function Disc({ letter, x, y }: { letter: string; x: number; y: number }): JSX.Element {
  return (
    <g class="disc">
      <circle cx={x} cy={y} r={9} />
      <text x={x} y={y + 4} text-anchor="middle">
        {letter}
      </text>
    </g>
  );
}

interface StepProps {
  step: StateStep;
  diagram: Diagram;
  done: boolean;
}

function Step({ step, diagram, done }: StepProps): JSX.Element {
  const { end, from, to, packet, cause } = step;
  const label = diagram.label(from, to, end);
  const text = diagram.isNarrow ? `#${packet}` : `#${packet} ${phrases.shortLabel(cause)}`;
  return (
    <g class={`step ${end}${done ? '' : ' later'}`}>
      <path d={diagram.path(from, to, end)} />
      <path class="tip" d={diagram.tip(from, to, end)} />
      <text x={label.x} y={label.y} text-anchor={label.anchor}>
        {to === 'LISTEN' ? '' : text}
      </text>
    </g>
  );
}
