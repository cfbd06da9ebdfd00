// Records captures/*.pcap by running the demos (needs root, and a build):
//
//   node captures/record.mjs               all of them
//   node captures/record.mjs NAME...       only those named, e.g. tcp-loss udp
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SCENARIOS } from '../dist/demo/scenarios.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const readme = `${root}/captures/README.md`;
const HEAD = ['file', 'command', 'what happens', 'recorded'];

/** Those with much data: only the headers. */
const HEADERS_ONLY = ['tcp-zero-window', 'tcp-large', 'tcp-loss'];

const recordings = SCENARIOS.map(({ protocol, name, title }) => {
  const key = name === 'simple' ? protocol : `${protocol}-${name}`;
  const limit = HEADERS_ONLY.includes(key) ? ['--snaplen', '96'] : [];
  const file = `demo-${key}.pcap`;
  const command = ['demo', protocol, '--scenario', name, ...limit, '--write', `captures/${file}`];
  return { key, file, title, command };
});

const named = process.argv.slice(2);
const unknown = named.filter((name) => !recordings.some(({ key }) => key === name));
if (unknown.length > 0) {
  console.error(`no such recording: ${unknown.join(', ')}`);
  process.exit(2);
}

/** When those that are not recorded now were. */
const before = new Map(
  [...readFileSync(readme, 'utf8').matchAll(/^\| (\S+\.pcap) .*\| (.*?) +\|$/gm)].map(([, file, how]) => [
    file,
    how,
  ]),
);
const now = `${new Date().toISOString().slice(0, 10)}, synfin ${version}, Node.js ${process.versions.node}, Linux ${release().split('-')[0]}`;

const rows = recordings.map(({ key, file, title, command }) => {
  const again = named.length === 0 || named.includes(key);
  if (again) record(command);
  return [file, `\`synfin ${command.join(' ')}\``, title, again ? now : (before.get(file) ?? '')];
});

function record(command) {
  const run = spawnSync(process.execPath, ['dist/cli/main.js', ...command], { cwd: root, encoding: 'utf8' });
  if (run.status === 0 && !run.stderr.includes('RECORDING')) return;
  process.stderr.write(run.stderr);
  process.exit(1);
}

function table(head, lines) {
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at].length)));
  const row = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
}

/** Recordings of one connection, which docs/pictures has. */
const pictures = recordings
  .map(({ file }) => file.replace('.pcap', ''))
  .filter((name) => existsSync(`${root}/docs/pictures/${name}.svg`))
  .map((name) => `![${name}](../docs/pictures/${name}.svg)`);

writeFileSync(
  readme,
  `# Recordings of the demos

Made by \`node captures/record.mjs\`: the demo programs of src/demo on the loopback, captured by synfin itself (libpcap,
kernel timestamps in ns, no packet lost). Those with \`--snaplen\` have only the headers of each packet.

${table(HEAD, rows)}

## As pictures

Made by \`node scripts/pictures.mjs\` from these files ([how to read them](../docs/pictures.md)).

${pictures.join('\n\n')}
`,
);
