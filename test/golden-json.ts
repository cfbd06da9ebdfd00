/**
 * JSON as a person reads it in a difference: a member a line, small objects and lists of numbers on one line; without the
 * words that are for people and may change (CONTRACT.md), which test/phrases.txt has.
 */

/** Longest line of an object or list that is not written over several. */
const WIDTH = 100;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Members of findings and warnings that are sentences. */
const WORDS: ReadonlySet<string> = new Set(['text', 'message']);

export function withoutWords(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (value === null || typeof value !== 'object') return value;
  const isSaid = 'code' in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !(isSaid && WORDS.has(name)))
      .map(([name, member]) => [name, withoutWords(member)]),
  );
}

export function readable(value: Json, indent = ''): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const members = Array.isArray(value)
    ? value.map((member) => readable(member, inner))
    : Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${readable(member, inner)}`);
  if (members.length === 0) return `${open}${close}`;
  const line = Array.isArray(value) ? `[${members.join(', ')}]` : `{ ${members.join(', ')} }`;
  const isNumbers = Array.isArray(value) && value.every((member) => typeof member === 'number');
  const isFlat = Object.values(value).every((member) => member === null || typeof member !== 'object');
  if (isNumbers || (isFlat && indent.length + line.length <= WIDTH)) return line;
  return `${open}\n${members.map((member) => `${inner}${member}`).join(',\n')}\n${indent}${close}`;
}

/** Expected JSON of a run; its exit code is a member of it where it is not 0. */
export function goldenJson(stdout: string, code: number): string {
  const document: { [name: string]: Json } = stdout === '' ? {} : JSON.parse(stdout);
  return `${readable(withoutWords(code === 0 ? document : { exitCode: code, ...document }))}\n`;
}
