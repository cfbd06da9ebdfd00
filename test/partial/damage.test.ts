/** Files that are not parts, and parts that are damaged or do not fit together: the messages, and what is still reported. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESET_FLOWS } from '../../src/partial/log-entry.js';
import { runCli } from '../run-cli.js';
import { boundaries, cutCapture } from './cut.js';

const FIXTURE = resolve(import.meta.dirname, '../../fixtures/kernel/many.pcap');
/** In VLANs, which the log of packets names. */
const VLAN = resolve(import.meta.dirname, '../../fixtures/variants/vxlan-vlan.pcap');
const folder = mkdtempSync(join(tmpdir(), 'synfin-parts-'));
afterAll(() => rmSync(folder, { recursive: true }));

let pieces: string[] = [];
const partOf = (index: number): string => join(folder, `piece-00${index}.part`);

beforeAll(async () => {
  const content = readFileSync(FIXTURE);
  const at = boundaries(content) ?? [];
  pieces = cutCapture(content, at, [Math.floor(at.length / 2) + 3], folder);
  for (const [index, piece] of pieces.entries()) await runCli(['analyze', piece, '--partial', partOf(index)]);
});

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a file that is not a part', () => {
  it.each([
    ['a capture', () => FIXTURE, /many\.pcap: is not a part of a capture$/m],
    ['text', () => written('text', 'hello'), /text: is not a part of a capture$/m],
    ['an empty file', () => written('empty', ''), /empty: is (cut short|not a part)/],
    [
      'gzip of something else',
      () => written('else', gzipSync('[1]\n')),
      /else: is not a part of a capture$/m,
    ],
    [
      'gzip of a line that does not end',
      () => written('line', gzipSync(Buffer.alloc(1 << 20, '{'))),
      /line: is not a part of a capture$/m,
    ],
    ['nothing', () => join(folder, 'none'), /none: no such file$/m],
    ['a folder', () => folder, /: is a folder$/m],
    [
      'a part of the future',
      () => written('future', gzipSync('{"format":"synfin-part","version":9}\n')),
      /future: is a part of version 9; this synfin reads version 5$/m,
    ],
  ])('%s is refused in a sentence', async (_, path, message) => {
    const { code, stdout, stderr } = await runCli(['merge', partOf(0), path()]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('damage', () => {
  it('of the compression is reported as such', async () => {
    const whole = readFileSync(partOf(1));
    const path = written(
      'sum.part',
      Buffer.concat([whole.subarray(0, -8), Buffer.alloc(4), whole.subarray(-4)]),
    );
    const { code, stderr } = await runCli(['merge', partOf(0), path]);
    expect([2, 3]).toContain(code);
    expect(stderr).toMatch(/sum\.part: is damaged: its compression does not hold/);
  });

  it('is reported, with everything that was whole', async () => {
    const whole = readFileSync(partOf(1));
    const short = written('short.part', whole.subarray(0, whole.length - 200));
    const { code, stdout, stderr } = await runCli(['merge', partOf(0), short, '--format', 'json']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/short\.part: .*is cut short/);
    const { capture, connections } = JSON.parse(stdout);
    expect(capture.warnings).toHaveLength(1);
    expect(connections.length).toBeGreaterThan(2);
  });

  it.each([
    ['without its end', (whole: Buffer) => whole.subarray(0, -3), /ends\.part: .*is cut short/],
    [
      'with another one behind it',
      (whole: Buffer) => Buffer.concat([whole, readFileSync(partOf(0))]),
      /ends\.part: .*something follows its last line/,
    ],
  ])('is reported for a part %s', async (_, change, message) => {
    const path = written('ends.part', change(readFileSync(partOf(1))));
    const { code, stdout, stderr } = await runCli(['merge', partOf(0), path, '--format', 'json']);
    expect(code).toBe(3);
    expect(stderr).toMatch(message);
    expect(JSON.parse(stdout).connections.length).toBeGreaterThan(2);
  });

  it.each(['many', 'vlan'])(
    'of any byte does not crash or hang: %s',
    async (name) => {
      const own = join(folder, `${name}.part`);
      if (name === 'vlan') await runCli(['analyze', VLAN, '--partial', own]);
      const plain = gunzipSync(readFileSync(name === 'vlan' ? own : partOf(1)));
      for (let at = 0; at < plain.length; at += 7) {
        const changed = Buffer.from(plain);
        changed[at] = (changed[at] ?? 0) ^ 0xff;
        const path = written('changed.part', gzipSync(changed, { level: 1 }));
        const { code, stderr } = await runCli(['merge', partOf(0), path, '--format', 'json']);
        expect([0, 2, 3], `byte ${at}: ${stderr}`).toContain(code);
      }
    },
    60_000,
  );

  it('that would cost time is refused', async () => {
    const plain = gunzipSync(readFileSync(partOf(1)));
    // the first entry, behind the header and the length of its block
    const tag = plain.indexOf(10) + 5;
    plain[tag] = (plain[tag] ?? 0) | RESET_FLOWS;
    const { code, stderr } = await runCli(['merge', partOf(0), written('forgets.part', gzipSync(plain))]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/forgets\.part: is damaged: flows forgotten too soon/);
  });

  it('of a capture shows in the whole: exit code 3', async () => {
    const content = readFileSync(pieces[1] ?? '');
    const cut = written('cut.pcap', content.subarray(0, content.length - 5));
    const part = join(folder, 'cut.part');
    expect((await runCli(['analyze', cut, '--partial', part])).code).toBe(3);
    const { code, stderr } = await runCli(['merge', partOf(0), part]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/cut\.pcap: cut short in the middle of packet/);
  });
});

describe('impossible facts', () => {
  it.each([
    [
      'escapes in a count',
      (facts: Record<string, unknown>) => ({ ...facts, drops: { kernel: '\u001b[31m', interface: 0 } }),
    ],
    ['fewer packets than there are', (facts: Record<string, unknown>) => ({ ...facts, packets: 1 })],
    ['fewer frames than there are', (facts: Record<string, unknown>) => ({ ...facts, frames: 1 })],
    ['packets without a time', (facts: Record<string, unknown>) => ({ ...facts, start: null, end: null })],
    ['no list of files', (facts: Record<string, unknown>) => ({ ...facts, files: {} })],
  ])('%s: everything whole is reported', async (_, change) => {
    const plain = gunzipSync(readFileSync(partOf(0)));
    const at = plain.lastIndexOf('\n{', plain.length - 2) + 1 || plain.lastIndexOf('{"files"');
    const facts = JSON.parse(plain.subarray(at).toString());
    const path = written(
      'facts.part',
      gzipSync(Buffer.concat([plain.subarray(0, at), Buffer.from(`${JSON.stringify(change(facts))}\n`)])),
    );
    const { code, stdout, stderr } = await runCli(['merge', path]);
    expect(code).toBe(3);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stderr).toMatch(/is damaged: /);
  });

  it('other protocols are named without control characters', async () => {
    const plain = gunzipSync(readFileSync(partOf(0)));
    const changed = plain
      .toString('latin1')
      .replace('"others":[]', '"others":[{"what":"\\u001b[31m","packets":2,"broken":false}]');
    const path = written('others.part', gzipSync(Buffer.from(changed, 'latin1')));
    const { code, stdout } = await runCli(['merge', path]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 ');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('the order of parts', () => {
  it('is unknown where two begin at the same time', async () => {
    const again = written('again.part', readFileSync(partOf(0)));
    const { code, stderr } = await runCli(['merge', partOf(0), again]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/begins at the same time as another part/);
    expect(stderr).toMatch(/--part N/);
  });

  it('is by place where places are given, to all and once', async () => {
    const [first, second] = [join(folder, 'n1.part'), join(folder, 'n2.part')];
    await runCli(['analyze', pieces[0] ?? '', '--partial', first, '--part', '7']);
    await runCli(['analyze', pieces[1] ?? '', '--partial', second, '--part', '7']);
    expect((await runCli(['merge', first, second])).stderr).toMatch(/part 7 is given twice/);
    expect((await runCli(['merge', first, partOf(1)])).stderr).toMatch(
      /has no place among the parts, others have/,
    );
  });

  it('shows which places are missing', async () => {
    const [first, third] = [join(folder, 'm1.part'), join(folder, 'm3.part')];
    await runCli(['analyze', pieces[0] ?? '', '--partial', first, '--part', '1']);
    await runCli(['analyze', pieces[1] ?? '', '--partial', third, '--part', '3']);
    const { code, stderr } = await runCli(['merge', third, first]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/part 2 is missing/);
  });

  it('of overlapping parts gives a warning', async () => {
    const { code, stderr } = await runCli(['analyze', FIXTURE, '--partial', join(folder, 'all.part')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const merged = await runCli(['merge', join(folder, 'all.part'), partOf(1)]);
    expect(merged.code).toBe(0);
    expect(merged.stderr).toMatch(/begins before the part before it ends/);
  });
});

describe('wrong use', () => {
  it.each([
    [['--part', '1'], /--part goes with --partial/],
    [['--partial', '-'], /--partial needs the name of a file/],
    [['--partial', FIXTURE], /is being read/],
    [
      ['--format', 'csv', '-o', '/tmp/x.csv', '--partial', '/tmp/x.findings.csv'],
      /--partial and --output are the same file/,
    ],
    [
      ['--partial', '/no/such/folder/x.part'],
      /cannot be written: its folder \/no\/such\/folder does not exist/,
    ],
  ])('%j', async (more, message) => {
    const { code, stderr } = await runCli(['analyze', FIXTURE, ...more]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

it('a part lists the connections that were open at its edges, with their states', () => {
  const text = gunzipSync(readFileSync(partOf(0))).toString('latin1');
  const edges = [...text.matchAll(/\{"edge":.*/g)].map(([line]) => JSON.parse(line));
  expect(edges.length).toBeGreaterThan(0);
  for (const { edge, client, states } of edges) {
    expect(['left', 'right']).toContain(edge);
    expect(client.address).toMatch(/^[\d.]+$/);
    expect(Object.keys(states)).toEqual(['client', 'server']);
  }
});

it('options that do not go together leave all files as they were', async () => {
  const part = written('good.part', readFileSync(partOf(0)));
  for (const argv of [
    ['--partial', part, '-o', part],
    ['--part', '3', '-o', part],
  ]) {
    expect((await runCli(['analyze', FIXTURE, ...argv])).code).toBe(2);
    expect(readFileSync(part)).toEqual(readFileSync(partOf(0)));
  }
});
