/** The fuzzer as a program; scripts/fuzz.mjs builds and starts it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus } from './corpus.js';
import { type Failure, fuzz, replay, savedText, type Tally } from './fuzz.js';
import { TARGETS } from './target.js';
import { watchdog } from './watchdog.js';

const USAGE = `node scripts/fuzz.mjs [options]
  --target NAME   ${TARGETS.join(', ')} (repeatable; default: all)
  --runs N        of each target (default: 1000)
  --seconds N     in place of --runs: for all targets together
  --seed N        what the choices begin with (default: 1)
  --from N        the first run (default: 0)
  --output DIR    where the input of a failure is written (default: here)
  --replay FILE   checks such an input again
  --keep-going    ten failures of each target in place of one`;

/** A run that takes longer than this, on a capture of some kilobytes, is a failure. */
const HANGS_MS = 20_000;
/** Of the process, at its peak. */
const MOST_MEGABYTES = 1500;
const MOST_FAILURES = 10;

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    runs: { type: 'string', default: '1000' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    output: { type: 'string', default: '.' },
    replay: { type: 'string' },
    'keep-going': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'synfin-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
if (values.help) process.stdout.write(`${USAGE}\n`);
else if (values.replay !== undefined) {
  await replay(readFileSync(values.replay, 'utf8'), folder);
  process.stdout.write(`fuzz: ${values.replay}: no failure\n`);
} else process.exitCode = (await fuzzAll()) ? 1 : 0;

/** Whether anything failed. */
async function fuzzAll(): Promise<boolean> {
  const wanted = values.target ?? TARGETS;
  const chosen = TARGETS.filter((name) => wanted.includes(name));
  if (chosen.length < wanted.length) throw new Error(`targets are ${TARGETS.join(', ')}`);
  const seed = Number(values.seed);
  const corpus = readCorpus();
  const started = performance.now();
  const summary: string[] = [];
  let failed = false;
  const dog = watchdog(HANGS_MS);
  for (const [index, target] of chosen.entries()) {
    const seconds = values.seconds === undefined ? null : Number(values.seconds);
    const until = seconds === null ? null : started + (seconds * 1000 * (index + 1)) / chosen.length;
    const more = (runs: number): boolean =>
      until === null ? runs < Number(values.runs) : performance.now() < until;
    const tally: Tally = { runs: 0, executions: 0 };
    let from = Number(values.from);
    for (let left = values['keep-going'] ? MOST_FAILURES : 1; left > 0; left--) {
      const begins = (run: number): void => dog.begins(target, seed, run);
      const failure = await fuzz(target, corpus, { seed, from, more, folder, begins }, tally);
      if (failure === null) break;
      failed = true;
      report(failure);
      from = failure.run + 1;
    }
    summary.push(`${target} ${tally.runs} inputs, ${tally.executions} executions`);
  }
  dog.end();
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  if (peak > MOST_MEGABYTES) {
    failed = true;
    process.stderr.write(`fuzz: ${peak} MB at the peak, at most ${MOST_MEGABYTES} expected\n`);
  }
  const took = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`fuzz: seed ${seed}: ${summary.join('; ')}; ${took} s, peak ${peak} MB\n`);
  return failed;
}

function report(failure: Failure): void {
  const { target, seed, run, error } = failure;
  const path = resolve(values.output, `fuzz-${target}-${seed}-${run}.json`);
  writeFileSync(path, savedText(failure));
  process.stderr.write(
    `fuzz: ${target} fails: --seed ${seed} --from ${run} --runs 1\n${error.stack}\ninput: ${path} (--replay)\n`,
  );
}
