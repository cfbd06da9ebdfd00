/**
 * What to do when capturing does not work: one sentence and the command for this system.
 *
 * Commands for Debian were tried on Debian 12. Those for other systems come from their package lists and manuals
 * and are marked as untried.
 */
import { existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import type { Backend, LiveOptions, StartFailure } from './control.js';
import { asRoot, hasProgram, howToInstall, quote, thisSystem, UNTRIED } from './install-command.js';
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
  text: string;
}

/** What gives this user the right to capture. @param argv the command to run again, without node and script. */
export function permissionAdvice(argv: string[] = process.argv.slice(2)): PermissionAdvice {
  const system = thisSystem();
  if (system === 'windows') {
    return {
      command: null,
      text: `Install Npcap, and where it is restricted to administrators use an administrator's shell ${UNTRIED}.`,
    };
  }
  if (process.geteuid?.() === 0) {
    const text = inContainer()
      ? `Start the container with --cap-add NET_RAW ${UNTRIED}.`
      : 'This root lacks the capability CAP_NET_RAW: run it where root has it.';
    return { command: inContainer() ? 'docker run --cap-add NET_RAW …' : null, text };
  }
  const command = sameCommandAsRoot(argv);
  // Only sudo says which user to become.
  const kept = hasProgram('sudo') ? ' (root is given up again once the interface is open)' : '';
  const lines = [`Run it as root${kept}:\n  ${command}`];
  if (system === 'macos') {
    lines[0] += ` ${UNTRIED}`;
    lines.push(`Or for good: brew install --cask wireshark-chmodbpf, and log in again ${UNTRIED}.`);
  } else if (system === 'debian') {
    const commands = groupCommands().map((line) => `\n  ${asRoot(line, system)}`);
    const answer = commands.length > 1 ? 'answer yes, ' : '';
    if (commands.length > 0)
      lines.push(`Or for good, with dumpcap (${answer}then log in again):${commands.join('')}`);
  }
  return { command, text: lines.join('\n') };
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
  notes: string[] = [],
): UserError {
  const name = `'${escapeText(options.interface)}'`;
  const own = escapeText(failure.message).replace(/\.$/, '');
  const also = notes.map((note) => escapeText(note)).join('\n');
  const hint = (...parts: (string | null)[]) => [...parts, also].filter(Boolean).join('\n') || null;
  // Where nothing may be opened, a name that does not exist also gives "not permitted".
  const missing =
    failure.code === 'no-interface' || (failure.code === 'not-permitted' && !mayExist(options.interface));
  switch (missing ? 'no-interface' : failure.code) {
    case 'not-permitted':
      return new UserError(
        `Capturing on ${name} is not permitted for this user (${own}).`,
        hint(permissionAdvice().text),
      );
    case 'no-interface': {
      const here = interfaceStates().map((state) => escapeText(state.name));
      return new UserError(`There is no interface ${name} to capture on.`, `There are: ${here.join(', ')}.`);
    }
    case 'interface-down':
      return new UserError(`The interface ${name} is down.`, hint(bringUpCommand(options.interface)));
    case 'bad-filter':
      return new UserError(
        `The filter '${escapeText(options.filter)}' is not valid: ${own}.`,
        hint("Filters are written in libpcap's language, e.g. 'tcp port 80': man pcap-filter."),
      );
    case 'unavailable':
      return new UserError(
        `The capture source ${backend} cannot be used here: ${own}.`,
        hint(mend(backend, own)),
      );
    case 'unsupported':
      return new UserError(
        `The capture source ${backend} cannot do that: ${own}.`,
        hint('Try --backend libpcap.'),
      );
    default:
      return new UserError(`Capturing on ${name} with ${backend} failed: ${own}.`, hint());
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

function mend(backend: Backend, own: string): string {
  if (own.includes('koffi')) return 'Install it: npm install koffi@3.3.4';
  if (backend === 'cap') {
    const command = own.includes('not built')
      ? 'Build it: npm rebuild cap'
      : 'Install it: npm install cap@0.2.1';
    return `${command}\nIt is built on this machine. ${howToInstall('compiler')}`;
  }
  return howToInstall(backend);
}

function inContainer(): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv');
}
