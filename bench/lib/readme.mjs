// Puts results into bench/README.md, between the marks of the script that measured them.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `script`: its name as the marks have it, e.g. `run.mjs`. */
export function writeResults(script, lines) {
  const readme = fileURLToPath(new URL('../README.md', import.meta.url));
  const [begin, end] = [`<!-- results of ${script} -->`, `<!-- end of ${script} -->`];
  const text = readFileSync(readme, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${readme} has no place for the results of ${script}`);
  writeFileSync(readme, `${text.slice(0, from)}${begin}\n\n${lines.join('\n')}\n\n${text.slice(to)}`);
  console.log(`\nwritten to ${relative(process.cwd(), readme)}`);
}
