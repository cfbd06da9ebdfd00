// Joins src/web, with Preact, uPlot and the core, into dist/report.html: one file that needs no other and no network. Its
// policy lets nothing run but the scripts, and nothing style but the sheet, that are named by their hashes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Loaded by the command line for very many connections; exact values do without. */
const leftOut = {
  name: 'left-out',
  resolveId: (id) => (id === '@datadog/sketches-js' ? '\0left-out' : null),
  load: (id) => (id === '\0left-out' ? 'export const DDSketch = null;' : null),
};

export async function buildPage(root) {
  const [script, worker] = [await joined(root, 'main.tsx'), await joined(root, 'worker.ts')];
  const style = minified(styles(root).join('\n'));
  writeFileSync(`${root}/dist/report.html`, page(script, worker, style, licences(root)));
}

/** Puts the packed script into the page, which its policy allows as its hash is known too. */
const LOADER = `(async () => {
  const packed = atob(document.getElementById('program').textContent);
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const script = document.createElement('script');
  script.textContent = await new Response(unpacked).text();
  document.body.append(script);
})();`;

function packed(text) {
  return gzipSync(text, { level: 9 }).toString('base64');
}

/** A script without imports. */
async function joined(root, name) {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: `${root}/src/web/${name}`,
    platform: 'browser',
    logLevel: 'warn',
    resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' }, target: 'es2022' },
    plugins: [leftOut],
  });
  const { output } = await bundle.generate({ format: 'iife', codeSplitting: false, minify: true });
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

/** Of what is in the page, which goes on to whoever gets it. */
function licences(root) {
  const folders = ['preact', 'uplot', '@marcbachmann/cel-js', 'fzstd'].map((name) => `node_modules/${name}`);
  return ['.', ...folders]
    .map((folder) => {
      const { name } = JSON.parse(readFileSync(`${root}/${folder}/package.json`, 'utf8'));
      return `${name}\n\n${readFileSync(`${root}/${folder}/LICENSE`, 'utf8').trim()}\n`;
    })
    .join('\n\n');
}

function page(script, worker, style, texts) {
  const policy = [
    "default-src 'none'",
    `script-src '${hash(LOADER)}' '${hash(script)}'`,
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
