/** The same through files and the command line: the order of output, and one capture in several files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeFiles } from '../../src/index.js';
import { runCli } from '../run-cli.js';
import { pcap } from '../scenario/capture-file.js';
import { captured, segments } from './random-segments.js';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-streams-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Line {
  type: string;
  packet?: number;
  connection?: number;
  index?: number;
  firstPacket?: number;
}

describe('ndjson', () => {
  it('has each packet once, in capture order, and each connection once, after its packets', async () => {
    const file = join(folder, 'lines.pcap');
    await fc.assert(
      fc.asyncProperty(segments({ backwards: true }), async (list) => {
        writeFileSync(file, pcap(captured(list)));
        const { code, stdout } = await runCli(['analyze', file, '--format', 'ndjson', '--packets']);
        expect(code).toBe(0);
        const lines = stdout
          .trimEnd()
          .split('\n')
          .map((line): Line => JSON.parse(line));
        const packets = lines.flatMap(({ type, packet }) => (type === 'packet' ? [packet] : []));
        expect(packets).toEqual(list.map((_, index) => index + 1));
        const connections = lines.filter(({ type }) => type === 'connection');
        expect(new Set(connections.map(({ index }) => index)).size).toBe(connections.length);
        for (const connection of connections) {
          const at = lines.indexOf(connection);
          const own = lines.filter((line) => line.type === 'packet' && line.connection === connection.index);
          expect(own[0]?.packet).toBe(connection.firstPacket);
          for (const row of own) expect(lines.indexOf(row)).toBeLessThan(at);
        }
        expect(lines.at(-1)?.type).toBe('capture');
        expect(lines.length).toBe(packets.length + connections.length + 1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('several files', () => {
  it('one capture cut in two, in any order, is the capture', async () => {
    const whole = join(folder, 'whole.pcap');
    const first = join(folder, 'first.pcap');
    const second = join(folder, 'second.pcap');
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false }), fc.nat(), fc.boolean(), async (list, cut, swap) => {
        const frames = captured(list);
        const at = cut % (frames.length + 1);
        writeFileSync(whole, pcap(frames));
        writeFileSync(first, pcap(frames.slice(0, at)));
        writeFileSync(second, pcap(frames.slice(at)));
        const one = await analyzeFiles([whole]);
        const two = await analyzeFiles(swap ? [second, first] : [first, second]);
        expect(two.connections).toEqual(one.connections);
        expect(two.capture.packets).toBe(list.length);
        expect(two.capture.patterns).toEqual(one.capture.patterns);
        expect([two.capture.start, two.capture.end]).toEqual([one.capture.start, one.capture.end]);
      }),
      { numRuns: 50 },
    );
  });

  it('packets that alternate between two files are the capture', async () => {
    const odd = join(folder, 'odd.pcap');
    const even = join(folder, 'even.pcap');
    const whole = join(folder, 'whole.pcap');
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false }), async (list) => {
        const frames = captured(list);
        writeFileSync(whole, pcap(frames));
        writeFileSync(odd, pcap(frames.filter((_, index) => index % 2 === 0)));
        writeFileSync(even, pcap(frames.filter((_, index) => index % 2 === 1)));
        const one = await analyzeFiles([whole]);
        const two = await analyzeFiles([odd, even]);
        expect(two.connections).toEqual(one.connections);
      }),
      { numRuns: 40 },
    );
  });
});
