/** The capture filter of `synfin live`: free words, as tcpdump takes it, or `--filter`. */
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';

export interface FilterFlags {
  filter?: string;
  interface?: string;
}

/**
 * @param interfaces names of those that there are
 * @throws UserError where both are given, or where the first word is an interface.
 */
export function captureFilter(
  words: readonly string[],
  { filter, interface: chosen }: FilterFlags,
  interfaces: () => readonly string[],
): string {
  const [first, ...rest] = words;
  if (first === undefined) return filter ?? '';
  if (filter !== undefined)
    throw new UserError({
      kind: 'filter-twice',
      words: escapeText(words.join(' ')),
      filter: escapeText(filter),
    });
  if (chosen === undefined && interfaces().includes(first)) {
    const more = rest.length === 0 ? '' : ` ${escapeText(rest.join(' '))}`;
    const name = escapeText(first);
    throw new UserError({ kind: 'interface-as-filter', name }, `  synfin live -i ${name}${more}`);
  }
  return words.join(' ');
}
