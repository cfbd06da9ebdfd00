/** `--follow` of a file that is cut, overwritten, replaced or deleted: reported, with all of the old file, and nothing else. */
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../cli/fixtures.js';
import { type Running, startProcess } from '../cli/process.js';
import type { Run } from '../run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'synfin-followed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = readFileSync(join(ROOT, 'fixtures/kernel/simple.pcap'));
/** Longer, and of another port. */
const other = readFileSync(join(ROOT, 'fixtures/kernel/many.pcap'));
/** Where the third packet ends, and the fourth. */
const THIRD = 24 + 16 + 74 + 16 + 74 + 16 + 66;
const FOURTH = THIRD + 16 + content.readUInt32LE(THIRD + 8);

let made = 0;
const newPath = (): string => join(folder, `${made++}.pcap`);

/** Follows a file of three packets until it has reported the third. */
async function following(path: string, more: readonly string[] = []): Promise<Running> {
  writeFileSync(path, content.subarray(0, THIRD));
  const running = startProcess(['analyze', path, '--follow', '--format', 'ndjson', '--packets', ...more]);
  await running.until(/"packet":3/);
  return running;
}

/** Ended by itself, with only the packets of the old file. */
function expectTold(run: Run, packets: number, sentence: RegExp): void {
  expect(run.stderr).toMatch(sentence);
  expect(run.stderr.match(/\n/g)).toHaveLength(1);
  expect(run.code).toBe(3);
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ type }) => type === 'packet')).toHaveLength(packets);
  expect(lines.filter(({ type }) => type === 'connection')).toHaveLength(1);
  expect(lines.find(({ type }) => type === 'capture')).toMatchObject({
    packets,
    files: [{ damaged: true }],
    warnings: [{ code: 'changed' }],
  });
}

describe('a followed file', { timeout: 60_000 }, () => {
  beforeAll(() => expect(content.length).toBeGreaterThan(FOURTH));

  it('replaced by another: its rest is read first', async () => {
    const path = newPath();
    const next = newPath();
    const running = await following(path);
    writeFileSync(next, other);
    appendFileSync(path, content.subarray(THIRD, FOURTH));
    renameSync(next, path);
    expectTold(await running.done, 4, /was replaced by another file .*; reading ended after packet 4\n$/);
  });

  it('rotated: renamed, and created again', async () => {
    const path = newPath();
    const running = await following(path);
    renameSync(path, `${path}.1`);
    writeFileSync(path, other);
    expectTold(await running.done, 3, /was (replaced by another file|deleted) while it was followed/);
  });

  it('deleted', async () => {
    const path = newPath();
    const running = await following(path);
    rmSync(path);
    expectTold(await running.done, 3, /was deleted while it was followed; reading ended after packet 3\n$/);
  });

  it.each([0, 24, THIRD - 1])('cut to %d bytes', async (size) => {
    const path = newPath();
    const running = await following(path);
    truncateSync(path, size);
    expectTold(await running.done, 3, new RegExp(`was cut to ${size} bytes while it was followed`));
  });

  it('cut and written again, longer than before', async () => {
    const path = newPath();
    const running = await following(path);
    writeFileSync(path, other);
    expectTold(await running.done, 3, /was (written over|cut to \d+ bytes) while it was followed/);
  });

  it('in the middle of a packet: both are reported', async () => {
    const path = newPath();
    const running = await following(path);
    appendFileSync(path, content.subarray(THIRD, THIRD + 20));
    rmSync(path);
    const { code, stderr } = await running.done;
    expect(code).toBe(3);
    expect(stderr).toMatch(/cut short in the middle of packet 4: .*\n.*was deleted .* after packet 3\n$/);
  });

  it('before it had a header: it cannot be read', async () => {
    const path = newPath();
    writeFileSync(path, content.subarray(0, 10));
    const running = startProcess(['analyze', path, '--follow']);
    rmSync(path);
    const { code, stderr } = await running.done;
    expect(code).toBe(2);
    expect(stderr).toMatch(/: (was deleted while it was followed|no such file)\n$/);
  });

  it('the summary is written all the same, also into a file', async () => {
    const path = newPath();
    const results = join(folder, 'results.txt');
    writeFileSync(path, content);
    const running = startProcess(['analyze', path, '--follow', '-o', results]);
    await running.until(/closed/);
    truncateSync(path, 24);
    expect((await running.done).code).toBe(3);
    const text = readFileSync(results, 'utf8').replace(/\s+/g, ' ');
    expect(text).toContain('11 packets');
    expect(text).toContain('4 steps');
  });

  it('as standard input, which has no name to look at', async () => {
    const path = newPath();
    writeFileSync(path, content.subarray(0, THIRD));
    const descriptor = openSync(path, 'r');
    const running = startProcess(['analyze', '-', '--follow', '--format', 'ndjson', '--packets'], {
      stdin: descriptor,
    });
    closeSync(descriptor);
    await running.until(/"packet":3/);
    rmSync(path);
    expectTold(await running.done, 3, /standard input: was deleted or replaced while it was followed/);
  });
});
