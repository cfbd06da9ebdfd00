/** Cuts classic captures into pieces at packets, for tests of parts. */
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

/** Writes the pieces between the cuts (numbers of packets, ascending) as captures of their own; returns their paths. */
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
