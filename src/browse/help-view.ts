/** The keys, and examples of filters. */
import { paint, plain, wrap } from '../render/text/style.js';
import { BINDINGS } from './keys.js';
import type { State } from './state.js';

const FILTERS: readonly (readonly [string, string])[] = [
  ['outcome.failed', 'refused, not answered, not completed, reset'],
  ['server.port == 443 && duration > 1s', 'and what docs/ask.md has'],
];

export function helpLines({ size, style }: State): string[] {
  const rows = BINDINGS.flatMap(({ help }) => (help === null ? [] : [help]));
  const width = Math.max(...rows.map(([keys]) => keys.length));
  const isNarrow = size.width < 60;
  const keys = rows.flatMap(([names, what]) =>
    isNarrow
      ? wrap(`${names}: ${what}`, size.width, 2)
      : wrap(what, size.width - width - 2, 0).map(
          (line, at) => `${paint(style, 'bold', (at === 0 ? names : '').padEnd(width))}  ${line}`,
        ),
  );
  const filters = FILTERS.flatMap(([expression, what]) => wrap(`/${expression}  ${what}`, size.width, 2));
  return [...keys, ...(isNarrow ? [] : ['']), ...filters].map((line) => plain(line, style));
}
