/**
 * pcap-parser 0.2.1, from npm, as an independent second reader: it must see the same packets in every classic
 * capture of the repository. Also its limits, which are why it is not the reader (README, "Dependencies").
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Frame } from '../src/capture/frame.js';
import { openStream } from '../src/files/open.js';
import { readableCaptures } from './cli/fixtures.js';

interface SecondReader {
  parse(stream: Readable): SecondParser;
}

interface SecondParser {
  buffer: Buffer | null;
  on(event: 'globalHeader', listener: (header: { linkLayerType: number }) => void): this;
  on(event: 'packet', listener: (packet: SecondPacket) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
}

interface SecondPacket {
  header: {
    timestampSeconds: number;
    timestampMicroseconds: number;
    capturedLength: number;
    originalLength: number;
  };
  data: Buffer;
}

/** The values on which both readers must agree. */
interface Seen {
  seconds: number;
  microseconds: number;
  captured: number;
  original: number;
  bytes: string;
}

const secondReader = createRequire(import.meta.url)('pcap-parser') as SecondReader;
const ROOT = resolve(import.meta.dirname, '..');
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;

async function readSecond(
  file: Buffer,
): Promise<{ packets: Seen[]; linkType: number | null; error: string | null }> {
  const packets: Seen[] = [];
  let linkType: number | null = null;
  let error: string | null = null;
  const parser = secondReader.parse(Readable.from([file]));
  await new Promise<void>((done) => {
    parser
      .on('globalHeader', (header) => {
        linkType = header.linkLayerType;
      })
      .on('packet', ({ header, data }) => {
        packets.push({
          seconds: header.timestampSeconds,
          microseconds: header.timestampMicroseconds,
          captured: header.capturedLength,
          original: header.originalLength,
          bytes: data.toString('hex'),
        });
      })
      .on('error', (problem) => {
        error = problem.message;
        done();
      })
      .on('end', done);
  });
  return { packets, linkType, error };
}

async function readOurs(
  file: Buffer,
): Promise<{ packets: Seen[]; linkType: number | null; damaged: boolean }> {
  const packets: Seen[] = [];
  let linkType: number | null = null;
  const reader = await openStream(Readable.from([file]), 'capture');
  const frame = new Frame();
  while (await reader.fill()) {
    while (reader.next(frame)) {
      linkType = frame.linkType;
      const { buffer, byteOffset } = frame.view;
      packets.push({
        seconds: frame.seconds,
        microseconds: Math.floor(frame.nanoseconds / 1000),
        captured: frame.capturedLength,
        original: frame.originalLength,
        bytes: Buffer.from(buffer, byteOffset + frame.offset, frame.capturedLength).toString('hex'),
      });
    }
  }
  const { damaged } = reader;
  await reader.close();
  return { packets, linkType, damaged };
}

/** The file with microseconds, which is all that the second reader knows: magic number and fractions changed. */
function inMicroseconds(file: Buffer): Buffer {
  const little = file.readUInt32LE(0) === NANOSECONDS;
  if (!little && file.readUInt32BE(0) !== NANOSECONDS) return file;
  const copy = Buffer.from(file);
  const get = (at: number): number => (little ? copy.readUInt32LE(at) : copy.readUInt32BE(at));
  const put = (at: number, value: number): number =>
    little ? copy.writeUInt32LE(value, at) : copy.writeUInt32BE(value, at);
  put(0, MICROSECONDS);
  for (let at = 24; at + 16 <= copy.length; at += 16 + get(at + 8)) {
    put(at + 4, Math.floor(get(at + 4) / 1000));
  }
  return copy;
}

const classic = readableCaptures().filter((path) => path.endsWith('.pcap'));

describe('the same packets through both readers', () => {
  it('all captures of the repository are included', () => {
    expect(classic.length).toBeGreaterThan(200);
  });

  it.each(classic)('%s', async (path) => {
    const file = readFileSync(resolve(ROOT, path));
    const ours = await readOurs(file);
    const second = await readSecond(inMicroseconds(file));
    expect(second.error).toBe(null);
    if (ours.damaged) {
      // the second reader ends at the damage; ours may find more behind it
      expect(ours.packets.slice(0, second.packets.length)).toEqual(second.packets);
      expect(second.packets.length).toBeGreaterThan(0);
    } else {
      expect(ours.packets).toEqual(second.packets);
      if (ours.linkType !== null) expect(ours.linkType).toBe((second.linkType ?? 0) & 0x0fff_ffff);
    }
  });

  it('both byte orders are among them', () => {
    const magics = new Set(classic.map((path) => readFileSync(resolve(ROOT, path)).readUInt32BE(0)));
    for (const magic of [0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1]) expect(magics).toContain(magic);
  });
});

describe('why it is not the reader', () => {
  const simple = readFileSync(resolve(ROOT, 'fixtures/synthetic/simple-le-us.pcap'));

  it('nanoseconds and pcapng are refused', async () => {
    const nanoseconds = readFileSync(resolve(ROOT, 'fixtures/synthetic/simple-be-ns.pcap'));
    expect((await readSecond(nanoseconds)).error).toBe('unknown magic number: a1b23c4d');
    const pcapng = Buffer.from('0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000', 'hex');
    expect((await readSecond(pcapng)).error).toBe('unknown magic number: 0a0d0d0a');
  });

  it('a file that is cut short ends without an error; ours reports it', async () => {
    const cut = simple.subarray(0, simple.length - 10);
    expect(await readSecond(cut)).toMatchObject({ error: null });
    expect((await readSecond(cut)).packets).toHaveLength(10);
    expect(await readOurs(cut)).toMatchObject({ damaged: true });
  });

  it('a corrupt length makes it buffer everything that follows; ours ends there', async () => {
    const header = Buffer.from(simple.subarray(0, 40));
    header.writeUInt32LE(0xffff_ff00, 32);
    const rest = Array.from({ length: 64 }, () => Buffer.alloc(1 << 16));
    const parser = secondReader.parse(Readable.from([header, ...rest]));
    const packets: SecondPacket[] = [];
    await new Promise<void>((done) => {
      parser.on('packet', (packet) => packets.push(packet)).on('end', done);
    });
    expect(packets).toHaveLength(0);
    expect(parser.buffer?.length).toBe(64 << 16);
    expect(await readOurs(Buffer.concat([header, ...rest]))).toMatchObject({ packets: [], damaged: true });
  });

  it('it calls a constructor that Node has deprecated', () => {
    const source = readFileSync(createRequire(import.meta.url).resolve('pcap-parser'), 'utf8');
    expect(source).toContain('new Buffer(');
  });
});
