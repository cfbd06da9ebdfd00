// Makes the pictures of docs/pictures, or only the named ones: node scripts/pictures.mjs. test/pictures.test.ts compares them with the code.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}/docs/pictures`;
const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 };

const wanted = process.argv.slice(2);
for (const { name, args } of JSON.parse(readFileSync(`${folder}/pictures.json`, 'utf8'))) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const svg = execFileSync(process.execPath, [`${root}/dist/cli/main.js`, ...args], options);
  writeFileSync(`${folder}/${name}.svg`, svg);
  console.error(`docs/pictures/${name}.svg: ${svg.length} bytes`);
}
