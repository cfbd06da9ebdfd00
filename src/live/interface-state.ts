/**
 * What the system says of its interfaces, without opening one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** SIOCGIFFLAGS: netdevice(7). */
const IFF_UP = 0x1;
const IFF_LOOPBACK = 0x8;
/** ARPHRD_ values of /sys/class/net/NAME/type that name a link type of capture files. */
const LINK_TYPES: Record<string, number> = {
  '1': 1,
  '772': 1,
  '65534': 101,
  '512': 9,
  '801': 105,
  '803': 127,
};

export interface InterfaceState {
  name: string;
  /** As the system writes them, without prefix length. */
  addresses: string[];
  up: boolean;
  loopback: boolean;
  /** LINKTYPE_ value that a capture would have; null where only opening would show it. */
  linkType: number | null;
}

/** Names of this network namespace; null where the system has no such list. */
function linuxNames(): string[] | null {
  // Not /sys: it shows the namespace in which it was mounted.
  const text = read('/proc/net/dev');
  if (text === null) return null;
  return [...text.matchAll(/^\s*([^\s:]+):/gm)].map((match) => match[1] ?? '');
}

/** /sys shows the network namespace in which it was mounted, which need not be that of this process. */
function showsThisNamespace(names: readonly string[]): boolean {
  try {
    // bonding_masters is a file next to the interfaces
    const shown = readdirSync('/sys/class/net').filter((name) => name !== 'bonding_masters');
    return shown.length === names.length && names.every((name) => shown.includes(name));
  } catch {
    return false;
  }
}

/** All interfaces, the loopback among them, in the system's order. Not Linux's `any`. */
export function interfaceStates(): InterfaceState[] {
  const addressed = networkInterfaces();
  const names = linuxNames() ?? Object.keys(addressed);
  const sys = showsThisNamespace(names);
  return names.map((name) => {
    const entries = addressed[name] ?? [];
    const flags = sys ? Number(read(`/sys/class/net/${name}/flags`) ?? Number.NaN) : Number.NaN;
    return {
      name,
      addresses: entries.map(({ address }) => address),
      // Node lists addresses of interfaces that are up.
      up: Number.isNaN(flags) ? entries.length > 0 : (flags & IFF_UP) !== 0,
      loopback: Number.isNaN(flags)
        ? name === 'lo' || entries.some(({ internal }) => internal)
        : (flags & IFF_LOOPBACK) !== 0,
      linkType: sys ? (LINK_TYPES[read(`/sys/class/net/${name}/type`)?.trim() ?? ''] ?? null) : null,
    };
  });
}

/** What has become of an interface that was there and up. */
export function interfaceStatus(name: string): 'up' | 'down' | 'nothing' {
  if (name === 'any') return 'up';
  const state = interfaceStates().find((candidate) => candidate.name === name);
  if (state === undefined) return 'nothing';
  return state.up ? 'up' : 'down';
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
