/**
 * Every capture in fixtures/ and captures/ has its expected output beside it: NAME.txt (overview, table, ladder
 * at 80 columns) and NAME.json. `npm run goldens` writes them anew; read the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDERS = ['fixtures/kernel', 'fixtures/synthetic', 'captures'];
const UPDATE = process.env.UPDATE_GOLDENS === '1';

const captures = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => /\.(pcap|pcapng)$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`),
);

/** Expected output; what went to standard error and the exit code are part of it where there was any. */
async function outputOf(capture: string, format: 'table' | 'json'): Promise<string> {
  const { code, stdout, stderr } = await runCli(['analyze', capture, '--format', format, '--width', '80']);
  return code === 0 && stderr === '' ? stdout : `${stdout}--- exit code ${code}\n${stderr}`;
}

function expectGolden(file: string, actual: string): void {
  const path = join(ROOT, file);
  if (UPDATE) writeFileSync(path, actual);
  expect(existsSync(path), `${file} exists (npm run goldens makes it)`).toBe(true);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}

describe('goldens', () => {
  it('finds the captures', () => {
    expect(captures.length).toBeGreaterThan(100);
  });

  it.each(captures)('%s', async (capture) => {
    const stem = capture.replace(/\.(pcap|pcapng)$/, '');
    expectGolden(`${stem}.txt`, await outputOf(capture, 'table'));
    expectGolden(`${stem}.json`, await outputOf(capture, 'json'));
  });

  it('has no expected output without a capture', () => {
    const stems = new Set(captures.map((capture) => capture.replace(/\.(pcap|pcapng)$/, '')));
    for (const folder of FOLDERS) {
      for (const name of readdirSync(join(ROOT, folder))) {
        if (!/\.(txt|json)$/.test(name) || name.endsWith('.states.json')) continue;
        expect(stems, name).toContain(`${folder}/${name.replace(/\.(txt|json)$/, '')}`);
      }
    }
  });

  it('fits 80 columns', () => {
    for (const capture of captures) {
      const text = readFileSync(join(ROOT, capture.replace(/\.(pcap|pcapng)$/, '.txt')), 'utf8');
      const wide = text.split('\n').filter((line) => line.length > 80 && !line.startsWith('synfin: '));
      expect(wide, capture).toEqual([]);
    }
  });
});
