import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { mergedReader, openCaptures } from '../../src/files/open-captures.js';
import { capturesIn } from '../../src/files/probe.js';
import {
  describeInterface,
  enhanced,
  payload,
  pcap,
  pcapHeader,
  pcapng,
  readFrames,
  record,
  section,
} from './bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-merge-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function file(content: Uint8Array, name = `file-${count++}`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A capture with one packet at each of these seconds; the length of a packet identifies its file. */
const at = (length: number, ...seconds: number[]) =>
  Buffer.concat([pcapHeader(), ...seconds.map((each) => record(payload(length), { seconds: each }))]);

async function merged(...captures: Buffer[]) {
  const reader = await mergedReader(captures.map((capture) => file(capture)));
  const frames = await readFrames(reader);
  return { reader, frames, order: frames.map(({ seconds, data }) => [seconds, data.length]) };
}

describe('several captures as one', () => {
  test('by time, and with new numbers', async () => {
    const { frames, order } = await merged(at(10, 1, 4, 5, 9), at(20, 2, 3, 6), at(30, 7, 8, 10));
    expect(order.map(([seconds]) => seconds)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(frames.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(order[1]).toEqual([2, 20]);
  });

  test('however many there are: sorted by time, those of the same time by their files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (files) => {
          const rising = files.map((seconds) => seconds.sort((a, b) => a - b));
          const { order } = await merged(...rising.map((seconds, index) => at(10 + index, ...seconds)));
          // files of the same beginning stay as they were given; those without a packet come first
          const given = rising
            .map((seconds, index) => ({ seconds, index }))
            .sort((a, b) => (a.seconds[0] ?? 0) - (b.seconds[0] ?? 0));
          const wanted = given
            .flatMap(({ seconds, index }) => seconds.map((second) => [second, 10 + index]))
            .sort(([a = 0], [b = 0]) => a - b);
          expect(order).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test('that begin together take no longer than one after the other', { timeout: 120_000 }, async () => {
    const FILES = 600;
    const EACH = 20;
    const made = (together: boolean): string[] =>
      Array.from({ length: FILES }, (_, index) => {
        const begin = together ? 1 : 1 + index * EACH;
        return file(at(10, ...Array.from({ length: EACH }, (_, i) => begin + i)));
      });
    const paths = [made(true), made(false)] as const;
    const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
    for (let turn = 0; turn < 3; turn++) {
      for (const kind of [0, 1] as const) {
        const reader = await mergedReader(paths[kind]);
        const begun = process.cpuUsage();
        expect(await readFrames(reader)).toHaveLength(FILES * EACH);
        best[kind] = Math.min(best[kind], process.cpuUsage(begun).user);
        await reader.close();
      }
    }
    expect(best[0] / best[1]).toBeLessThan(3);
  });

  test('of the same time, the earlier file first', async () => {
    const { order } = await merged(at(10, 1, 2, 2), at(20, 1, 2, 2));
    expect(order).toEqual([
      [1, 10],
      [1, 20],
      [2, 10],
      [2, 10],
      [2, 20],
      [2, 20],
    ]);
  });

  test('a rotated set that was given in the wrong order', async () => {
    const { order, reader } = await merged(at(30, 7, 8), at(10, 1, 2, 3), at(20, 4, 5, 6));
    expect(order.map(([seconds]) => seconds)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(reader.files.map(({ packets }) => packets)).toEqual([3, 3, 2]);
  });

  test('each file keeps its own order, however odd its times', async () => {
    const { order } = await merged(at(10, 5, 1, 9), at(20, 6, 7));
    expect(order.filter(([, length]) => length === 10).map(([seconds]) => seconds)).toEqual([5, 1, 9]);
    expect(order.map(([seconds]) => seconds)).toEqual([5, 1, 6, 7, 9]);
  });

  test('the same for any order of files, number of packets and chunk', async () => {
    const times = fc.array(fc.nat(50), { maxLength: 30 }).map((list) => list.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(
        fc.array(times, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(32, 1 << 20),
        async (lists, chunk) => {
          const paths = lists.map((list, i) =>
            file(at(i, ...list.map((second) => second + 1)), `property-${i}`),
          );
          const reader = await mergedReader(paths, { chunk });
          const frames = await readFrames(reader);
          const all = lists.flat().sort((a, b) => a - b);
          expect(frames.map(({ seconds }) => seconds - 1)).toEqual(all);
          for (const [i, list] of lists.entries()) {
            const own = frames.filter(({ data }) => data.length === i);
            expect(own.map(({ seconds }) => seconds - 1)).toEqual(list);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('formats and link types mix; warnings and drops are kept by file', async () => {
    const cut = pcap(60, 61).subarray(0, -5);
    const obsolete = Buffer.concat([
      section(),
      describeInterface('little', { linkType: 113 }),
      enhanced(payload(62)),
    ]);
    const { frames, reader } = await merged(cut, gzipSync(obsolete), pcapng(63).subarray(0, -1));
    expect(frames).toHaveLength(2);
    expect(reader.damaged).toBe(true);
    expect(reader.warnings.map(({ code, packet }) => [code, packet])).toEqual([
      // a capture without a whole packet comes first
      ['cut-short', 1],
      ['cut-short', 2],
    ]);
    expect(reader.files.map(({ format }) => format).sort()).toEqual(['pcap', 'pcapng', 'pcapng']);
    expect(reader.drops).toBeNull();
  });

  test('one that cannot be read at all is left out, with a warning', async () => {
    const reader = await mergedReader([file(pcap(60)), join(folder, 'missing')]);
    expect(reader.warnings).toMatchObject([{ code: 'not-found', damage: true }]);
    expect(await readFrames(reader)).toHaveLength(1);
  });

  test('where none can be read, the first one says why', async () => {
    const paths = [join(folder, 'missing'), join(folder, 'gone')];
    await expect(mergedReader(paths)).rejects.toMatchObject({ code: 'not-found', path: paths[0] });
  });

  test('progress reaches the size of all files', async () => {
    const { reader } = await merged(pcap(60), pcapng(60));
    expect(reader.progress).toEqual({
      read: pcap(60).length + pcapng(60).length,
      size: pcap(60).length + pcapng(60).length,
    });
  });
});

describe('a folder', () => {
  const inside = join(folder, 'trace');
  mkdirSync(join(inside, 'below'), { recursive: true });
  writeFileSync(join(inside, 'a.txt'), 'a text');
  writeFileSync(join(inside, 'empty'), '');
  writeFileSync(join(inside, '1-late'), at(10, 9));
  writeFileSync(join(inside, '2-early'), gzipSync(at(10, 3)));
  writeFileSync(join(inside, '3-between'), pcapng(60).fill(0, 0, 0));

  test('its captures by content, in the order of their first packets', async () => {
    expect(await capturesIn(inside)).toEqual(
      ['2-early', '1-late', '3-between'].map((name) => join(inside, name)),
    );
  });

  test('with the captures below, except behind links to folders', async () => {
    const deep = join(folder, 'deep');
    mkdirSync(join(deep, 'a/b'), { recursive: true });
    writeFileSync(join(deep, 'a/b/one.pcap'), at(10, 1));
    symlinkSync(deep, join(deep, 'a/loop'));
    expect(await capturesIn(deep)).toEqual([join(deep, 'a/b/one.pcap')]);
    await expect(capturesIn(deep, [], AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('is opened as one capture', async () => {
    const reader = await openCaptures([inside]);
    expect((await readFrames(reader)).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('without a capture', async () => {
    await expect(openCaptures([join(inside, 'below')])).rejects.toThrow('no capture in this folder');
  });
});

test('the memory of a file is given back at its end', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const paths = Array.from({ length: 60 }, (_, index) => file(at(100, index)));
  collect();
  const before = process.memoryUsage().arrayBuffers;
  const reader = await mergedReader(paths);
  expect(await readFrames(reader)).toHaveLength(60);
  // free memory is returned in the background
  await vi.waitFor(() => {
    collect();
    // a window takes a megabyte
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  }, 20_000);
  expect(reader.files.map(({ bytes }) => bytes)).toEqual(paths.map((path) => statSync(path).size));
});
