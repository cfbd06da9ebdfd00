// Runs the fuzzer (fuzz/main.ts): node scripts/fuzz.mjs --help. It is joined with the sources into one file, as
// Node.js 20 runs no TypeScript; blocks of memory are made smaller, so that many runs fit a second, and what happens
// where a block ends happens often.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
// below node_modules, so that packages are found; of its own, as several may run at a time
mkdirSync(`${root}/node_modules/.cache`, { recursive: true });
const folder = mkdtempSync(`${root}/node_modules/.cache/synfin-fuzz-`);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const SMALLER = [
  ['/src/track/memory/record.ts', 'BLOCK_BITS = 13', 'BLOCK_BITS = 5'],
  ['/src/capture/window.ts', 'CHUNK = 1 << 20', 'CHUNK = 1 << 14'],
  ['/src/capture/window.ts', 'DIRECT_CHUNK = 1 << 18', 'DIRECT_CHUNK = 1 << 14'],
  ['/src/partial/part-reader.ts', 'CHUNK = 1 << 18', 'CHUNK = 1 << 14'],
];
const smaller = {
  name: 'smaller-blocks',
  transform(code, id) {
    let changed = code;
    for (const [file, from, to] of SMALLER) {
      if (!id.endsWith(file)) continue;
      if (!changed.includes(from)) throw new Error(`${file} no longer has: ${from}`);
      changed = changed.replace(from, to);
    }
    return changed === code ? null : changed;
  },
};

const bundle = await rolldown({
  input: `${root}/fuzz/main.ts`,
  platform: 'node',
  external: /^[^./]/,
  plugins: [smaller],
  logLevel: 'warn',
});
await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'fuzz.mjs' });
await bundle.close();
await import(`${folder}/fuzz.mjs`);
