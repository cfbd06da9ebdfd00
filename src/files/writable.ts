/** Files that are written: what is wrong with one, in words. */
import { accessSync, constants } from 'node:fs';
import { dirname, sep } from 'node:path';
import { errorCode, UserError } from '../errors.js';
import { factsOf } from './facts.js';

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ENAMETOOLONG: 'its name is too long',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it is larger than files may be here',
};

/** Why opening `path` or writing to it failed. */
export function cannotWrite(path: string, error: unknown): UserError {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return noFolder(path, error);
  return problem(path, REASONS[code] ?? (code || String(error)), error);
}

/**
 * Before anything is read or captured for it: rights are not asked for, as a capture gives up its own before it opens a file.
 *
 * @throws UserError where `path` cannot become a file.
 */
export function checkWritable(path: string): void {
  if (path === '') throw new UserError('the name of the file to write is empty');
  const facts = factsOf(path);
  if (facts?.isDirectory() === true || path.endsWith('/') || path.endsWith(sep))
    throw cannotWrite(path, { code: 'EISDIR' });
  if (facts !== null) return;
  const folder = dirname(path);
  if (factsOf(folder)?.isDirectory() !== true) throw noFolder(path, null);
}

/** For a new file that is opened only once everything is read. @throws UserError where its folder takes none. */
export function checkRights(path: string): void {
  if (factsOf(path) !== null) return;
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function noFolder(path: string, cause: unknown): UserError {
  const folder = dirname(path);
  const above = firstThere(folder);
  if (above !== null && factsOf(above)?.isDirectory() === false)
    return problem(path, `${above} is a file, not a folder`, cause);
  // the folder may be there, and `path` a symbolic link into one that is not
  if (above === folder) return problem(path, 'it is a link into a folder that does not exist', cause);
  return problem(
    path,
    `its folder ${folder} does not exist; create it first (mkdir -p), or name another`,
    cause,
  );
}

/** The folder, or the nearest above it that is there; null where none is. */
function firstThere(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (factsOf(at) !== null) return at;
    if (at === dirname(at)) return null;
  }
}

function problem(path: string, reason: string, cause: unknown): UserError {
  return new UserError(`${path}: cannot be written: ${reason}`, null, { cause });
}
