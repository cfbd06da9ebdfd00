// Keeps the output blocks of README.md true: node scripts/readme.mjs writes them anew, --check only compares.
//
// A block is marked by the command that prints it:      <!-- run: synfin analyze captures/demo-tcp.pcap -->
// or by the program in the block of JavaScript above:   <!-- run the program above -->
// Only commands that print the same each time belong here: files, no network, no live capture.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const path = `${root}/README.md`;
const check = process.argv.includes('--check');

const MARKED =
  /<!-- run(?:: (?<command>.+?)| the program above) -->\n+```(?<language>\w+)\n(?<output>[\s\S]*?)\n```/g;
const PROGRAM = /```(?:js|ts)\n([\s\S]*?)\n```/g;
const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  NO_COLOR: '1',
};
const options = { cwd: root, encoding: 'utf8', env: environment, maxBuffer: 1 << 26 };

const readme = readFileSync(path, 'utf8');
const stale = [];
const skipped = [];

const renewed = readme.replaceAll(MARKED, (block, ...rest) => {
  const { command, language, output } = rest.at(-1);
  const missing = command === undefined ? undefined : missingProgram(command);
  if (missing !== undefined) {
    skipped.push(`${command}: ${missing} is not installed`);
    return block;
  }
  const printed = command === undefined ? runProgram(rest.at(-3)) : `$ ${command}\n${runCommand(command)}`;
  const expected = printed.trimEnd();
  if (expected === output) return block;
  stale.push(command ?? 'the program');
  const marker = command === undefined ? '<!-- run the program above -->' : `<!-- run: ${command} -->`;
  return `${marker}\n\n\`\`\`${language}\n${expected}\n\`\`\``;
});

for (const line of skipped) console.error(`skipped: ${line}`);
if (check && stale.length > 0) {
  console.error(`README.md is stale (node scripts/readme.mjs renews it):\n  ${stale.join('\n  ')}`);
  process.exit(1);
}
if (!check && stale.length > 0) writeFileSync(path, renewed);
if (!check) console.error(`${[...readme.matchAll(MARKED)].length} blocks, ${stale.length} renewed`);

/** As a person would run it in the checkout; what goes to standard error is part of what is seen. */
function runCommand(command) {
  const synfin = `synfin() { "${process.execPath}" dist/cli/main.js "$@"; }`;
  const run = spawnSync('bash', ['-c', `exec 2>&1; ${synfin}; ${command}`], options);
  if (run.error !== undefined) throw run.error;
  return run.stdout;
}

/** Runs the last block of JavaScript before `offset`; `synfin` in it is this package. */
function runProgram(offset) {
  const [, program] = [...readme.slice(0, offset).matchAll(PROGRAM)].at(-1) ?? [];
  if (program === undefined) throw new Error('no block of JavaScript above the marker');
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], options);
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout;
}

/** jq is not everywhere; what else is used is. */
function missingProgram(command) {
  if (!/\bjq\b/.test(command)) return undefined;
  return spawnSync('jq', ['--version'], options).status === 0 ? undefined : 'jq';
}
