/**
 * The commands of lessons, so that they run without a shell, on any system: synfin with its arguments, at most cut by `head`,
 * `tail`, `sed -n A,Bp` or `grep`, with its output thrown away, or with its exit code shown.
 */

export interface LessonCommand {
  /** Of synfin. */
  argv: readonly string[];
  /** What each filter after it keeps, in order. */
  cuts: readonly ((lines: readonly string[]) => readonly string[])[];
  /** They keep lines by their place alone (`head`, `tail`, `sed`). */
  byPlace: boolean;
  /** Standard output is thrown away (`> /dev/null`). */
  silent: boolean;
  /** A line with the exit code at the end, `$?` in it; null for none. */
  exitCode: string | null;
}

/** Null where it is more than that, so that a shell is needed. */
export function commandOf(line: string): LessonCommand | null {
  const [, withFilters = line, exitCode = null] = /^(.*); echo "([^"]*\$\?[^"]*)"$/.exec(line) ?? [];
  const [first = '', ...filters] = withFilters.split(' | ');
  const silent = first.endsWith(' > /dev/null');
  const words = wordsOf(silent ? first.slice(0, -' > /dev/null'.length) : first);
  if (words === null || words[0] !== 'synfin') return null;
  const cuts = filters.map((filter) => cutOf(wordsOf(filter) ?? []));
  if (!cuts.every((cut) => cut !== null)) return null;
  const byPlace = filters.length > 0 && filters.every((filter) => /^(?:head|tail|sed) /.test(filter));
  return { argv: words.slice(1), cuts, byPlace, silent, exitCode };
}

const WORD = / *((?:'[^']*'|"[^"$`\\]*"|[^\s'"$`\\|&;<>()*?~#])+)/y;

/** As a shell splits them; null where it would do more than that. */
function wordsOf(line: string): string[] | null {
  const words: string[] = [];
  WORD.lastIndex = 0;
  for (let end = 0; end < line.length; end = WORD.lastIndex) {
    const found = WORD.exec(line);
    if (found === null) return null;
    words.push((found[1] ?? '').replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  return words;
}

function cutOf([program, ...argv]: readonly string[]): LessonCommand['cuts'][number] | null {
  const last = argv.at(-1) ?? '';
  if (program === 'head' && argv.length === 1 && /^-\d+$/.test(last))
    return (lines) => lines.slice(0, Number(last.slice(1)));
  if (program === 'tail' && argv.length === 1 && /^-\d+$/.test(last))
    return (lines) => lines.slice(Number(last));
  const [, from = '', to = ''] = /^(\d+),(\d+)p$/.exec(last) ?? [];
  if (program === 'sed' && argv.length === 2 && argv[0] === '-n' && from !== '')
    return (lines) => lines.slice(Number(from) - 1, Number(to));
  const count = argv[0] === '-c';
  if (program === 'grep' && argv.length === (count ? 2 : 1) && /^[\w :>",=][\w :>",=-]*$/.test(last)) {
    const matching = (lines: readonly string[]): string[] => lines.filter((line) => line.includes(last));
    return (lines) => (count ? [String(matching(lines).length)] : matching(lines));
  }
  if (program === 'wc' && argv.length === 1 && last === '-l') return (lines) => [String(lines.length)];
  return null;
}
