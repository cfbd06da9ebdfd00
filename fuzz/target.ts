/** What a target of the fuzzer is: it makes inputs, and checks what becomes of them. */
import type { Corpus } from './corpus.js';
import type { Random } from './random.js';

export const TARGETS = ['readers', 'pipeline', 'parts', 'options', 'renderers'] as const;
export type TargetName = (typeof TARGETS)[number];

/** All that a check depends on, so that it can be kept in a file. */
export interface Input {
  files: Buffer[];
  argv: string[];
  /** What choices of the check begin with. */
  choices: number;
}

export interface Target {
  make(corpus: Corpus, random: Random): Omit<Input, 'choices'>;
  /** Resolves to how often the code was executed; rejects where a promise is broken. `folder`: for its files. */
  check(input: Input, folder: string): Promise<number>;
}

/** A promise that was not kept. */
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
