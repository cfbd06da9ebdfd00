/**
 * Giving up Linux's capabilities, and the way to new ones, for good: capabilities(7), capset(2), PR_SET_NO_NEW_PRIVS in
 * prctl(2). Called through koffi; where that is missing they are kept, and a message says so.
 *
 * Linux keeps both for each thread and lets no thread change another's: they are given up by the one that runs this
 * program, and by threads and processes that it starts later.
 */
import { readFileSync } from 'node:fs';
import { loadKoffi } from './koffi.js';

const CAPABILITY_VERSION_3 = 0x20080522;
const PR_SET_NO_NEW_PRIVS = 38;

export interface RightsCalls {
  /** Programs that are started from now on get no more rights than this process has, whatever their files say. */
  forbidNewRights(): boolean;
  /** Empties the permitted, effective, inheritable and ambient sets. */
  dropCapabilities(): boolean;
}

/** Null where they cannot be called: another system, or koffi cannot be loaded. */
export async function loadRightsCalls(): Promise<RightsCalls | null> {
  if (process.platform !== 'linux') return null;
  try {
    const c = (await loadKoffi()).load(null);
    type Control = (option: number, ...values: [number, number, number, number]) => number;
    const prctl: Control = c.func(
      'int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)',
    );
    const capset: (header: Uint8Array, data: Uint8Array) => number = c.func(
      'int capset(void *header, void *data)',
    );
    return {
      forbidNewRights: () => prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) === 0,
      // the ambient set is part of the inheritable one
      dropCapabilities: () =>
        capset(new Uint8Array(new Uint32Array([CAPABILITY_VERSION_3, 0]).buffer), new Uint8Array(24)) === 0,
    };
  } catch {
    return null;
  }
}

/** Whether this process has any capability, as root has and as a file or its starter may have given it. */
export function hasCapabilities(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const permitted = /^CapPrm:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    return permitted !== undefined && /[^0]/.test(permitted);
  } catch {
    return false;
  }
}
