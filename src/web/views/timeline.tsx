/** When connections began: equal steps of time, those that failed on top. */
import type { JSX } from 'preact';
import { phrases } from '../../explain/phrases.js';
import type { Overview } from '../../group/overview.js';
import { roundStep } from '../../render/picture/round-step.js';

const WIDTH = 360;
const HEIGHT = 132;
const BASE = 104;
const TOP = 10;
const LEFT = 34;

export function Timeline({ overview }: { overview: Overview }): JSX.Element {
  const { timeline, failures, steps } = overview;
  const failed = timeline.map((_, step) =>
    failures.reduce((sum, each) => sum + (each.timeline[step] ?? 0), 0),
  );
  const most = roundStep(Math.max(1, ...timeline));
  const slot = (WIDTH - LEFT) / Math.max(1, timeline.length);
  const height = (n: number): number => ((BASE - TOP) * n) / most;
  const at = (step: number): string => {
    const seconds = step * steps.width - steps.offset;
    return seconds <= 0 ? '0' : phrases.durationText(seconds);
  };
  const peak = Math.max(...timeline);
  const text = phrases.timelineText(overview.connections, steps.width, peak);
  const marks = [0, Math.floor(timeline.length / 2), timeline.length].filter(
    (mark, i, all) => all.indexOf(mark) === i,
  );
  return (
    <section aria-labelledby="began-title">
      <h2 id="began-title">
        {phrases.WHEN_THEY_BEGAN} <small>{phrases.aBarText(steps.width)}</small>
      </h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} class="timeline" role="img" aria-label={text}>
        {[most / 2, most].filter(Number.isInteger).map((n) => (
          <g key={n}>
            <path class="s-rule" d={`M${LEFT} ${BASE - height(n)}H${WIDTH}`} />
            <text class="soft" x={LEFT - 6} y={BASE - height(n) + 4} text-anchor="end">
              {phrases.grouped(n)}
            </text>
          </g>
        ))}
        {timeline.map((all, step) => {
          const bad = failed[step] ?? 0;
          const x = LEFT + step * slot;
          const wide = Math.max(1, slot - (slot > 4 ? 1.5 : 0.5));
          return (
            <g key={at(step)}>
              {all > bad ? (
                <rect class="ok" x={x} y={BASE - height(all - bad)} width={wide} height={height(all - bad)} />
              ) : null}
              {bad > 0 ? (
                <rect class="bad" x={x} y={BASE - height(all)} width={wide} height={height(bad)} />
              ) : null}
            </g>
          );
        })}
        <path class="s-faint" d={`M${LEFT} ${BASE + 0.5}H${WIDTH}`} />
        {marks.map((mark) => (
          <text
            key={mark}
            class="soft"
            x={LEFT + mark * slot}
            y={BASE + 18}
            text-anchor={mark === 0 ? 'start' : mark === timeline.length ? 'end' : 'middle'}
          >
            {at(mark)}
          </text>
        ))}
      </svg>
      <p class="key">
        <i class="ok" /> {phrases.NOT_FAILED} <i class="bad" /> {phrases.FAILED}
      </p>
    </section>
  );
}
