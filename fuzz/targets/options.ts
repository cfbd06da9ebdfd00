/** Arguments of any kind: a command ends with an exit code of its own, and leaves no unfinished file. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { someCapture, someInput } from '../corpus.js';
import { csvRows, expectText, objectsOf, run, written } from '../program.js';
import type { Random } from '../random.js';
import { expectThat, type Target } from '../target.js';

/** Values that no option expects, or each expects somewhere. */
const VALUES = [
  ['', '-', '--', '0', '1', '-1', '1e3', '0x10', 'NaN', '99999999999999999999', 'json', 'csv', 'ü', ' '],
  ['\u001b[31m', '\u202etxt', '\u200b', 'a\nb', '\u009b', 'x'.repeat(500), '../..', '/', '%s'],
].flat();
/** Values for each option; a word that begins with @ is a file in the folder of the run. */
const OPTIONS: Readonly<Record<string, readonly string[] | null>> = {
  '--format': ['table', 'ladder', 'json', 'ndjson', 'csv', 'parquet'],
  '--output': ['@out', '@out.csv', '@capture', '@none/out'],
  '--connection': ['0', '1', '7'],
  '--packets': null,
  '--table': ['connections', 'findings', 'segments', 'udp_flows'],
  '--sort': ['end', 'start'],
  '--absolute-seq': null,
  '--limit': ['1', '2', '40'],
  '--max-connections': ['1', '2', '5', '1000'],
  '--width': ['1', '2', '20', '79', '500'],
  '--ascii': null,
  '--color': ['auto', 'always', 'never'],
  '--write': ['@saved.pcap', '@saved.pcapng', '@capture'],
  '--partial': ['@a.part', '@capture'],
  '--part': ['1', '7'],
  '--verbose': null,
  '--help': null,
  '--bogus': null,
};
/** Options whose value is a file to write. */
const FILES = ['--output', '--write', '--partial'];
const COMMANDS = ['analyze', 'merge', 'formats', 'help', 'analyse'];

export const options: Target = {
  make(corpus, random) {
    const bytes = random.once(2) ? someCapture(corpus, random) : someInput(corpus, random);
    return { files: [bytes], argv: someArguments(random) };
  },
  async check({ files: [bytes = Buffer.alloc(0)], argv }, folder) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    written(folder, 'capture', bytes);
    const placed = argv.map((word) => word.replace(/(^|=)@/, (_, before) => `${before}${folder}/`));
    const { code, stdout } = await run(placed, true);
    // the first of two is not always the one that counts
    const format = /^\{"schema"/.test(stdout) ? 'json' : /^\{"type"/.test(stdout) ? 'ndjson' : null;
    if (format !== null) objectsOf(format, stdout);
    else if (/^index,client/.test(stdout)) csvRows(stdout);
    else if (!stdout.startsWith('PAR1') && stdout !== '') expectText(stdout, placed.join(' '), true);
    const left = readdirSync(folder).filter((name) => /^\.|\.tmp|~$/.test(name));
    expectThat(left.length === 0, () => `exit code ${code} leaves ${left.join(', ')}`);
    return 1;
  },
};

function someArguments(random: Random): string[] {
  const argv: string[] = random.once(4) ? [] : [random.once(4) ? random.pick(COMMANDS) : 'analyze'];
  const files = random.once(8) ? 1 + random.below(2) : 1;
  for (let left = files; left > 0; left--)
    argv.push(random.once(10) ? random.pick(['@none', '@', ...VALUES.filter(isSafe)]) : '@capture');
  for (let left = random.below(6); left > 0; left--)
    argv.splice(random.below(argv.length + 1), 0, ...someOption(random));
  return argv;
}

function someOption(random: Random): string[] {
  const name = random.pick(Object.keys(OPTIONS));
  const values = OPTIONS[name] ?? null;
  if (FILES.includes(name)) {
    // in one word: what else comes in between would be taken for the name of a file to write
    const odd = VALUES.filter((value) => value !== '' && isSafe(value)).map((value) => `@${value}`);
    return [`${name}=${random.pick(random.once(6) ? odd : (values ?? odd))}`];
  }
  if (values === null || random.once(12)) return [name];
  // behind an option that takes none, it is the name of a file
  const value = random.pick(random.once(6) ? VALUES.filter(isSafe) : values);
  return random.once(6) ? [`${name}=${value}`] : [name, value];
}

/** Standard input is left to another process, and files outside the folder must not be read. */
function isSafe(value: string): boolean {
  return value !== '-' && !value.includes('..') && value !== '/' && value !== ' ';
}
