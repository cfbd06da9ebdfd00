/** Captures in a few lines: byte builders for the tests of this folder, and a reader that keeps what it reads. */

import { Readable } from 'node:stream';
import { Frame } from '../../src/capture/frame.js';
import type { CaptureReader } from '../../src/capture/open.js';
import type { CaptureWarning, FrameStream } from '../../src/capture/reader.js';
import { warningText } from '../../src/explain/en/warning-sentences.js';
import { type OpenOptions, openStream } from '../../src/files/open.js';

export type Order = 'little' | 'big';

/** Numbers of 1, 2, 4 or 8 bytes: `['u32', 5]`; bytes stay as they are. */
export type Part = Uint8Array | readonly ['u8' | 'u16' | 'u32' | 'u64', number | bigint];

export function bytes(order: Order, ...parts: Part[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (part instanceof Uint8Array) return part;
      const [kind, value] = part;
      const length = { u8: 1, u16: 2, u32: 4, u64: 8 }[kind];
      const out = Buffer.alloc(8);
      const wide = BigInt.asUintN(length * 8, BigInt(value));
      if (order === 'little') out.writeBigUInt64LE(wide);
      else out.writeBigUInt64BE(wide);
      return order === 'little' ? out.subarray(0, length) : out.subarray(8 - length);
    }),
  );
}

/** Packet bytes that do not look like a header by accident. */
export function payload(length: number, seed = 1): Buffer {
  return Buffer.from(Array.from({ length }, (_, i) => 0x80 | ((seed * 31 + i * 7) & 0x7f)));
}

export interface PcapShape {
  order?: Order;
  magic?: number;
  version?: readonly [number, number];
  snaplen?: number;
  network?: number;
}

export function pcapHeader(shape: PcapShape = {}): Buffer {
  const { order = 'little', magic = 0xa1b2c3d4, version = [2, 4], snaplen = 65_535, network = 1 } = shape;
  const [major, minor] = version;
  return bytes(
    order,
    ['u32', magic],
    ['u16', major],
    ['u16', minor],
    ['u64', 0],
    ['u32', snaplen],
    ['u32', network],
  );
}

export interface RecordShape {
  order?: Order;
  seconds?: number;
  fraction?: number;
  captured?: number;
  original?: number;
  /** Bytes behind the header proper (the modified format has 8). */
  extra?: number;
}

export function record(data: Uint8Array, shape: RecordShape = {}): Buffer {
  const {
    order = 'little',
    seconds = 1_700_000_000,
    fraction = 0,
    captured = data.length,
    extra = 0,
  } = shape;
  const original = shape.original ?? captured;
  const head = bytes(order, ['u32', seconds], ['u32', fraction], ['u32', captured], ['u32', original]);
  return Buffer.concat([head, Buffer.alloc(extra), data]);
}

/** A classic capture of packets of these lengths, one a second. */
export function pcap(...lengths: number[]): Buffer {
  const records = lengths.map((length, i) => record(payload(length, i), { seconds: 1_700_000_000 + i }));
  return Buffer.concat([pcapHeader(), ...records]);
}

export function padded(data: Uint8Array): Buffer {
  return Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
}

export function block(type: number, body: Uint8Array, order: Order = 'little'): Buffer {
  const inside = padded(body);
  const length = inside.length + 12;
  return bytes(order, ['u32', type], ['u32', length], inside, ['u32', length]);
}

export function option(code: number, value: Uint8Array, order: Order = 'little'): Buffer {
  return bytes(order, ['u16', code], ['u16', value.length], padded(value));
}

export function section(order: Order = 'little', options: Uint8Array = Buffer.alloc(0), length = -1): Buffer {
  return block(
    0x0a0d0d0a,
    bytes(order, ['u32', 0x1a2b3c4d], ['u16', 1], ['u16', 0], ['u64', length], options),
    order,
  );
}

export function describeInterface(
  order: Order = 'little',
  shape: { linkType?: number; snaplen?: number; options?: Uint8Array } = {},
): Buffer {
  const { linkType = 1, snaplen = 0, options = Buffer.alloc(0) } = shape;
  return block(1, bytes(order, ['u16', linkType], ['u16', 0], ['u32', snaplen], options), order);
}

export interface PacketShape {
  order?: Order;
  interfaceId?: number;
  time?: bigint;
  captured?: number;
  original?: number;
  options?: Uint8Array;
}

export function enhanced(data: Uint8Array, shape: PacketShape = {}): Buffer {
  const {
    order = 'little',
    interfaceId = 0,
    time = 1_700_000_000_000_000n,
    options = Buffer.alloc(0),
  } = shape;
  const captured = shape.captured ?? data.length;
  const head = bytes(order, ['u32', interfaceId], ['u32', time >> 32n], ['u32', time & 0xffff_ffffn]);
  const lengths = bytes(order, ['u32', captured], ['u32', shape.original ?? captured]);
  return block(6, Buffer.concat([head, lengths, padded(data), options]), order);
}

export function simple(data: Uint8Array, original = data.length, order: Order = 'little'): Buffer {
  return block(3, bytes(order, ['u32', original], data), order);
}

export function pcapng(...lengths: number[]): Buffer {
  const packets = lengths.map((length, i) =>
    enhanced(payload(length, i), { time: 1_700_000_000_000_000n + BigInt(i) * 1_000_000n }),
  );
  return Buffer.concat([section(), describeInterface(), ...packets]);
}

/** A frame as it was when it was read, with its bytes copied. */
export interface Kept {
  number: number;
  seconds: number;
  nanoseconds: number;
  linkType: number;
  interfaceId: number;
  fcsLength: number;
  direction: number;
  originalLength: number;
  data: Buffer;
}

export function keep(frame: Frame): Kept {
  const { view, offset, capturedLength, number, seconds, nanoseconds, linkType, interfaceId } = frame;
  // throws where it reaches beyond the memory that was read
  const data = Buffer.from(Buffer.from(view.buffer, view.byteOffset + offset, capturedLength));
  const { fcsLength, direction, originalLength } = frame;
  return { number, seconds, nanoseconds, linkType, interfaceId, fcsLength, direction, originalLength, data };
}

/** What a warning says in English. */
export function textOf(warning: CaptureWarning | undefined): string | undefined {
  return warning === undefined ? undefined : warningText(warning);
}

export async function readFrames(stream: FrameStream): Promise<Kept[]> {
  const frames: Kept[] = [];
  const frame = new Frame();
  try {
    while (await stream.fill()) while (stream.next(frame)) frames.push(keep(frame));
  } finally {
    await stream.close();
  }
  return frames;
}

/** Opens bytes as a stream of pieces of `piece` bytes. */
export function openBytes(
  content: Uint8Array,
  options: OpenOptions & { piece?: number } = {},
): Promise<CaptureReader> {
  const { piece = 1 << 16, ...rest } = options;
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += piece) pieces.push(content.subarray(at, at + piece));
  return openStream(Readable.from(pieces), 'test.pcap', rest);
}

export async function read(content: Uint8Array, options: OpenOptions & { piece?: number } = {}) {
  const reader = await openBytes(content, options);
  const frames = await readFrames(reader);
  const { warnings, comments, drops, damaged } = reader;
  return { reader, frames, warnings, comments, drops, damaged, codes: warnings.map(({ code }) => code) };
}
