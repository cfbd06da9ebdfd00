/** The progress bar: what it shows, when it appears, and that it leaves nothing behind. */
import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Progress, type Reading, showProgress } from '../../src/cli/terminal/progress.js';
import { onScreen, visible } from './terminal.js';

const BAR = /packets\/s/;

/** A terminal that keeps what it is sent. */
function terminal(columns = 100): { stderr: Writable; text(): string } {
  let text = '';
  const stderr = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  return { stderr: Object.assign(stderr, { isTTY: true, columns }), text: () => text };
}

describe('the bar of long work', () => {
  const shown: Progress[] = [];
  afterEach(() => {
    for (const progress of shown.splice(0)) progress.end();
  });

  const show = (
    reading: Reading,
    stderr: Writable,
    more: { env?: NodeJS.ProcessEnv; signal?: AbortSignal; unicode?: boolean; patience?: number } = {},
  ): Progress => {
    const { env = {}, signal = new AbortController().signal, unicode = true, patience = 0 } = more;
    const progress = showProgress(reading, unicode, { stderr, env, signal }, patience);
    shown.push(progress);
    return progress;
  };
  /** Calls `look` until the terminal shows the expected text. */
  const until = async (progress: Progress, text: () => string, pattern = BAR): Promise<void> => {
    for (let tries = 0; tries < 400 && !pattern.test(text()); tries++) {
      progress.look();
      await wait(10);
    }
    expect(text()).toMatch(pattern);
  };
  const half = { packets: 5_000, progress: { read: 1_000_000, size: 2_000_000 } };

  it('bytes of all bytes, packets/s and time left', async () => {
    const { stderr, text } = terminal();
    const progress = show(half, stderr);
    await wait(100);
    await until(progress, text);
    expect(text()).toMatch(/█{12}░{12} {2}1\.0 MB of 2\.0 MB {2}[\d,]+ packets\/s {2}\d+ s left/);
    progress.end();
    expect(onScreen(text())).toEqual(['']);
  });

  it('bytes and packets/s where the size is not known; in ASCII', async () => {
    const { stderr, text } = terminal();
    await until(show({ packets: 1, progress: { read: 999, size: null } }, stderr), text);
    expect(visible(text())).toMatch(/␛\[1G999 B {2}\d+ packets\/s␛/);
    const ascii = terminal();
    await until(show(half, ascii.stderr, { unicode: false }), ascii.text);
    expect(ascii.text()).toMatch(/#{12}-{12} {2}1\.0 MB/);
  });

  it('fits into a narrow terminal', async () => {
    const { stderr, text } = terminal(30);
    await until(show(half, stderr), text, /1\.0 MB of 2\.0 MB/);
    for (const line of visible(text()).split(/␛\[?\d*[A-Z78]/)) expect(line.length).toBeLessThan(30);
  });

  it('has no colours, and changes no mode of the terminal', async () => {
    const { stderr, text } = terminal();
    const progress = show(half, stderr);
    await until(progress, text);
    progress.end();
    expect(visible(text())).not.toMatch(/␛\[[\d;]*m|␛\[\?/);
  });

  it('comes back after it was hidden; not after its end', async () => {
    const { stderr, text } = terminal();
    const progress = show(half, stderr);
    await until(progress, text);
    progress.hide();
    const before = text().length;
    expect(onScreen(text())).toEqual(['']);
    await until(progress, () => text().slice(before));
    progress.end();
    const end = text();
    await wait(300);
    progress.look();
    await wait(300);
    expect(text()).toBe(end);
  });

  it('ends with Ctrl-C, also while it is loaded', async () => {
    const { stderr, text } = terminal();
    const interrupt = new AbortController();
    const progress = show(half, stderr, { signal: interrupt.signal });
    await until(progress, text);
    interrupt.abort();
    expect(onScreen(text())).toEqual(['']);
    const other = terminal();
    const again = new AbortController();
    show(half, other.stderr, { signal: again.signal }).look();
    again.abort();
    await wait(300);
    expect(other.text()).toBe('');
  });

  it.each([
    ['before its time', { patience: 60_000 }],
    ['on a dumb terminal', { env: { TERM: 'dumb' } }],
    ['after Ctrl-C', { signal: AbortSignal.abort() }],
  ])('nothing %s', async (_, more) => {
    const { stderr, text } = terminal();
    const progress = show(half, stderr, more);
    progress.look();
    await wait(300);
    progress.look();
    progress.end();
    expect(text()).toBe('');
  });

  it('nothing where standard error is no terminal, and no listeners left', async () => {
    const { stderr, text } = terminal();
    Object.assign(stderr, { isTTY: false });
    const listeners = process.listenerCount('exit');
    const progress = show(half, stderr);
    expect(process.listenerCount('exit')).toBe(listeners);
    progress.look();
    await wait(300);
    expect(text()).toBe('');
    show(half, terminal().stderr).end();
    expect(process.listenerCount('exit')).toBe(listeners);
  });
});
