/** Counts over time as a line of bars: each line is scaled to its own most. */
import type { TextStyle } from './style.js';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

export function barsText(counts: readonly number[], { unicode }: Pick<TextStyle, 'unicode'>): string {
  const most = Math.max(...counts, 1);
  const steps = unicode ? BARS.length : 9;
  return counts
    .map((count) => {
      if (count === 0) return ' ';
      const step = Math.max(1, Math.round((count / most) * steps));
      return unicode ? (BARS[step - 1] ?? '█') : String(step);
    })
    .join('');
}
