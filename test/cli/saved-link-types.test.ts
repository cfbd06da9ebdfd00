/** `--write`: every link type that is read can be saved too, from a file and live, to one file and to several. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startSession } from '../../src/cli/commands/live-session.js';
import { planOutput } from '../../src/cli/options/plan.js';
import type { RotateLimits } from '../../src/cli/options/rotate-limits.js';
import { createReporter } from '../../src/cli/report/create.js';
import { DECODED_LINK_TYPES } from '../../src/decode/formats.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { type LiveSource, WHOLE_PACKETS } from '../../src/live/source.js';
import { payload, pcapHeader, readFrames, record } from '../capture/bytes.js';
import { ioInto, runCli } from '../run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-link-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A link type that is not decoded is saved all the same. */
const UNKNOWN = 147;
const LINK_TYPES = [...DECODED_LINK_TYPES.keys(), UNKNOWN];
const FORMATS = ['pcap', 'pcapng'] as const;
const LENGTHS = [60, 1500, 61, 9000, 62];

const header = (linkType: number): Buffer => Buffer.from(pcapHeader({ network: linkType }));
const records = (): Buffer => Buffer.concat(LENGTHS.map((length) => record(payload(length))));

/** The frames of a saved capture, in the order of its files. */
async function saved(inside: string): Promise<{ linkTypes: number[]; lengths: number[] }> {
  const paths = readdirSync(inside)
    .sort()
    .map((name) => join(inside, name));
  const linkTypes = new Set<number>();
  const lengths: number[] = [];
  for (const path of paths) {
    const reader = await openCaptures([path]);
    for (const { data, linkType } of await readFrames(reader)) {
      linkTypes.add(linkType);
      lengths.push(data.length);
      expect(data.equals(payload(data.length))).toBe(true);
    }
    for (const { interfaces } of reader.files) for (const each of interfaces) linkTypes.add(each.linkType);
    expect(reader.warnings).toEqual([]);
  }
  return { linkTypes: [...linkTypes], lengths };
}

/** A live capture whose packets come only once the file has been flushed. */
async function saveLive(
  linkType: number,
  path: string,
  packets: Buffer | Promise<Buffer>,
  { rotate, snaplen = WHOLE_PACKETS }: { rotate?: RotateLimits; snaplen?: number } = {},
): Promise<string[]> {
  const stream = new PassThrough();
  const info: LiveSource['info'] = {
    backend: 'libpcap',
    interface: 'any',
    clock: 'kernel',
    precision: 'us',
    linkType: null,
    snaplen,
    notes: [],
    droppedTo: null,
  };
  const source: LiveSource = {
    stream,
    info,
    counters: () => ({ received: null, dropped: null, interfaceDropped: null }),
    stop: async () => {},
    ended: Promise.resolve({ reason: 'stopped', why: null }),
  };
  const io = ioInto(new PassThrough().resume());
  const said: string[] = [];
  const session = await startSession(
    source,
    {
      drop: false,
      files: { write: path, ...(rotate === undefined ? {} : { rotate }) },
      reporter: () => createReporter(planOutput({ format: 'json', color: 'never' }, io), io),
      say: (line) => said.push(line),
    },
    io,
  );
  stream.write(header(linkType));
  await delay(5);
  stream.end(await packets);
  expect((await session.done).writeFailure).toBe(null);
  return said;
}

describe.each(FORMATS)('to %s', (format) => {
  it.each(LINK_TYPES)('link type %i from a file', async (linkType) => {
    const input = join(folder, `in-${linkType}.pcap`);
    writeFileSync(input, Buffer.concat([header(linkType), records()]));
    const inside = join(folder, `file-${linkType}-${format}`);
    mkdirSync(inside);
    const run = await runCli(['analyze', input, '--write', join(inside, `out.${format}`)]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(await saved(inside)).toEqual({ linkTypes: [linkType], lengths: LENGTHS });
  });

  it.each(LINK_TYPES)('link type %i live', async (linkType) => {
    const inside = join(folder, `live-${linkType}-${format}`);
    mkdirSync(inside);
    expect(await saveLive(linkType, join(inside, `out.${format}`), records())).toEqual([]);
    expect(await saved(inside)).toEqual({ linkTypes: [linkType], lengths: LENGTHS });
  });

  it.each(LINK_TYPES)('link type %i live, in several files', async (linkType) => {
    const inside = join(folder, `rotated-${linkType}-${format}`);
    mkdirSync(inside);
    const rotate = { bytes: 2000, seconds: null };
    await saveLive(linkType, join(inside, `out.${format}`), records(), { rotate });
    expect(readdirSync(inside).length).toBeGreaterThan(2);
    expect(await saved(inside)).toEqual({ linkTypes: [linkType], lengths: LENGTHS });
  });

  it.each([1, 113, 276])('an empty capture of link type %i stays one', async (linkType) => {
    const inside = join(folder, `empty-${linkType}-${format}`);
    mkdirSync(inside);
    await saveLive(linkType, join(inside, `live.${format}`), Buffer.alloc(0));
    const input = join(folder, `empty-${linkType}.pcap`);
    writeFileSync(input, header(linkType));
    await runCli(['analyze', input, '--write', join(inside, `file.${format}`)]);
    expect(readdirSync(inside)).toHaveLength(2);
    expect(await saved(inside)).toEqual({ linkTypes: [linkType], lengths: [] });
  });

  it('says how many packets are not whole', async () => {
    const cut = Buffer.concat([record(payload(60)), record(payload(68), { original: 1500 })]);
    const input = join(folder, `cut-${format}.pcap`);
    writeFileSync(input, Buffer.concat([header(1), cut]));
    const path = join(folder, `cut-out.${format}`);
    const run = await runCli(['analyze', input, '--write', path]);
    expect(run.stderr).toBe(
      `synfin: ${path}: 1 of 2 packets are not whole: no more of them was captured (snap length)\n`,
    );
    expect(await saveLive(1, path, cut, { snaplen: 68 })).toEqual([
      'synfin: of each packet at most 68 bytes are saved (snap length)',
      `synfin: ${path}: 1 of 2 packets are not whole: no more of them was captured (snap length)`,
    ]);
  });
});

it('a file is whole before the first packet', async () => {
  const path = join(folder, 'waiting.pcap');
  let ended = false;
  const packets = delay(50).then(() => {
    expect(readFileSync(path)).toHaveLength(24);
    expect(readFileSync(path).readUInt32LE(20)).toBe(276);
    ended = true;
    return records();
  });
  await saveLive(276, path, packets);
  expect(ended).toBe(true);
});
