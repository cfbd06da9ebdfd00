/** Runs of a target: each from its number alone, so that one that fails can be run again. */
import type { Corpus } from './corpus.js';
import { generator, seedOf } from './random.js';
import { type Input, TARGETS, type TargetName } from './target.js';
import { targets } from './targets/index.js';

export interface Failure {
  target: TargetName;
  seed: number;
  run: number;
  input: Input;
  error: Error;
}

export interface Tally {
  runs: number;
  executions: number;
}

export interface FuzzOptions {
  seed: number;
  from?: number;
  /** Asked before each run; the number of runs so far. */
  more(runs: number): boolean;
  folder: string;
  /** Called before each run. */
  begins?(run: number): void;
}

export function inputOf(target: TargetName, corpus: Corpus, seed: number, run: number): Input {
  const random = generator(seedOf(seed, run));
  return { ...targets[target].make(corpus, random), choices: random.below(2 ** 31) };
}

/** Null where all checks passed. */
export async function fuzz(
  target: TargetName,
  corpus: Corpus,
  { seed, from = 0, more, folder, begins }: FuzzOptions,
  tally: Tally,
): Promise<Failure | null> {
  for (let run = from; more(tally.runs); run++) {
    begins?.(run);
    const input = inputOf(target, corpus, seed, run);
    try {
      tally.executions += await targets[target].check(input, folder);
    } catch (error) {
      return { target, seed, run, input, error: error instanceof Error ? error : new Error(String(error)) };
    }
    tally.runs++;
  }
  return null;
}

/** An input as text, for a file: includes how it was made, for the reader. */
export function savedText({ target, seed, run, input, error }: Failure): string {
  const { argv, choices, files } = input;
  const [found = ''] = error.message.split('\n');
  const saved = {
    found,
    target,
    seed,
    run,
    choices,
    argv,
    files: files.map((bytes) => bytes.toString('base64')),
  };
  return `${JSON.stringify(saved, null, 2)}\n`;
}

/** Checks what savedText kept. */
export async function replay(text: string, folder: string): Promise<void> {
  const { target, choices, argv, files } = JSON.parse(text);
  const name = TARGETS.find((each) => each === target);
  if (name === undefined) throw new Error(`no target ${target}`);
  const bytes = files.map((content: string) => Buffer.from(content, 'base64'));
  await targets[name].check({ files: bytes, argv, choices }, folder);
}
