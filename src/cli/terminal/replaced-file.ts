/**
 * A file that is there whole or not at all: what is written goes to another name in its folder, which takes its place
 * when all is written. A failure, or the end of the process before that, leaves the file that was there, or none.
 */

import { chmodSync, chownSync, type PathLike, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { factsOf } from '../../files/facts.js';

/** Names that still have to be taken away where the process ends before they are files. */
const unfinished = new Set<PathLike>();

export interface ReplacedFile {
  /** Where to write. */
  readonly path: string;
  /** All is written: the file takes its place. Throws the system's error. */
  keep(): void;
  /** Takes away what was written. */
  drop(): void;
}

/** What is no ordinary file (a pipe, /dev/null), and what is to be read while it grows, is written where it is. */
export function replacedFile(path: string, growing: boolean): ReplacedFile {
  const facts = factsOf(path);
  if (growing || (facts !== null && !facts.isFile())) return { path, keep() {}, drop() {} };
  // of a symbolic link the file that it leads to
  const target = facts === null ? path : realpathSync(path);
  const written = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  if (unfinished.size === 0) process.once('exit', removeUnfinished);
  unfinished.add(written);
  return {
    path: written,
    keep() {
      if (facts !== null) likeBefore(written, facts);
      renameSync(written, target);
      unfinished.delete(written);
    },
    drop() {
      rmSync(written, { force: true });
      unfinished.delete(written);
    },
  };
}

/** The owner and mode of the file whose place it takes, as far as the caller may set them. */
function likeBefore(written: string, { mode, uid, gid }: { mode: number; uid: number; gid: number }): void {
  try {
    chmodSync(written, mode & 0o7777);
    if (process.geteuid?.() === 0) chownSync(written, uid, gid);
  } catch {
    // the content matters more
  }
}

function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}
