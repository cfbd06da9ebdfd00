/**
 * Every capture in fixtures/ and captures/ has its expected verdict next to it, NAME.json, without the words of sentences;
 * chosen ones also have their text (golden-texts.ts): NAME.txt at 80 columns, NAME.60.txt and so on. `npm run goldens` renews
 * them and removes files without a capture; read the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captures, FOLDERS, ROOT } from './cli/fixtures.js';
import { goldenJson } from './golden-json.js';
import { FORMS, formsOf } from './golden-texts.js';
import { runCli } from './run-cli.js';

const UPDATE = process.env.UPDATE_GOLDENS === '1';

const stemOf = (capture: string): string => capture.replace(/\.(pcap|pcapng)$/, '');

/** With standard error and the exit code, where they are not empty and 0. */
async function textOf(capture: string, options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['analyze', capture, ...options]);
  return code === 0 && stderr === '' ? stdout : `${stdout}--- exit code ${code}\n${stderr}`;
}

async function jsonOf(capture: string): Promise<string> {
  const { code, stdout } = await runCli(['analyze', capture, '--format', 'json']);
  return goldenJson(stdout, code);
}

function expectGolden(file: string, actual: string): void {
  const path = join(ROOT, file);
  if (UPDATE) writeFileSync(path, actual);
  expect(existsSync(path), `${file} exists (npm run goldens makes it)`).toBe(true);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}

describe('goldens', () => {
  it('finds the captures', () => {
    expect(captures().length).toBeGreaterThan(100);
  });

  it.each(captures())('%s', async (capture) => {
    const stem = stemOf(capture);
    expectGolden(`${stem}.json`, await jsonOf(capture));
    for (const form of formsOf(stem)) expectGolden(`${stem}${form}.txt`, await textOf(capture, FORMS[form]));
  });

  it('has all of them, and no other', () => {
    const expected = captures().flatMap((capture) => {
      const stem = stemOf(capture);
      return [`${stem}.json`, ...formsOf(stem).map((form) => `${stem}${form}.txt`)];
    });
    const found = FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder))
        .filter((name) => /\.(txt|json)$/.test(name) && !name.endsWith('.states.json'))
        .map((name) => `${folder}/${name}`),
    );
    const left = found.filter((file) => !expected.includes(file));
    if (UPDATE) for (const file of left) rmSync(join(ROOT, file));
    else expect(left).toEqual([]);
    expect(expected.filter((file) => !found.includes(file))).toEqual([]);
  });

  it('texts are of about sixty captures', () => {
    const chosen = captures().filter((capture) => formsOf(stemOf(capture)).length > 0);
    expect(chosen.length).toBeGreaterThanOrEqual(50);
    expect(chosen.length).toBeLessThan(70);
  });
});
