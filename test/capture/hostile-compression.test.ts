/**
 * Compressed captures that were made to cost more than others of their size: each compared with a control that differs
 * only in the attack. Without a bound the ratios are over 10.
 */

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { lz4 } from '../../src/capture/lz4.js';
import { type ByteChunks, InflateFailure, PackedInput } from '../../src/capture/packed-input.js';
import { zstd } from '../../src/capture/zstd.js';
import { bytes, describeInterface, enhanced, option, pcap, read, section } from './bytes.js';

const MOST = 3;
/** The best of so many turns is compared… */
const TURNS = 5;
/** …and of more, where other programs disturbed these. */
const MOST_TURNS = 50;
const good = pcap(60, 61);

// window descriptors of zstd
const KILOBYTE = 0;
const LARGEST = 17 << 3;
// block sizes of lz4
const KILOBYTES_64 = 4;
const MEGABYTES_4 = 7;
const RAW = 0;
const COMPRESSED = 2;

function zstdBlock(type: number, content: Uint8Array, last = false): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE((content.length << 3) | (type << 1) | (last ? 1 : 0));
  return Buffer.concat([head.subarray(0, 3), content]);
}

function zstdFrame(window: number, ...blocks: Buffer[]): Buffer {
  const begin = bytes('little', ['u32', 0xfd2fb528], ['u8', 0], ['u8', window]);
  return Buffer.concat([begin, ...blocks, zstdBlock(RAW, Buffer.alloc(0), true)]);
}

const lz4Block = (content: Uint8Array): Buffer =>
  bytes('little', ['u32', 0x8000_0000 + content.length], content);

function lz4Frame(size: number, ...blocks: Buffer[]): Buffer {
  const begin = bytes('little', ['u32', 0x184d2204], ['u8', 0x60], ['u8', size << 4], ['u8', 0]);
  return Buffer.concat([begin, ...blocks, Buffer.alloc(4)]);
}

const many = (count: number, part: Buffer): Buffer => Buffer.concat(new Array<Buffer>(count).fill(part));
const small = Buffer.of(1);

async function time(content: Buffer, count: number): Promise<number> {
  const begun = process.cpuUsage();
  expect((await read(content, { comments: true })).frames).toHaveLength(count);
  return process.cpuUsage(begun).user;
}

const nameOf = (byte: number): Buffer => {
  const options = many(2000, option(2, Buffer.concat([Buffer.alloc(4095, byte), small])));
  return Buffer.concat([section(), describeInterface('little', { options }), enhanced(good), enhanced(good)]);
};
const commentOf = (byte: number): Buffer => {
  const options = many(2000, option(1, Buffer.concat([Buffer.alloc(4095, byte), small])));
  return Buffer.concat([section(), describeInterface(), enhanced(good, { options }), enhanced(good)]);
};

describe('an attack takes no longer than its control', () => {
  it.each([
    [
      'frames of zstd that ask for the largest window',
      (attack: boolean) =>
        Buffer.concat([
          zstdFrame(KILOBYTE, zstdBlock(RAW, good)),
          many(20_000, zstdFrame(attack ? LARGEST : KILOBYTE)),
        ]),
    ],
    [
      'small blocks of zstd in the largest window',
      (attack: boolean) =>
        Buffer.concat([
          zstdFrame(KILOBYTE, zstdBlock(RAW, good)),
          many(1000, zstdFrame(attack ? LARGEST : KILOBYTE, many(50, zstdBlock(RAW, Buffer.alloc(0))))),
        ]),
    ],
    [
      'frames of lz4 with the largest blocks',
      (attack: boolean) =>
        Buffer.concat([
          lz4Frame(KILOBYTES_64, lz4Block(good)),
          many(20_000, lz4Frame(attack ? MEGABYTES_4 : KILOBYTES_64)),
        ]),
    ],
    ['names of interfaces with zeros in them', (attack: boolean) => nameOf(attack ? 0 : 0x61)],
    ['comments with zeros in them', (attack: boolean) => commentOf(attack ? 0 : 0x61)],
  ])('%s', { timeout: 120_000 }, async (_, made) => {
    const [attack, control] = [made(true), made(false)];
    const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
    for (let turn = 0; turn < TURNS || (turn < MOST_TURNS && best[0] / best[1] >= MOST); turn++) {
      best[0] = Math.min(best[0], await time(attack, 2));
      best[1] = Math.min(best[1], await time(control, 2));
    }
    expect(best[0] / best[1]).toBeLessThan(MOST);
  });
});

type Inflater = (input: PackedInput) => ByteChunks;

async function inflate(inflater: Inflater, packed: Uint8Array, piece = 1 << 16): Promise<Buffer> {
  const chunks = async function* (): ByteChunks {
    for (let at = 0; at < packed.length; at += piece) yield packed.subarray(at, at + piece);
  };
  const found: Buffer[] = [];
  for await (const chunk of inflater(new PackedInput(chunks()))) found.push(Buffer.from(chunk));
  return Buffer.concat(found);
}

/** Processor time of inflating, in microseconds. */
async function inflating(inflater: Inflater, packed: Buffer, length: number): Promise<number> {
  const begun = process.cpuUsage();
  expect(await inflate(inflater, packed)).toHaveLength(length);
  return process.cpuUsage(begun).user;
}

describe('many small blocks behind much that they may repeat', () => {
  const COUNT = 20_000;
  const long = Buffer.alloc(1 << 16, 7);
  const blocks = (one: (content: Buffer) => Buffer, first: Buffer): Buffer[] => [
    one(first),
    ...new Array<Buffer>(COUNT).fill(one(small)),
  ];
  it.each<[string, Inflater, (first: Buffer) => Buffer]>([
    ['zstd', zstd, (first) => zstdFrame(LARGEST, ...blocks((content) => zstdBlock(RAW, content), first))],
    ['lz4', lz4, (first) => lz4Frame(MEGABYTES_4, ...blocks(lz4Block, first))],
  ])('%s', { timeout: 60_000 }, async (_, inflater, made) => {
    const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
    for (let turn = 0; turn < TURNS || (turn < MOST_TURNS && best[0] / best[1] >= MOST); turn++) {
      best[0] = Math.min(best[0], await inflating(inflater, made(long), long.length + COUNT));
      best[1] = Math.min(best[1], await inflating(inflater, made(small), 1 + COUNT));
    }
    expect(best[0] / best[1]).toBeLessThan(MOST);
  });
});

/** Sequences that need no bits: each of the same match length, of no literals, and of the offset before. */
function sequences(count: number, matchCode: number): Buffer {
  const number = count < 128 ? [count] : [255, (count - 0x7f00) & 255, (count - 0x7f00) >> 8];
  return zstdBlock(COMPRESSED, Buffer.of(0, ...number, 0x54, 0, 0, matchCode, 1));
}

describe('a block of zstd writes no more than a block may have', () => {
  const begin = zstdBlock(RAW, Buffer.from('abcdefgh'));

  it('with as many sequences as it has room for', async () => {
    // 34 bytes each, from the offset that the format begins with after 1
    const whole = await inflate(zstd, zstdFrame(KILOBYTE, begin, sequences(100, 31)));
    expect(whole).toHaveLength(8 + 3400);
  });

  it.each([
    ['98,047 of 65,539 bytes', sequences(0x7f00 + 0xffff, 52)],
    ['98,047 of 34 bytes', sequences(0x7f00 + 0xffff, 31)],
  ])('with %s', async (_, block) => {
    await expect(inflate(zstd, zstdFrame(LARGEST, begin, block))).rejects.toMatchObject({
      why: { kind: expect.stringMatching(/^(sequences|literals)$/) },
    });
  });

  it('with a match before the beginning of the frame', async () => {
    const frames = Buffer.concat([zstdFrame(LARGEST, begin), zstdFrame(LARGEST, sequences(1, 0))]);
    await expect(inflate(zstd, frames)).rejects.toMatchObject({ why: { kind: 'offset' } });
  });
});

/** Bytes through a program; null where it is not installed. */
function through(input: Buffer, ...options: string[]): Buffer | null {
  const done = spawnSync('zstd', ['-q', ...options], { input, maxBuffer: 1 << 28 });
  return done.error === undefined && done.status === 0 ? done.stdout : null;
}

describe('zstd as its program writes it (skipped where that is missing)', () => {
  let seed = 3;
  const next = (most: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * most);
  };
  const inputs: readonly [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['a byte', Buffer.from('a')],
    ['a word again and again', Buffer.from('abc'.repeat(20))],
    ['zeros', Buffer.alloc(400_000)],
    ['any bytes', Buffer.from(Array.from({ length: 200_000 }, () => next(256)))],
    ['few letters', Buffer.from(Array.from({ length: 300_000 }, () => 97 + next(3) * next(8)))],
    ['short texts', Buffer.from(Array.from({ length: 700 }, () => 32 + next(60)))],
    ['a capture', pcap(...Array.from({ length: 2000 }, () => next(1400)))],
  ];
  const available = through(small) !== null;

  it.skipIf(!available).each(inputs)('%s', { timeout: 60_000 }, async (_, input) => {
    for (const options of [['-1'], ['--fast=7'], ['-5', '--no-check'], ['-12', '--long=27'], ['-19']]) {
      const packed = through(input, ...options) ?? small;
      expect((await inflate(zstd, packed, 777)).equals(input)).toBe(true);
    }
  });

  it.skipIf(!available)('of a dictionary', async () => {
    const head = bytes('little', ['u32', 0xfd2fb528], ['u8', 1], ['u8', 0], ['u8', 9]);
    await expect(inflate(zstd, head)).rejects.toMatchObject({ why: { kind: 'dictionary' } });
  });

  it.skipIf(!available)(
    'changed anywhere: other bytes or an error, and never more than a block may have',
    async () => {
      const input = pcap(...Array.from({ length: 40 }, (_, i) => i * 9));
      const packed = through(input, '-19', '--no-check') ?? small;
      expect(packed.length).toBeGreaterThan(200);
      for (let at = 0; at < packed.length; at++) {
        const changed = Buffer.from(packed);
        changed[at] = (changed[at] ?? 0) ^ (1 << (at & 7));
        const outcome = await inflate(zstd, changed).catch((error: unknown) => error);
        if (outcome instanceof Buffer) expect(outcome.length).toBeLessThanOrEqual(2 << 17);
        else expect(outcome).toBeInstanceOf(InflateFailure);
      }
    },
  );
});
