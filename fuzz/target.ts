/** A target of the fuzzer: it makes inputs, and checks the results. */
import type { Corpus } from './corpus.js';
import type { Random } from './random.js';

export const TARGETS = ['readers', 'pipeline', 'parts', 'options', 'renderers'] as const;
export type TargetName = (typeof TARGETS)[number];

/** All that a check depends on, so that it can be kept in a file. */
export interface Input {
  files: Buffer[];
  argv: string[];
  /** The seed for choices of the check. */
  choices: number;
}

export interface Target {
  make(corpus: Corpus, random: Random): Omit<Input, 'choices'>;
  /** Resolves to how often the code was executed; rejects where a check fails. `folder`: for its files. */
  check(input: Input, folder: string): Promise<number>;
}

/** A failed check. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export function expectThat(condition: boolean, what: () => string): asserts condition {
  if (!condition) throw new Broken(what());
}

/** The first place where two texts differ, for messages. */
export function difference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 60);
  return `at ${at}:\n  ${JSON.stringify(a.slice(from, at + 80))}\n  ${JSON.stringify(b.slice(from, at + 80))}`;
}
