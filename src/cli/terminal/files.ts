/** Files that a command writes: their errors, in words. */

import { fstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, UserError } from '../../errors.js';
import { factsOf } from '../../files/facts.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ENAMETOOLONG: 'its name is too long',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it is larger than files may be here',
};

export function cannotWrite(path: string, error: unknown): UserError {
  const code = errorCode(error);
  return new UserError(`${path}: cannot be written: ${REASONS[code] ?? (code || String(error))}`, null, {
    cause: error,
  });
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
      throw new UserError(`${path}: is being read, so that it cannot be written at the same time`);
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
