/**
 * Programs of the system (tcpdump, dumpcap, setpriv, id): where they are looked for, and with which environment they and the
 * capture helper are started. Root takes neither of these from its caller.
 */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StartFailure } from './control.js';

const WIRESHARK =
  process.platform === 'win32'
    ? 'C:\\Program Files\\Wireshark'
    : '/Applications/Wireshark.app/Contents/MacOS';

/** Beyond PATH: where systems keep what an ordinary user's PATH leaves out. */
const FURTHER_FOLDERS =
  process.platform === 'win32'
    ? [WIRESHARK]
    : ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/bin', WIRESHARK];

/** For root, in place of PATH: the system's own, and those next to it that only root can write to. */
const ROOT_FOLDERS = [
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  WIRESHARK,
];

const SHARED_WRITE = 0o022;

const isRoot = (): boolean => process.geteuid?.() === 0;

/** Folders in which programs are looked for. */
export function programFolders(environment: NodeJS.ProcessEnv = process.env): string[] {
  if (isRoot()) return ROOT_FOLDERS.filter(belongsToRoot);
  return [...(environment.PATH ?? '').split(delimiter).filter(Boolean), ...FURTHER_FOLDERS];
}

/**
 * Path of a program.
 *
 * @throws StartFailure `unavailable` where it is not installed, `not-permitted` where this user may not run it.
 */
export function findProgram(name: string): string {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const found = programFolders()
    .map((folder) => join(folder, file))
    .filter((path) => existsSync(path) && (!isRoot() || belongsToRoot(path)));
  const usable = found.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (usable !== undefined) return usable;
  if (found[0] === undefined) throw new StartFailure('unavailable', { kind: 'program-missing', name });
  const why = { kind: 'program-forbidden', path: found[0] } as const;
  throw new StartFailure(isRoot() ? 'unavailable' : 'not-permitted', why);
}

/** The same, null where it cannot be run. */
export function findOptionalProgram(name: string): string | null {
  try {
    return findProgram(name);
  } catch {
    return null;
  }
}

/** Nobody else can change it: a file, or which files are in a folder. */
function belongsToRoot(path: string): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts !== undefined && facts.uid === 0 && (facts.mode & SHARED_WRITE) === 0;
}

/** Variables that make a loader, or Node.js, run somebody else's code or use their settings. */
const OF_LOADERS = /^(NODE_|LD_|DYLD_|OPENSSL_|SSL_CERT_|GLIBC_|GCONV_PATH$|LOCPATH$|BASH_ENV$|ENV$)/;

/**
 * The environment for a process that is started. Root for somebody else (sudo) drops their PATH and the variables that
 * load code: `sudo -E` and `env_keep` let these through.
 */
export function childEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (!isRoot() || environment.SUDO_UID === undefined) return environment;
  const kept = Object.entries(environment).filter(([name]) => !OF_LOADERS.test(name));
  return { ...Object.fromEntries(kept), PATH: programFolders(environment).join(delimiter) };
}
