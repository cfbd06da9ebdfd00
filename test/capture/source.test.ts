import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  createWriteStream,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { Frame } from '../../src/capture/frame.js';
import { CaptureError } from '../../src/errors.js';
import { openCapture, openStream } from '../../src/files/open.js';
import { pcap, pcapng, read, readFrames, textOf } from './bytes.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('an unreadable capture gives a CaptureError that says why', () => {
  async function failure(path: string): Promise<CaptureError> {
    const error = await openCapture(path).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof CaptureError)) throw new Error(`no CaptureError: ${String(error)}`);
    expect(error.message.startsWith(`${path}: `)).toBe(true);
    return error;
  }

  test('a missing file, and one in a missing folder', async () => {
    expect((await failure(join(folder, 'missing'))).code).toBe('not-found');
    expect((await failure(join(file('plain', 'x'), 'below'))).code).toBe('not-found');
  });

  test('a folder', async () => {
    expect(await failure(folder)).toMatchObject({
      code: 'not-a-file',
      message: `${folder}: is a directory, not a capture file`,
    });
  });

  test('a circle of symbolic links', async () => {
    const loop = join(folder, 'loop');
    symlinkSync(loop, loop);
    expect((await failure(loop)).message).toContain('symbolic links that lead in a circle');
  });

  test.skipIf(process.getuid?.() === 0)(
    'no permission (root has every permission, so skipped for root)',
    async () => {
      const path = file('secret', pcap(60));
      chmodSync(path, 0);
      expect((await failure(path)).message).toContain('no permission to read it');
    },
  );

  test('an empty file, and /dev/null', async () => {
    expect((await failure(file('empty', ''))).message).toContain('is empty: not even a file header');
    expect((await failure('/dev/null')).code).toBe('empty');
  });

  test('a text', async () => {
    const error = await failure(file('text', 'Hello, world, and all!\n'));
    expect(error.code).toBe('unknown-format');
    expect(error.message).toContain('not a capture: it begins with the text "Hello, world, an", where');
    expect((await failure(file('short', 'a\n'))).message).toContain('the text "a\\n"');
  });

  test('control characters of a file are not printed', async () => {
    const { message } = await failure(file('escape', '\u001b[2J\u001b[31m'));
    expect(message).toContain('bytes 1b 5b 32 4a');
  });

  test.each([
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'xz -dc'],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39], 'bzip2 -dc'],
    ['zip', [0x50, 0x4b, 3, 4], 'unzip -p'],
  ])('%s: with a way out', async (name, begins, hint) => {
    expect((await failure(file(name, Buffer.from(begins)))).hint).toContain(hint);
  });

  test('a file header that is cut short, a version and a byte order that are not known', async () => {
    expect((await failure(file('cut', pcap(60).subarray(0, 20)))).message).toContain(
      'cut short in the pcap file header: 24 bytes expected at byte 0, 20 there',
    );
    expect((await failure(file('cut-ng', pcapng(60).subarray(0, 20)))).code).toBe('cut-short');
    const newer = pcap(60);
    newer[4] = 9;
    expect((await failure(file('newer', newer))).message).toContain('pcap version 9 at byte 4');
    const broken = pcapng(60);
    broken[8] = 0;
    expect((await failure(file('magic', broken))).message).toContain('1a2b3c4d or 4d3c2b1a expected');
  });
});

describe('growing and flowing', () => {
  test('a followed file: frames that come later, until it is aborted', { timeout: 10_000 }, async () => {
    const whole = pcap(60, 61, 62);
    const path = file('growing', whole.subarray(0, 110));
    const abort = new AbortController();
    const reader = await openCapture(path, { follow: true, signal: abort.signal });
    const lengths: number[] = [];
    const frame = new Frame();
    const steps = [whole.subarray(110, 180), whole.subarray(180)];
    while (await reader.fill()) {
      while (reader.next(frame)) lengths.push(frame.capturedLength);
      const step = steps.shift();
      if (step !== undefined) appendFileSync(path, step);
      else setTimeout(() => abort.abort(), 50);
    }
    await reader.close();
    expect(lengths).toEqual([60, 61, 62]);
    expect(reader.warnings).toEqual([]);
  });

  test('a file that is not followed ends where it ends', async () => {
    expect(await readFrames(await openCapture(file('ends', pcapng(60, 61))))).toHaveLength(2);
  });

  test('a named pipe', { timeout: 10_000 }, async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const opening = openCapture(path);
    const writer = createWriteStream(path);
    writer.write(pcap(60, 61).subarray(0, 50));
    await wait(20);
    writer.end(pcap(60, 61).subarray(50));
    const reader = await opening;
    expect(await readFrames(reader)).toHaveLength(2);
    expect(reader.progress.size).toBeNull();
  });

  test('an abort ends a named pipe that no more comes from', { timeout: 10_000 }, async () => {
    const path = join(folder, 'silent');
    execFileSync('mkfifo', [path]);
    const abort = new AbortController();
    const opening = openCapture(path, { signal: abort.signal });
    const writer = createWriteStream(path);
    writer.write(pcap(60));
    const reader = await opening;
    setTimeout(() => abort.abort(), 50);
    expect(await readFrames(reader)).toHaveLength(1);
    expect(reader.warnings).toEqual([]);
    writer.destroy();
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  test.skipIf(!hasPython)('a device without data is not waited for (skipped without python3)', async () => {
    // a terminal that nobody types into
    const holder = spawn('python3', [
      '-c',
      'import os, pty, sys, time; a, b = pty.openpty(); print(os.ttyname(b), flush=True); time.sleep(20)',
    ]);
    const [said] = await once(holder.stdout, 'data');
    const path = String(said).trim();
    try {
      await expect(openCapture(path)).rejects.toThrow('is a device that has no data now');
    } finally {
      holder.kill();
    }
  });

  test('a stream that breaks off: everything before that is reported', async () => {
    const stream = new PassThrough();
    stream.write(pcap(60, 61));
    const reader = await openStream(stream, 'stream');
    const frame = new Frame();
    await reader.fill();
    while (reader.next(frame));
    stream.destroy(new Error('connection lost'));
    expect(await readFrames(reader)).toEqual([]);
    expect(reader.packets).toBe(2);
    expect(textOf(reader.warnings[0])).toBe(
      'the stream broke off (connection lost); reading ended after packet 2',
    );
  });

  test('an abort ends a stream without a warning', async () => {
    const stream = new PassThrough();
    const abort = new AbortController();
    stream.write(pcap(60));
    const reader = await openStream(stream, 'stream', { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    expect(await readFrames(reader)).toHaveLength(1);
    expect(reader.warnings).toEqual([]);
  });

  test('progress reports the bytes of the file', async () => {
    const path = file('progress', pcap(60, 61));
    const reader = await openCapture(path);
    await readFrames(reader);
    expect(reader.progress).toEqual({ read: pcap(60, 61).length, size: pcap(60, 61).length });
  });

  test('no more than a hundred warnings of one file, and the damage is still reported', async () => {
    const broken = Buffer.from(pcapng(60)).subarray(48);
    broken.writeUInt32LE(9999, 20);
    const { warnings, damaged } = await read(Buffer.concat([pcapng(60), ...Array<Buffer>(300).fill(broken)]));
    expect(warnings).toHaveLength(101);
    expect(warnings.at(-1)?.code).toBe('more-warnings');
    expect(damaged).toBe(true);
  });

  test('back-pressure: an endless stream is read no faster than asked', async () => {
    let sent = 0;
    const piece = pcap(...Array<number>(100).fill(1000)).subarray(24);
    const endless = Readable.from(
      (function* () {
        yield pcap(60);
        for (;;) {
          sent += piece.length;
          yield piece;
        }
      })(),
    );
    const reader = await openStream(endless, 'endless');
    await reader.fill();
    await wait(50);
    expect(sent).toBeLessThan(16 << 20);
    await reader.close();
  });
});
