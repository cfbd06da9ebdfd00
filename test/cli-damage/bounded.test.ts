/** Captures that are made to fill the memory, or to take for ever: they must not. */
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import {
  block,
  bytes,
  describeInterface,
  enhanced,
  openBytes,
  pcapHeader,
  readFrames,
  record,
  section,
} from '../capture/bytes.js';
import { be16, ethernet, zeros } from '../decode/bytes.js';
import { measure, removeProgram } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-bounded-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
  removeProgram();
});

const RECORDING = resolve(import.meta.dirname, '../../fixtures/kernel/simple.pcap');
const frames = await readFrames(await openBytes(readFileSync(RECORDING)));
const first = frames[0]?.data ?? Buffer.alloc(0);
const good = readFileSync(RECORDING);
/** SYNFIN_BOUNDED=1 for the full numbers. */
const MANY = process.env.SYNFIN_BOUNDED === '1' ? 1_000_000 : 200_000;
const GIGA = process.env.SYNFIN_BOUNDED === '1' ? 2 * 2 ** 30 : 2 ** 28;
/** Node alone takes about 60. */
const MEGABYTES = 220;

/** A file of a beginning and parts, in batches: no test keeps it in memory. */
function fileOf(name: string, begin: Uint8Array, count: number, part: (index: number) => Uint8Array): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, begin);
  for (let index = 0; index < count; index += 1000) {
    const batch = Array.from({ length: Math.min(1000, count - index) }, (_, i) => part(index + i));
    writeSync(file, Buffer.concat(batch));
  }
  closeSync(file);
  return path;
}

function sparse(name: string, begin: Uint8Array): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, begin);
  ftruncateSync(file, begin.length + GIGA);
  closeSync(file);
  return path;
}

async function bounded(path: string, megabytes = MEGABYTES) {
  const started = performance.now();
  const run = await measure(['analyze', path, '--format', 'json']);
  expect(run.memory).toBeLessThan(megabytes);
  expect(run.memory).toBeGreaterThan(20);
  expect(performance.now() - started).toBeLessThan(100_000);
  return { ...run, document: run.stdout === '' ? null : JSON.parse(run.stdout) };
}

describe('memory is bounded', { timeout: 120_000 }, () => {
  it('a file of zeros', async () => {
    const run = await bounded(sparse('zeros', Buffer.alloc(0)));
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('not a capture: it begins with bytes 00 00 00 00');
  });

  it('a pcap that ends in zeros, as after a crash', async () => {
    const run = await bounded(sparse('zeros.pcap', good));
    expect(run.code).toBe(3);
    expect(run.document.capture.packets).toBe(11);
    expect(run.document.capture.warnings).toHaveLength(1);
  });

  it('a pcapng that ends in zeros', async () => {
    const content = Buffer.concat([section(), describeInterface(), enhanced(first)]);
    const run = await bounded(sparse('zeros.pcapng', content));
    expect(run.code).toBe(3);
    expect(run.document.capture.packets).toBe(1);
  });

  it('a gzip bomb of zeros behind a packet', async () => {
    const path = join(folder, 'bomb.pcap.gz');
    const zip = createGzip({ level: constants.Z_BEST_COMPRESSION });
    const parts: Buffer[] = [];
    zip.on('data', (part: Buffer) => parts.push(part));
    zip.write(good);
    const zero = Buffer.alloc(1 << 20);
    for (let left = GIGA; left > 0; left -= zero.length) {
      await new Promise((done) => zip.write(zero, done));
    }
    await new Promise((done) => zip.end(done));
    writeFileSync(path, Buffer.concat(parts));
    const run = await bounded(path);
    expect(run.code).toBe(3);
    expect(run.document.capture.packets).toBe(11);
  });

  it('gzip in gzip in gzip is not undone', async () => {
    const path = join(folder, 'nested.gz');
    writeFileSync(path, gzipSync(gzipSync(gzipSync(good))));
    expect((await bounded(path)).stderr).toContain('decompressed (gzip), it begins with bytes 1f 8b');
  });

  it(`${MANY} interfaces`, async () => {
    const options = bytes(
      'little',
      ['u16', 2],
      ['u16', 8],
      Buffer.from('eth00000'),
      ['u16', 9],
      ['u16', 1],
      ['u32', 9],
    );
    const path = fileOf('interfaces.pcapng', section(), MANY, () => describeInterface('little', { options }));
    const run = await bounded(path);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('describes more than 65536 interfaces in one section');
  });

  it(`${MANY} sections, each with an interface, statistics and a packet`, async () => {
    const statistics = block(
      5,
      bytes('little', ['u32', 0], ['u64', 0], ['u16', 7], ['u16', 8], ['u64', 2], ['u32', 0]),
    );
    const packet = enhanced(first);
    const part = Buffer.concat([section(), describeInterface(), packet, statistics]);
    const run = await bounded(fileOf('sections.pcapng', Buffer.alloc(0), MANY, () => part));
    expect(run.code).toBe(0);
    expect(run.document.capture.packets).toBe(MANY);
    expect(run.document.capture.drops).toEqual({ kernel: 2 * MANY, interface: null });
  });

  it(`${MANY} comments of a kilobyte`, async () => {
    const options = bytes('little', ['u16', 1], ['u16', 1000], Buffer.alloc(1000, 'x'), ['u32', 0]);
    const packet = enhanced(first, { options });
    const begin = Buffer.concat([section(), describeInterface()]);
    const path = fileOf('comments.pcapng', begin, MANY / 4, () => packet);
    const run = await measure(['analyze', path, '--format', 'json', '--verbose']);
    expect(run.memory).toBeLessThan(MEGABYTES);
    expect(run.stderr.length).toBeLessThan(2_000_000);
  });

  it(`${MANY} fragments that never make a datagram`, async () => {
    const head = [0x45, 0, ...be16(20 + 1400), 0, 0, 0x20, 0, 64, 6, 0, 0, 10, 0, 0, 0, 10, 0, 0, 1];
    const template = record(Buffer.from(ethernet([...head, ...zeros(1400)])));
    const fragment = (index: number): Uint8Array => {
      const copy = Buffer.from(template);
      copy.writeUInt32LE(1_700_000_000 + Math.floor(index / 100_000), 0);
      copy.writeUInt16BE(index & 0xffff, 16 + 14 + 4);
      copy.writeUInt32BE(0x0a00_0000 | index, 16 + 14 + 12);
      return copy;
    };
    const run = await bounded(fileOf('fragments.pcap', pcapHeader(), MANY / 2, fragment));
    expect(run.code).toBe(0);
    expect(run.document.capture.others).toEqual([
      { what: 'IPv4 fragment', packets: MANY / 2, broken: false },
    ]);
  });

  it(`${MANY} tiny fragments of one datagram`, async () => {
    const fragment = (index: number): Uint8Array => {
      const place = index % 8000;
      const head = [0x45, 0, ...be16(28), 0, 7, ...be16(0x2000 | place), 64, 6, 0, 0];
      return record(Buffer.from(ethernet([...head, 10, 0, 0, 2, 10, 0, 0, 1, ...zeros(8)])));
    };
    expect((await bounded(fileOf('tiny.pcap', pcapHeader(), MANY, fragment))).code).toBe(0);
  });

  it(`${MANY} VLANs and tunnels`, async () => {
    const frame = (index: number): Uint8Array => {
      const data = Buffer.concat([
        first.subarray(0, 12),
        Buffer.from([0x88, 0xa8, ...be16(index & 0xfff), 0x81, 0, ...be16((index >>> 12) & 0xfff)]),
        first.subarray(12),
      ]);
      return record(data);
    };
    // each is a separate connection, and connections need memory
    const run = await bounded(fileOf('vlans.pcap', pcapHeader(), MANY / 4, frame), 400);
    expect(run.code).toBe(0);
  });
});
