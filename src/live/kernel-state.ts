/**
 * What Linux itself says of its TCP sockets: proc_net_tcp in the kernel's documentation.
 *
 * One reading of /proc/net/tcp and tcp6 is one `SocketTable`; a long table takes the kernel a while to write, so it
 * is not a snapshot of one moment. Everywhere else than on Linux the table is empty.
 */
import { readFile } from 'node:fs/promises';
import { SocketAddress } from 'node:net';
import { endianness } from 'node:os';

/** The two ends of a connection, from this machine's side. Addresses as text, of either family. */
export interface FourTuple {
  localAddress: string;
  localPort: number;
  remoteAddress: string;
  remotePort: number;
}

export interface KernelSocket extends FourTuple {
  /** As RFC 9293 spells it. */
  state: string;
  uid: number;
  /** Number of the socket's file; 0 where no process has it any more (TIME-WAIT). */
  inode: number;
}

/** By the kernel's number: include/net/tcp_states.h. 12 is a request that is not a full socket yet. */
const STATES = [
  '',
  'ESTABLISHED',
  'SYN-SENT',
  'SYN-RECEIVED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'CLOSED',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
  'SYN-RECEIVED',
];

export class SocketTable {
  readonly #sockets = new Map<string, KernelSocket>();

  constructor(sockets: Iterable<KernelSocket>) {
    for (const socket of sockets) this.#sockets.set(keyOf(socket), socket);
  }

  /** The socket of this end of a connection, or null where the kernel has none. */
  find(tuple: FourTuple): KernelSocket | null {
    return this.#sockets.get(keyOf(tuple)) ?? null;
  }

  /** Its state, e.g. `FIN-WAIT-2`; null where the kernel has no such socket: closed, or not of this machine. */
  state(tuple: FourTuple): string | null {
    return this.find(tuple)?.state ?? null;
  }

  get size(): number {
    return this.#sockets.size;
  }
}

/** Reads the tables of this process's network namespace. Never rejects. */
export async function readSocketTable(): Promise<SocketTable> {
  const texts = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1').catch(() => '')),
  );
  return new SocketTable(texts.flatMap(parseSocketTable));
}

/** The lines of /proc/net/tcp or tcp6; those that make no sense are left out. */
export function parseSocketTable(text: string): KernelSocket[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const local = parseEnd(fields[1]);
      const remote = parseEnd(fields[2]);
      const state = STATES[Number.parseInt(fields[3] ?? '', 16)];
      if (local === null || remote === null || state === undefined) return [];
      return [
        {
          localAddress: local.address,
          localPort: local.port,
          remoteAddress: remote.address,
          remotePort: remote.port,
          state,
          uid: Number(fields[7]),
          inode: Number(fields[9]),
        },
      ];
    });
}

/** `0100007F:1F90`: the address as 32-bit words in the machine's byte order, the port as a number. */
function parseEnd(field: string | undefined): { address: string; port: number } | null {
  const match = /^((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4})$/.exec(field ?? '');
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const bytes = Buffer.from(match[1], 'hex');
  if (endianness() === 'LE') bytes.swap32();
  const port = Number.parseInt(match[2], 16);
  if (bytes.length === 4) return { address: bytes.join('.'), port };
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return { address: canonical(groups.join(':')), port };
}

function keyOf({ localAddress, localPort, remoteAddress, remotePort }: FourTuple): string {
  return `${canonical(localAddress)} ${localPort} ${canonical(remoteAddress)} ${remotePort}`;
}

/** One spelling for each address; an IPv4 address within IPv6 is the IPv4 address that is on the wire. */
function canonical(address: string): string {
  if (!address.includes(':')) return address;
  try {
    const text = new SocketAddress({ address, family: 'ipv6' }).address;
    return text.startsWith('::ffff:') && text.includes('.') ? text.slice('::ffff:'.length) : text;
  } catch {
    return address;
  }
}
