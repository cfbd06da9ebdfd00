/** Help: a screen of examples with -h, all options with --help, topics of several words. */
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';

describe('help', () => {
  it.each(['analyze', 'merge', 'report', 'live', 'demo'])(
    'synfin %s -h: examples, in one screen of 80 by 24',
    async (command) => {
      const { code, stdout } = await runCli([command, '-h']);
      expect(code).toBe(0);
      const lines = stdout.trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(23);
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(stdout).toContain('Examples:');
      expect(stdout).toContain(`All options: synfin ${command} --help`);
      const { stdout: all } = await runCli([command, '--help']);
      for (const line of lines.filter((each) => each.startsWith('  '))) expect(all).toContain(line);
      expect(all).toContain('Exit codes:');
    },
  );

  it.each([[['-h']], [[]]])('synfin %j: examples and commands, in one screen of 80 by 24', async (argv) => {
    const { code, stdout } = await runCli(argv);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(22);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    const { stdout: all } = await runCli(['--help']);
    const names = [...all.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
    expect(names).toContain('schema');
    for (const name of names.filter((each) => each !== 'help')) expect(stdout).toContain(name);
  });

  it.each([
    [
      ['help', 'tcp', 'server'],
      ['tcp', 'server', '--help'],
    ],
    [
      ['help', 'live'],
      ['live', '--help'],
    ],
    [
      ['help', 'quiz'],
      ['quiz', '--help'],
    ],
  ])('%j', async (topic, command) => {
    expect(await runCli(topic)).toEqual(await runCli(command));
  });

  it('an unknown topic is an error', async () => {
    const { code, stdout, stderr } = await runCli(['help', 'nonsense']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("'nonsense'");
  });

  it('--version, and what it runs on', async () => {
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { stdout } = await runCli(['--version', '-v']);
    expect(stdout).toMatch(/^synfin \d+\.\d+\.\d+\nNode\.js \d+[^\n]*\n[^\n]+\nlibpcap/);
  });
});
