import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { followLines, LineSplitter, MAX_LINE_BYTES } from '../../src/demo/lines.js';
import { printable, printableLine } from '../../src/demo/printable.js';

const texts = (lines: Buffer[]) => lines.map(String);

describe('LineSplitter', () => {
  it('cuts at newlines wherever the chunks end, and keeps every byte', () => {
    const splitter = new LineSplitter();
    expect(texts(splitter.push(Buffer.from('a\nb\r\n\nc')))).toEqual(['a\n', 'b\r\n', '\n']);
    expect(texts(splitter.push(Buffer.from('d')))).toEqual([]);
    expect(texts(splitter.push(Buffer.from('\ne')))).toEqual(['cd\n']);
    expect(texts(splitter.flush())).toEqual(['e']);
    expect(splitter.flush()).toEqual([]);
  });

  it('passes on an endless line in pieces', () => {
    const splitter = new LineSplitter();
    const lines = splitter.push(Buffer.alloc(2 * MAX_LINE_BYTES + 1, 'x'));
    expect(lines.map((line) => line.length)).toEqual([MAX_LINE_BYTES, MAX_LINE_BYTES]);
    expect(texts(splitter.push(Buffer.from('\n')))).toEqual(['x\n']);
  });
});

describe('followLines', () => {
  it('waits for each line to be handled, and ends after the last', async () => {
    const input = new PassThrough();
    const seen: string[] = [];
    const ended = new Promise<void>((resolve) => {
      followLines(
        input,
        async (line) => {
          seen.push(`begin ${line}`);
          await new Promise((done) => setTimeout(done, 5));
          seen.push(`end ${line}`);
        },
        resolve,
      );
    });
    input.end('1\n2\n3');
    await ended;
    expect(seen).toEqual(['begin 1\n', 'end 1\n', 'begin 2\n', 'end 2\n', 'begin 3', 'end 3']);
  });

  it('calls nothing after it was stopped', async () => {
    const input = new PassThrough();
    const seen: string[] = [];
    const stop = followLines(
      input,
      (line) => void seen.push(String(line)),
      () => seen.push('end'),
    );
    input.write('1\n');
    await new Promise((done) => setTimeout(done, 5));
    stop();
    input.end('2\n');
    await new Promise((done) => setTimeout(done, 5));
    expect(seen).toEqual(['1\n']);
  });

  it('treats an input that is over, or fails, as ended', async () => {
    const over = new PassThrough().end();
    over.resume();
    await new Promise((done) => over.once('end', done));
    await new Promise<void>((resolve) => void followLines(over, () => {}, resolve));
    const failing = new PassThrough();
    const ended = new Promise<void>((resolve) => void followLines(failing, () => {}, resolve));
    failing.destroy(new Error('the terminal is gone'));
    await ended;
  });
});

describe('printable', () => {
  it.each([
    ['plain, é and 漢 and 😀', 'plain, é and 漢 and 😀'],
    ['\x1b[2J\x1b]0;title\x07', '\\x1b[2J\\x1b]0;title\\x07'],
    ['\x7f\x9b31m', '\\x7f\\x9b31m'],
    ['over\rwritten', 'over\\rwritten'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
  ])('%j', (text, expected) => {
    expect(printable(Buffer.from(text))).toBe(expected);
  });

  it.each([
    ['a lone C1 byte', [0x9b, 0x33], '\\x9b3'],
    ['an overlong slash', [0xc0, 0xaf], '\\xc0\\xaf'],
    ['a surrogate', [0xed, 0xa0, 0x80], '\\xed\\xa0\\x80'],
    ['a cut character between whole ones', [0xc3, 0xa9, 0xe6, 0xbc, 0xc3, 0xa9], 'é\\xe6\\xbcé'],
    ['ESC among invalid bytes', [0xff, 0x1b, 0xfe], '\\xff\\x1b\\xfe'],
  ])('%s', (_, bytes, expected) => {
    expect(printable(Buffer.from(bytes))).toBe(expected);
  });

  it('escapes every control byte', () => {
    const every = Buffer.from(Array.from({ length: 1024 }, (_, index) => (index * 167) % 256));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
    expect(printable(every)).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
  });

  it('leaves out only the end of the line', () => {
    expect(printableLine(Buffer.from('a\r\n'))).toBe('a');
    expect(printableLine(Buffer.from('a\r'))).toBe('a\\r');
    expect(printableLine(Buffer.from('\n'))).toBe('');
  });
});
