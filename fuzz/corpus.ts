/** The sources of inputs: all captures of fixtures/ and captures/. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from '../src/cli/terminal/package-root.js';
import { mutated } from './mutate.js';
import { packed } from './pack.js';
import type { Random } from './random.js';

/** Larger ones are changed now and then, as they take longer. */
const SMALL = 4000;

export interface Corpus {
  all: readonly Buffer[];
  small: readonly Buffer[];
  /** Those that are compressed. */
  packed: readonly Buffer[];
  /** pcapng: few of the fixtures are. */
  pcapng: readonly Buffer[];
}

export function readCorpus(): Corpus {
  const { root } = installation();
  const paths = ['captures', 'fixtures'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => /\.(pcap|pcapng|gz|zst|lz4)$/.test(name))
      .sort(),
  );
  const all = paths.map((path) => readFileSync(join(root, path)));
  const ending = (pattern: RegExp): Buffer[] => all.filter((_, index) => pattern.test(paths[index] ?? ''));
  return {
    all,
    small: all.filter(({ length }) => length < SMALL),
    packed: ending(/\.(gz|zst|lz4)$/),
    pcapng: ending(/\.pcapng$/),
  };
}

export function someCapture(corpus: Corpus, random: Random): Buffer {
  if (random.once(16)) return random.pick(corpus.packed);
  if (random.once(4)) return random.pick(corpus.pcapng);
  return random.pick(random.once(16) ? corpus.all : corpus.small);
}

/** A capture that was changed, compressed now and then, and changed once more. */
export function someInput(corpus: Corpus, random: Random): Buffer {
  const another = (): Buffer => someCapture(corpus, random);
  const changed = mutated(another(), random, another);
  if (!random.once(6)) return changed;
  const small = packed(changed, random);
  return random.once(2) ? small : mutated(small, random, another);
}
