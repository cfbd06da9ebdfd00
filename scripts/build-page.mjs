// Joins src/web, with Preact, uPlot and the core, into dist/report.html: one file that needs no other and no network. Its
// policy only allows scripts and a style sheet that it names by their hashes. The words are a
// separate script: the page of the build has the English ones, which the command line replaces by those of another
// language, dist/report.pt-BR.txt (src/cli/report/page-file.ts).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Loaded by the command line for very many connections (exact values do without), its help, and errors that it alone has. */
const leftOut = {
  name: 'left-out',
  resolveId: (id) => (id === '@datadog/sketches-js' ? '\0left-out' : null),
  load(id) {
    if (id === '\0left-out') return 'export const DDSketch = null;';
    if (id.endsWith('/errors-usage.ts'))
      return 'export const OPTIONS = {}, COMMANDS = {}, VALUES = {}, REQUESTS = {};';
    if (id.endsWith('/errors-demo.ts')) return 'export const NEEDS = {}, DEMO = {};';
    return id.endsWith('/help-words.ts') ? 'export {};' : null;
  },
};

/** A page has one language: its words come from the script before it. */
const WORDS = 'synfinWords';
const oneLanguage = {
  name: 'one-language',
  load: (id) =>
    id.endsWith('/src/explain/phrases.ts') ? `export const phrases = globalThis.${WORDS};` : null,
};

/** Errors are said by the page, from their values: its program and its worker need no English sentences for them. */
const unsaidErrors = {
  name: 'unsaid-errors',
  load: (id) =>
    id.endsWith('/src/explain/en/errors.ts')
      ? 'export const errorText = ({ kind }) => kind; export const errorHint = () => null;'
      : null,
};

export async function buildPage(root) {
  const [script, worker] = [
    await joined(root, 'web/main.tsx', [unsaidErrors]),
    await joined(root, 'web/worker.ts', [unsaidErrors]),
  ];
  const { LANGUAGES } = await import(pathToFileURL(`${root}/dist/explain/language-names.js`).href);
  const words = {};
  for (const language of LANGUAGES) words[language] = await joined(root, `explain/${language}/index.ts`);
  const style = minified(styles(root).join('\n'));
  writeFileSync(`${root}/dist/report.html`, page({ script, worker, words }, style, licences(root)));
  for (const [language, text] of Object.entries(words))
    if (language !== 'en') writeFileSync(`${root}/dist/report.${language}.txt`, wordsBlock(text));
}

function wordsBlock(words) {
  return `<script type="application/gzip" id="words">${packed(words)}</script>`;
}

/** Puts the packed scripts into the page, which its policy allows as their hashes are known too. */
const LOADER = `(async () => {
  for (const id of ['words', 'program']) {
    const packed = atob(document.getElementById(id).textContent);
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const script = document.createElement('script');
    script.textContent = await new Response(unpacked).text();
    document.body.append(script);
  }
})();`;

function packed(text) {
  return gzipSync(text, { level: 9 }).toString('base64');
}

/** A script without imports. */
async function joined(root, name, plugins = []) {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: `${root}/src/${name}`,
    platform: 'browser',
    logLevel: 'warn',
    resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' }, target: 'es2022' },
    plugins: [leftOut, oneLanguage, ...plugins],
  });
  const { output } = await bundle.generate({
    format: 'iife',
    name: WORDS,
    codeSplitting: false,
    minify: true,
  });
  await bundle.close();
  return output[0].code;
}

/** uPlot's sheet, then those of the page by name. */
function styles(root) {
  const folder = `${root}/src/web/styles`;
  const own = readdirSync(folder).sort();
  return [
    readFileSync(`${root}/node_modules/uplot/dist/uPlot.min.css`, 'utf8'),
    ...own.map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  ];
}

function minified(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '')
    .replace(/\s*([{};,])\s*/g, '$1')
    .replace(/:\s+/g, ':')
    .replaceAll(';}', '}');
}

/** Licences of the code in the page, which is passed on with it. */
function licences(root) {
  const folders = ['preact', 'uplot', '@marcbachmann/cel-js'].map((name) => `node_modules/${name}`);
  return ['.', ...folders]
    .map((folder) => {
      const { name } = JSON.parse(readFileSync(`${root}/${folder}/package.json`, 'utf8'));
      return `${name}\n\n${readFileSync(`${root}/${folder}/LICENSE`, 'utf8').trim()}\n`;
    })
    .join('\n\n');
}

function page({ script, worker, words }, style, texts) {
  const policy = [
    "default-src 'none'",
    `script-src ${[LOADER, script, ...Object.values(words)].map((each) => `'${hash(each)}'`).join(' ')}`,
    `style-src '${hash(style)}'`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="synfin">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>synfin</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"><p class="plain">This page needs JavaScript, which runs in this file alone and asks nothing of a network.</p></div>
<!--synfin-data-->
${wordsBlock(words.en)}
<script type="application/gzip" id="program">${packed(script)}</script>
<script type="application/gzip" id="worker">${packed(worker)}</script>
<script>${LOADER}</script>
<script type="text/plain" id="licences">
${texts}</script>
</body>
</html>
`;
}

function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await buildPage(new URL('..', import.meta.url).pathname.replace(/\/$/, ''));
