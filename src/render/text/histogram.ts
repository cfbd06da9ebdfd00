/** A histogram as lines of bars, with where its quantiles lie. */

import { phrases } from '../../explain/phrases.js';
import type { GroupReport } from '../../group/groups.js';
import type { Bin } from '../../group/histogram.js';
import type { HistogramOf } from '../../group/names.js';
import { paint, plain, type TextStyle } from './style.js';

/** Columns of the longest bar. */
const WIDEST = 28;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

export function histogramLines(
  head: string,
  bins: readonly Bin[],
  total: GroupReport,
  of: HistogramOf,
  style: TextStyle,
): string[] {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(...bins.map(({ count }) => count), 1);
  const distribution = of === 'duration' ? null : total[of];
  const ranges = bins.map(({ from, to }) =>
    to === 0 ? '0 s' : phrases.rangeText(phrases.roundDuration(from), phrases.roundDuration(to)),
  );
  const rangeWidth = Math.max(0, ...ranges.map((range) => range.length));
  const countWidth = phrases.grouped(most).length;
  const lines = bins.map(({ from, to, count }, index) => {
    const points = (['p50', 'p95', 'p99', 'max'] as const).flatMap((point) => {
      const value = distribution?.[point];
      return value !== undefined && value >= from && value < to
        ? [`${point === 'max' ? phrases.MAX : point} ${phrases.durationCell(value)}`]
        : [];
    });
    const cells = [
      (ranges[index] ?? '').padStart(rangeWidth),
      phrases.grouped(count).padStart(countWidth),
      phrases.shareText(count, all).padStart(7),
    ];
    const bar = barOf(count / most, style);
    return plain(
      `${cells.join('  ')}  ${bar}${points.length === 0 ? '' : `  ${points.join(', ')}`}`,
      style,
    ).trimEnd();
  });
  return [paint(style, 'bold', plain(`${head}: ${phrases.grouped(all)}`, style)), ...lines];
}

function barOf(share: number, { unicode }: TextStyle): string {
  const columns = share * WIDEST;
  if (!unicode) return '#'.repeat(Math.round(columns));
  const whole = Math.floor(columns);
  return '█'.repeat(whole) + (EIGHTHS[Math.floor((columns - whole) * 8)] ?? '');
}
