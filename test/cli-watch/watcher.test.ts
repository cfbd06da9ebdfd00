/** Watching a capture: which lines are written, where, and how many. */
import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/cli/watch/pace.js';
import { wantedBy } from '../../src/cli/watch/wanted.js';
import { outcomeWords } from '../../src/explain/en/outcomes.js';
import { compileFilter } from '../../src/where/filter.js';
import { reportsOf, watch } from './setup.js';

const PIPED = { settings: { piped: true } };

function outcomes(lines: readonly string[]): string[] {
  return lines
    .join('')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/)[2] ?? '');
}

describe('one line for each outcome', () => {
  it('is written at once, each by itself', async () => {
    const { stdout, stderr } = await watch('many', PIPED);
    expect(stdout.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(stderr).toEqual([]);
    const over = (await reportsOf('many')).filter(
      ({ outcome }) => outcome.kind === 'closed' || outcome.failed,
    );
    expect(over.length).toBe(5);
    expect(outcomes(stdout)).toEqual(over.map(({ outcome }) => outcomeWords(outcome)));
  });

  it('comes at the end for a connection that has failed by then, and only once', async () => {
    expect(outcomes((await watch('no-answer', PIPED)).stdout)).toEqual(['no answer']);
    expect(outcomes((await watch('refused', PIPED)).stdout)).toEqual(['refused']);
    expect(outcomes((await watch('icmp-refused', PIPED)).stdout)).toEqual(['refused']);
  });

  it('includes connections that the results do not need, which the results do not get', async () => {
    const { stdout, reported } = await watch('no-answer', { ...PIPED, picks: () => false });
    expect(outcomes(stdout)).toEqual(['no answer']);
    expect(reported).toEqual([]);
  });

  it('with --events, a line for each step', async () => {
    const { stdout } = await watch('refused', { ...PIPED, flags: { events: true } });
    expect(stdout.map((line) => line.replace(/ [\d.:]+ → .*\n/s, ''))).toEqual([
      '2026-11-22T16:22:52.112Z  #0  opening',
      '2026-11-22T16:22:52.112Z  #0  failed ',
    ]);
  });
});

describe('which connections', () => {
  const linesOf = async (name: string, flags: object, filter: string | null = null) => {
    const settings = { piped: true, filter: filter === null ? null : compileFilter(filter) };
    return (await watch(name, { flags, settings })).stdout.join('');
  };

  it('--only, and expressions', async () => {
    expect(await linesOf('many', { only: ['failed'] })).toMatch(
      /^time .*\n.* reset by client .*\n.* refused .*\n$/,
    );
    expect(await linesOf('refused', { only: ['reset', 'slow'] })).toBe('');
    expect(await linesOf('refused', { only: ['slow', 'failed'] })).toContain('refused');
    expect(await linesOf('refused', {}, 'server.port == 7777')).toContain('refused');
    expect(await linesOf('refused', {}, 'server.port == 7778')).toBe('');
    expect(await linesOf('refused', { only: ['failed'] }, 'server.port == 7778')).toBe('');
  });

  it('with --events: what is known at the step', async () => {
    expect(await linesOf('refused', { events: true }, 'outcome.failed')).toMatch(
      /^\S+Z {2}#0 {2}failed [^\n]*\n$/,
    );
    expect(await linesOf('refused', { events: true }, 'server.port == 7777')).toMatch(
      /^\S+Z {2}#0 {2}opening .*\n\S+Z {2}#0 {2}failed .*\n$/,
    );
    expect(await linesOf('refused', { ladder: true }, 'server.port == 7778')).toBe('');
    expect(await linesOf('refused', { ladder: true }, 'server.port == 7777')).toContain('│──SYN');
  });

  it('slow is a response, or connecting, of a second', async () => {
    const [report] = await reportsOf('many');
    if (report === undefined) throw new Error('no connection');
    const slow = wantedBy(['slow'], null);
    const response = { count: 1, first: 1, median: 1, max: 1 };
    expect(slow?.(report, true)).toBe(false);
    expect(slow?.({ ...report, response }, true)).toBe(true);
    const { opening } = report;
    if (opening.kind !== 'three-way') throw new Error('it did not open');
    expect(slow?.({ ...report, opening: { ...opening, connectTime: 1 } }, true)).toBe(true);
    expect(wantedBy(undefined, null)).toBe(null);
  });
});

it('TERM=dumb gets lines, and no control sequences', async () => {
  for (const events of [false, true]) {
    const { stdout, stderr } = await watch('many', {
      flags: { events },
      columns: 80,
      env: { TERM: 'dumb', NO_COLOR: '' },
    });
    expect(stdout).toEqual([]);
    expect(stderr.length).toBeGreaterThan(6);
    expect([...stderr.join('')].filter((c) => c === '\r' || c === '\u001b')).toEqual([]);
  }
  const colored = await watch('refused', { columns: 80, env: { TERM: 'xterm', NO_COLOR: '' } });
  expect(colored.stderr.join('')).toContain('\u001b[31mrefused');
});

describe('how many lines a second', () => {
  const paced = (limited = true) => {
    const clock = { now: 5000 };
    return { clock, pace: new Pace(limited, () => clock.now) };
  };
  const admitted = (pace: Pace, kind: 'fine' | 'other', times: number) =>
    Array.from({ length: times }, () => pace.admits(kind)).filter(Boolean).length;

  it('twenty outcomes without problems; the rest is counted', () => {
    const { pace, clock } = paced();
    expect(admitted(pace, 'fine', 251)).toBe(20);
    expect(pace.leftOut()).toEqual([]);
    clock.now += 1000;
    expect(pace.leftOut()).toEqual(['+ 231 closed without problems']);
    expect(pace.leftOut()).toEqual([]);
    expect(admitted(pace, 'fine', 30)).toBe(20);
    expect(pace.leftOut(true)).toEqual(['+ 10 closed without problems']);
  });

  it('failures and slow ones are shown beyond that, as far as one can read', () => {
    const { pace } = paced();
    expect(admitted(pace, 'fine', 30)).toBe(20);
    expect(admitted(pace, 'other', 1180)).toBe(180);
    expect(pace.leftOut(true)).toEqual([
      '+ 10 closed without problems',
      '… 1,000 more lines left out: too many to read',
    ]);
  });

  it('only a terminal has a limit', () => {
    const { pace } = paced(false);
    expect(admitted(pace, 'fine', 1000)).toBe(1000);
    expect(pace.leftOut(true)).toEqual([]);
  });
});
