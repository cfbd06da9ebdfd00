// Compiles src to dist with tsc, from an empty dist, then joins the modules of the command line into a few
// CommonJS files: loading eighty small modules costs more time than analysing a short capture.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}/dist`;

rmSync(dist, { recursive: true, force: true });
const tsc = spawnSync(
  process.execPath,
  [`${root}/node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
if (tsc.status !== 0) process.exit(tsc.status ?? 1);

// Commander needs it for commands that are separate programs; synfin has none, and loading it takes 4 ms
const EAGER = "const childProcess = require('node:child_process');";
const LAZY = "const childProcess = { spawn: (...args) => require('node:child_process').spawn(...args) };";
const lazyChildProcess = {
  name: 'lazy-child-process',
  transform(code, id) {
    if (!id.endsWith('/commander/lib/command.js')) return null;
    if (!code.includes(EAGER)) throw new Error(`commander no longer has: ${EAGER}`);
    return code.replace(EAGER, LAZY);
  },
};

// a script that main.cjs compiles cannot import by itself
const handedImport = {
  name: 'handed-import',
  renderChunk: (code) => code.replace(/\bimport\(/g, 'importModule('),
};

const { rolldown } = await import('rolldown');
const bundle = await rolldown({
  input: `${dist}/cli/main.js`,
  platform: 'node',
  // cap and koffi are optional, and loaded only where they are installed; hyparquet-writer only for Parquet,
  // cli-progress only when work on a terminal lasts, terminal-kit only to browse, the sketches only for many connections
  external: [
    'cap',
    'koffi',
    'hyparquet-writer',
    'cli-progress',
    'terminal-kit',
    '@datadog/sketches-js',
    '@resvg/resvg-js',
  ],
  logLevel: 'warn',
  plugins: [lazyChildProcess, handedImport],
});
// next to the modules that they replace, so that relative paths of files stay right
await bundle.write({
  dir: `${dist}/cli-joined`,
  format: 'cjs',
  entryFileNames: 'synfin.js',
  chunkFileNames: '[name].js',
  // what every short run needs, in one file: each file more costs it time
  codeSplitting: {
    groups: [
      {
        name: 'show',
        priority: 2,
        test: /dist\/(explain\/(?!pt-BR|term|demo|en\/(terms|demo))|verdict\/|render\/text\/|render\/report\/report)|dist\/group\/(overview|failures|group-ids|stands-out|quantiles|timeline|names)\.js|dist\/(track\/results\/side-address|decode\/network)\.js|dist\/(capture|files)\/(open|open-captures|probe|source|packed-input|pcapng-section|facts)\.js|dist\/render\/(?!chosen-columns|group-columns|list-order|sort-mark)[^/]*\.js|dist\/cli\/(report\/(conclude|top-rows|table-options)|options\/(plan|table-files)|commands\/analyze|save\/tee|terminal\/(serialized|files|replaced-file|status-line))\.js/,
      },
      // a language is loaded where it is spoken
      { name: 'pt-BR', priority: 1, test: /dist\/explain\/pt-BR\/(?!terms|demo)/ },
    ],
  },
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  comments: { legal: true },
});
await bundle.close();
rmSync(`${dist}/cli`, { recursive: true });
renameSync(`${dist}/cli-joined`, `${dist}/cli`);
// of the modules that remain, those that `synfin explain` alone needs: no library imports them, and the texts are long
const OF_EXPLAIN = /^(explain\/(terms|term-texts\..+|[^/]+\/terms[.-].+)|render\/terms)$/;
for (const path of readdirSync(dist, { recursive: true }))
  if (OF_EXPLAIN.test(path.replaceAll('\\', '/')))
    rmSync(`${dist}/${path}`, { recursive: true, force: true });
writeFileSync(`${dist}/cli/package.json`, '{"type":"commonjs"}\n');
copyFileSync(`${root}/scripts/main.cjs`, `${dist}/cli/main.js`);
// the shortest run first: functions that it does not need are kept as the later runs leave them
for (const more of [[], ['--format', 'json'], ['--format', 'ndjson'], ['--format', 'csv']]) {
  const keeping = ['--require', `${root}/scripts/keep-compiled.cjs`, `${dist}/cli/main.js`];
  spawnSync(process.execPath, [...keeping, 'analyze', `${root}/captures/demo-tcp.pcap`, ...more]);
}
chmodSync(`${dist}/cli/main.js`, 0o755);
await buildPage(root);
writeFileSync(`${dist}/.built`, '');
