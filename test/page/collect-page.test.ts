/** The data of the report page: its bounds, which connections have segments, and that packing changes nothing. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headerFields } from '../../src/explain/en/header-fields.js';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { collectPage } from '../../src/page/collect-page.js';
import { pack, unpack } from '../../src/page/pack.js';
import { PAGE_BOUNDS, type PageBounds, type PageData } from '../../src/page/page-data.js';
import type { LadderSegment } from '../../src/track/memory/extras.js';
import { compileFilter } from '../../src/where/filter.js';

const KERNEL = resolve(import.meta.dirname, '../../fixtures/kernel');

function collected(
  files: readonly string[],
  bounds: Partial<PageBounds> = {},
  where: string | null = null,
  twice = true,
): Promise<PageData> {
  return collectPage(
    { open: () => openCaptures(files.map((file) => join(KERNEL, file))), twice },
    {
      version: '0',
      where,
      filter: where === null ? null : compileFilter(where),
      host: nodeHost,
      bounds: { ...PAGE_BOUNDS, ...bounds },
    },
  );
}

const withSegments = ({ connections }: PageData): number[] =>
  connections.filter(({ ladder }) => ladder !== null).map(({ index }) => index);

function segmentsOf({ connections }: PageData): LadderSegment[] {
  return connections.flatMap(({ ladder }) => (ladder ?? []).filter((entry) => 'packet' in entry));
}

describe('collectPage', () => {
  it('has all of a small capture: each segment with its header', async () => {
    const data = await collected(['many.pcap']);
    expect(data.connections).toHaveLength(6);
    expect(data.left).toEqual({ connections: 0, udpFlows: 0, ladders: 0 });
    expect(data.overview).toMatchObject({ connections: 6, failed: 2 });
    const segments = segmentsOf(data);
    expect(segments).toHaveLength(49);
    for (const { packet, rawSequence } of segments) {
      const header = data.headers[packet] ?? '';
      expect(Number.parseInt(header.slice(8, 16), 16), `packet ${packet}`).toBe(rawSequence);
    }
  });

  it('the same where it can be read only once', async () => {
    const [twice, once] = [await collected(['many.pcap']), await collected(['many.pcap'], {}, null, false)];
    expect({ ...once, folded: {} }).toEqual(twice);
  });

  it('with little room, segments of those that failed come first', async () => {
    const data = await collected(['many.pcap'], { segments: 12 });
    expect(withSegments(data)).toEqual([3, 4]);
    expect(data.left.ladders).toBe(4);
    expect(withSegments(await collected(['many.pcap'], { segments: 0 }))).toEqual([]);
  });

  it('a short list still has what failed, and counts what it leaves out', async () => {
    const data = await collected(['many.pcap'], { connections: 1 });
    expect(data.connections.map(({ outcome }) => outcome.failed)).toEqual([false, true]);
    expect(data.left.connections).toBe(4);
    // the numbers over all are those of all
    expect(data.overview?.connections).toBe(6);
  });

  it('a selection leaves out the rest, and names itself', async () => {
    const data = await collected(['many.pcap'], {}, 'outcome.failed');
    expect(data.connections).toHaveLength(2);
    expect(data.where).toBe('outcome.failed');
    expect(data.left.connections).toBe(0);
    expect(data.overview?.connections).toBe(6);
  });

  it('segments that a ladder folds are there too', async () => {
    const data = await collected(['../cases/lost-segments-seen-by-the-sender.pcap']);
    const [report] = data.connections;
    const shown = new Set((report?.ladder ?? []).map((entry) => ('packet' in entry ? entry.packet : 0)));
    const folded = data.folded[0] ?? [];
    const { client, server } = report?.traffic ?? {};
    expect(folded.length).toBeGreaterThan(0);
    expect(shown.size - 1 + folded.length).toBe((client?.packets ?? 0) + (server?.packets ?? 0));
    for (const { packet } of folded) expect(shown.has(packet)).toBe(false);
  });
});

it('packed, it comes back as JSON has it', async () => {
  const data = await collected(['many.pcap', 'fast-retransmit.pcap']);
  const packed = JSON.stringify(pack(data));
  expect(unpack(JSON.parse(packed))).toEqual(JSON.parse(JSON.stringify(data)));
  expect(packed.length).toBeLessThan(JSON.stringify(data).length * 0.6);
  for (const value of [[], {}, [[]], [-1], [0, [1]], { a: [] }, null, 'x', { a: { b: [{ a: 1 }] } }])
    expect(unpack(JSON.parse(JSON.stringify(pack(value))))).toEqual(value);
});

it.each(readdirSync(KERNEL).filter((name) => /\.pcap(ng)?$/.test(name)))(
  '%s: the fields of each header follow each other without a gap, and each has a meaning',
  async (name) => {
    const data = await collected([name]);
    for (const report of data.connections) {
      for (const segment of report.ladder ?? []) {
        if (!('packet' in segment)) continue;
        const header = data.headers[segment.packet];
        if (header === undefined) continue;
        const bytes = Uint8Array.from(header.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
        const fields = headerFields(bytes, { segment, report });
        let at = 0;
        for (const field of fields) {
          expect(field.from, `packet ${segment.packet}, ${field.name}`).toBe(at);
          expect(field.meaning).toMatch(/^[\w\d]/);
          expect(field.meaning).not.toMatch(/undefined|NaN|\.$/);
          at = field.to;
        }
        expect(at, `packet ${segment.packet}`).toBe(bytes.length);
      }
    }
  },
);
