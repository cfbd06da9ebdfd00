/**
 * A file that is there whole or not at all: data is written under another name in the same folder, which is renamed
 * when all is written. After a failure, or if the process ends before that, the old file is still there, if there was one.
 */

import { accessSync, chmodSync, chownSync, constants, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { factsOf } from '../../files/facts.js';

/** Temporary files to remove if the process ends before they are renamed. */
const unfinished = new Set<string>();
let watchesExit = false;
/** Longest name that file systems allow, in bytes. */
const LONGEST_NAME = 255;

export interface ReplacedFile {
  /** Where to write, and how to open it: another name must be a new one, not somebody's link to elsewhere. */
  readonly path: string;
  readonly flags: 'w' | 'wx';
  /** All is written: the file takes its place. Throws the system's error. */
  keep(): void;
  /** Removes what was written. */
  drop(): void;
}

/**
 * Written in place: what is not a regular file (a pipe, /dev/null), a file that is read while it grows, and a file in a
 * folder without write permission.
 */
export function replacedFile(path: string, growing: boolean): ReplacedFile {
  const facts = factsOf(path);
  // for a symbolic link, the file that it leads to
  const target = facts === null ? path : realpathSync(path);
  const folder = dirname(target);
  if (growing || (facts !== null && !(facts.isFile() && mayWrite(folder))))
    return { path, flags: 'w', keep() {}, drop() {} };
  // shortened, so that it fits where the file's own name does; one that is too long fails at once
  const own = basename(target);
  const name = Buffer.byteLength(own) > LONGEST_NAME ? own : own.slice(0, 50);
  const written = join(folder, `.${name}.${Math.random().toString(36).slice(2)}.tmp`);
  if (!watchesExit) watchExit();
  unfinished.add(written);
  return {
    path: written,
    flags: 'wx',
    keep() {
      if (facts !== null) likeBefore(written, facts);
      renameSync(written, target);
      unfinished.delete(written);
    },
    drop() {
      remove(written);
      unfinished.delete(written);
    },
  };
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The owner and mode of the replaced file, as far as the caller may set them. */
function likeBefore(written: string, { mode, uid, gid }: { mode: number; uid: number; gid: number }): void {
  try {
    chmodSync(written, mode & 0o7777);
    if (process.geteuid?.() === 0) chownSync(written, uid, gid);
  } catch {
    // the content matters more
  }
}

/** The terminal that goes (SIGHUP) ends the process at once; Ctrl-C and SIGTERM end it in order. */
function watchExit(): void {
  watchesExit = true;
  process.once('exit', removeUnfinished);
  process.once('SIGHUP', () => {
    removeUnfinished();
    process.kill(process.pid, 'SIGHUP');
  });
}

function removeUnfinished(): void {
  for (const path of unfinished) remove(path);
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // it could not be created either
  }
}
