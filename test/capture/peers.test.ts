/** The same packets as other readers: pcap-parser (npm), tshark and capinfos. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CaptureError } from '../../src/errors.js';
import { openCapture } from '../../src/files/open.js';
import { TSHARK, type TsharkFrame, tsharkFrames } from '../tshark-fields.js';
import {
  block,
  describeInterface,
  enhanced,
  payload,
  pcapHeader,
  readFrames,
  record,
  section,
  simple,
} from './bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-peers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const corpus = process.env.SYNFIN_CORPUS;
const fixtures = join(import.meta.dirname, '../../fixtures');
const hasTshark = TSHARK !== null;

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function ours(path: string) {
  const reader = await openCapture(path);
  return { frames: await readFrames(reader), reader };
}

interface PeerPacket {
  header: {
    timestampSeconds: number;
    timestampMicroseconds: number;
    capturedLength: number;
    originalLength: number;
  };
  data: Buffer;
}

interface PeerParser {
  on(event: 'packet', listener: (packet: PeerPacket) => void): PeerParser;
  on(event: 'end' | 'error', listener: (error?: Error) => void): PeerParser;
}

function withPcapParser(path: string): Promise<PeerPacket[]> {
  const peer: { parse(path: string): PeerParser } = createRequire(import.meta.url)('pcap-parser');
  return new Promise((resolve, reject) => {
    const packets: PeerPacket[] = [];
    peer
      .parse(path)
      .on('packet', (packet) => packets.push(packet))
      .on('end', () => resolve(packets))
      .on('error', reject);
  });
}

const someCapture = join(fixtures, 'kernel/three-step.pcap');

describe.skipIf(spawnSync('editcap', ['-h']).status !== 0)(
  'editcap (skipped where it is not on PATH)',
  () => {
    test.each(['pcap', 'nsecpcap', 'modpcap', 'nokiapcap', 'rh6_1pcap', 'suse6_3pcap', 'pcapng'])(
      '%s',
      async (variant) => {
        const path = join(folder, variant);
        expect(spawnSync('editcap', ['-F', variant, someCapture, path]).status).toBe(0);
        const { frames, reader } = await ours(path);
        expect(reader.warnings).toEqual([]);
        const expected = (await ours(someCapture)).frames;
        const unit = ['nsecpcap', 'pcapng'].includes(variant) ? 1 : 1000;
        const cut = expected.map((frame) => ({
          ...frame,
          nanoseconds: frame.nanoseconds - (frame.nanoseconds % unit),
        }));
        expect(frames.map(asTshark)).toEqual(cut.map(asTshark));
        expect(frames.every(({ data }, i) => expected[i]?.data.equals(data))).toBe(true);
      },
    );

    test('cut to a snap length', async () => {
      const path = join(folder, 'snapped');
      expect(spawnSync('editcap', ['-s', '54', someCapture, path]).status).toBe(0);
      const { frames } = await ours(path);
      expect(Math.max(...frames.map(({ data }) => data.length))).toBe(54);
      const originals = (await ours(someCapture)).frames.map(({ originalLength }) => originalLength);
      expect(frames.map(({ originalLength }) => originalLength)).toEqual(originals);
    });
  },
);

describe('pcap-parser', () => {
  // it reads microseconds only, so what has nanoseconds is converted, where editcap is on PATH
  // pcap-parser does not know the longer record headers of Nokia and Red Hat, and stops at damage
  // for a reader those of fixtures/path are like those of fixtures/kernel
  const classic = filesBelow(fixtures).filter(
    (path) => path.endsWith('.pcap') && !/nokiapcap|rh6_1pcap|resync|\/path\//.test(path),
  );
  const microseconds = (path: string): string | null => {
    if (/^(d4c3b2a1|a1b2c3d4)$/.test(readFileSync(path).subarray(0, 4).toString('hex'))) return path;
    const converted = join(folder, 'microseconds.pcap');
    return spawnSync('editcap', ['-F', 'pcap', path, converted]).status === 0 ? converted : null;
  };
  const built = join(folder, 'built.pcap');
  const order = 'big';
  const records = [60, 0, 1514, 61].map((length, i) =>
    record(payload(length, i), { order, fraction: i, original: 2000 }),
  );
  writeFileSync(built, Buffer.concat([pcapHeader({ order }), ...records]));

  const captures = [built, ...classic].map((path) => [path.replace(`${fixtures}/`, ''), path] as const);
  test.each(captures)('%s', async (_, original) => {
    const path = microseconds(original);
    if (path === null) return;
    const { frames } = await ours(path);
    const theirs = await withPcapParser(path);
    expect(frames).toHaveLength(theirs.length);
    for (const [i, { header, data }] of theirs.entries()) {
      expect(frames[i]).toMatchObject({
        seconds: header.timestampSeconds,
        nanoseconds: header.timestampMicroseconds * 1000,
        originalLength: header.originalLength,
      });
      expect(frames[i]?.data.equals(data)).toBe(true);
    }
  });
});

/** Number, time, captured and original length of each frame; none where tshark cannot read the file at all. */
async function withTshark(path: string): Promise<string[]> {
  const frames = await tsharkFrames(path);
  return frames
    .filter((frame) => !isNoPacket(frame))
    .map((frame) =>
      [frame['frame.number'], frame['frame.time_epoch'], frame['frame.cap_len'], frame['frame.len']].join(
        ' ',
      ),
    );
}

/** Wireshark numbers a custom or journal block as a frame, without a time and with no link layer; it is no packet. */
function isNoPacket({ 'frame.time_epoch': time, 'frame.protocols': protocols }: TsharkFrame): boolean {
  return (time === '' && protocols === 'data') || protocols === 'systemd_journal';
}

const asTshark = ({
  number,
  seconds,
  nanoseconds,
  data,
  originalLength,
}: Awaited<ReturnType<typeof readFrames>>[0]) =>
  `${number} ${seconds}.${String(nanoseconds).padStart(9, '0')} ${data.length} ${originalLength}`;

/** Without the time, for packets that have none (simple packet blocks). */
const timeless = (line: string) => line.replace(/^(\d+) \S* /, '$1 ');

describe.skipIf(!hasTshark)('tshark (skipped where it is not on PATH)', () => {
  test('numbers of frames between blocks of all kinds', async () => {
    const path = join(folder, 'kinds.pcapng');
    const packet = enhanced(payload(60));
    const custom = Buffer.concat([Buffer.from([0xd9, 0x7e, 0, 0]), payload(8)]);
    const journal = Buffer.from('__REALTIME_TIMESTAMP=1467480000000000\nMESSAGE=x\n');
    const blocks = [
      block(0xbad, custom),
      simple(payload(60)),
      block(0x77, custom),
      block(0x4000_0bad, custom),
    ];
    const secrets = block(10, Buffer.concat([Buffer.from('KLST'), Buffer.from([4, 0, 0, 0]), payload(4)]));
    const rest = [packet, secrets, block(9, journal), packet];
    writeFileSync(path, Buffer.concat([section(), describeInterface(), packet, ...blocks, ...rest]));
    const { frames } = await ours(path);
    expect(frames.map(asTshark).map(timeless)).toEqual((await withTshark(path)).map(timeless));
  });

  test.each([
    ['exponent 9', 9],
    ['exponent 3', 3],
    ['2^-20', 0x94],
    ['2^-30', 0x9e],
  ])('times in %s', async (name, resolution) => {
    const path = join(folder, `${name}.pcapng`);
    const option = Buffer.from([9, 0, 1, 0, resolution, 0, 0, 0]);
    const perSecond = resolution >= 0x80 ? 2n ** BigInt(resolution - 0x80) : 10n ** BigInt(resolution);
    const packets = [0n, 1n, 999n, 123_456n].map((ticks) =>
      enhanced(payload(60), { time: 1_700_000_000n * perSecond + (ticks % perSecond) }),
    );
    writeFileSync(
      path,
      Buffer.concat([section(), describeInterface('little', { options: option }), ...packets]),
    );
    const { frames } = await ours(path);
    expect(frames.map(asTshark)).toEqual(await withTshark(path));
  });
});

/** Corpus files in which tshark and this reader differ, and why. */
const DIFFERENCES: Record<string, string> = {
  'crash-pcapng-epb-unbounded-length':
    'tshark reads nothing of a file whose only packet claims more than its block',
};

describe.skipIf(corpus === undefined || !hasTshark)(
  'the corpus (skipped without SYNFIN_CORPUS and tshark)',
  () => {
    const captures =
      corpus === undefined ? [] : filesBelow(corpus).filter((path) => !/\.(txt|tsv|md)$/.test(path));

    test.each(captures.map((path) => [path.replace(`${corpus}/`, ''), path]))(
      '%s',
      async (name, path) => {
        const { frames, reader } = await ours(path).catch((error: unknown) => {
          if (!(error instanceof CaptureError)) throw error;
          return { frames: [], reader: null };
        });
        const theirs = await withTshark(path);
        const reason = DIFFERENCES[name.split('/').at(-1) ?? ''];
        if (reason !== undefined) {
          expect(frames.length === theirs.length, reason).toBe(true);
          return;
        }
        const noTime = reader?.warnings.some(({ code }) => code === 'no-time') === true;
        const lines = frames.map(asTshark);
        expect(noTime ? lines.map(timeless) : lines).toEqual(noTime ? theirs.map(timeless) : theirs);
      },
      180_000,
    );
  },
);
