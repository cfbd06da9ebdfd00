/** Words and options of `synfin live`, before anything is captured. */

import { describe, expect, it } from 'vitest';
import { duration } from '../../src/cli/options/ask.js';
import { captureFilter } from '../../src/cli/options/capture-filter.js';
import { runCli } from '../run-cli.js';

const interfaces = () => ['lo', 'eth0', 'any'];

describe('the filter', () => {
  it('is given as words, or with --filter', () => {
    expect(captureFilter([], {}, interfaces)).toBe('');
    expect(captureFilter(['port', '80'], {}, interfaces)).toBe('port 80');
    expect(captureFilter(['host eth0', 'and', 'port 80'], {}, interfaces)).toBe('host eth0 and port 80');
    expect(captureFilter([], { filter: 'port 80' }, interfaces)).toBe('port 80');
  });

  it('given both ways is refused', async () => {
    const { code, stdout, stderr } = await runCli(['live', 'port', '80', '--filter', 'port 81']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      "synfin: a filter is given twice: 'port 80' and --filter 'port 81'\nLeave one of them out.\n",
    );
  });

  it('that is an interface suggests -i', async () => {
    const said = (words: string[]) => {
      try {
        return captureFilter(words, {}, interfaces);
      } catch (error) {
        const { message, hint } = error as { message: string; hint: string };
        return [message, hint];
      }
    };
    expect(said(['eth0'])).toEqual(["'eth0' is an interface, not a filter", '  synfin live -i eth0']);
    expect(said(['any', 'port', '80'])).toEqual([
      "'any' is an interface, not a filter",
      '  synfin live -i any port 80',
    ]);
    expect(captureFilter(['eth0'], { interface: 'lo' }, interfaces)).toBe('eth0');
    const { code, stderr } = await runCli(['live', 'any']);
    expect(code).toBe(2);
    expect(stderr).toContain('  synfin live -i any\n');
  });
});

it.each([[['--connections', '3']], [['--connections=3']], [['--connections']]])(
  '%j is refused with its new name',
  async (argv) => {
    const { code, stdout, stderr } = await runCli(['live', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('synfin: --connections is now --stop-after: stop after N connections are over\n');
  },
);

it('help has any, the filter and the new name only', async () => {
  const { stdout } = await runCli(['live', '--help']);
  expect(stdout).toContain('Usage: synfin live [options] [filter...]');
  expect(stdout).toMatch(/-i, --interface <name> +interface to capture on, or any/);
  expect(stdout).toContain('--stop-after <n>');
  expect(stdout).not.toContain('--connections');
});

it.each([
  ['5min', 300],
  ['5m', 300],
  ['1.5s', 1.5],
  ['250ms', 0.25],
  ['10', 10],
])('--duration and --until-idle take %s', (written, expected) => {
  expect(duration(written)).toBeCloseTo(expected, 9);
});
