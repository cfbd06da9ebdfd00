// Keeps the output blocks of README.md and docs up to date: node scripts/readme.mjs renews them, --check only compares. With names of
// documents, only these. The lessons (docs/lessons) are renewed too; --check leaves them to test/lessons.test.ts, which runs
// their commands without a process each, unless they are named. Those in Portuguese are run with a Brazilian locale.
//
// A block is marked by the command that prints it:      <!-- run: synfin analyze captures/demo-tcp.pcap -->
// or by the program in the block of JavaScript above:   <!-- run the program above -->
// or by the query in the block of SQL above:            <!-- run the query above -->
// The files of queries are made by a block of commands: <!-- for the queries below -->
// A block of source is marked by its file, how its first line begins, and what is in its last one:
//                                                       <!-- source: src/demo/sockets.ts from "socket.end()" to "});" -->
// Its comments are those of scripts/quoted-comments.json where the page is in another language: each must be there.
// Only commands that print the same each time belong here: files, no network, no live capture.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { withOutput, lessons } = JSON.parse(readFileSync(`${root}/scripts/documents.json`, 'utf8'));
/** Comments of quoted source, by folder of the pages. */
const TRANSLATED = JSON.parse(readFileSync(`${root}/scripts/quoted-comments.json`, 'utf8'));
const check = process.argv.includes('--check');
const named = process.argv.slice(2).filter((word) => word !== '--check');
const LESSONS = lessons.flatMap((folder) =>
  readdirSync(`${root}/${folder}`).map((name) => `${folder}/${name}`),
);
const DOCUMENTS = named.length > 0 ? named : check ? withOutput : [...withOutput, ...LESSONS];

const MARKED =
  /<!-- run(?:: (?<command>.+?)| the (?<source>program|query) above) -->\n+```(?<language>\w+)\n(?<output>[\s\S]*?)\n```/g;
const QUOTED =
  /<!-- source: (?<file>\S+) from "(?<from>.+?)"(?: to "(?<to>.+?)")? -->\n+```ts\n(?<quoted>[\s\S]*?)\n```/g;
const SOURCES = { program: /```(?:js|ts)\n([\s\S]*?)\n```/g, query: /```sql\n([\s\S]*?)\n```/g };
const PREPARATION = /<!-- for the queries below -->\n+```sh\n([\s\S]*?)\n```/;
const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  NO_COLOR: '1',
};
const options = { cwd: root, encoding: 'utf8', env: environment, maxBuffer: 1 << 26 };

const skipped = [];

/** Where the files of queries are made, once there is a query. */
let queried;

const results = DOCUMENTS.map((name) => renew(name, readFileSync(`${root}/${name}`, 'utf8')));
for (const line of skipped) console.error(`skipped: ${line}`);
for (const { name, renewed, blocks, stale } of results) {
  if (check) {
    if (stale.length === 0) continue;
    console.error(`${name} is stale (node scripts/readme.mjs renews it):\n  ${stale.join('\n  ')}`);
    process.exitCode = 1;
  } else {
    if (stale.length > 0) writeFileSync(`${root}/${name}`, renewed);
    console.error(`${name}: ${blocks} blocks, ${stale.length} renewed`);
  }
}

function renew(name, text) {
  const stale = [];
  const withSource = text.replaceAll(QUOTED, (block, ...rest) => {
    const { file, from, to, quoted } = rest.at(-1);
    const expected = withComments(quote(file, from, to), TRANSLATED[dirname(name)]);
    if (expected === quoted) return block;
    stale.push(`${file} from "${from}"`);
    return `${block.slice(0, block.indexOf('-->'))}-->\n\n\`\`\`ts\n${expected}\n\`\`\``;
  });
  const locale = /\/pt-BR\//.test(name) ? 'pt_BR.UTF-8' : 'C.UTF-8';
  const renewed = withSource.replaceAll(MARKED, (block, ...rest) => {
    const { command, source, language, output } = rest.at(-1);
    const missing = command === undefined ? undefined : missingProgram(command);
    if (missing !== undefined) {
      skipped.push(`${command}: ${missing} is not installed`);
      return block;
    }
    const printed =
      command === undefined
        ? runSource(text, source, rest.at(-3))
        : `$ ${command}\n${runCommand(command, root, locale)}`;
    const expected = printed.trimEnd();
    if (expected === output) return block;
    stale.push(command ?? `the ${source}`);
    const marker = command === undefined ? `<!-- run the ${source} above -->` : `<!-- run: ${command} -->`;
    return `${marker}\n\n\`\`\`${language}\n${expected}\n\`\`\``;
  });
  return { name, renewed, blocks: [...text.matchAll(MARKED)].length, stale };
}

/** Runs it as a user would in the checkout, standard error included. */
function runCommand(command, cwd = root, locale = 'C.UTF-8') {
  const synfin = `synfin() { LC_ALL=${locale} "${process.execPath}" "${root}/dist/cli/main.js" "$@"; }`;
  const run = spawnSync('bash', ['-c', `exec 2>&1; ${synfin}; ${command}`], { ...options, cwd });
  if (run.error !== undefined) throw run.error;
  return run.stdout;
}

/** Lines of a file, without their common indent: from the first that begins so to the first after it that has `to` in it. */
function quote(file, from, to) {
  const lines = readFileSync(`${root}/${file}`, 'utf8').split('\n');
  const first = lines.findIndex((line) => line.trimStart().startsWith(from));
  if (first < 0) throw new Error(`${file} has no line that begins with: ${from}`);
  const length =
    to === undefined ? 1 : lines.slice(first).findIndex((line, at) => at > 0 && line.includes(to)) + 1;
  if (length === 0) throw new Error(`${file} has no line after it with: ${to}`);
  const found = lines.slice(first, first + length);
  const indent = Math.min(...found.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return found.map((line) => line.slice(indent)).join('\n');
}

/** Source whose comments are in the language of the page; `translated`: by comment, or nothing where they stay. */
function withComments(source, translated) {
  if (translated === undefined) return source;
  return source.replaceAll(/(?<=^ *|\s)\/\/ (.+)$/gm, (_, comment) => {
    const said = translated[comment];
    if (said === undefined) throw new Error(`scripts/quoted-comments.json has no translation of: ${comment}`);
    return `// ${said}`;
  });
}

/** Runs the last block of JavaScript or SQL before `offset`; `synfin` in a program is this package. */
function runSource(document, source, offset) {
  const [, text] = [...document.slice(0, offset).matchAll(SOURCES[source])].at(-1) ?? [];
  if (text === undefined) throw new Error(`no ${source} above the marker`);
  const run =
    source === 'program'
      ? spawnSync(process.execPath, ['--input-type=module', '-e', text], options)
      : spawnSync(process.execPath, [`${root}/scripts/query.mjs`, text], {
          ...options,
          cwd: queriedFolder(document),
        });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout;
}

/** A folder with the captures of this one and the files that the commands for queries make of them. */
function queriedFolder(document) {
  if (queried !== undefined) return queried;
  queried = mkdtempSync(`${tmpdir()}/synfin-readme-`);
  process.once('exit', () => rmSync(queried, { recursive: true, force: true }));
  for (const name of ['captures', 'fixtures']) symlinkSync(`${root}/${name}`, `${queried}/${name}`);
  const [, commands] = PREPARATION.exec(document) ?? [];
  if (commands === undefined) throw new Error('no commands that make the files of queries');
  const said = runCommand(commands, queried);
  if (said !== '') throw new Error(said);
  return queried;
}

/** jq and tshark may be missing; the other programs are everywhere. */
function missingProgram(command) {
  const used = ['jq', 'tshark'].filter((name) => new RegExp(`\\b${name}\\b`).test(command));
  return used.find((name) => spawnSync(name, ['--version'], options).status !== 0);
}
