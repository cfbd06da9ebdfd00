/** The real process: exit codes, signals, closed pipes, permissions. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './fixtures.js';
import { MAIN, runProcess, startProcess } from './process.js';

const DEMO = resolve(ROOT, 'captures/demo-tcp.pcap');
const AS_ROOT = process.getuid?.() === 0;
const NOBODY = 65534;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-process-'));
  chmodSync(folder, 0o755);
});

afterAll(() => rmSync(folder, { recursive: true }));

const bash = (script: string) =>
  spawnSync(
    'bash',
    ['-c', `set -o pipefail; synfin() { "${process.execPath}" "${MAIN}" "$@"; }; ${script}`],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );

describe('exit codes', () => {
  it.each([
    ['done', ['analyze', DEMO], 0],
    ['nothing asked for', [], 0],
    ['wrong use', ['analyze', '--nonsense'], 2],
    ['no such file', ['none.pcap'], 2],
    ['not a capture', ['package.json'], 2],
    ['cut short', ['fixtures/synthetic/cut-short.pcap'], 3],
    ['cut short, as JSON', ['fixtures/synthetic/cut-short.pcap', '--format', 'json'], 3],
  ])('%s', async (_, argv, code) => {
    const run = await runProcess(argv);
    expect(run.code).toBe(code);
    expect(run.stdout === '').toBe(code === 2);
    expect(run.stderr === '').toBe(code === 0);
    expect(run.stderr).not.toMatch(/^\s+at |node:internal|Warning/m);
  });

  it.runIf(existsSync('/dev/full')).each(['', '--format json', '--format ndjson', '--format csv'])(
    '2 where standard output is full: %s',
    (format) => {
      const run = bash(`synfin '${DEMO}' ${format} > /dev/full`);
      expect(run.stderr).toBe('synfin: standard output: cannot be written: no space left on the device\n');
      expect(run.status).toBe(2);
    },
  );

  it.runIf(existsSync('/dev/full'))('unchanged where standard error is full', () => {
    expect(bash('synfin none.pcap 2> /dev/full').status).toBe(2);
    expect(bash('synfin fixtures/synthetic/cut-short.pcap 2> /dev/full').status).toBe(3);
  });

  it('130 on Ctrl-C while it waits for more; the packets so far are reported', async () => {
    const running = startProcess(['analyze', '-', '--format', 'ndjson', '--packets']);
    running.child.stdin.write(readFileSync(DEMO));
    await running.until(/"packet":11,/);
    running.child.kill('SIGINT');
    const run = await running.done;
    expect(run).toMatchObject({ code: 130, signal: null });
    expect(run.stderr).toMatch(/^synfin: interrupted at \d+ bytes: the result is partial\n$/);
    const lines = run.stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'capture', packets: 11 });
  });

  it('packets that the writer of a pipe flushes on Ctrl-C are read', async () => {
    // as tcpdump -w - does, which buffers packets until it ends
    const bytes = readFileSync(DEMO);
    const running = startProcess(['analyze', '-', '--format', 'ndjson', '--packets']);
    // two packets, so that it is known to be waiting for more
    const length = (at: number): number => 16 + bytes.readUInt32LE(at + 8);
    const second = 24 + length(24);
    const sent = second + length(second);
    running.child.stdin.write(bytes.subarray(0, sent));
    await running.until(/"packet":1,/);
    running.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 100));
    running.child.stdin.end(bytes.subarray(sent));
    const run = await running.done;
    expect(run).toMatchObject({ code: 130, stderr: '' });
    expect(run.stdout).toContain('"type":"capture"');
    expect(JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ packets: 11 });
  });

  it('130 on Ctrl-C in the middle of a long stream', async () => {
    const running = startProcess(['analyze', '-', '--format', 'ndjson', '--packets']);
    const bytes = readFileSync(DEMO);
    const { stdin } = running.child;
    let ended = false;
    void running.done.then(() => {
      ended = true;
    });
    stdin.write(bytes);
    await running.until(/"packet":11,/);
    running.child.kill('SIGINT');
    // more packets keep coming
    while (!ended) {
      stdin.write(bytes.subarray(24));
      await new Promise((next) => setTimeout(next, 1));
    }
    const run = await running.done;
    expect(run).toMatchObject({ code: 130, signal: null });
    // the same packets again
    expect(run.stderr).toMatch(
      /^(synfin: the clock goes back at packet 12: durations across it cannot be trusted\n)?synfin: interrupted at [\d.]+ \w+: the result is partial\n$/,
    );
  });
});

describe('a reader that goes away', () => {
  it.each(['table', 'ladder', 'json', 'ndjson --packets'])('%s | head -1 ends quietly', (format) => {
    const run = bash(
      `synfin fixtures/kernel/many.pcap --format ${format} | head -1; echo "\${PIPESTATUS[*]}"`,
    );
    expect(run.stderr).toBe('');
    expect(run.stdout.trimEnd().split('\n').at(-1)).toBe('0 0');
  });

  it('long output into a pipe that is closed at once', async () => {
    // more than fits into a pipe: the capture twenty times over
    const files = Array.from({ length: 20 }, () => 'fixtures/kernel/syn-flood.pcap').join(' ');
    const run = bash(`synfin ${files} --format ndjson --packets | true; echo "\${PIPESTATUS[0]}"`);
    expect(run).toMatchObject({ stdout: '0\n', stderr: '' });
  });

  it('a slow reader gets all of it', () => {
    const json = 'synfin fixtures/kernel/syn-flood.pcap --format json';
    const direct = bash(`${json} | cksum`);
    expect(bash(`${json} | (sleep 0.5; cksum)`)).toMatchObject({
      status: 0,
      stdout: direct.stdout,
      stderr: '',
    });
  });
});

describe('permission', () => {
  it.runIf(AS_ROOT)('a file that an ordinary user may not read', async () => {
    const locked = join(folder, 'locked.pcap');
    copyFileSync(DEMO, locked);
    chmodSync(locked, 0o600);
    const run = await runOrdinary([locked]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^synfin: .*locked\.pcap: no permission to read it\n/);
  });

  it
    .runIf(AS_ROOT)
    .each([
      ['-o'],
      ['--format', 'svg', '-o'],
      ['--write'],
      ['--failed', '--write'],
      ['--format', 'html', '-o'],
    ])(
    'an output that an ordinary user may not write, before anything is read: %s %s %s',
    async (...options) => {
      const argv = options.filter((option) => option !== undefined);
      const run = await runOrdinary(['analyze', join(folder, 'none.pcap'), ...argv, join(folder, 'out')]);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(/^synfin: .*out: cannot be written: no permission\n$/);
    },
  );

  it.runIf(AS_ROOT)('a port below 1024', async () => {
    const run = await runOrdinary(['tcp', 'server', '--port', '80']);
    // where the kernel gives low ports to all, there is nothing to see
    if (readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').trim() !== '1024') return;
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^synfin: No permission to listen on TCP 127\.0\.0\.1:80\.\n/);
  });

  /** As a user without rights; where the checkout is out of that user's reach, from a copy of the build. */
  async function runOrdinary(argv: string[]) {
    const child = spawn(process.execPath, [MAIN, ...argv], { uid: NOBODY, gid: NOBODY, cwd: '/' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    return { code, stdout, stderr };
  }
});

describe('as a program among others', () => {
  it('is executable, and speaks UTF-8 into a pipe without a locale', () => {
    const run = spawnSync(MAIN, [DEMO], { encoding: 'utf8', env: { PATH: process.env.PATH } });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toContain('│──SYN seq 0');
  });

  it('gives jq what it needs', async () => {
    if (spawnSync('jq', ['--version']).error !== undefined) return;
    const run = bash(`synfin captures/demo-tcp.pcap --format json | jq -r '.connections[0].closing.kind'`);
    expect(run).toMatchObject({ stdout: 'four-step\n', stderr: '' });
  });
});
