/**
 * Which files of the build a run loads. Each file more costs a short run time, and which there are follows from paths
 * in scripts/build.mjs, so a moved file could make every start slower without a warning.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const MAIN = join(ROOT, 'dist/cli/main.js');

function chunksOf(...options: string[]): string[] {
  const capture = join(ROOT, 'captures/demo-tcp.pcap');
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--require', join(ROOT, 'test/list-chunks.cjs'), MAIN, 'analyze', capture, ...options],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  return [...stderr.matchAll(/^chunk (.*)$/gm)].map(([, name]) => name ?? '').sort();
}

describe.skipIf(!existsSync(join(ROOT, 'dist/.built')))(
  'files of the build (skipped before npm run build)',
  () => {
    const ALWAYS = ['rolldown-runtime', 'show', 'synfin'];
    it.each([
      ['table', ['text']],
      ['json', ['json', 'json2', 'text-store']],
      ['ndjson', ['json', 'ndjson', 'hold-until-end', 'text-store']],
      ['table --lang pt-BR', ['pt-BR', 'text']],
      ['csv', ['columns', 'group', 'hold-until-end', 'json', 'table-writer', 'udp']],
    ] as const)('%s', (format, more) => {
      expect(chunksOf('--format', ...format.split(' '))).toEqual([...ALWAYS, ...more].sort());
    });
  },
);
