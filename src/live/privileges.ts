/**
 * Giving up root for the user who called sudo, and all capabilities.
 *
 * Order matters: groups, then group, then user, since each step needs the rights that the last one takes away.
 */
import type { CapturingNote } from '../error-kinds/capturing.js';
import { UserError } from '../errors.js';
import { hasCapabilities, loadRightsCalls } from './capabilities.js';
import type { LiveOptions } from './control.js';

export interface Identity {
  uid: number;
  gid: number;
}

/** An id as sudo writes it: decimal, not root, no larger than the kernel's largest. */
function parseId(text: string | undefined): number | null {
  if (text === undefined || !/^[1-9][0-9]{0,9}$/.test(text)) return null;
  const id = Number(text);
  return id < 0xffffffff ? id : null;
}

/** Who called sudo; null where this process is not root or was not started by sudo. */
export function callerOfSudo(environment: NodeJS.ProcessEnv = process.env): Identity | null {
  if (process.geteuid?.() !== 0) return null;
  const uid = parseId(environment.SUDO_UID);
  const gid = parseId(environment.SUDO_GID);
  return uid === null || gid === null ? null : { uid, gid };
}

/**
 * Becomes the user who called sudo, for good. Only from the main thread.
 *
 * @returns who that is; null where there was nothing to give up.
 * @throws UserError where root could not be given up: going on would be worse than ending.
 */
export function dropPrivileges(environment: NodeJS.ProcessEnv = process.env): Identity | null {
  const caller = callerOfSudo(environment);
  if (caller === null) return null;
  const { uid, gid } = caller;
  try {
    try {
      // Missing from Node's types.
      (process as NodeJS.Process & { initgroups?(user: number, group: number): void }).initgroups?.(uid, gid);
    } catch {
      // A user without an entry in the user database has no further groups.
      process.setgroups?.([gid]);
    }
    process.setgid?.(gid);
    process.setuid?.(uid);
  } catch (error) {
    throw new UserError({ kind: 'root-not-given-up', uid }, null, { cause: error });
  }
  if (!isExactly(caller)) throw new UserError({ kind: 'root-not-given-up', uid });
  return caller;
}

/**
 * For the helper, once the interface is open: it needs no right any more.
 *
 * @param become false where this process cannot become the caller of sudo: then root only loses its capabilities.
 * @returns the user that root became; null where it did not.
 */
export async function giveUpRights(
  { dropPrivileges: wanted }: Pick<LiveOptions, 'dropPrivileges'>,
  notes: CapturingNote[],
  become = true,
): Promise<Identity | null> {
  if (!wanted) return null;
  // loaded as root: the user may not be able to read it
  const calls = await loadRightsCalls();
  const caller = become ? dropPrivileges() : null;
  const given = calls?.forbidNewRights() === true && calls.dropCapabilities();
  if (!given && hasCapabilities()) notes.push({ kind: 'capabilities-kept' });
  return caller;
}

/** For the helper, before it starts a program: where it is root, that program may gain no right that root has not. */
export async function forbidNewRightsToPrograms({
  dropPrivileges: wanted,
}: Pick<LiveOptions, 'dropPrivileges'>): Promise<void> {
  // for other users the capabilities of the program's file may give the right to capture
  if (wanted && process.geteuid?.() === 0) (await loadRightsCalls())?.forbidNewRights();
}

/**
 * For the main process: becomes the user who called sudo, and, where an ordinary user was given capabilities, by the file
 * of Node.js or by what started it, gives them up.
 */
export async function giveUpOwnRights(environment: NodeJS.ProcessEnv): Promise<void> {
  dropPrivileges(environment);
  // root without sudo stays root: it may write where others may not
  if (process.geteuid?.() === 0 || !hasCapabilities()) return;
  const calls = await loadRightsCalls();
  calls?.forbidNewRights();
  calls?.dropCapabilities();
}

/** The user without rights that Linux has everywhere; elsewhere its name. */
const NOBODY = process.platform === 'linux' ? 65_534 : 'nobody';

/**
 * For root without a caller of sudo: becomes the user nobody, for good. Files that are needed must be open.
 *
 * @throws UserError where root could not be given up.
 */
export function becomeNobody(): void {
  if (process.geteuid?.() !== 0) return;
  try {
    process.setgroups?.([]);
    process.setgid?.(NOBODY);
    process.setuid?.(NOBODY);
  } catch (cause) {
    throw new UserError({ kind: 'root-not-nobody' }, null, { cause });
  }
  if (process.geteuid?.() === 0) throw new UserError({ kind: 'root-not-given-up', uid: null });
}

function isExactly({ uid, gid }: Identity): boolean {
  if (process.getuid?.() !== uid || process.geteuid?.() !== uid) return false;
  if (process.getgid?.() !== gid || process.getegid?.() !== gid) return false;
  try {
    process.setuid?.(0);
    return false;
  } catch {
    return true;
  }
}
