/** The keys, and examples of filters. */
import { phrases } from '../explain/phrases.js';
import { paint, plain, wrap } from '../render/text/style.js';
import { BINDINGS } from './keys.js';
import type { State } from './state.js';

function filterExamples(): [string, string][] {
  return [
    ['outcome.failed', phrases.FAILED_FILTER_HELP],
    ['server.port == 443 && duration > 1s', phrases.OTHER_FILTER_HELP],
  ];
}

export function helpLines({ size, style }: State): string[] {
  const rows = BINDINGS.flatMap((binding) =>
    binding.names === null
      ? []
      : [[phrases.keyNames(binding.names), phrases.keyHelp(binding.action)] as const],
  );
  const width = Math.max(...rows.map(([keys]) => keys.length));
  const isNarrow = size.width < 60;
  const keys = rows.flatMap(([names, what]) =>
    isNarrow
      ? wrap(`${names}: ${what}`, size.width, 2)
      : wrap(what, size.width - width - 2, 0).map(
          (line, at) => `${paint(style, 'bold', (at === 0 ? names : '').padEnd(width))}  ${line}`,
        ),
  );
  const filters = filterExamples().flatMap(([expression, what]) =>
    wrap(`/${expression}  ${what}`, size.width, 2),
  );
  return [...keys, ...(isNarrow ? [] : ['']), ...filters].map((line) => plain(line, style));
}
