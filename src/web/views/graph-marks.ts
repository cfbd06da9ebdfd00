/** Marks of the time-sequence graph, as tcptrace has them: segments, SACK blocks, duplicate ACKs, closed windows. */

import uPlot from 'uplot';
import { isProbe, sackBlocks, takesNumbers } from '../../render/picture/graph-data.js';
import { isSentAgain } from '../../render/sent-again.js';
import type { GraphData } from '../model/graphs.js';

/** Colors of the palette by name. */
export type Colors = (name: string) => string;

export function drawSequence(u: uPlot, { sent, said, closed }: GraphData, colors: Colors): void {
  const { ctx } = u;
  const ratio = uPlot.pxRatio;
  const x = (time: number): number => Math.round(u.valToPos(time, 'x', true));
  const y = (value: number): number => u.valToPos(value, 'y', true);
  const stroke = (color: string, width: number, ...points: readonly (readonly [number, number])[]): void => {
    ctx.strokeStyle = color;
    ctx.lineWidth = width * ratio;
    ctx.beginPath();
    points.forEach(([left, top], at) => {
      if (at % 2 === 0) ctx.moveTo(left, top);
      else ctx.lineTo(left, top);
    });
    ctx.stroke();
  };
  ctx.save();
  for (const allowance of said) {
    const { time, acknowledged, duplicate } = allowance;
    for (const [left, right] of sackBlocks(allowance))
      stroke(colors('opening'), 3, [x(time), y(left)], [x(time), y(right)]);
    const at = y(acknowledged);
    if (duplicate) stroke(colors('open'), 1.2, [x(time), at], [x(time), at + 5 * ratio]);
  }
  for (const segment of sent) {
    if (!takesNumbers(segment)) continue;
    const again = isSentAgain(segment);
    const left = x(segment.time);
    const low = y(segment.sequence);
    const high = Math.min(low - ratio, y(segment.sequence + segment.length));
    const foot = (again ? 3 : 2) * ratio;
    const color = again || isProbe(segment) ? colors('warn') : colors('ink');
    stroke(
      color,
      again ? 2 : 1.2,
      [left - foot, low],
      [left + foot, low],
      [left, low],
      [left, high],
      [left - foot, high],
      [left + foot, high],
    );
  }
  for (const { from, to, at } of closed) stroke(colors('bad'), 4, [x(from), y(at)], [x(to), y(at)]);
  ctx.restore();
}
