/** `synfin report`: where the page goes, its content, and what is refused. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../src/page/pack.js';
import type { PageData } from '../../src/page/page-data.js';
import { runCli } from '../run-cli.js';
import { runProcess } from './process.js';

const ROOT = resolve(import.meta.dirname, '../..');
const MANY = join(ROOT, 'fixtures/kernel/many.pcap');
const BUILT = existsSync(join(ROOT, 'dist/report.html'));

/** The data in a page; null where there is none. */
function dataIn(page: string): PageData | null {
  const [, packed] = /<script type="application\/gzip" id="data">([^<]*)</.exec(page) ?? [];
  if (packed === undefined) return null;
  return unpack(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())) as unknown as PageData;
}

describe.skipIf(!BUILT)('synfin report (skipped before npm run build)', () => {
  let folder: string;
  const before = process.cwd();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'synfin-report-'));
    process.chdir(folder);
  });

  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  it('to standard output, with the reports of analyze', async () => {
    const { code, stdout, stderr } = await runCli(['report', MANY]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { connections } = JSON.parse((await runCli([MANY, '--json'])).stdout);
    const data = dataIn(stdout);
    expect(data?.connections).toHaveLength(6);
    data?.connections.forEach(({ opening, closing, traffic, outcome }, at) => {
      expect(opening).toMatchObject(connections[at].opening);
      expect([closing.kind, traffic, outcome]).toEqual([
        connections[at].closing.kind,
        connections[at].traffic,
        connections[at].outcome,
      ]);
    });

    expect(readdirSync(folder)).toEqual([]);
  });

  it('to a file, with a message about it', async () => {
    const { code, stdout, stderr } = await runCli(['report', MANY, '-o', 'a.html']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^synfin: a\.html: \d+\.\d kB, 6 connections\n$/);
    expect(dataIn(readFileSync('a.html', 'utf8'))?.connections).toHaveLength(6);
  });

  it('on a terminal, to a file named as the capture; another file of that name stays', async () => {
    const run = (): ReturnType<typeof runCli> => runCli(['report', MANY], { terminal: true });
    expect((await run()).stderr).toMatch(/^synfin: many\.html: /);
    // an earlier report
    expect((await run()).code).toBe(0);
    writeFileSync('many.html', 'mine');
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toMatch(/^synfin: many\.html: is there already, .*\nchoose a name: -o FILE\.html\n$/);
    expect(readFileSync('many.html', 'utf8')).toBe('mine');
  });

  it('analyze --format html writes the same, and refuses what a table has', async () => {
    const [report, format] = [await runCli(['report', MANY]), await runCli([MANY, '--format', 'html'])];
    expect(format).toEqual(report);
    for (const option of [['--sort', 'connect'], ['--by', 'server'], ['--packets'], ['-w', 'x.pcap']]) {
      const { code, stderr } = await runCli([MANY, '--format', 'html', ...option]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^synfin: --\w+ does not go with --format html\n$/);
    }
    expect((await runCli(['merge', 'x.part', '--format', 'html'])).stderr).toContain('synfin report');
  });

  it('chosen connections, as with analyze', async () => {
    const chosen = async (...options: string[]): Promise<number[] | undefined> =>
      dataIn((await runCli(['report', MANY, ...options])).stdout)?.connections.map(({ index }) => index);
    expect(await chosen('--failed')).toEqual([3, 4]);
    expect(await chosen('--connection', '0,2-3')).toEqual([0, 2, 3]);
    expect(await chosen('--failed', '--connection', '0,2-3')).toEqual([3]);
    expect((await runCli(['report', MANY, '--where', 'outcome.fialed'])).code).toBe(2);
  });

  it('--segments 0: no bytes of the capture', async () => {
    const data = dataIn((await runCli(['report', MANY, '--segments', '0'])).stdout);
    expect(data).toMatchObject({ headers: {}, left: { ladders: 6 } });
  });

  it('without a file, a page without data', async () => {
    const { code, stdout } = await runCli(['report']);
    expect(code).toBe(0);
    expect(stdout).toContain('<title>synfin</title>');
    expect(dataIn(stdout)).toBeNull();
  });

  it('from standard input', async () => {
    const { stdout, code } = await runProcess(['report', '-'], { input: readFileSync(MANY) });
    expect(code).toBe(0);
    expect(dataIn(stdout)?.left).toEqual({ connections: 0, udpFlows: 0, ladders: 0 });
  });

  it('damage: what could be read, exit code 3', async () => {
    const { code, stderr, stdout } = await runCli([
      'report',
      join(ROOT, 'fixtures/synthetic/cut-short.pcap'),
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain('cut short');
    expect(dataIn(stdout)?.connections).toHaveLength(1);
  });

  it('no page without a capture', async () => {
    writeFileSync('text.txt', 'no capture');
    expect((await runCli(['report', 'text.txt', '-o', 'a.html'])).code).toBe(2);
    expect(readdirSync(folder)).toEqual(['text.txt']);
  });

  // the loader, the program, and the words of either language
  it('the policy of the page only allows scripts that it names by hash', () => {
    const page = readFileSync(join(ROOT, 'dist/report.html'), 'utf8');
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toMatch(
      /^default-src 'none'; script-src(?: 'sha256-\S+'){4}; style-src 'sha256-\S+'; worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'$/,
    );
    expect(page).not.toMatch(/unsafe|https?:\/\/(?!www\.w3\.org|github|opensource)/);
  });
});
