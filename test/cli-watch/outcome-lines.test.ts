/** The outcome lines of watched connections: their columns, and the place of the reason. */
import { describe, expect, it } from 'vitest';
import { type LineLook, OutcomeLines } from '../../src/cli/watch/outcome-lines.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { reportsOf } from './setup.js';

function look(width: number, more: Partial<LineLook> = {}): LineLook {
  return {
    style: { width, color: false, unicode: true, absolute: false },
    time: 'utc',
    whole: false,
    ...more,
  };
}

async function first(name: string): Promise<ConnectionReport> {
  const [report] = await reportsOf(name);
  if (report === undefined) throw new Error(`no connection in ${name}`);
  return report;
}

async function linesOf(names: string[], of: LineLook): Promise<string[]> {
  const lines = new OutcomeLines(of);
  const output: string[] = [];
  for (const name of names) output.push(...lines.lines(await first(name)));
  return output;
}

const THREE = ['many', 'refused', 'no-answer'];

/** With ends as long as IPv4 has them, and one slow response of two. */
async function far(both: boolean): Promise<ConnectionReport> {
  const report = await first('many');
  return {
    ...report,
    client: { address: '192.168.100.100', port: 54321 },
    ...(both ? { server: { address: '192.168.100.101', port: 54321 } } : {}),
    response: { count: 2, first: 0.1, median: 0.2, max: 1.25 },
  };
}

describe('80 columns', () => {
  it('have the reason of a failure below', async () => {
    expect(await linesOf(THREE, look(80))).toEqual([
      'time          outcome           client           server           response',
      '16:21:28.435  closed by client  127.0.0.1:44904  127.0.0.1:7777    35.2 µs',
      '16:22:52.112  refused           127.0.0.1:39014  127.0.0.1:7777          -',
      '              port closed or firewall',
      '16:26:08.856  no answer         10.0.0.1:52388   10.0.0.2:7777           -',
      '              7 SYNs, no reply',
    ]);
  });

  it('grow wider as ends do, with their heads again; milliseconds and the response make room', async () => {
    const lines = new OutcomeLines(look(80));
    lines.lines(await first('many'));
    expect(lines.lines(await far(false))).toEqual([
      'time          outcome           client                 server           response',
      '16:21:28.435  closed by client  192.168.100.100:54321  127.0.0.1:7777     200 ms',
      '              slowest response 1.25 s',
    ]);
    expect(lines.lines(await far(true))).toEqual([
      'time      outcome           client                 server',
      '16:21:28  closed by client  192.168.100.100:54321  192.168.100.101:54321',
      '              response 200 ms; slowest response 1.25 s',
    ]);
  });

  it('break the text below at words', async () => {
    const lines = new OutcomeLines(look(60));
    const remark = 'before it seemed closed, which a later packet showed to be wrong';
    const below = lines.lines(await first('refused'), remark).slice(2);
    expect(below).toEqual([
      '              port closed or firewall; before it seemed',
      '              closed, which a later packet showed to be',
      '              wrong',
    ]);
  });
});

it('120 columns have all, and the reason last, broken at words', async () => {
  expect(await linesOf(THREE, look(120))).toEqual([
    'time            #  outcome           client           server           connect  response  duration  likely cause',
    '16:21:28.435    0  closed by client  127.0.0.1:44904  127.0.0.1:7777   32.2 µs   35.2 µs    147 ms',
    '16:22:52.112    0  refused           127.0.0.1:39014  127.0.0.1:7777         -         -   12.0 µs  port closed or',
    `${' '.repeat(100)}firewall`,
    '16:26:08.856    0  no answer         10.0.0.1:52388   10.0.0.2:7777          -         -    7.11 s  7 SYNs, no reply',
  ]);
  const lines = new OutcomeLines(look(120));
  const { length, ...output } = lines.lines(await far(true));
  expect(length).toBe(3);
  expect(output[2]).toBe('              slowest response 1.25 s');
});

it('a pipe gets whole dates, all columns, the heads once, and no line is broken', async () => {
  const lines = await linesOf([...THREE, 'refused-ipv6'], look(80, { whole: true }));
  const cells = lines.map((line) => line.trim().split(/ {2,}/));
  const head = 'time,#,outcome,client,server,connect,response,duration,likely cause';
  expect(cells[0]).toEqual(head.split(','));
  expect(cells.map((row) => row.length)).toEqual([9, 9, 9, 9, 9]);
  expect(cells[1]?.slice(0, 4)).toEqual([
    '2026-11-22T16:21:28.435Z',
    '0',
    'closed by client',
    '127.0.0.1:44904',
  ]);
  expect(cells[1]?.at(-1)).toBe('-');
  expect(cells[2]?.at(-1)).toBe('port closed or firewall');
});

it('times are as asked', async () => {
  const times = async (time: LineLook['time']) =>
    (await linesOf(['many'], look(80, { time, whole: true })))[1]?.split('  ')[0];
  expect(await times('epoch')).toMatch(/^1795364488\.435\d{6}$/);
  expect(await times('relative')).toBe('0.147373');
});

it('failures are red, resets and slow responses yellow', async () => {
  const colored = look(80);
  const lines = new OutcomeLines({ ...colored, style: { ...colored.style, color: true } });
  const visible = (report: ConnectionReport) => lines.lines(report).join('\n').replaceAll('\u001b', '␛');
  expect(visible(await first('refused'))).toContain('␛[31mrefused␛[0m          ');
  expect(visible(await first('both-reset'))).toContain('␛[33mreset by ');
  expect(visible(await far(false))).toContain('␛[33m200 ms␛[0m');
  expect(visible(await first('many'))).not.toContain('␛');
});
