/** A window that is closed while its source still reads: its reader finds the end, and does not spin. */
import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../src/capture/window.js';

/** A source whose reads end when the test lets them. */
function slowSource(direct: boolean) {
  const waiting: (() => void)[] = [];
  return {
    direct,
    read: (into: Uint8Array) =>
      new Promise<number>((resolve) => waiting.push(() => resolve(Math.min(10, into.length)))),
    close: async () => {},
    let: () => waiting.shift()?.(),
  };
}

describe.each([true, false])('read without a thread: %s', (direct) => {
  it('closed while bytes are awaited', async () => {
    const source = slowSource(direct);
    const window = new ByteWindow(source, 64);
    const more = window.more();
    const closed = window.close();
    source.let();
    expect(await more).toBe(false);
    await closed;
    expect(window.available).toBe(0);
    expect(await window.more()).toBe(false);
  });

  it('closed with bytes that were not parsed', async () => {
    const source = slowSource(direct);
    const window = new ByteWindow(source, 64);
    const more = window.more();
    source.let();
    expect(await more).toBe(true);
    window.position += 4;
    const closed = window.close();
    source.let();
    await closed;
    expect(window.available).toBe(0);
    expect(window.peek(10)).toHaveLength(0);
    expect(window.offset).toBe(4);
  });
});
