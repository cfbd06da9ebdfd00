/** docs/limits.md: each bound in its table is the constant of the file that it names. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const rows = readFileSync(join(ROOT, 'docs/limits.md'), 'utf8')
  .split('\n')
  .flatMap((line) => [...line.matchAll(/^\| ([^|]+?) \|.*\| `(src\/[\w/.-]+)` (\w+) = (.+?) \|$/g)])
  .map(([, limit = '', path = '', name = '', value = '']) => ({ limit, path, name, value }));

it('has the limits', () => {
  expect(rows.length).toBeGreaterThan(20);
});

it.each(rows)('$limit: $name in $path', ({ path, name, value }) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toContain(`const ${name} = ${value};`);
});
