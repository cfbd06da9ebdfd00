/** Cuts classic captures into pieces at packets, and changes them, for tests of parts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const LITTLE_ENDIAN = new Set([0xd4c3b2a1, 0x4d3cb2a1]);
const MAGICS = new Set([...LITTLE_ENDIAN, 0xa1b2c3d4, 0xa1b23c4d]);

/** Where each packet begins, and where the last one ends; null where it is no undamaged classic capture. */
export function boundaries(capture: Buffer): number[] | null {
  if (capture.length < FILE_HEADER || !MAGICS.has(capture.readUInt32BE(0))) return null;
  const little = LITTLE_ENDIAN.has(capture.readUInt32BE(0));
  const found = [FILE_HEADER];
  for (let at = FILE_HEADER; at < capture.length; ) {
    if (at + RECORD_HEADER > capture.length) return null;
    at += RECORD_HEADER + (little ? capture.readUInt32LE(at + 8) : capture.readUInt32BE(at + 8));
    found.push(at);
  }
  return found.at(-1) === capture.length ? found : null;
}

/** Writes the pieces between the cuts (numbers of packets, ascending) as separate captures; returns their paths. */
export function cutCapture(
  capture: Buffer,
  at: readonly number[],
  cuts: readonly number[],
  folder: string,
): string[] {
  const edges = [0, ...cuts, at.length - 1];
  return edges.slice(1).map((end, index) => {
    const path = join(folder, `piece-${String(index).padStart(3, '0')}.pcap`);
    const from = at[edges[index] ?? 0] ?? 0;
    writeFileSync(
      path,
      Buffer.concat([capture.subarray(0, FILE_HEADER), capture.subarray(from, at[end] ?? from)]),
    );
    return path;
  });
}

/** A classic capture with each of its records changed. */
export function rewritten(
  capture: Buffer,
  at: readonly number[],
  change: (record: Buffer) => Buffer,
): Buffer {
  const records = at.slice(1).map((end, index) => change(Buffer.from(capture.subarray(at[index] ?? 0, end))));
  return Buffer.concat([capture.subarray(0, at[0]), ...records]);
}

/** A classic capture of nanoseconds in which each packet comes once more, `later` nanoseconds behind and changed. */
export function doubled(
  capture: Buffer,
  at: readonly number[],
  later: number,
  change: (frame: Buffer) => void,
): Buffer {
  const records = at.slice(1).flatMap((end, index) => {
    const record = Buffer.from(capture.subarray(at[index] ?? 0, end));
    const copy = Buffer.from(record);
    const nanoseconds = record.readUInt32LE(4) + later;
    copy.writeUInt32LE(record.readUInt32LE(0) + Math.floor(nanoseconds / 1e9), 0);
    copy.writeUInt32LE(nanoseconds % 1e9, 4);
    change(copy.subarray(16));
    return [record, copy];
  });
  const inOrder = records.sort(
    (a, b) => a.readUInt32LE(0) - b.readUInt32LE(0) || a.readUInt32LE(4) - b.readUInt32LE(4),
  );
  return Buffer.concat([capture.subarray(0, at[0]), ...inOrder]);
}

/** Whether `rewritten` and `doubled` can change it: in nanoseconds, the lowest byte first. */
export function isOfNanoseconds(capture: Buffer): boolean {
  return capture.readUInt32BE(0) === 0x4d3cb2a1;
}
