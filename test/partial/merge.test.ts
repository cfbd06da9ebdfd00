/**
 * Parts of a capture, made one by one and joined in any order, give exactly the result of one run over the whole: for every
 * available capture, cut at random packets.
 */
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { pcap } from '../scenario/capture-file.js';
import { parseScenario } from '../scenario/parse.js';
import { cases } from '../scenario/scenario.js';
import { captures, newFolder, partsOf, ROOT, resultOf, shuffled, someCuts } from './captures.js';
import { boundaries, cutCapture, doubled, rewritten } from './cut.js';

function found(name: string): (typeof captures)[number] {
  const capture = captures.find((each) => each.name === name);
  if (capture === undefined) throw new Error(`no fixture ${name}`);
  return capture;
}

function copied(path: string, name: string): string {
  const copy = join(newFolder(), name);
  copyFileSync(path, copy);
  return copy;
}

describe('parts, joined in any order, give the result of the whole', () => {
  it('finds captures', () => {
    expect(captures.length).toBeGreaterThan(150);
  });

  it.each(captures)('$name', { timeout: 60_000 }, async ({ path, content, at }) => {
    const whole = await resultOf('analyze', path);
    const cuts = someCuts(at.length - 1);
    const parts = await partsOf(cutCapture(content, at, cuts, newFolder()), true);
    expect(await resultOf('merge', ...shuffled(parts)), `cut at ${cuts}`).toEqual(whole);
  });

  it.each(readdirSync(join(ROOT, 'fixtures/variants')).filter((name) => name.endsWith('.pcapng')))(
    '%s, with the frame numbers of its packets',
    async (name) => {
      const path = join(ROOT, 'fixtures/variants', name);
      const part = join(newFolder(), 'one.part');
      await runCli(['analyze', path, '--partial', part]);
      for (const format of ['ladder', 'json']) {
        const whole = await runCli(['analyze', path, '--format', format]);
        expect(await runCli(['merge', part, '--format', format]), format).toEqual(whole);
      }
    },
  );

  it('frame numbers continue after a part that ends with other blocks', async () => {
    const rich = join(ROOT, 'fixtures/variants/pcapng-rich.pcapng');
    const later = join(ROOT, 'captures/demo-tcp.pcap');
    const parts = await partsOf([copied(rich, 'rich.pcap'), copied(later, 'later.pcap')], true);
    const whole = await resultOf('analyze', rich, later);
    expect(await resultOf('merge', ...parts)).toEqual(whole);
    const { connections } = whole as { connections: { firstPacket: number; lastPacket: number }[] };
    const last = connections.at(-1);
    expect((last?.lastPacket ?? 0) - (last?.firstPacket ?? 0)).toBe(10);
    expect(last?.firstPacket).toBeGreaterThan(19);
  });

  it.each([50, 52, 53, 54, 60, 68])('where %d bytes of each packet were captured', async (snapped) => {
    const { content, at } = found('kernel/many.pcap');
    const short = rewritten(content, at, (record) => {
      const kept = Math.min(snapped, record.length - 16);
      record.writeUInt32LE(kept, 8);
      return record.subarray(0, 16 + kept);
    });
    const edges = boundaries(short) ?? [];
    const pieces = cutCapture(short, edges, someCuts(edges.length - 1), newFolder());
    const whole = await runCli(['analyze', ...pieces, '--format', 'json']);
    expect(await runCli(['merge', ...(await partsOf(pieces, true)), '--format', 'json'])).toEqual(whole);
  });

  it('a new connection without a SYN, because the old one has been over for a minute', async () => {
    const { content, at } = found('kernel/simple-middle.pcap');
    const late = rewritten(content, at, (record) => {
      record.writeUInt32LE(record.readUInt32LE(0) + 100, 0);
      return record;
    });
    const behind = late.subarray(boundaries(late)?.at(-2) ?? 0);
    const both = Buffer.concat([content, behind]);
    const edges = boundaries(both) ?? [];
    for (let cut = 1; cut < edges.length - 1; cut++) {
      const pieces = cutCapture(both, edges, [cut], newFolder());
      const whole = await resultOf('analyze', ...pieces);
      expect(JSON.stringify(whole)).not.toContain('checksum-offload');
      expect(await resultOf('merge', ...(await partsOf(pieces, true))), `cut at ${cut}`).toEqual(whole);
    }
  });

  it.each(cases().filter(({ name }) => name.startsWith('twin-')))(
    'connections behind a translation: $name',
    async ({ text }) => {
      const capture = pcap(parseScenario(text).packets.map(({ captured }) => captured));
      const edges = boundaries(capture) ?? [];
      for (let cut = 1; cut < edges.length - 1; cut++) {
        const pieces = cutCapture(capture, edges, [cut], newFolder());
        const whole = await resultOf('analyze', ...pieces);
        expect(await resultOf('merge', ...(await partsOf(pieces, true))), `cut at ${cut}`).toEqual(whole);
      }
    },
  );

  it('health checks, by their times', async () => {
    const check = '@> S 100\n+0.001 @< SA 300 101\n+0.001 @> RA 101 301 win 502';
    const text = [0, 10, 20, 30].map((time) => `${time} ${check.replaceAll('@', String(20_000 + time))}`);
    const capture = pcap(parseScenario(text.join('\n')).packets.map(({ captured }) => captured));
    const edges = boundaries(capture) ?? [];
    const pieces = cutCapture(capture, edges, [1, 5], newFolder());
    const whole = await resultOf('analyze', ...pieces);
    expect(JSON.stringify(whole)).toContain('"interval":10');
    expect(await resultOf('merge', ...(await partsOf(pieces, true)))).toEqual(whole);
  });

  /** Behind a router: another source address, one hop less. */
  const routed = (frame: Buffer): void => {
    frame.writeUInt8(0x77, 11);
    const hops = frame.readUInt8(14) >>> 4 === 6 ? 21 : 22;
    frame.writeUInt8(frame.readUInt8(hops) - 1, hops);
  };
  it.each([
    ['simple-ipv6', 'at once', 0, () => {}],
    ['simple-ipv6', 'behind a router', 4_000_000, routed],
    ['fast-retransmit', 'at once', 0, () => {}],
    ['fast-retransmit', 'behind a router', 9_000_000, routed],
    ['duplicated', 'at once', 0, () => {}],
    ['stray-ack', 'at once', 0, () => {}],
  ] as const)('second copies, wherever the cut is: %s, %s', async (name, _, later, change) => {
    const { content, at } = found(`kernel/${name}.pcap`);
    const both = doubled(content, at, later, change);
    const edges = boundaries(both) ?? [];
    const [path = ''] = cutCapture(both, edges, [], newFolder());
    const whole = await resultOf('analyze', path);
    expect(JSON.stringify(whole)).toContain('capture-duplicate');
    for (let cut = 1; cut < Math.min(edges.length - 1, 40); cut++) {
      const pieces = cutCapture(both, edges, [cut, cut + 1].slice(0, edges.length - 1 - cut), newFolder());
      expect(await resultOf('merge', ...(await partsOf(pieces, true))), `cut at ${cut}`).toEqual(whole);
    }
  });

  it.each(['simple', 'tcp-and-udp', 'port-reuse-after-reset', 'half-close', 'fast-retransmit'])(
    'in every format, with the files that they are of: %s',
    async (name) => {
      const capture = found(`kernel/${name}.pcap`);
      const pieces = cutCapture(capture.content, capture.at, someCuts(capture.at.length - 1), newFolder());
      const parts = await partsOf(pieces, false);
      for (const more of [
        ['--format', 'ladder'],
        ['--format', 'ndjson', '--packets'],
        ['--format', 'csv'],
        ['--connection', '0'],
      ]) {
        const whole = await runCli(['analyze', ...pieces, ...more]);
        expect(await runCli(['merge', ...shuffled(parts), ...more]), more.join(' ')).toEqual(whole);
      }
    },
  );
});
