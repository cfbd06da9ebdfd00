/** Compressed forms of a capture, all formats that are read. zstd and lz4 have no compressor in Node.js 20. */
import { gzipSync } from 'node:zlib';
import type { Random } from './random.js';

const BLOCK = 60_000;

export function packed(bytes: Buffer, random: Random): Buffer {
  const pack = random.pick([gzip, zstd, lz4]);
  if (!random.once(4)) return pack(bytes, random);
  // several members or frames behind each other are one stream
  const at = random.below(bytes.length + 1);
  return Buffer.concat([pack(bytes.subarray(0, at), random), pack(bytes.subarray(at), random)]);
}

function gzip(bytes: Buffer): Buffer {
  return gzipSync(bytes, { level: 1 });
}

/** RFC 8878: a frame of blocks that are stored, or of one byte repeated. */
function zstd(bytes: Buffer, random: Random): Buffer {
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x80, 0x58, ...word(bytes.length)])];
  const step = 1 + random.below(BLOCK);
  for (let at = 0; at < bytes.length; at += step) {
    const piece = bytes.subarray(at, at + step);
    const repeated = piece.length > 0 && piece.every((byte) => byte === piece[0]);
    parts.push(Buffer.from(word((piece.length << 3) | (repeated ? 2 : 0)).slice(0, 3)));
    parts.push(repeated ? piece.subarray(0, 1) : piece);
  }
  parts.push(Buffer.from([1, 0, 0]));
  return Buffer.concat(parts);
}

/** A frame of blocks, each stored, or of literals alone. */
function lz4(bytes: Buffer, random: Random): Buffer {
  const parts: Buffer[] = [Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0])];
  const step = 1 + random.below(BLOCK);
  for (let at = 0; at < bytes.length; at += step) {
    const piece = bytes.subarray(at, at + step);
    const literals = random.once(2) && piece.length >= 15;
    const more = piece.length - 15;
    const block = literals
      ? Buffer.concat([
          Buffer.from([0xf0]),
          Buffer.alloc(Math.floor(more / 255), 255),
          Buffer.from([more % 255]),
          piece,
        ])
      : piece;
    parts.push(Buffer.from(word(literals ? block.length : block.length | 0x8000_0000)), block);
  }
  parts.push(Buffer.alloc(4));
  return Buffer.concat(parts);
}

function word(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}
