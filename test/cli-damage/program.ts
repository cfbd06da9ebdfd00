/** The compiled program as a process, for standard input, signals and memory. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
let folder: string | null = null;

/** Compiles the sources into a separate folder, once: tests run the present sources. */
function compiled(): string {
  if (folder !== null) return folder;
  folder = mkdtempSync(join(tmpdir(), 'synfin-program-'));
  const args = ['--no-install', 'tsc', '-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')];
  spawnSync('npx', args, { cwd: ROOT });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  return folder;
}

/** The main file of the compiled program. */
export function compiledMain(): string {
  return join(compiled(), 'dist/cli/main.js');
}

export function removeProgram(): void {
  if (folder !== null) rmSync(folder, { recursive: true });
}

export interface Program {
  process: ChildProcessWithoutNullStreams;
  stdout(): string;
  stderr(): string;
  /** Resolves to the exit code when it has ended. */
  ended: Promise<number | null>;
}

export function start(args: readonly string[], options: { node?: string[]; stdin?: number } = {}): Program {
  const main = compiledMain();
  const child = spawn(process.execPath, [...(options.node ?? []), main, ...args], {
    cwd: ROOT,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    stdio: [options.stdin ?? 'pipe', 'pipe', 'pipe'],
  }) as ChildProcessWithoutNullStreams;
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin?.on('error', () => {});
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  return { process: child, stdout: () => out, stderr: () => err, ended };
}

/** As many looks in a row find it waiting and its processor time unchanged: it has started and has nothing to do. */
const IDLE_LOOKS = 5;

/** Resolves once it waits for input, as Linux shows it; elsewhere, after a moment. */
export async function isIdle({ process: child }: Program): Promise<void> {
  const facts = `/proc/${child.pid}/stat`;
  if (!existsSync(facts)) return wait(1000);
  let before = '';
  for (let looks = 0; looks < IDLE_LOOKS; ) {
    // behind the name: state, …, and as the 12th and 13th the time in the program and in the kernel (proc(5))
    const fields = readFileSync(facts, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const now = `${fields[0]} ${fields[11]} ${fields[12]}`;
    looks = now === before && fields[0] === 'S' ? looks + 1 : 0;
    before = now;
    await wait(50);
  }
}

/** Runs it to its end. `memory`: its peak, in megabytes. */
export async function measure(
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string; memory: number }> {
  const reportPeak = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'))`;
  const program = start(args, {
    node: ['--import', `data:text/javascript,${encodeURIComponent(reportPeak)}`],
  });
  const code = await program.ended;
  const peak = /\npeak (\d+)\n$/.exec(program.stderr());
  return {
    code,
    stdout: program.stdout(),
    stderr: program.stderr().slice(0, peak?.index),
    memory: Number(peak?.[1]) / 1024,
  };
}
