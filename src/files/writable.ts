/** Files that are written: what is wrong with one, in words. */
import { accessSync, constants } from 'node:fs';
import { dirname, sep } from 'node:path';
import { type ErrorValues, errorCode, UserError } from '../errors.js';
import { factsOf } from './facts.js';

const REASONS: Readonly<Record<string, ErrorValues>> = {
  EISDIR: { kind: 'is-folder' },
  EACCES: { kind: 'no-write-permission' },
  EPERM: { kind: 'no-write-permission' },
  ENAMETOOLONG: { kind: 'name-too-long' },
  EROFS: { kind: 'read-only' },
  ENOSPC: { kind: 'no-space-on-device' },
  EDQUOT: { kind: 'quota-used-up' },
  EFBIG: { kind: 'file-too-large' },
};

/** Why opening `path` or writing to it failed. */
export function cannotWrite(path: string, error: unknown): UserError {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return noFolder(path, error);
  return problem(path, REASONS[code] ?? { kind: 'words', text: code || String(error) }, error);
}

/**
 * Before anything is read or captured for it: rights are not asked for, as a capture gives up its own before it opens a file.
 *
 * @throws UserError where `path` cannot become a file.
 */
export function checkWritable(path: string): void {
  if (path === '') throw new UserError({ kind: 'no-name-to-write' });
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
    return problem(path, { kind: 'file-above', above }, cause);
  // the folder may be there, and `path` a symbolic link into one that is not
  if (above === folder) return problem(path, { kind: 'link-into-no-folder' }, cause);
  return problem(path, { kind: 'no-folder', folder }, cause);
}

/** The folder, or the nearest above it that is there; null where none is. */
function firstThere(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (factsOf(at) !== null) return at;
    if (at === dirname(at)) return null;
  }
}

function problem(path: string, why: ErrorValues, cause: unknown): UserError {
  const values: ErrorValues = { kind: 'of-file', path, why: { kind: 'not-written', why } };
  return new UserError(values, null, { cause });
}
