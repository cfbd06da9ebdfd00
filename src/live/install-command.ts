/**
 * Commands that install what is missing, for the system that this is.
 *
 * Those for Debian were tried on Debian 12. The others come from the systems' package lists and say so.
 */
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Advice } from '../error-kinds/capturing.js';

export type System = 'debian' | 'fedora' | 'alpine' | 'macos' | 'windows' | 'other';
export type Missing = 'libpcap' | 'tcpdump' | 'dumpcap' | 'compiler';

const NAMES: Record<System, string> = {
  debian: 'Debian',
  fedora: 'Fedora',
  alpine: 'Alpine',
  macos: 'macOS',
  windows: 'Windows',
  other: '',
};

/** Install commands without sudo; null where the system brings it along or has no package of it. */
const INSTALL: Record<Missing, Record<Exclude<System, 'other'>, string | null>> = {
  libpcap: {
    debian: 'apt-get install libpcap0.8',
    fedora: 'dnf install libpcap',
    alpine: 'apk add libpcap',
    macos: null,
    windows: null,
  },
  tcpdump: {
    debian: 'apt-get install tcpdump',
    fedora: 'dnf install tcpdump',
    alpine: 'apk add tcpdump',
    macos: null,
    windows: null,
  },
  dumpcap: {
    debian: 'apt-get install wireshark-common',
    fedora: 'dnf install wireshark-cli',
    alpine: 'apk add wireshark-common',
    macos: 'brew install --cask wireshark',
    windows: 'winget install WiresharkFoundation.Wireshark',
  },
  compiler: {
    debian: 'apt-get install libpcap-dev make g++ python3',
    fedora: 'dnf install libpcap-devel make gcc-c++ python3',
    alpine: 'apk add libpcap-dev make g++ python3',
    macos: 'xcode-select --install',
    windows: null,
  },
};

/** Which family of systems this is, by /etc/os-release. */
export function thisSystem(): System {
  if (process.platform === 'darwin') return 'macos';
  if (process.platform === 'win32') return 'windows';
  if (process.platform !== 'linux') return 'other';
  try {
    const release = readFileSync('/etc/os-release', 'utf8');
    const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    if (ids.includes('debian') || ids.includes('ubuntu')) return 'debian';
    if (ids.includes('fedora') || ids.includes('rhel')) return 'fedora';
    if (ids.includes('alpine')) return 'alpine';
  } catch {
    // No such file: an unknown Linux.
  }
  return 'other';
}

/** How to install something: this system's command, or each system's where this one is not known. */
export function howToInstall(missing: Missing, system: System = thisSystem()): Advice {
  if (system !== 'other') {
    const command = INSTALL[missing][system];
    if (command === null) return { kind: 'brought-along', system: NAMES[system] };
    return { kind: 'install', command: asRoot(command, system), untried: system !== 'debian' };
  }
  const commands = (['debian', 'fedora', 'alpine', 'macos'] as const).flatMap((name) => {
    const command = INSTALL[missing][name];
    return command === null ? [] : [`${NAMES[name]}: ${asRoot(command, name)}`];
  });
  return { kind: 'install-on', commands };
}

/** The command as root: with sudo unless this is root already, or there is no sudo. */
export function asRoot(command: string, system: System): string {
  if (system === 'macos' || system === 'windows' || process.geteuid?.() === 0) return command;
  return hasProgram('sudo') ? `sudo ${command}` : `su - -c ${quote(command)}`;
}

/** Whether the shell would find it. */
export function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

/** A word as the shell has to read it. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
