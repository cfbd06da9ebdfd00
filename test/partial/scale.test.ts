/** The commands of docs/scale.md, run as they stand there: GNU parallel, and the script for Spark's pipe. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN } from '../cli/process.js';
import { boundaries, cutCapture } from './cut.js';

const ROOT = resolve(import.meta.dirname, '../..');
const FIXTURE = join(ROOT, 'fixtures/kernel/many.pcap');
const folder = mkdtempSync(join(tmpdir(), 'synfin-scale-'));
const bin = join(folder, 'bin');

const [parallelCommands = '', pipeScript = ''] = [
  ...readFileSync(join(ROOT, 'docs/scale.md'), 'utf8').matchAll(
    /<!-- run by test\/partial\/scale.test.ts -->\n```bash\n(.*?)```/gs,
  ),
].map(([, code = '']) => code);

const hasParallel = /GNU parallel/.test(
  spawnSync('parallel', ['--version'], { encoding: 'utf8' }).stdout ?? '',
);

function bash(script: string, input = ''): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, HOME: folder };
  return spawnSync('bash', ['-ec', script], { cwd: folder, env, input, encoding: 'utf8' });
}

function resultOf(text: string): unknown {
  const document = JSON.parse(text);
  return { ...document, capture: { ...document.capture, files: null } };
}

beforeAll(() => {
  mkdirSync(bin);
  const synfin = join(bin, 'synfin');
  writeFileSync(synfin, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(synfin, 0o755);
  const content = readFileSync(FIXTURE);
  const at = boundaries(content) ?? [];
  const cuts = [0.25, 0.5, 0.75].map((part) => Math.floor(at.length * part));
  for (const [index, piece] of cutCapture(content, at, cuts, folder).entries()) {
    spawnSync('mv', [piece, join(folder, `trace-${index}.pcap`)]);
  }
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('docs/scale.md', { timeout: 60_000 }, () => {
  it('GNU parallel', (context) => {
    if (!hasParallel) context.skip('GNU parallel is not installed');
    expect(parallelCommands).toContain('parallel ');
    const { status, stderr } = bash(parallelCommands);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const whole = bash(`synfin analyze '${FIXTURE}' --format json`);
    expect(resultOf(readFileSync(join(folder, 'trace.json'), 'utf8'))).toEqual(resultOf(whole.stdout));
  });

  it("the script for Spark's pipe", () => {
    expect(pipeScript).toContain('synfin-part');
    const { status, stdout, stderr } = bash(pipeScript, 'trace-2.pcap\ntrace-0.pcap\n');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('trace-2.pcap.part\ntrace-0.pcap.part\n');
    expect(bash(`synfin merge ${stdout.replaceAll('\n', ' ')}`).stdout).toMatch(/^2 files: /);
  });

  it('many parts: no more files are open at a time than one process may have', () => {
    const content = readFileSync(FIXTURE);
    const at = boundaries(content) ?? [];
    const inside = join(folder, 'many');
    mkdirSync(inside);
    const [first = '', last = ''] = cutCapture(content, at, [Math.floor(at.length / 2)], inside);
    writeFileSync(join(inside, 'empty.pcap'), content.subarray(0, 24));
    const { status, stderr } = bash(
      `cd '${inside}'
       synfin analyze '${first}' --partial 1.part --part 1 >first
       synfin analyze '${last}' --partial 80.part --part 80 >last
       synfin analyze empty.pcap --partial 2.part --part 2 >empty
       # so long that it is not read whole when it is opened
       gzip -dc 2.part >short
       {
         head -n 1 short
         head -c 4 /dev/zero
         echo '{"edge":"'$(head -c 700000 /dev/urandom | base64 -w 0)'"}'
         tail -n 1 short | tail -c +5
       } >log
       for place in {2..79}; do
         LC_ALL=C sed '1s/"part":2/"part":'$place'/' log | gzip -1 >$place.part
       done
       ulimit -n 60
       synfin merge ./*.part --format json >whole.json`,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const whole = bash(`synfin analyze '${FIXTURE}' --format json`);
    expect(resultOf(readFileSync(join(inside, 'whole.json'), 'utf8'))).toEqual(resultOf(whole.stdout));
  });
});
