/**
 * With one processor, files are read without a thread, in one buffer; with more, ahead of the analysis, in two: both
 * must give the same frames, warnings and offsets, for every available capture and any length of reads.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import type { CaptureReader } from '../../src/capture/open.js';
import { CaptureError } from '../../src/errors.js';
import { openCapture } from '../../src/files/open.js';
import { payload, pcap, pcapHeader, pcapng, record } from './bytes.js';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['fixtures', 'captures'].map((folder) => join(ROOT, folder));
const CORPUS = process.env.SYNFIN_CORPUS;
const captures = [...FOLDERS, ...(CORPUS === undefined ? [] : [CORPUS])].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(p?cap(ng)?|gz|zst|lz4)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(),
);

const folder = mkdtempSync(join(tmpdir(), 'synfin-direct-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** All results of reading a file: each frame with a hash of its bytes, the warnings, how far it came. */
async function story(path: string, direct: boolean, chunk?: number): Promise<unknown> {
  const frame = new Frame();
  const frames: string[] = [];
  let reader: CaptureReader;
  try {
    reader = await openCapture(path, { direct, ...(chunk === undefined ? {} : { chunk }) });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { refused: error.message, code: error.code };
  }
  while (await reader.fill()) {
    while (reader.next(frame)) {
      const { number, seconds, nanoseconds, linkType, interfaceId, originalLength } = frame;
      const bytes = new Uint8Array(
        frame.view.buffer,
        frame.view.byteOffset + frame.offset,
        frame.capturedLength,
      );
      const hash = createHash('sha1').update(bytes).digest('base64');
      frames.push([number, seconds, nanoseconds, linkType, interfaceId, originalLength, hash].join(' '));
    }
  }
  const { warnings, bytes, progress, drops } = reader;
  await reader.close();
  return { frames, warnings, bytes, progress, drops };
}

describe('every capture, read without a thread as with one', () => {
  test.each(captures.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]))('%s', async (_, path) => {
    expect(await story(path, true)).toEqual(await story(path, false));
  });
});

describe('whatever is read at a time', () => {
  const cases = {
    'small records': pcap(...Array.from({ length: 300 }, (_, i) => 60 + i)),
    'small records of pcapng': pcapng(...Array.from({ length: 300 }, (_, i) => 60 + i)),
    'records that are larger than what is read at a time': Buffer.concat([
      pcapHeader({ snaplen: 2 ** 21 }),
      ...[1_500_000, 60, 900_000, 61].map((length, i) => record(payload(length, i))),
    ]),
    'a record that is cut short': pcap(60, 500_000).subarray(0, 400_000),
  };
  test.each(Object.entries(cases))('%s', async (name, content) => {
    const path = file(name, content);
    const expected = await story(path, false);
    for (const chunk of [61, 1000, 4096, 100_000]) expect(await story(path, true, chunk)).toEqual(expected);
    expect(await story(path, true)).toEqual(expected);
  });
});

test('other work runs while a long file is read', async () => {
  const path = file('long', pcap(...Array<number>(20_000).fill(60)));
  const reader = await openCapture(path, { direct: true, chunk: 1 << 14 });
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const frame = new Frame();
  let atFirstTurn = 0;
  while (await reader.fill()) {
    while (reader.next(frame)) if (turns === 0) atFirstTurn = frame.number;
    // some work, so that the clock goes on
    for (const until = performance.now() + 1; performance.now() < until; );
  }
  clearInterval(timer);
  await reader.close();
  expect(reader.packets).toBe(20_000);
  expect(atFirstTurn).toBeLessThan(15_000);
});
