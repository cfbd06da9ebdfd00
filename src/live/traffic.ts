/** Which interfaces have traffic, as the system counts it: no right is needed to read that. */
import { readFileSync } from 'node:fs';

/** Packets in and out since the system started, by interface. */
export type PacketCounts = ReadonlyMap<string, number>;

/** Of this network namespace; null where the system does not report it (only Linux does). */
export function packetCounts(): PacketCounts | null {
  try {
    return parsePacketCounts(readFileSync('/proc/net/dev', 'latin1'));
  } catch {
    return null;
  }
}

/** proc(5): after the name come eight numbers of what was received, bytes and packets first, and eight of what was sent. */
export function parsePacketCounts(text: string): PacketCounts {
  const counts = new Map<string, number>();
  for (const [, name = '', numbers = ''] of text.matchAll(/^\s*([^\s:]+):\s*(.*)$/gm)) {
    const fields = numbers.trim().split(/\s+/).map(Number);
    counts.set(name, (fields[1] ?? 0) + (fields[9] ?? 0));
  }
  return counts;
}

/** Interfaces with more packets than before, the busiest first. */
export function busyInterfaces(before: PacketCounts, after: PacketCounts): string[] {
  const grown = [...after].map(([name, count]) => ({ name, by: count - (before.get(name) ?? 0) }));
  return grown
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by)
    .map(({ name }) => name);
}
