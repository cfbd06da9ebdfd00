import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'synfin-watchdog-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const bundle = await rolldown({
    input: resolve(import.meta.dirname, '../fuzz/watchdog.ts'),
    platform: 'node',
  });
  await bundle.write({ file: join(folder, 'watchdog.mjs') });
});

/** A process that is watched with a limit of 300 ms, and runs `body`. */
function watched(body: string): { signal: string | null; errors: string; output: string } {
  const file = join(folder, 'watched.mjs');
  writeFileSync(
    file,
    `import { watchdog } from './watchdog.mjs';
const dog = watchdog(300);
const busy = (ms) => { for (const until = process.cpuUsage().user + ms * 1000; process.cpuUsage().user < until;); };
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
dog.begins('readers', 5, 7);
${body}
console.log('end');
dog.end();
`,
  );
  const { signal, stderr, stdout } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { signal, errors: stderr, output: stdout };
}

describe('the watchdog of the fuzzer', () => {
  it('ends a run that computes without end, and says which', () => {
    expect(watched('busy(60_000);')).toEqual({
      signal: 'SIGKILL',
      errors: 'fuzz: hangs for 300 ms: --target readers --seed 5 --from 7 --runs 1\n',
      output: '',
    });
  });

  it('lets one go on that gets no processor for a while', () => {
    expect(watched('await wait(1500);')).toMatchObject({ signal: null, errors: '', output: 'end\n' });
  });

  it('counts from the beginning of each run', () => {
    const runs =
      'for (let run = 0; run < 20; run++) { dog.begins("readers", 5, run); busy(40); await wait(10); }';
    expect(watched(runs)).toMatchObject({ signal: null, errors: '', output: 'end\n' });
  });
});
