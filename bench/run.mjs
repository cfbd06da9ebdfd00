// Measures synfin and every installed peer: `npm run bench -- --help`, and README.md next to this file.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { capture } from './generate.mjs';
import { installed, measure, median, memoryFrom } from './lib/measure.mjs';
import { writeResults } from './lib/readme.mjs';
import { inMegabytes, inMillions, inSeconds, table } from './lib/table.mjs';

const HELP = `node bench/run.mjs [options]
  --rounds N         rounds on the large file and the flood (5)
  --slow-rounds N    rounds on these of a program that takes over 10 s, such as tshark (1)
  --start-rounds N   rounds on the small file (20)
  --cores LIST       passes, each held to so many cores (1,${availableParallelism()})
  --only LIST        of large, flood, start (all three)
  --peers LIST       of these peers only, e.g. capinfos,tcptrace
  --synfin PATH      the main.js to time (dist/cli/main.js)
  --against PATH     another build of synfin, as one more peer
  --timeout S        give up on a program after so long (300)
  --write-readme     put the result into bench/README.md
`;
const list = (text) => text.split(',').filter(Boolean);
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    'slow-rounds': { type: 'string', default: '1' },
    'start-rounds': { type: 'string', default: '20' },
    cores: { type: 'string', default: [...new Set([1, availableParallelism()])].join(',') },
    only: { type: 'string', default: 'large,flood,start' },
    peers: { type: 'string' },
    synfin: { type: 'string', default: fileURLToPath(new URL('../dist/cli/main.js', import.meta.url)) },
    against: { type: 'string' },
    timeout: { type: 'string', default: '300' },
    'write-readme': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
if (!existsSync(options.synfin)) {
  console.log(`${options.synfin} is missing: npm run build`);
  process.exit(0);
}

const synfin = (main, file, ...more) => [process.execPath, main, 'analyze', file, '--width', '80', ...more];
/** The part of a capture, next to it. */
const partOf = (file) => `${file}.part`;
function madePart(file) {
  const [program, ...argv] = synfin(options.synfin, file, '--partial', partOf(file));
  if (!existsSync(partOf(file))) spawnSync(program, argv, { stdio: 'ignore' });
  return partOf(file);
}
const loop = fileURLToPath(new URL('./lib/pcap-parser-loop.mjs', import.meta.url));
const bareLoop = fileURLToPath(new URL('./lib/bare-loop.mjs', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

/** The README says what each one does. `get`: how to install it on Debian. */
const PEERS = [
  { name: 'cat', command: (file) => ['cat', file], get: 'apt install coreutils' },
  { name: 'capinfos', command: (file) => ['capinfos', '-c', file], get: 'apt install wireshark-common' },
  { name: 'tcpdump', command: (file) => ['tcpdump', '-n', '-r', file], get: 'apt install tcpdump' },
  {
    name: 'pcap-parser',
    command: (file) => [process.execPath, loop, file],
    found: () => existsSync(`${root}/node_modules/pcap-parser`),
    get: 'npm ci',
  },
  {
    name: 'bare loop',
    command: (file) => [process.execPath, bareLoop, file],
    found: () => true,
    grows: false, // its table has room for the large file only
  },
  { name: 'tcptrace', command: (file) => ['tcptrace', '-n', file], get: 'apt install tcptrace' },
  {
    name: 'tshark',
    command: (file) => ['tshark', '-n', '-q', '-z', 'conv,tcp', '-r', file],
    get: 'apt install tshark',
  },
];
const wanted = PEERS.filter((peer) => !options.peers || list(options.peers).includes(peer.name));
const here = wanted.filter((peer) => (peer.found ? peer.found() : installed(peer.name)));
const missing = wanted.filter((peer) => !here.includes(peer));

const programs = [
  { name: 'synfin', command: (file) => synfin(options.synfin, file) },
  { name: 'synfin --format json', command: (file) => synfin(options.synfin, file, '--format', 'json') },
  { name: 'synfin --format ndjson', command: (file) => synfin(options.synfin, file, '--format', 'ndjson') },
  { name: 'synfin --partial', command: (file) => synfin(options.synfin, file, '--partial', partOf(file)) },
  { name: 'synfin merge', command: (file) => [process.execPath, options.synfin, 'merge', madePart(file)] },
  ...(options.against
    ? [{ name: 'synfin, the other build', command: (file) => synfin(options.against, file) }]
    : []),
  ...here,
];

const slowRounds = Number(options['slow-rounds']);
const note = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

/** Every program once a round, each round beginning with another one, so that none always follows the same program. */
async function rounds(contenders, count, settings) {
  const results = contenders.map(({ name }) => ({ name, runs: [] }));
  for (let round = 0; round < count; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const at = (round + i) % contenders.length;
      const { name, line } = contenders[at];
      const result = results[at];
      const slow = result.runs.some((run) => run.seconds > 10);
      if (result.failed || (slow && result.runs.length >= slowRounds)) continue;
      note(`round ${round + 1} of ${count}: ${name}`);
      const run = await measure(line, settings);
      if (run.failed) result.failed = run.failed;
      else result.runs.push(run);
    }
  }
  note('');
  for (const result of results) {
    const seconds = result.runs.map((run) => run.seconds);
    result.median = median(seconds);
    result.min = Math.min(...seconds);
    result.max = Math.max(...seconds);
    result.cpu = median(result.runs.map((run) => run.cpu));
    result.peak = Math.max(...result.runs.map((run) => run.peak));
  }
  return results;
}

function against(first, result) {
  if (result === first) return '';
  const ratio = first.median / result.median;
  return ratio >= 1 ? `${ratio.toFixed(2)}x as long` : `${(1 / ratio).toFixed(2)}x faster`;
}

function resultTable(results, packets) {
  const headers = [
    'program',
    'runs',
    'median',
    'min',
    'max',
    'packets/s',
    'processor',
    'memory',
    'synfin beside it',
  ];
  const rows = results.map((result) => {
    const { name, runs, failed } = result;
    if (failed) return [name, runs.length, failed, '', '', '', '', '', ''];
    return [
      name,
      runs.length,
      inSeconds(result.median),
      inSeconds(result.min),
      inSeconds(result.max),
      inMillions(packets / result.median),
      Number.isFinite(result.cpu) ? inSeconds(result.cpu) : '',
      inMegabytes(result.peak),
      against(results[0], result),
    ];
  });
  return table(headers, rows);
}

function startTable(results) {
  const rows = results.map((result) => {
    if (result.failed) return [result.name, result.runs.length, result.failed, '', '', ''];
    const times = [result.median, result.min, result.max].map(inSeconds);
    return [result.name, result.runs.length, ...times, against(results[0], result)];
  });
  return table(['program', 'runs', 'median', 'min', 'max', 'synfin beside it'], rows);
}

/** A bar: the ratio of two medians, and next to it the ratio of the minima (less affected by other work on the machine). */
function bar(text, results, above, below, isMet, show) {
  const [a, b] = [above, below].map((name) => results.find((result) => result.name === name));
  if (!a || !b || a.failed || b.failed) return [text, 'not measured', '', ''];
  const ratio = a.median / b.median;
  return [text, show(ratio), show(a.min / b.min), isMet(ratio) ? 'met' : '**not met**'];
}
const times = (ratio) => `${ratio.toFixed(2)}x`;
const atMost = (limit) => (ratio) => ratio <= limit;
const atLeast = (limit) => (ratio) => ratio >= limit;

const out = [];
const say = (text) => {
  out.push(text);
  console.log(text);
};

function machine() {
  const version = (command, ...flags) => {
    const { stdout, stderr } = spawnSync(command, flags, { encoding: 'utf8' });
    return /(\d+\.\d[\d.]*)/.exec(`${stdout}${stderr}`.replace(/^Running as.*$/m, ''))?.[1];
  };
  const flag = { tcptrace: '-v' };
  const versions = here
    .filter((peer) => !peer.found)
    .map(({ name }) => `${name} ${version(name, flag[name] ?? '--version') ?? '?'}`);
  if (here.some((peer) => peer.name === 'pcap-parser')) {
    const { version: own } = JSON.parse(
      readFileSync(`${root}/node_modules/pcap-parser/package.json`, 'utf8'),
    );
    versions.push(`pcap-parser ${own}`);
  }
  const load = loadavg()[0];
  say(
    `${new Date().toISOString().slice(0, 10)}; ${cpus()[0].model.trim()}, ${availableParallelism()} cores, ` +
      `${Math.round(totalmem() / 1e9)} GB; Node ${process.versions.node}, ${versions.join(', ')}; ` +
      `memory from ${memoryFrom}; load average at the start ${load.toFixed(2)}` +
      `${load > 0.5 ? ' (**the machine was doing something else**)' : ''}.`,
  );
  for (const { name, get } of missing) say(`\n${name} is missing: ${get}`);
}

async function timed(title, kind, contenders, cores) {
  const { path, packets, bytes } = capture(kind);
  await measure(['cat', path]); // from here on it is in the page cache
  const results = await rounds(
    contenders.map((program) => ({ ...program, line: program.command(path) })),
    Number(options.rounds),
    { cores, timeout: Number(options.timeout) },
  );
  const size = `${packets.toLocaleString('en')} packets, ${(bytes / 1e9).toFixed(2)} GB`;
  say(
    `\n### ${title}: ${relative(root, path)}, ${size}, ${coresText(cores)}\n\n${resultTable(results, packets)}`,
  );
  return results;
}

const coresText = (cores) => (cores === 1 ? 'one core' : `${cores} cores`);

machine();
const only = list(options.only);
const passes = list(options.cores).map(Number);
const bars = [];
for (const cores of passes) {
  const suffix = `, ${coresText(cores)}`;
  if (only.includes('large')) {
    // Slow programs run in the first pass only: tshark uses one core anyway.
    const contenders = programs.filter(({ name }) => cores === passes[0] || name !== 'tshark');
    const results = await timed('Large', 'large', contenders, cores);
    const add = (...words) => bars.push(bar(...words));
    if (cores === 1 || passes.length === 1) {
      add(`at most 2x the time of capinfos${suffix}`, results, 'synfin', 'capinfos', atMost(2), times);
      add(`at least 3.5x faster than tcptrace${suffix}`, results, 'tcptrace', 'synfin', atLeast(3.5), times);
      add(`at least 20x faster than tshark${suffix}`, results, 'tshark', 'synfin', atLeast(20), times);
    }
    if (cores > 1) add(`no slower than capinfos${suffix}`, results, 'synfin', 'capinfos', atMost(1), times);
    add(
      `JSON at most 1.5x the table${suffix}`,
      results,
      'synfin --format json',
      'synfin',
      atMost(1.5),
      times,
    );
  }
}
if (only.includes('flood')) {
  const contenders = programs.filter(
    ({ name, grows }) => !/json|partial|merge/.test(name) && grows !== false,
  );
  await timed('SYN flood', 'flood', contenders, passes.at(-1));
}
if (only.includes('start')) {
  const { path, packets } = capture('small');
  const names = ['synfin', 'synfin, the other build', 'capinfos', 'tcpdump', 'tcptrace', 'tshark'];
  const contenders = programs
    .filter(({ name }) => names.includes(name))
    .map(({ name, command }) => ({ name, line: command(path) }));
  contenders.splice(1, 0, { name: 'node -e 0', line: [process.execPath, '-e', '0'] });
  const cores = passes.at(-1);
  const results = await rounds(contenders, Number(options['start-rounds']), { cores, bare: true });
  say(
    `\n### Start: ${relative(root, path)}, ${packets} packets, ${coresText(cores)}\n\n${startTable(results)}`,
  );
  bars.push(bar('start at most 1.6x node -e 0', results, 'synfin', 'node -e 0', atMost(1.6), times));
  bars.push(bar('start at least 2x faster than tshark', results, 'tshark', 'synfin', atLeast(2), times));
}
say(`\n### The bars\n\n${table(['bar', 'of medians', 'of minima', ''], bars)}`);

const after = loadavg()[0];
const busy = after > availableParallelism();
say(
  `\nLoad average at the end ${after.toFixed(2)}${busy ? ': **others used the machine; trust the minima only**' : ''}.`,
);

if (options['write-readme']) writeResults('run.mjs', out);
