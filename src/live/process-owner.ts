/**
 * Which process owns a socket of a connection: Linux, as far as this user may read /proc.
 *
 * Root sees every process, another user only their own. A socket in TIME-WAIT belongs to no process any more.
 */
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { FourTuple, SocketTable } from './kernel-state.js';

export interface ProcessOwner {
  pid: number;
  /** As the kernel keeps it: at most 15 bytes, chosen by the process itself. Escape it before printing. */
  name: string;
}

/**
 * Looks for the owners of several ends in one pass over all processes, which costs about as much as one.
 *
 * @returns for each tuple, in order, the first process found with that socket, or null. Never rejects.
 */
export async function findOwners(tuples: FourTuple[], table: SocketTable): Promise<(ProcessOwner | null)[]> {
  const inodes = tuples.map((tuple) => table.find(tuple)?.inode ?? 0);
  const wanted = new Set(inodes.filter((inode) => inode !== 0));
  if (wanted.size === 0) return tuples.map(() => null);
  const owners = new Map<number, ProcessOwner>();
  for (const pid of (await list('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const inode of await socketsOf(pid)) {
      if (!wanted.has(inode) || owners.has(inode)) continue;
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      owners.set(inode, { pid: Number(pid), name: name.trimEnd() });
    }
    if (owners.size === wanted.size) break;
  }
  return inodes.map((inode) => owners.get(inode) ?? null);
}

async function socketsOf(pid: string): Promise<number[]> {
  const links = (await list(`/proc/${pid}/fd`)).map((fd) =>
    readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''),
  );
  return (await Promise.all(links)).flatMap((link) => {
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
    return inode === undefined ? [] : [Number(inode)];
  });
}

/** Processes come and go, and some may not be inspected: what cannot be listed is empty. */
function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
