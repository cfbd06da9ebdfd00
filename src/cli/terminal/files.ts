/** Files that a command reads and writes. */

import { fstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../errors.js';
import { factsOf } from '../../files/facts.js';
import { checkWritable } from '../../files/writable.js';

/** Checks the options that name a file to write, before anything is read or captured. @throws UserError */
export function checkOutputs({
  output,
  write,
  partial,
}: {
  output?: string;
  write?: string;
  partial?: string;
}): void {
  for (const path of [output, write, partial]) if (path !== undefined && path !== '-') checkWritable(path);
}

/** Throws UserError where `path` is one of the files that are read: opening it for writing would empty it. */
export function refuseOverwriting(path: string, inputs: readonly string[]): void {
  const facts = factsOf(path);
  if (facts?.isFile() !== true) return;
  for (const input of inputs) {
    const read = input === '-' ? standardInput() : factsOf(input);
    // a folder stands for the captures in it
    const reads = read?.isDirectory() === true ? factsOf(dirname(path)) : facts;
    if (read !== null && reads !== null && isSame(read, reads)) {
      throw new UserError({ kind: 'of-file', path, why: { kind: 'being-read' } });
    }
  }
}

function standardInput(): Stats | null {
  try {
    return fstatSync(0);
  } catch {
    return null;
  }
}

/** Device and inode are the same for every name of a file. */
function isSame(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}
