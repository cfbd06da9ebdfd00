/**
 * Two things that only Linux's packet sockets know, asked through koffi: packet(7).
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { loadKoffi } from './koffi.js';

const SOL_PACKET = 263;
const PACKET_STATISTICS = 6;
const PACKET_IGNORE_OUTGOING = 23;

export interface PacketSocketCalls {
  /**
   * Leaves out the outgoing copy of each packet. For `lo` alone: the kernel hands each of its packets out twice,
   * libpcap drops the outgoing copy, and both would count and take a slot.
   *
   * @returns false where the kernel is older than 4.20.
   */
  ignoreOutgoing(fd: number): boolean;
  /** Packets received (lost ones among them) and lost since the last call; null where the kernel says nothing. */
  takeStatistics(fd: number): { received: number; dropped: number } | null;
}

/** @throws StartFailure where koffi cannot be loaded. Only for Linux. */
export async function loadPacketSocketCalls(): Promise<PacketSocketCalls> {
  const c = (await loadKoffi()).load(null);
  type SocketCall = (fd: number, level: number, name: number, value: Uint8Array, length: number) => number;
  type SocketQuery = (
    fd: number,
    level: number,
    name: number,
    value: Uint8Array,
    length: Uint8Array,
  ) => number;
  const setsockopt: SocketCall = c.func(
    'int setsockopt(int fd, int level, int name, void *value, uint32_t length)',
  );
  const getsockopt: SocketQuery = c.func(
    'int getsockopt(int fd, int level, int name, void *value, void *length)',
  );
  return {
    ignoreOutgoing(fd) {
      const one = new Uint8Array(new Int32Array([1]).buffer);
      return setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, one, one.length) === 0;
    },
    takeStatistics(fd) {
      // Three counters with the newest ring, two with the others.
      const counters = new Uint32Array(3);
      const length = new Uint32Array([counters.byteLength]);
      const status = getsockopt(
        fd,
        SOL_PACKET,
        PACKET_STATISTICS,
        new Uint8Array(counters.buffer),
        new Uint8Array(length.buffer),
      );
      return status === 0 ? { received: counters[0] ?? 0, dropped: counters[1] ?? 0 } : null;
    },
  };
}

/** File descriptors of this process that are packet sockets. */
export function packetSocketDescriptors(): number[] {
  const inodes = new Set(
    readFileSync('/proc/net/packet', 'latin1')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/).at(-1) ?? ''),
  );
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(fd))?.[1];
      return inode !== undefined && inodes.has(inode);
    });
}

function linkOf(fd: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ''; // The descriptor that listed the directory is closed by now.
  }
}
