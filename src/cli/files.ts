/** Files that a command writes: what can go wrong with them, in words. */
import { statSync } from 'node:fs';
import { errorCode, UserError } from '../errors.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
};

export function cannotWrite(path: string, error: unknown): UserError {
  const code = errorCode(error);
  return new UserError(`${path}: cannot be written: ${REASONS[code] ?? (code || String(error))}`, null, {
    cause: error,
  });
}

/** Throws UserError where `path` is one of the files that are read: opening it for writing would empty it. */
export function refuseOverwriting(path: string, inputs: readonly string[]): void {
  const target = identity(path);
  if (target === null) return;
  for (const input of inputs) {
    if (input !== '-' && identity(input) === target) {
      throw new UserError(`${path}: is being read, so that it cannot be written at the same time`);
    }
  }
}

/** Device and inode, the same for every name of a file; null where there is none. */
function identity(path: string): string | null {
  const facts = statSync(path, { throwIfNoEntry: false, bigint: true });
  return facts?.isFile() === true ? `${facts.dev}:${facts.ino}` : null;
}
