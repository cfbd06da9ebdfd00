/** The command that prints what is on the screen. */
import type { Sort } from './row.js';

/** A word as a POSIX shell reads it; control characters as `$'\n'`, so that the line is safe to paste. */
export function shellWord(word: string): string {
  if (/^[\w./:@%+,=-]+$/.test(word)) return word;
  if (!/[\p{Cc}\p{Cf}]/u.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  const escaped = word
    .replaceAll(/[\\']/g, '\\$&')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) =>
      [...new TextEncoder().encode(character)]
        .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
        .join(''),
    );
  return `$'${escaped}'`;
}

/** A file whose name begins with - is not an option. */
function fileWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}

export interface Shown {
  readonly files: readonly string[];
  /** Further options that decide what is read, each as a separate word. */
  readonly options: readonly string[];
}

export function listCommand({ files, options }: Shown, where: string, sort: Sort): string {
  const words = ['synfin', ...files.map(fileWord), ...options.map(shellWord)];
  if (where !== '') words.push('--where', shellWord(where));
  const isDefault = sort.key === 'start' && !sort.reversed;
  if (!isDefault) words.push(sort.reversed ? `--sort=-${sort.key}` : `--sort ${sort.key}`);
  return [...words, '--limit 0'].join(' ');
}

export function ladderCommand({ files, options }: Shown, index: number): string {
  return ['synfin', ...files.map(fileWord), ...options.map(shellWord), '--connection', index].join(' ');
}
