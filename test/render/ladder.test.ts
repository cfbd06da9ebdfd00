/** The ladder: it fits, nothing is cut where there is room, and long phases are folded. */

import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.js';
import { openStream } from '../../src/files/open.js';
import { renderLadder } from '../../src/render/text/ladder.js';
import type { TextStyle } from '../../src/render/text/style.js';
import { renderUdpLadder } from '../../src/render/text/udp-ladder.js';
import { type ConnectionReport, judgeConnection } from '../../src/verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../src/verdict/udp.js';
import { runCli } from '../run-cli.js';
import { ACK, capture, conversation, IPV6, RST, type Segment, SYN } from './segments.js';

const CAPTURES = resolve(import.meta.dirname, '../../captures');
const STYLE: TextStyle = { width: 80, color: false, unicode: true, absolute: false };

async function reportsOf(file: Buffer): Promise<{ connections: ConnectionReport[]; flows: UdpFlowReport[] }> {
  const connections: ConnectionReport[] = [];
  const flows: UdpFlowReport[] = [];
  const analysis = new Analysis(
    {
      connection: (snapshot) => void connections.push(judgeConnection(snapshot)),
      udpFlow: (snapshot) => void flows.push(judgeUdpFlow(snapshot)),
    },
    { ladders: 3 },
  );
  const reader = await openStream(Readable.from([file]), 'made');
  await analysis.read(reader);
  analysis.finish(reader);
  return { connections, flows };
}

async function ladder(file: Buffer, style: Partial<TextStyle> = {}): Promise<string[]> {
  const { connections } = await reportsOf(file);
  const [report] = connections;
  if (report === undefined) throw new Error('no connection');
  return renderLadder(report, { ...STYLE, ...style }).split('\n');
}

const recording = (name: string): Buffer => readFileSync(resolve(CAPTURES, name));
const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => [...line].length));
const arrows = (lines: readonly string[]): string[] => lines.filter((line) => /[│|].*[│|]/.test(line));

describe('the demo', () => {
  it.each(['en', 'pt-BR'])('fits with two prompts on a terminal of 80x24 in %s', async (language) => {
    // as it is typed: where the checkout lies does not count
    const path = relative('.', resolve(CAPTURES, 'demo-tcp.pcap'));
    const { stdout } = await runCli([path, '--lang', language]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(21);
    expect(widest(lines)).toBeLessThanOrEqual(80);
    expect(stdout).toContain('TIME-WAIT');
    expect(stdout).toContain('LAST-ACK');
  });

  it('says how it opened and closed', async () => {
    const { stdout } = await runCli([resolve(CAPTURES, 'demo-tcp.pcap'), '--lang', 'en']);
    for (const word of [
      'opening three-way handshake',
      '── data',
      '4 steps, client first; client in TIME-WAIT',
      'time to ACK',
    ]) {
      expect(stdout).toContain(word);
    }
  });
});

describe.each([60, 80, 120])('%i columns', (width) => {
  it.each([
    ['the demo', recording('demo-tcp.pcap')],
    ['the half-close', recording('demo-tcp-half-close.pcap')],
    ['a long conversation', capture(conversation(1000, 1460))],
    ['IPv6', capture(conversation(3, 10), IPV6)],
  ])('%s fits and keeps its columns', async (_, file) => {
    const lines = await ladder(file, { width });
    expect(widest(lines)).toBeLessThanOrEqual(width);
    // both lifelines are straight
    for (const line of [/│/, /│[^│]*$/]) {
      expect(new Set(arrows(lines).map((row) => row.search(line))).size).toBe(1);
    }
    // no arrow without its flags, and every head at its end
    for (const row of arrows(lines)) expect(row).toMatch(/│(──[A-Z].*▶|◀─[A-Z].*─)│ [A-Z]/);
    // numbers are cut only where there is really no room
    if (width > 60) expect(lines.join('\n')).not.toContain('…');
  });

  it('in ASCII it is the same, sign by sign', async () => {
    const file = recording('demo-tcp.pcap');
    const unicode = await ladder(file, { width });
    const ascii = await ladder(file, { width, unicode: false });
    const translated = unicode.map((line) =>
      line
        .replaceAll('─', '-')
        .replaceAll('│', '|')
        .replaceAll('▶', '>')
        .replaceAll('◀', '<')
        .replaceAll('µ', 'u'),
    );
    expect(ascii).toEqual(translated);
  });
});

describe('long numbers', () => {
  const late = (at: number): Segment[] =>
    conversation(1, 65_000, 2 ** 32 - 1, 2 ** 32 - 1).map((segment, index) => ({
      ...segment,
      at: at * index,
    }));

  it('raw sequence numbers are whole at 80 columns', async () => {
    const lines = await ladder(capture(late(0.001)), { absolute: true });
    expect(widest(lines)).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).not.toContain('…');
    expect(lines.join('\n')).toContain('seq 4294967295');
  });

  it('they wrap around; relative ones do not', async () => {
    const raw = await ladder(capture(late(0.001)), { absolute: true, width: 120 });
    expect(raw.join('\n')).toContain('FIN ACK seq 65000 ack 0');
    const relative = await ladder(capture(late(0.001)));
    expect(relative.join('\n')).toMatch(/FIN ACK seq 65001 ack 1/);
  });

  const opened = conversation(1, 10, 6000).slice(0, 3);
  const rowOf = (lines: readonly string[], flags: string): string | undefined =>
    arrows(lines).find((line) => line.includes(flags));

  it.each([
    [
      'the 0 of a host without the connection',
      6000,
      { client: false, flags: RST, sequence: 0 },
      'seq 0 (raw)',
    ],
    [
      'the same in front of a large first number',
      3e9,
      { client: false, flags: RST, sequence: 0 },
      'seq 0 (raw)',
    ],
    ['far beyond', 6000, { client: false, flags: RST, sequence: 3e9 }, 'seq 3000000000 (raw)'],
    [
      'an acknowledgement of nothing',
      6000,
      { client: false, flags: RST | ACK, sequence: 6001 },
      'ack 0 (raw)',
    ],
    ['a window ahead', 6000, { client: false, flags: RST, sequence: 71_536 }, 'seq 65536'],
    ['where it is expected', 6000, { client: false, flags: RST, sequence: 6001 }, 'seq 1'],
  ])('a relative number that makes no sense is raw: %s', async (_, first, reset, text) => {
    const lines = await ladder(capture([...conversation(1, 10, first, first).slice(0, 3), reset]));
    expect(rowOf(lines, 'RST')).toContain(`${text}─`);
    expect(rowOf(lines, 'SYN ACK')).toContain('SYN ACK seq 0 ack 1─');
  });

  it('a number before the first captured one is raw too', async () => {
    const late = conversation(3, 10, 6000).slice(5);
    const lines = await ladder(
      capture([...late, { client: true, flags: ACK, sequence: 5001, acknowledgement: 5001, length: 10 }]),
      { width: 120 },
    );
    expect(arrows(lines).at(-1)).toContain('seq 5001 (raw) ack 1 len 10');
  });

  it('in absolute numbers nothing is marked', async () => {
    const lines = await ladder(capture([...opened, { client: false, flags: RST, sequence: 0 }]), {
      absolute: true,
    });
    expect(rowOf(lines, 'RST')).toContain('seq 0─');
  });

  it('a connection of days keeps its columns', async () => {
    const lines = await ladder(capture(late(100_000)));
    expect(widest(lines)).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).toContain('700000.000000');
    expect(new Set(arrows(lines).map((row) => row.search(/│/))).size).toBe(1);
  });
});

describe('folding', () => {
  it('a thousand data segments are a fold with how many and how much', async () => {
    const lines = await ladder(capture(conversation(1000, 1460)));
    expect(lines.length).toBeLessThanOrEqual(21);
    const folds = lines.filter((line) => line.includes('⋮'));
    expect(folds).toHaveLength(1);
    const text = lines.join('\n').replaceAll(/\n {2,}(?![\d ]*\d\.)/g, ' ');
    const [, from, to] = (/⋮ packets (\d+) to (\d+): /.exec(text) ?? []).map(Number);
    const folded = (to ?? 0) - (from ?? 0) + 1;
    // folded and shown segments together are all
    expect(arrows(lines).length + folded).toBe(2007);
    expect(text).toContain('1,457,080 bytes');
    // the phases around it are whole
    for (const text of [
      'SYN seq 0',
      'SYN ACK seq 0 ack 1',
      'FIN ACK seq 1460001 ack 1',
      'ACK seq 1460002 ack 2',
      'TIME-WAIT',
      'CLOSED',
    ]) {
      expect(lines.join('\n')).toContain(text);
    }
  });

  it('remarkable segments are not folded', async () => {
    const segments = conversation(500, 100);
    const sent = segments[503];
    if (sent === undefined) throw new Error('too short');
    segments.splice(900, 0, { ...sent, at: 2 });
    for (const segment of segments.slice(901)) segment.at = 3;
    const lines = await ladder(capture(segments));
    expect(lines.filter((line) => line.includes('⋮')).length).toBeGreaterThanOrEqual(2);
    expect(lines.join('\n')).toMatch(/^ *901 .*\n.*└ .*(retransmi|sent again)/m);
  });

  it('a few data segments are not folded', async () => {
    expect((await ladder(capture(conversation(5, 10)))).join('\n')).not.toContain('⋮');
  });
});

describe('other endings', () => {
  it('a refused connection has no data', async () => {
    const lines = await ladder(
      capture([
        { client: true, flags: SYN, sequence: 7 },
        { client: false, flags: RST | ACK, sequence: 0, acknowledgement: 8 },
      ]),
    );
    expect(lines.join('\n')).toMatch(/── opening refused[\s\S]*RST ACK/);
    expect(lines.join('\n')).not.toMatch(/── (data|closing)/);
  });

  it('a segment that was ignored ends in a cross and changes no state', async () => {
    const segments = conversation(1, 10);
    segments.splice(5, 0, { client: false, flags: RST, sequence: 4_000_000 });
    const lines = await ladder(capture(segments));
    const row = lines.findIndex((line) => line.includes('RST'));
    expect(lines[row]).toMatch(/│╳─RST .*─│ ESTABLISHED/);
    expect(lines[row + 1]).toContain('└ seen, ignored by the receiver');
    expect(lines.at(-1)).toMatch(/TIME-WAIT .* CLOSED/);
  });

  it('a reset shows', async () => {
    const segments = [...conversation(1, 10).slice(0, 5), { client: true, flags: RST, sequence: 1011 }];
    const lines = await ladder(capture(segments), { color: true });
    expect(lines.join('\n')).toMatch(/closing.*reset by client/);
    expect(lines.at(-1)).toContain('\u001b[31m──RST');
  });

  it('an opening that was not captured is marked', async () => {
    const text = (await ladder(capture(conversation(3, 10).slice(3)))).join('\n');
    expect(text).toMatch(/opening not captured/);
    expect(text).toMatch(/FIN-WAIT-1 +│──FIN ACK seq 31 ack 1─+▶│ CLOSE-WAIT/);
  });
});

describe('UDP', () => {
  it('says that there is no handshake and no closing', async () => {
    const { flows } = await reportsOf(recording('demo-udp.pcap'));
    const [flow] = flows;
    if (flow === undefined) throw new Error('no flow');
    for (const width of [40, 60, 80, 120]) {
      const text = renderUdpLadder(flow, { ...STYLE, width });
      const lines = text.split('\n');
      const said = text.replaceAll(/\s+/g, ' ');
      expect(said).toMatch(/^UDP has no handshake and no closing: each datagram stands alone\. /);
      expect(arrows(lines)).toHaveLength(6);
      expect(widest(lines)).toBeLessThanOrEqual(width);
      expect(lines.at(-1)).toBe('datagrams both ways');
    }
    const ascii = renderUdpLadder(flow, { ...STYLE, unicode: false });
    expect(ascii).toMatch(/client \|--UDP 9 bytes-+>\| server/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the point
    expect(ascii).toMatch(/^[\u0000-\u007f]*$/);
  });

  it('shows an ICMP error', async () => {
    const { stdout } = await runCli([resolve(CAPTURES, 'demo-udp-port-unreachable.pcap')]);
    expect(stdout).toContain('port unreachable: no socket there, or a firewall refused it (ICMP, packet 2)');
  });
});
