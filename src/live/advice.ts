/**
 * What to do when capturing does not work: one sentence and the command for this system.
 *
 * Commands for Debian were tried on Debian 12. Those for other systems come from their package lists and manuals
 * and are marked as untried.
 */
import { existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Advice, CapturingNote } from '../error-kinds/capturing.js';
import { type ErrorValues, UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import type { Backend, LiveOptions, StartFailure } from './control.js';
import { asRoot, hasProgram, howToInstall, quote, thisSystem } from './install-command.js';
import { interfaceStates } from './interface-state.js';

/** The same command line, as root, with full paths, because root's PATH often lacks node and synfin. */
function sameCommandAsRoot(argumentsAfterScript: string[]): string {
  const script = process.argv[1] ?? 'synfin';
  const words = [process.execPath, script, ...argumentsAfterScript].map((word) => quote(escapeText(word)));
  return hasProgram('sudo') ? `sudo ${words.join(' ')}` : `su -c ${quote(words.join(' '))}`;
}

export interface PermissionAdvice {
  /** The one command that helps; null where it cannot be done with a command. */
  command: string | null;
  advice: readonly Advice[];
}

/** What gives this user the right to capture. @param argv the command to run again, without node and script. */
export function permissionAdvice(argv: string[] = process.argv.slice(2)): PermissionAdvice {
  const system = thisSystem();
  if (system === 'windows') {
    return { command: null, advice: [{ kind: 'install-npcap' }] };
  }
  if (process.geteuid?.() === 0) {
    return inContainer()
      ? { command: 'docker run --cap-add NET_RAW …', advice: [{ kind: 'give-container-right' }] }
      : { command: null, advice: [{ kind: 'root-without-right' }] };
  }
  const command = sameCommandAsRoot(argv);
  // Only sudo says which user to become.
  const kept = !hasProgram('sudo');
  const advice: Advice[] = [{ kind: 'run-as-root', command, kept, untried: system === 'macos' }];
  if (system === 'macos') advice.push({ kind: 'install-chmodbpf' });
  else if (system === 'debian') {
    const commands = groupCommands().map((line) => asRoot(line, system));
    if (commands.length > 0) advice.push({ kind: 'join-group', commands, asks: commands.length > 1 });
  }
  return { command, advice };
}

/** Debian's way to let a user capture: dumpcap with capabilities, for the group wireshark. */
function groupCommands(): string[] {
  const mode = statSync('/usr/bin/dumpcap', { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return [];
  const join = `usermod -aG wireshark ${quote(userInfo().username)}`;
  // Set up, it is for the group alone.
  return (mode & 0o001) === 0 ? [join] : ['dpkg-reconfigure wireshark-common', join];
}

/** How to bring an interface up; null where that is not known. */
export function bringUpCommand(name: string): string | null {
  return process.platform === 'linux'
    ? asRoot(`ip link set dev ${quote(escapeText(name))} up`, thisSystem())
    : null;
}

/** A failure to start as an error for the user. `notes` say which other sources were tried. */
export function explainFailure(
  failure: StartFailure,
  options: LiveOptions,
  backend: Backend,
  notes: readonly CapturingNote[] = [],
): UserError {
  return new UserError(failureValues(failure, options, backend, notes));
}

function failureValues(
  failure: StartFailure,
  options: LiveOptions,
  source: Backend,
  notes: readonly CapturingNote[],
): ErrorValues {
  const name = escapeText(options.interface);
  const why = failure.values;
  // Where nothing may be opened, a name that does not exist also gives "not permitted".
  const missing =
    failure.code === 'no-interface' || (failure.code === 'not-permitted' && !mayExist(options.interface));
  switch (missing ? 'no-interface' : failure.code) {
    case 'not-permitted':
      return { kind: 'not-permitted', name, why, advice: permissionAdvice().advice, notes };
    case 'no-interface': {
      const others = interfaceStates().map((state) => escapeText(state.name));
      return { kind: 'no-interface', name, others };
    }
    case 'interface-down':
      return { kind: 'interface-down', name, command: bringUpCommand(options.interface), notes };
    case 'bad-filter':
      return { kind: 'bad-filter', filter: escapeText(options.filter), why, notes };
    case 'unavailable':
      return { kind: 'source-unusable', source, why, advice: fixes(source, why), notes };
    case 'unsupported':
      return { kind: 'source-cannot', source, why, notes };
    default:
      return { kind: 'capturing-failed', name, source, why, notes };
  }
}

/** Besides interfaces libpcap knows devices that the system does not list, e.g. nflog, usbmon0, bluetooth0. */
function mayExist(name: string): boolean {
  const others = /^(any|nf|usb|bluetooth|dbus|dag|rdma|dpdk|netmap)/;
  return (
    process.platform !== 'linux' ||
    others.test(name) ||
    interfaceStates().some((state) => state.name === name)
  );
}

function fixes(source: Backend, why: ErrorValues): readonly Advice[] {
  if ('name' in why && why.name === 'koffi')
    return [{ kind: 'install', command: 'npm install koffi@3.3.4', untried: false }];
  if (source !== 'cap') return [howToInstall(source)];
  const first: Advice =
    why.kind === 'package-not-built'
      ? { kind: 'build-cap' }
      : { kind: 'install', command: 'npm install cap@0.2.1', untried: false };
  return [first, { kind: 'built-here', advice: howToInstall('compiler') }];
}

function inContainer(): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv');
}
