// Records captures/*.pcap by running the demos: node captures/record.mjs   (needs the right to capture, and a build)
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

const recordings = [
  ['demo-tcp.pcap', 'tcp', 'simple'],
  ['demo-tcp-three-step.pcap', 'tcp', 'three-step'],
  ['demo-tcp-server-first.pcap', 'tcp', 'server-first'],
  ['demo-tcp-half-close.pcap', 'tcp', 'half-close'],
  ['demo-tcp-refused.pcap', 'tcp', 'refused'],
  ['demo-tcp-reset.pcap', 'tcp', 'reset'],
  ['demo-tcp-duplex.pcap', 'tcp', 'duplex'],
  ['demo-tcp-many.pcap', 'tcp', 'many'],
  ['demo-udp.pcap', 'udp', 'simple'],
  ['demo-udp-one-to-many.pcap', 'udp', 'one-to-many'],
  ['demo-udp-port-unreachable.pcap', 'udp', 'port-unreachable'],
];

const rows = [];
for (const [file, protocol, scenario] of recordings) {
  const command = ['demo', protocol, '--scenario', scenario, '--write', `captures/${file}`];
  const run = spawnSync(process.execPath, ['dist/cli/main.js', ...command], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0 || run.stderr.includes('RECORDING')) {
    process.stderr.write(run.stderr);
    process.exit(1);
  }
  const how = run.stdout.split('\n').find((line) => line.startsWith('captured on')) ?? '';
  rows.push(`| ${file} | \`synfin ${command.join(' ')}\` | ${run.stderr.split('\n')[0]} | ${how} |`);
}

/** Recordings of one connection, which docs/pictures has. */
const pictures = recordings
  .map(([file]) => file.replace('.pcap', ''))
  .filter((name) => existsSync(`${root}/docs/pictures/${name}.svg`))
  .map((name) => `![${name}](../docs/pictures/${name}.svg)`);

writeFileSync(
  `${root}/captures/README.md`,
  `# Recordings of the demos

Made by \`node captures/record.mjs\`: the demo programs of src/demo on the loopback, captured by synfin itself.
Recorded on ${new Date().toISOString().slice(0, 10)} with synfin ${version}, Node.js ${process.versions.node}, Linux ${release().split('-')[0]}.

| file | command | what happens | capture |
|---|---|---|---|
${rows.join('\n')}

## As pictures

Made by \`node scripts/pictures.mjs\` from these files ([how to read them](../docs/pictures.md)).

${pictures.join('\n\n')}
`,
);
