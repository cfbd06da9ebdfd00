/** What shells offer while a command is typed; the scripts themselves in the installed shells. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './fixtures.js';

const MAIN = join(ROOT, 'dist/cli/main.js');

function run(...words: string[]): string {
  const { stdout, status } = spawnSync(process.execPath, [MAIN, ...words], { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout;
}

const offered = (...words: string[]): string[] =>
  run('complete', '--', ...words)
    .split('\n')
    .filter((line) => line !== '' && !/^:\d+$/.test(line))
    .map((line) => line.split('\t')[0] ?? '');

describe.skipIf(!existsSync(MAIN))('completion (skipped before npm run build)', () => {
  it.each<[string[], string[]]>([
    [['ana'], ['analyze']],
    [['analyze', '--form'], ['--format']],
    [['analyze', '--format', 'nd'], ['ndjson']],
    [['analyze', '--sort', 'ret'], ['retransmissions']],
    [['analyze', '--by', 'network'], ['network/24']],
    [['analyze', '--where', 'opening.conn'], ['opening.connectTime']],
    [['analyze', 'captures/demo-tcp.pc'], ['captures/demo-tcp.pcap']],
    [['analyze', 'capt'], ['captures/']],
    [['merge', 'package-l'], ['package-lock.json']],
    [['explain', 'TIME-'], ['TIME-WAIT']],
  ])('%j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('a script for %s', (shell) => {
    const script = run('completion', shell);
    expect(script).toContain('synfin');
    const checks: Record<string, string[]> = {
      bash: ['bash', '-n'],
      zsh: ['zsh', '-n'],
      fish: ['fish', '-n'],
    };
    const [program, ...options] = checks[shell] ?? [];
    if (program === undefined || spawnSync(program, ['--version']).error !== undefined) return;
    expect(spawnSync(program, options, { input: script }).status).toBe(0);
  });
});
