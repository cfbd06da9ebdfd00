/** The page of a capture on a terminal: that the answer stays on the screen, and that nothing is left out without a word. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/cli/terminal/io.js';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';

const HUNDREDS = resolve(ROOT, 'fixtures/cases/peer-to-peer-client-81-hosts-one-port.pcap');
const MANY = resolve(ROOT, 'fixtures/kernel/many.pcap');
const UDP = resolve(ROOT, 'captures/demo-udp-one-to-many.pcap');

async function screen(path: string, columns: number, rows?: number, ...more: string[]): Promise<string[]> {
  const size = rows === undefined ? { columns } : { columns, rows };
  const { stdout } = await runCli([path, ...more], { terminal: true, env: { NO_COLOR: '1' }, ...size });
  return stdout.trimEnd().split('\n');
}

const EXAMPLES = /^(\d+) of 243 connections/;

describe('examples of many connections', () => {
  it('are as many as the terminal has lines for', async () => {
    const whole = await screen(HUNDREDS, 80, 200);
    const examples = (lines: string[]): number =>
      Number(lines.map((line) => EXAMPLES.exec(line)?.[1]).find(Boolean) ?? 0);
    expect(examples(whole)).toBe(2);
    const above = whole.findIndex((line) => EXAMPLES.test(line));
    expect(examples(await screen(HUNDREDS, 80, above + 8))).toBe(1);
    expect(examples(await screen(HUNDREDS, 80, above))).toBe(0);
    // a pipe has no lines
    const { stdout } = await runCli([HUNDREDS]);
    expect(examples(stdout.split('\n'))).toBe(2);
  });
});

describe('columns without room', () => {
  it('are named below, the most important first', async () => {
    const lines = await screen(MANY, 80);
    const said = lines.slice(lines.findIndex((line) => line.startsWith('» not shown')));
    expect(said.join(' ').replaceAll(/\s+/g, ' ')).toContain(
      '» not shown: duration, response, cause, retransmissions, sent, received (--columns all)',
    );
    expect((await screen(MANY, 200)).join('\n')).not.toContain('not shown');
    expect((await runCli([MANY, '--width', '80'])).stdout).not.toContain('not shown');
  });

  it('of UDP flows too', async () => {
    expect((await screen(UDP, 80)).join('\n')).toContain('» not shown: sent, received (--columns all)');
  });

  it('leave the milliseconds of the start, which have room then', async () => {
    const { stdout } = await runCli([UDP, '--width', '80']);
    expect(stdout).toMatch(/^# {2}start {9}client {11}server {11}datagrams {2}outcome {3}duration$/m);
    expect(stdout).toMatch(/^0 {2}\d\d:\d\d:\d\d\.\d{3} {2}127/m);
    expect(stdout).not.toMatch(/^#.*sent/m);
  });

  it.each([
    [undefined, '60', 60],
    [undefined, '', null],
    [undefined, 'x', null],
    [undefined, '0', null],
    [0, '60', 60],
    [100, '60', 100],
  ])('a terminal of %s columns and COLUMNS=%s: %s', (own, COLUMNS, expected) => {
    expect(columnsOf(own, { COLUMNS })).toBe(expected);
  });
});

describe('causes of failures', () => {
  it('name what the packets do not exclude', async () => {
    const { stdout } = await runCli([MANY, '--width', '80']);
    expect(stdout).toMatch(/^ {2}reset by client {2}1 +17 % {2}aborted or data left unread$/m);
    expect(stdout).toMatch(/^ {2}refused {10}1 +17 % {2}port closed or firewall$/m);
    const narrow = (await runCli([MANY, '--width', '45'])).stdout;
    expect(narrow).toMatch(/^ {2}refused {10}1 +17 % {2}port closed or …$/m);
  });
});
