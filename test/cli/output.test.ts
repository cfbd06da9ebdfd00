/** Standard output: inputs of every kind, and options for the text. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findScenario, scenarioText } from '../../src/demo/scenarios.js';
import { runCli } from '../run-cli.js';
import { captures, ROOT } from './fixtures.js';
import { runProcess } from './process.js';

const DEMO = resolve(ROOT, 'captures/demo-tcp.pcap');
const MANY = resolve(ROOT, 'fixtures/kernel/many.pcap');
const DEMO_ON_STDIN = { file: DEMO };
const UDP = resolve(ROOT, 'captures/demo-udp.pcap');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-output-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** All but the first line, which names the source. */
const body = (text: string): string => text.slice(text.indexOf(':'));

describe('where a capture comes from', () => {
  it('a file, with and without the command', async () => {
    const named = await runCli(['analyze', DEMO]);
    expect(named).toMatchObject({ code: 0, stderr: '' });
    expect(await runCli([DEMO])).toEqual(named);
    expect(await runCli(['--width', '80', DEMO])).toEqual(await runCli(['analyze', DEMO, '--width', '80']));
  });

  it('standard input: a file, a pipe, and a pipe that comes in drops', async () => {
    const expected = body((await runCli([DEMO, '--width', '200'])).stdout);
    const bytes = readFileSync(DEMO);
    for (const input of [DEMO_ON_STDIN, bytes, [...bytes].map((byte) => Buffer.from([byte]))]) {
      const piped = await runProcess(['analyze', '-', '--width', '200'], { input });
      expect(piped).toMatchObject({ code: 0, stderr: '' });
      expect(piped.stdout).toMatch(/^standard input: /);
      expect(body(piped.stdout)).toBe(expected);
    }
    const packed = await runProcess(['-', '--width', '200'], { input: gzipSync(bytes) });
    expect(body(packed.stdout)).toBe(expected);
  });

  it('gzip, recognized by content', async () => {
    const packed = join(folder, 'packed.pcap');
    writeFileSync(packed, gzipSync(readFileSync(DEMO)));
    const shown = async (path: string) => body((await runCli([path, '--width', '200'])).stdout);
    expect(await shown(packed)).toBe(await shown(DEMO));
  });

  it('several files, and a folder, as one capture in time order', async () => {
    const inside = join(folder, 'two');
    mkdirSync(inside);
    copyFileSync(DEMO, join(inside, 'b.pcap'));
    copyFileSync(UDP, join(inside, 'a.pcap'));
    const both = await runCli(['analyze', UDP, DEMO]);
    expect(both.code).toBe(0);
    expect(both.stdout).toMatch(/^2 files: 17 packets, 1 TCP connection, 1 UDP flow\n/);
    expect(await runCli(['analyze', DEMO, UDP])).toEqual(both);
    expect(await runCli([inside])).toEqual(both);
    const json = JSON.parse((await runCli([inside, '--format', 'json'])).stdout);
    expect(json.capture.files.map((file: { packets: number }) => file.packets).sort()).toEqual([11, 6]);
    // packets are numbered through: the TCP demo was recorded before the UDP one
    expect([json.connections[0].firstPacket, json.udpFlows[0].firstPacket]).toEqual([1, 12]);
  });
});

describe('output', () => {
  it('--connection: its outcome and its ladder, and no other', async () => {
    const { stdout } = await runCli([MANY, '--connection', '1']);
    // one connection needs no table
    expect(stdout).toMatch(/^127\.0\.0\.1:44914 → 127\.0\.0\.1:7777 {3}closed by server$/m);
    expect(stdout).not.toContain(':44904');
    expect(stdout.match(/^── opening/gm)).toHaveLength(1);
    const two = await runCli([MANY, '--connection', '1', '--connection', '0']);
    expect(two.stdout.match(/^── opening/gm)).toHaveLength(2);
    expect(two.stdout).toMatch(/Connection 0: [\s\S]*Connection 1: /);
  });

  it('--absolute-seq: raw sequence numbers, as the JSON has them', async () => {
    const { stdout } = await runCli([DEMO, '--absolute-seq', '--width', '120']);
    const lines = (await runCli([DEMO, '--format', 'ndjson', '--packets'])).stdout.trimEnd().split('\n');
    for (const line of lines) {
      const { type, rawSeq, rawAck, ack } = JSON.parse(line);
      if (type !== 'packet') continue;
      expect(stdout).toContain(`seq ${rawSeq}${ack === null ? '' : ` ack ${rawAck}`}`);
    }
  });

  it('--format ladder: ladders where there are many', async () => {
    expect((await runCli([MANY])).stdout).not.toContain('── opening');
    // how to see one is said on a terminal alone
    const hint = '» one ladder: --connection N';
    expect((await runCli([MANY], { terminal: true, columns: 120 })).stdout).toContain(hint);
    expect((await runCli([MANY])).stdout).not.toContain(hint);
    const { stdout } = await runCli([MANY, '--format', 'ladder']);
    expect(stdout.match(/^── opening/gm)?.length).toBeGreaterThan(3);
  });

  it('-o: the same bytes, in a file, and nothing else', async () => {
    const path = join(folder, 'out');
    for (const format of ['table', 'ladder', 'json', 'ndjson']) {
      const run = await runCli([DEMO, '--format', format, '-o', path]);
      expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(readFileSync(path, 'utf8')).toBe((await runCli([DEMO, '--format', format])).stdout);
    }
    // not coloured, though the terminal is
    await runCli([DEMO, '-o', path], { terminal: true });
    expect(readFileSync(path, 'utf8')).not.toContain('\u001b');
  });

  it.each([80, 120, 200])('--width %i is kept', async (width) => {
    for (const capture of captures()) {
      const { stdout } = await runCli([capture, '--width', String(width)]);
      const wide = stdout.split('\n').filter((line) => [...line].length > width);
      expect(wide, capture).toEqual([]);
    }
  });

  it('uses the width of the terminal; without one, 80 columns for all except tables', async () => {
    const at80 = (await runCli([DEMO, '--width', '80'])).stdout;
    expect((await runCli([DEMO])).stdout).toBe(at80);
    expect((await runCli([MANY, '--width', '80'])).stdout).not.toContain('likely cause');
    expect((await runCli([MANY])).stdout).toContain('likely cause');
    const wide = (await runCli([DEMO], { columns: 120, terminal: true, env: { NO_COLOR: '1' } })).stdout;
    expect(wide).toBe((await runCli([DEMO, '--width', '120'])).stdout);
    expect(wide).not.toBe(at80);
  });
});

describe('characters and colours', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the point
  const ASCII = /^[\u0000-\u007f]*$/;

  it.each([
    ['--ascii', ['--ascii'], {}],
    ['LC_ALL=C', [], { LC_ALL: 'C' }],
    ['LC_CTYPE=de_DE.ISO-8859-1', [], { LC_ALL: '', LC_CTYPE: 'de_DE.ISO-8859-1', LANG: 'C.UTF-8' }],
    ['LANG=POSIX', [], { LC_ALL: '', LANG: 'POSIX' }],
  ])('%s: ASCII only, over all captures', async (_, options, env) => {
    for (const capture of captures()) {
      const { stdout } = await runCli([capture, ...options], { env });
      expect(stdout, capture).toMatch(ASCII);
    }
    const { stdout } = await runCli([DEMO, ...options], { env });
    expect(stdout).toContain('|--SYN seq 0');
    expect(stdout).toContain('>|');
  });

  it.each([[{ LC_ALL: 'en_US.UTF-8' }], [{ LC_ALL: '', LANG: 'pt_BR.utf8' }], [{ LC_ALL: '' }]])(
    '%o: Unicode',
    async (env) => {
      expect((await runCli([DEMO], { env })).stdout).toContain('│──SYN seq 0');
    },
  );

  it('colours: on a terminal, unless NO_COLOR or a dumb terminal; --color decides over both', async () => {
    const coloured = async (argv: string[], terminal: boolean, env = {}): Promise<boolean> =>
      (await runCli([DEMO, ...argv], { terminal, env })).stdout.includes('\u001b[');
    expect(await coloured([], false)).toBe(false);
    expect(await coloured([], true)).toBe(true);
    expect(await coloured([], true, { NO_COLOR: '1' })).toBe(false);
    expect(await coloured([], true, { NO_COLOR: '' })).toBe(true);
    for (const name of ['FORCE_COLOR', 'CLICOLOR_FORCE']) {
      expect(await coloured([], false, { [name]: '1' })).toBe(true);
      expect(await coloured([], false, { [name]: '0' })).toBe(false);
      expect(await coloured([], false, { [name]: '1', NO_COLOR: '1' })).toBe(false);
      expect(await coloured(['--color', 'never'], true, { [name]: '1' })).toBe(false);
    }
    expect(await coloured([], true, { TERM: 'dumb' })).toBe(false);
    expect(await coloured(['--color', 'never'], true)).toBe(false);
    expect(await coloured(['--color', 'always'], false)).toBe(true);
    expect(await coloured(['--color', 'always'], false, { NO_COLOR: '1' })).toBe(true);
  });

  it('colours change nothing but colours', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: removing colours is the point
    const stripped = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/ +$/gm, '');
    for (const capture of captures()) {
      const plain = await runCli([capture]);
      expect(stripped((await runCli([capture, '--color', 'always'])).stdout), capture).toBe(plain.stdout);
    }
  });
});

describe('commands that only print', () => {
  it('--version, --help, and help without arguments', async () => {
    const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    const help = await runCli(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['analyze', 'live', 'demo', 'tcp', 'udp', 'interfaces', 'formats', 'schema']) {
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    }
    expect(await runCli([])).toEqual(await runCli(['-h']));
    expect((await runCli(['help', 'live'])).stdout).toContain('--until-idle');
  });

  it('demo --list', async () => {
    const { code, stdout } = await runCli(['demo', 'tcp', '--list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^simple +\S/);
    expect((await runCli(['demo', 'udp', '--list'])).stdout).toMatch(/^one-to-many +\S/m);
    const both = (await runCli(['demo', '--list'])).stdout;
    expect(both).toMatch(/^synfin demo tcp --scenario NAME\n {2}simple +\S/);
    expect(both).toMatch(/\n\nsynfin demo udp --scenario NAME\n {2}simple +\S/);
    for (const line of both.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('formats', async () => {
    const { code, stdout } = await runCli(['formats']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Containers\n {2}pcap /);
    expect(stdout).toMatch(/^ {5}1 {2}Ethernet$/m);
  });

  it('interfaces, for people and as JSON', async () => {
    expect((await runCli(['interfaces'])).stdout).toMatch(/loopback/);
    const { schema, interfaces } = JSON.parse((await runCli(['interfaces', '--json'])).stdout);
    expect(schema).toBe('synfin/1');
    expect(interfaces.some((item: { loopback: boolean }) => item.loopback)).toBe(true);
  });

  it.each(['tcp', 'udp'] as const)('demo %s --recording says that it is one', async (protocol) => {
    const { code, stdout, stderr } = await runCli(['demo', protocol, '--recording']);
    expect(code).toBe(0);
    const said = `This is a RECORDING of the ${protocol.toUpperCase()} demo, not a live capture:\n`;
    const { title, expect: expectation } = scenarioText(findScenario(protocol));
    expect(stderr).toBe(`${said}${title}\n${expectation}\n`);
    expect(stdout).toMatch(new RegExp(`^.*demo-${protocol}\\.pcap:\\s`));
  });

  it('demo shows the recording of a scenario that cannot be played here, and says why', async () => {
    const { code, stdout, stderr } = await runCli(['demo', 'tcp', '--scenario', 'loss']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^synfin: (This scenario needs|This call does not reach) [^\n]*\.\n/);
    expect(stderr).toContain('This is a RECORDING of the TCP demo, not a live capture:\nA segment is lost');
    expect(stdout).toMatch(/^.*demo-tcp-loss\.pcap:\s/);
  });
});
