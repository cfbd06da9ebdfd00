/** Damage of a file is reported in a sentence: which file, where, what was expected; and everything whole is shown. */

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
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
import { runCli } from '../run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-damage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const good = readFileSync(join(FIXTURES, 'kernel/simple.pcap'));
const frames = await readFrames(await openBytes(good));
const goodNg = readFileSync(join(FIXTURES, 'variants/pcapng.pcapng'));

let files = 0;
function file(content: string | Uint8Array, name = `${files++}.pcap`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The recording with its times, or other things of its records, changed. */
function remade(change: (index: number) => Parameters<typeof record>[1], magic = 0xa1b23c4d): Buffer {
  const records = frames.map((frame, index) =>
    record(frame.data, { seconds: frame.seconds, fraction: frame.nanoseconds, ...change(index) }),
  );
  return Buffer.concat([pcapHeader({ magic }), ...records]);
}

async function analyze(path: string) {
  const run = await runCli(['analyze', path]);
  // one sentence, and at most a hint
  expect(run.stderr.replaceAll(path, 'FILE')).not.toMatch(/\bat .*:\d+:\d+|undefined|NaN|\[object/);
  return { ...run, errorText: run.stderr.replaceAll(path, 'FILE').trimEnd() };
}

describe('cannot be read at all: exit code 2, and nothing on standard output', () => {
  const xz = Buffer.from('fd377a585a000004', 'hex');
  it.each<[string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /^synfin: FILE: is empty: not even a file header$/],
    ['an empty file in gzip', gzipSync(''), /^synfin: FILE: is empty, decompressed \(gzip\)$/],
    [
      'a text file',
      'Dear Sir or Madam,\n',
      /^synfin: FILE: not a capture: it begins with the text "Dear Sir or Mada", where pcap or pcapng has a magic number\nsynfin reads pcap and pcapng files; see: synfin formats$/,
    ],
    [
      'text in gzip',
      gzipSync('Dear Sir or Madam'),
      /^synfin: FILE: not a capture: decompressed \(gzip\), it begins with the text/,
    ],
    [
      'text with control characters',
      '\u001b[31mred\u0007',
      /^synfin: FILE: not a capture: it begins with bytes 1b 5b 33 31/,
    ],
    ['xz', xz, /compressed with xz\. Try: xz -dc/],
    [
      'half a file header',
      good.subarray(0, 13),
      /^synfin: FILE: cut short in the pcap file header: 24 bytes expected at byte 0, 13 there/,
    ],
    [
      'half a section header',
      goodNg.subarray(0, 13),
      /^synfin: FILE: cut short in the pcapng section header: 28 bytes expected at byte 0, 13 there/,
    ],
    [
      'another version',
      Buffer.concat([good.subarray(0, 4), Buffer.from([9, 0]), good.subarray(6)]),
      /^synfin: FILE: pcap version 9 at byte 4; only version 2 is known/,
    ],
  ])('%s', async (_name, content, message) => {
    const { code, stdout, errorText } = await analyze(file(content));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(errorText).toMatch(message);
  });

  it('a file that does not exist', async () => {
    const { code, stdout, errorText } = await analyze(join(folder, 'missing.pcap'));
    expect({ code, stdout, errorText }).toEqual({
      code: 2,
      stdout: '',
      errorText: 'synfin: FILE: no such file',
    });
  });

  it('a folder without a capture', async () => {
    const path = join(folder, 'empty-folder');
    mkdirSync(path);
    const { code, errorText } = await analyze(path);
    expect({ code, errorText }).toEqual({ code: 2, errorText: 'synfin: FILE: no capture in this folder' });
  });

  it('a circle of symbolic links', async () => {
    const path = join(folder, 'circle');
    symlinkSync(path, path);
    const { code, errorText } = await analyze(path);
    expect({ code, errorText }).toEqual({
      code: 2,
      errorText: 'synfin: FILE: symbolic links that lead in a circle',
    });
  });

  it('a circle of symbolic links, with --write and --follow', async () => {
    const path = join(folder, 'circle2');
    symlinkSync(path, path);
    for (const more of [['--write', join(folder, 'x.pcap')], ['--write', path], ['--follow'], ['-o', path]]) {
      const run = await runCli(['analyze', path, ...more]);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(/^synfin: .*symbolic links that lead in a circle\n$/);
    }
  });

  it('a socket', async () => {
    const path = join(folder, 'socket');
    const server = createServer().listen(path);
    await new Promise((done) => server.once('listening', done));
    const { code, errorText } = await analyze(path);
    server.close();
    expect({ code, errorText }).toEqual({
      code: 2,
      errorText: 'synfin: FILE: is a socket, not a capture file',
    });
  });

  it('a file without permission (root may read everything: as another user, from a compiled program)', (context) => {
    const path = file(good);
    chmodSync(path, 0);
    chmodSync(folder, 0o755);
    const script = `import('node:fs').then(fs => fs.openSync(${JSON.stringify(path)}))`;
    const asRoot = process.getuid?.() === 0;
    const plain = { encoding: 'utf8' as const, cwd: '/', ...(asRoot ? { uid: 65534, gid: 65534 } : {}) };
    const open = spawnSync(process.execPath, ['-e', script], plain);
    if (!open.stderr?.includes('EACCES')) return context.skip('permissions do not hold here');
    return import('../../src/files/open.js').then(async ({ openCapture }) => {
      if (asRoot) {
        process.seteuid?.(65534);
      }
      try {
        await expect(openCapture(path)).rejects.toThrow('no permission to read it');
      } finally {
        if (asRoot) process.seteuid?.(0);
      }
    });
  });

  it('a name with control characters is escaped', async () => {
    const { stderr } = await runCli(['analyze', `${folder}/a\u001b[2Jb\u202e`]);
    expect(stderr).toBe(`synfin: ${folder}/a\\x1b[2Jb\\u202e: no such file\n`);
  });
});

describe('damaged: exit code 3, and everything whole is shown', () => {
  const second = 24 + 16 + 74;
  it.each<[string, Uint8Array, RegExp, number]>([
    [
      'cut in a packet',
      good.subarray(0, good.length - 5),
      /FILE: cut short in the middle of packet 11: 82 bytes expected at byte 870, 77 there/,
      10,
    ],
    [
      'cut in a record header',
      good.subarray(0, second + 7),
      /FILE: cut short in the middle of packet 2: 16 bytes expected at byte 114, 7 there/,
      1,
    ],
    [
      'a corrupt length',
      patched(good, second + 8, 0xff),
      /FILE: packet 2 at byte 114 claims \d+ captured bytes, at most 262144 expected; \d+ bytes were skipped/,
      10,
    ],
    [
      'cut in a pcapng block',
      goodNg.subarray(0, goodNg.length - 9),
      /FILE: cut short after packet 15: \d+ bytes expected at byte \d+, \d+ there/,
      15,
    ],
    [
      'a corrupt block length',
      patched(goodNg, lengthOfPacket(goodNg, 3) + 4, 3),
      /FILE: block at byte \d+, after packet 2, .* bytes were skipped, to byte \d+/,
      15,
    ],
    [
      'an impossible captured length',
      patched(goodNg, lengthOfPacket(goodNg, 3) + 20, 0xff),
      /FILE: packet 3 at byte \d+ claims \d+ captured bytes, its block has room for \d+: it is left out/,
      15,
    ],
    [
      'a packet of an interface that is not described',
      patched(goodNg, lengthOfPacket(goodNg, 3) + 8, 9),
      /FILE: packet 3 at byte \d+ is of interface 9, of 1 described/,
      15,
    ],
    [
      'gzip cut short',
      gzipSync(Buffer.concat([good, Buffer.alloc(0)])).subarray(0, -12),
      /FILE: the gzip data is cut short at byte \d+ of the file; reading ended after packet \d+/,
      10,
    ],
  ])('%s', async (_name, content, message, packets) => {
    const path = file(content);
    const { code, stdout, errorText } = await analyze(path);
    expect(code).toBe(3);
    expect(errorText).toMatch(message);
    expect(errorText.split('\n')).toHaveLength(1);
    expect(stdout).toContain('SYN-SENT');
    const json = await runCli(['analyze', path, '--format', 'json']);
    const { capture } = JSON.parse(json.stdout);
    expect(capture.packets).toBe(packets);
    expect(capture.files[0].damaged).toBe(true);
    expect(capture.warnings).toHaveLength(1);
    expect(capture.warnings[0].offset).toBeGreaterThan(0);
    expect(capture.warnings[0].message).not.toBe('');
  });

  it('one good file next to a damaged one: both are shown', async () => {
    const paths = [file(good), file(remade((i) => ({ seconds: 1_800_000_000 + i })).subarray(0, -3))];
    const run = await runCli(['analyze', ...paths]);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('2 files: 21 packets');
    expect(run.stderr).toContain(`${paths[1]}: cut short in the middle of packet 11`);
  });

  function patched(content: Buffer, offset: number, value: number): Buffer {
    const copy = Buffer.from(content);
    copy[offset] = value;
    if (value === 0xff) copy[offset + 3] = 0xff;
    return copy;
  }

  /** Offset of the nth packet's block. */
  function lengthOfPacket(content: Buffer, nth: number): number {
    let at = 0;
    for (let seen = 0; ; at += content.readUInt32LE(at + 4)) {
      if (content.readUInt32LE(at) === 6 && ++seen === nth) return at;
    }
  }
});

describe('odd, but whole: exit code 0', () => {
  const ng = (time: bigint, options: Buffer = Buffer.alloc(0)): Buffer =>
    Buffer.concat([
      section(),
      describeInterface('little', { options }),
      ...frames.map((frame, index) => enhanced(frame.data, { time: time + BigInt(index) })),
    ]);
  const offset = (seconds: bigint): Buffer => bytes('little', ['u16', 14], ['u16', 8], ['u64', seconds]);

  it.each<[string, Uint8Array, string | null]>([
    ['no packet at all', good.subarray(0, 24), null],
    ['packets in the year 2100', remade((i) => ({ seconds: 4_102_444_800 + i })), '2100-01-01T00:00:00'],
    ['the last second that pcap can tell', remade(() => ({ seconds: 4_294_967_295 })), '2106-02-07T06:28:15'],
    ['pcapng in the year 2200', ng(7_258_118_400_000_000n), '2200-01-01T00:00:00'],
    ['pcapng before 1970', ng(0n, offset(-86_400n)), '1969-12-31T00:00:00'],
    ['pcapng beyond the year 9999', ng(300_000_000_000_000_000n), null],
    [
      'a far jump back, and forth',
      remade((i) => (i === 5 ? { seconds: 86_400 } : {})),
      '1970-01-02T00:00:00',
    ],
    ['all at the same time', remade(() => ({ seconds: 1_700_000_000, fraction: 0 })), '2023-11-14T22:13:20'],
    ['time running backwards', remade((i) => ({ seconds: 1_700_000_000 - i })), '2023-11-14T22:13:10'],
  ])('%s', async (_name, content, start) => {
    const path = file(content);
    const { code, errorText } = await analyze(path);
    expect(code).toBe(0);
    expect(errorText).toMatch(
      /^$|^synfin: the clock goes back at packet \d+: durations across it cannot be trusted$/,
    );
    const { stdout } = await runCli(['analyze', path, '--format', 'json']);
    const { capture, connections } = JSON.parse(stdout);
    expect(capture.start?.slice(0, 19) ?? null).toBe(start);
    for (const { duration } of connections) expect(duration).toBeGreaterThanOrEqual(0);
  });

  it('a time beyond the range of dates', async () => {
    const { code, errorText } = await analyze(file(ng(0n, offset(2n ** 60n))));
    expect(code).toBe(0);
    expect(errorText).toMatch(
      /FILE: packet 1 at byte \d+ is \d+ seconds after 1970: such packets get the time of the one before/,
    );
  });

  it('packets of no bytes', async () => {
    const { seconds = 0, nanoseconds = 0 } = frames.at(-1) ?? {};
    const empty = record(Buffer.alloc(0), { seconds, fraction: nanoseconds, original: 0 });
    const { code, stdout, errorText } = await analyze(file(Buffer.concat([good, empty, empty])));
    expect({ code, errorText }).toEqual({ code: 0, errorText: '' });
    expect(stdout).toContain('13 packets');
    expect(stdout).toMatch(/2\s+other packets/);
  });

  it('unknown blocks', async () => {
    const content = Buffer.concat([goodNg, block(0x7abc_def0, Buffer.from('what is this?'))]);
    expect(await analyze(file(content))).toMatchObject({ code: 0, errorText: '' });
  });
});

describe('--verbose', () => {
  it('shows format, interfaces, losses and comments, escaped', async () => {
    const comment = (text: string): Buffer =>
      Buffer.concat([
        bytes('little', ['u16', 1], ['u16', text.length], Buffer.from(text), Buffer.alloc(-text.length & 3)),
      ]);
    const name = Buffer.concat([bytes('little', ['u16', 2], ['u16', 4], Buffer.from('e\u001bh0'))]);
    const drops = bytes(
      'little',
      ['u32', 0],
      ['u64', 0],
      ['u16', 5],
      ['u16', 8],
      ['u64', 3],
      ['u16', 7],
      ['u16', 8],
      ['u64', 4],
    );
    const path = file(
      Buffer.concat([
        section('little', comment('made at night\u0007')),
        describeInterface('little', { snaplen: 96, options: name }),
        enhanced(frames[0]?.data ?? Buffer.alloc(0), { options: comment('look\n\u001b[2J here') }),
        block(5, drops),
      ]),
    );
    const { code, errorText, stdout } = await analyze2(path);
    expect(code).toBe(0);
    expect(errorText.split('\n')).toEqual([
      expect.stringMatching(/^FILE: pcapng, 1 packet, \d+ bytes, lost: 4 by the system, 3 by the interface$/),
      '  interface 0 e\\x1bh0: Ethernet, snap length 96',
      '  comment: made at night\\x07',
      '  comment on packet 1: look\\n\\x1b[2J here',
    ]);
    expect(stdout).toContain('7 packets lost while capturing: "not seen" may mean');
    // next to the verdict that it weakens, too
    expect(stdout).toMatch(/note: 7 packets lost while capturing/);
    const { capture } = JSON.parse((await runCli(['analyze', path, '--format', 'json'])).stdout);
    expect(capture.drops).toEqual({ kernel: 4, interface: 3 });
  });

  it('says how a file is compressed', async () => {
    const { errorText } = await analyze2(join(FIXTURES, 'variants/pcap.pcap.gz'));
    expect(errorText).toContain('pcap in gzip, 16 packets');
  });

  async function analyze2(path: string) {
    const run = await runCli(['analyze', path, '--verbose']);
    return { ...run, errorText: run.stderr.replaceAll(path, 'FILE').trimEnd() };
  }
});
