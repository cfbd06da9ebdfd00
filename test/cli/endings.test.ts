/** How the built program ends where the system or synfin itself fails: in sentences, with the exit code of the contract. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/cli/main.js');
const CAPTURE = join(ROOT, 'captures/demo-tcp.pcap');
const folder = mkdtempSync(join(tmpdir(), 'synfin-endings-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!existsSync(MAIN))('the build (skipped before npm run build)', () => {
  it('with too few open files: a sentence and exit code 2, or the result', { timeout: 60_000 }, () => {
    const codes = new Set<number | null>();
    for (let limit = 15; limit <= 24; limit++) {
      const script = `ulimit -n ${limit} && exec "$0" "$1" "$2"`;
      const run = spawnSync('sh', ['-c', script, process.execPath, MAIN, CAPTURE], { encoding: 'utf8' });
      // Node.js does not start, or cannot open the program: its message names none of the program's files
      const began = run.stderr.startsWith('synfin:') || /dist\/cli\/[\w-]+\.js:\d/.test(run.stderr);
      if (run.status !== 0 && !began) continue;
      codes.add(run.status);
      if (run.status === 0) continue;
      expect(run.status, run.stderr).toBe(2);
      expect(run.stderr).toMatch(/^synfin: .*too many open files.*\(EMFILE\)\n$/);
    }
    expect(codes).toContain(0);
  });

  it.each([
    ['several files', 'analyze captures --format json'],
    ['gzip and tables', 'analyze fixtures/variants/pcap.pcap.gz --format csv -o OUT'],
    ['parquet, which loads a package', 'analyze captures/demo-tcp.pcap --format parquet -o OUT'],
    ['a part', 'analyze captures/demo-tcp.pcap --partial OUT'],
    ['a demo, which starts a process', 'demo tcp'],
  ])(
    'with too few open files, %s: no stack trace, nothing half written',
    { timeout: 60_000 },
    (_, command) => {
      const out = join(folder, 'out');
      for (let limit = 19; limit <= 29; limit += 2) {
        writeFileSync(out, 'old');
        const script = `ulimit -n ${limit} && exec "$@"`;
        const argv = command.split(' ').map((word) => (word === 'OUT' ? out : word));
        const run = spawnSync('sh', ['-c', script, 'sh', process.execPath, MAIN, ...argv], {
          cwd: ROOT,
          encoding: 'utf8',
        });
        const began = run.stderr.includes('synfin:');
        // Node.js does not start, or cannot open the program
        if (!began && run.status !== 0) continue;
        expect(run.stderr).not.toMatch(/^\s+at |internal error/m);
        expect([0, 2], run.stderr).toContain(run.status);
        if (run.status === 2) expect(readFileSync(out, 'utf8')).toBe('old');
      }
    },
  );

  it('an internal error: what to report, exit code 70, no stack', () => {
    const preload = join(folder, 'fail.cjs');
    writeFileSync(preload, `setTimeout(() => { throw new TypeError('x\\u001b[2Jy'); }, 1);`);
    const run = spawnSync(process.execPath, ['--require', preload, MAIN, 'live', '--help-me\u202e'], {
      encoding: 'utf8',
    });
    const again = spawnSync(process.execPath, ['--require', preload, MAIN, 'tcp', 'server', '--port', '0'], {
      encoding: 'utf8',
    });
    expect([2, 70]).toContain(run.status);
    expect(again.status).toBe(70);
    expect(again.stderr).toContain('synfin: internal error: x\\u{1b}[2Jy');
    expect(again.stderr).toMatch(/synfin [\d.]+, Node\.js v[\d.]+, linux: synfin tcp server --port 0\n$/);
    expect(again.stderr).not.toMatch(/^\s+at /m);
  });
});
