/** Where nothing matches, up to two lines say which values there are of what was asked for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';

const MANY = resolve(ROOT, 'fixtures/kernel/many.pcap');
const FOLDER = resolve(ROOT, 'fixtures/kernel');
const UDP = resolve(ROOT, 'captures/demo-udp.pcap');
const NONE = 'synfin: 0 of 6 connections match\n';
const PORT = 'synfin: server.port in this capture: 7777 (6)\n';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-nothing-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function said(...argv: string[]): Promise<string> {
  const { code, stderr } = await runCli(['analyze', ...argv]);
  expect(code).toBe(0);
  return stderr;
}

describe('the values of a field that is compared with a constant', () => {
  it.each([
    [['--where', 'server.port == 9999'], PORT],
    [['--where', '9999 == server.port'], PORT],
    [['--where', '!(server.port == 7777)'], PORT],
    [['--where', 'server.port in [9998, 9999]'], PORT],
    [['--port', '9999'], PORT],
    [['--server', '1.2.3.4'], 'synfin: server.address in this capture: "127.0.0.1" (6)\n'],
    [['--client', '1.2.3.0/24'], 'synfin: client.address in this capture: "127.0.0.1" (6)\n'],
    [
      ['--where', 'client.address.startsWith("10.")'],
      'synfin: client.address in this capture: "127.0.0.1" (6)\n',
    ],
    [
      ['--where', 'opening.kind == "fast-open"'],
      'synfin: opening.kind in this capture: "three-way" (5), "refused" (1)\n',
    ],
    [
      ['--where', 'closing.kind == "simultaneous"'],
      'synfin: closing.kind in this capture: "four-step" (2), "three-step" (1), "reset" (1), and 2 other values\n',
    ],
    // numbers of which none is frequent, and what is measured
    [['--client', ':9'], 'synfin: client.port in this capture: 44904 to 44952\n'],
    [['--where', 'traffic.client.bytes > 1MB'], 'synfin: traffic.client.bytes in this capture: 0 B to 5 B\n'],
    [
      ['--slow', '1s'],
      'synfin: opening.connectTime in this capture: 20.3 µs to 32.2 µs\n' +
        'synfin: response.max in this capture: 24 µs to 35.2 µs\n',
    ],
    [
      ['--between', '08:00', '09:00'],
      'synfin: start in this capture: 2026-11-22T16:21:28.288240545Z to 2026-11-22T16:21:29.000845880Z\n',
    ],
    [
      ['--where', 'closing.halfClose.duration == 1s'],
      'synfin: closing.halfClose.duration in this capture: no value\n',
    ],
    // two fields at most, those first that never are what is asked
    [
      ['--where', 'server.port == 7777 && server.address == "1.1.1.1" && closing.kind == "simultaneous"'],
      'synfin: server.address in this capture: "127.0.0.1" (6)\n' +
        'synfin: closing.kind in this capture: "four-step" (2), "three-step" (1), "reset" (1), and 2 other values\n',
    ],
  ])('%j', async (options, lines) => {
    expect(await said(MANY, ...options)).toBe(NONE + lines);
  });

  it.each([
    ['nothing is compared with a constant', ['--where', 'client.port == server.port']],
    ['findings are asked for', ['--where', 'has("retransmission")']],
    ['a value is asked for, whatever it is', ['--where', 'closing.halfClose.duration != null']],
  ])('not where %s', async (_, options) => {
    expect(await said(MANY, ...options)).toBe(NONE);
  });

  it('in Portuguese', async () => {
    expect(await said(MANY, '--lang', 'pt-BR', '--where', 'closing.kind == "simultaneous"')).toBe(
      'synfin: 0 de 6 conexões corresponde\n' +
        'synfin: closing.kind nesta captura: "four-step" (2), "three-step" (1), "reset" (1) e mais 2 valores\n',
    );
  });

  it('of UDP flows, where the capture has no others', async () => {
    expect(await said(UDP, '--where', 'server.port == 9999')).toBe(
      'synfin: 0 of 1 UDP flows match\nsynfin: server.port in this capture: 54388 (1)\n',
    );
  });

  it('of flows only, for what only flows have', async () => {
    const lines = await said(FOLDER, UDP, '--where', 'answered == false && server.port == 9999');
    expect(lines).toBe(
      'synfin: 0 of 385 connections match\n' +
        'synfin: server.port in this capture: 7777 (18), 53734 (1), 54388 (1)\n' +
        'synfin: answered in this capture: true (12), false (8)\n',
    );
  });

  it('is said once, in each format', async () => {
    const asked = ['--where', 'server.port == 9999'];
    for (const format of ['json', 'ndjson', 'csv'])
      expect(await said(MANY, ...asked, '--format', format)).toBe(PORT);
    expect(await said(MANY, ...asked, '--format', 'ladder')).toBe(NONE + PORT);
    expect(await said(MANY, ...asked, '--write', join(folder, 'x.pcap'))).toBe(NONE + PORT);
    expect(await said(MANY, ...asked, '--by', 'server')).toBe(
      `synfin: 0 of 6 connections, 0 servers\n${PORT}`,
    );
    const page = join(folder, 'x.html');
    expect(await said(MANY, ...asked, '--format', 'html', '-o', page)).toMatch(
      /x\.html: .*0 connections\n.*7777 \(6\)\n$/,
    );
    expect(await said(UDP, ...asked, '--write', join(folder, 'u.pcap'))).toBe(
      'synfin: 0 of 1 UDP flows match\nsynfin: server.port in this capture: 54388 (1)\n',
    );
    const svg = await runCli([MANY, ...asked, '--format', 'svg']);
    expect(svg.stderr).toBe(`${NONE}${PORT}synfin: no connection matches: there is nothing to draw\n`);
  });

  it('not where something matches, and not with --quiet', async () => {
    expect(await said(MANY, '--where', 'server.port == 7777')).toBe('synfin: 6 of 6 connections match\n');
    expect(await said(MANY, '--where', 'index == 5')).toBe('synfin: 1 of 6 connections matches\n');
    expect(await said(MANY, '--where', 'server.port == 7777', '--write', join(folder, 'y.pcap'))).toBe(
      'synfin: 6 of 6 connections match\n',
    );
    for (const format of ['table', 'json', 'ladder'])
      expect(await said(MANY, '--quiet', '--where', 'server.port == 9999', '--format', format)).toBe('');
  });
});
