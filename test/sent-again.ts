/**
 * Which bytes were sent again, by their numbers alone: a plain reference for synfin's counts.
 *
 * At the sender's side, its segments that carry a number for the second time (SYN and FIN count) are as many as Linux
 * counts in RetransSegs, and their bytes those of tcpi_bytes_retrans; test/vantage.test.ts and test/kernel-path.test.ts
 * check that too.
 */
import type { End, PacketRow } from './kernel-record.js';

/** [from, to) in numbers since the first one. */
type Range = [number, number];

export interface SentAgain {
  segments: number;
  /** Of data only. */
  bytes: number;
  packets: number[];
}

export function sentAgain(rows: readonly PacketRow[], end: End): SentAgain {
  const result: SentAgain = { segments: 0, bytes: 0, packets: [] };
  const seen: Range[] = [];
  const data: Range[] = [];
  let base: number | null = null;
  let synAcks = 0;
  for (const row of rows) {
    if (row.from !== end || row.flags.includes('RST')) continue;
    const syn = row.flags.includes('SYN') ? 1 : 0;
    const occupied = row.length + syn + (row.flags.includes('FIN') ? 1 : 0);
    if (occupied === 0) continue;
    base ??= row.rawSeq;
    const start = (row.rawSeq - base) | 0;
    // of an end that opens simultaneously, the first SYN-ACK follows a SYN of the same number
    const answers = syn > 0 && row.flags.includes('ACK') && ++synAcks === 1;
    if (overlap(seen, [start, start + occupied]) > 0 && !answers) {
      result.segments++;
      result.packets.push(row.packet);
    }
    result.bytes += overlap(data, [start + syn, start + syn + row.length]);
    add(seen, [start, start + occupied]);
    if (row.length > 0) add(data, [start + syn, start + syn + row.length]);
  }
  return result;
}

/** How much of a range is in ranges that do not overlap. */
function overlap(ranges: readonly Range[], [from, to]: Range): number {
  let sum = 0;
  for (const [left, right] of ranges) sum += Math.max(0, Math.min(to, right) - Math.max(from, left));
  return sum;
}

function add(ranges: Range[], [from, to]: Range): void {
  const apart = ranges.filter(([left, right]) => right < from || left > to);
  const touching = ranges.filter(([left, right]) => right >= from && left <= to);
  const union: Range = [
    Math.min(from, ...touching.map(([left]) => left)),
    Math.max(to, ...touching.map(([, right]) => right)),
  ];
  ranges.splice(0, ranges.length, ...apart, union);
}
