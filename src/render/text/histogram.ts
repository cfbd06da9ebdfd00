/** A histogram as lines of bars, with where its quantiles lie. */

import { phrases } from '../../explain/phrases.js';
import type { GroupReport } from '../../group/groups.js';
import type { Bin } from '../../group/histogram.js';
import type { HistogramOf } from '../../group/names.js';
import type { Distribution } from '../../group/quantiles.js';
import { paint, plain, type TextStyle, wrap } from './style.js';

/** Columns of the longest bar; below the minimum, the marks go below the bars. */
const WIDEST = 28;
const NARROWEST = 12;
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
  const marks = bins.map(({ from, to }) => marksOf(from, to, distribution));
  const room = style.width - rangeWidth - countWidth - 13;
  // next to its marks each bar has room for so much of the longest
  const besides = bins.map(({ count }, index) => {
    const mark = marks[index] ?? '';
    return mark === '' || count === 0 ? room : ((room - 2 - mark.length) * most) / count;
  });
  const beside = Math.floor(Math.min(WIDEST, ...besides));
  const isBeside = beside >= NARROWEST;
  const widest = isBeside ? beside : Math.max(1, Math.min(WIDEST, room));
  const lines = bins.flatMap(({ count }, index) => {
    const cells = [
      (ranges[index] ?? '').padStart(rangeWidth),
      phrases.grouped(count).padStart(countWidth),
      phrases.shareText(count, all).padStart(7),
    ];
    const row = `${cells.join('  ')}  ${barOf((count / most) * widest, style)}`;
    const mark = marks[index] ?? '';
    if (mark === '') return [row];
    return isBeside ? [`${row}  ${mark}`] : [row, ...wrap(mark, room + 13, 0).map((text) => `  ${text}`)];
  });
  return [
    paint(style, 'bold', plain(`${head}: ${phrases.grouped(all)}`, style)),
    ...lines.map((line) => plain(line.trimEnd(), style)),
  ];
}

/** The quantiles that lie in a bin. */
function marksOf(from: number, to: number, distribution: Distribution | null): string {
  const points = (['p50', 'p95', 'p99', 'max'] as const).flatMap((point) => {
    const value = distribution?.[point];
    return value !== undefined && value >= from && value < to
      ? [`${point === 'max' ? phrases.MAX : point} ${phrases.durationCell(value)}`]
      : [];
  });
  return points.join(', ');
}

function barOf(columns: number, { unicode }: TextStyle): string {
  if (!unicode) return '#'.repeat(Math.round(columns));
  const whole = Math.floor(columns);
  return '█'.repeat(whole) + (EIGHTHS[Math.floor((columns - whole) * 8)] ?? '');
}
