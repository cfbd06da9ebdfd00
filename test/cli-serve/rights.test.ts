/** `--web` as root: nothing is served as root, and options that need root are refused before anything is opened. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Running, runProcess, startProcess } from '../cli/process.js';

const IS_ROOT = process.geteuid?.() === 0;
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/[\w-]+\//;
let started: Running | null = null;

afterEach(async () => {
  started?.child.kill('SIGINT');
  await started?.done;
  started = null;
});

/** Real, effective, saved and file system user. */
function usersOf(process: Running): string[] {
  const status = readFileSync(`/proc/${process.child.pid}/status`, 'utf8');
  return (/^Uid:\s+(.*)$/m.exec(status)?.[1] ?? '').split(/\s+/);
}

describe.skipIf(!IS_ROOT)('as root (skipped without it)', { timeout: 60_000 }, () => {
  it('root becomes the user nobody, and the capture goes on to its end', async () => {
    started = startProcess(['live', '--web', '--no-open', '--duration', '1', 'port 9']);
    const [url = ''] = await started.until(ADDRESS);
    expect(usersOf(started)).toEqual(['65534', '65534', '65534', '65534']);
    expect((await fetch(url)).status).toBe(200);
    const { code, stderr } = await started.done;
    expect(code).toBe(0);
    expect(stderr).toContain('0 packets lost');
  });

  it('an impossible caller of sudo is ignored', async () => {
    started = startProcess(['live', '--web', '--no-open', 'port 9'], {
      env: { SUDO_UID: 'x', SUDO_GID: '0' },
    });
    await started.until(ADDRESS);
    expect(usersOf(started)).toEqual(['65534', '65534', '65534', '65534']);
  });

  it('under sudo, the caller', async () => {
    started = startProcess(['live', '--web', '--no-open', 'port 9'], {
      env: { SUDO_UID: '1234', SUDO_GID: '1234' },
    });
    await started.until(ADDRESS);
    expect(usersOf(started)).toEqual(['1234', '1234', '1234', '1234']);
  });

  it.each([
    [
      ['live', '--web', '-w', '/tmp/synfin-refused.pcap'],
      /--write does not go with --web for root itself.*\nrun it with sudo/,
    ],
    [['live', '--web', '-o', '/tmp/synfin-refused.txt'], /--output does not go with --web for root itself/],
    [['demo', 'tcp', '--web', '--write', '/tmp/synfin-refused.pcap'], /--write does not go with --web/],
  ])('%j is refused', async (args, sentence) => {
    const { code, stderr } = await runProcess(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});

it('--no-drop is refused', async () => {
  const { code, stderr } = await runProcess(['live', '--web', '--no-drop']);
  expect(code).toBe(2);
  expect(stderr).toContain('a page is never served as root');
});
