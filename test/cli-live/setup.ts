/** What the tests of `synfin live` and `synfin demo` share: the built command line as a process, and its results. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, type TestContext } from 'vitest';

export { echoServer, freeUdpPort, namespace, needs } from '../live/setup.js';

const ROOT = resolve(import.meta.dirname, '../..');
/** The build to test; the variable is for trying another one. */
export const MAIN = process.env.SYNFIN_MAIN ?? join(ROOT, 'dist/cli/main.js');
export const NOBODY = 65534;
export const BACKENDS = ['libpcap', 'tcpdump', 'dumpcap', 'cap'] as const;

/** Skips the test where a program is missing. */
export function needsProgram(context: TestContext, name: string): void {
  if (spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0) context.skip(`${name} is not installed`);
}

/**
 * The terminal output of a live capture in a separate network, where nothing else is captured. `program` runs in Node.js once it
 * captures.
 */
export function onTerminal(live: string, program: string, env: NodeJS.ProcessEnv = process.env): string {
  // a capture is a packet socket, of which a new network has none
  const captures = 'until [ "$(wc -l < /proc/net/packet)" -gt 1 ]; do sleep 0.05; done';
  const node = `"${process.execPath}"`;
  const inside = `ip link set lo up; stty cols 100; (${captures}; ${node} -e "${program}") & ${node} "${MAIN}" live ${live}`;
  return spawnSync('unshare', ['-n', 'script', '-qec', inside, '/dev/null'], { encoding: 'utf8', env })
    .stdout;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  /** Resolves with the match when either output has such a text; rejects when the process ends without. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
  /** Ctrl-C, and the end. */
  interrupt(signal?: NodeJS.Signals): Promise<Ended>;
}

export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  /** Words before the command: another namespace, another user. */
  before?: string[];
}

export function start(argv: string[], { env = {}, before = [] }: StartOptions = {}): Started {
  const words = [...before, process.execPath, MAIN, ...argv];
  const child = spawn(words[0] ?? '', words.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C.UTF-8', TZ: 'UTC', ...env },
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const watcher of watchers) watcher();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const watcher of watchers) watcher();
  });
  const ended = new Promise<Ended>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  const until = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((done, fail) => {
      const look = (): void => {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (match === null) return;
        watchers.delete(look);
        done(match);
      };
      watchers.add(look);
      look();
      void ended.then((run) => fail(new Error(`ended before ${pattern}: ${JSON.stringify(run)}`)), fail);
    });
  const interrupt = (signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  return { child, until, ended, interrupt };
}

/** Starts `synfin live` and waits until it captures. */
export async function startLive(argv: string[], options: StartOptions = {}): Promise<Started> {
  const started = start(['live', ...argv], options);
  await started.until(/capturing on/);
  return started;
}

export function run(argv: string[], options: StartOptions = {}): Promise<Ended> {
  return start(argv, options).ended;
}

export type Json = Record<string, unknown>;

export interface Document {
  capture: Json & {
    packets: number;
    drops: { kernel: number; interface: number | null } | null;
    live?: Json;
    warnings: { code: string; message: string }[];
  };
  connections: (Json & {
    index: number;
    client: { address: string; port: number };
    opening: Json & { kind: string };
    closing: Json & { kind: string };
    states: { client: string; server: string };
    findings: { code: string; text: string }[];
    findingCounts: Record<string, number>;
    traffic: { client: { packets: number }; server: { packets: number } };
  })[];
  udpFlows: (Json & { findings: { code: string; text: string }[] })[];
}

export function parse(stdout: string): Document {
  return JSON.parse(stdout) as Document;
}

/** A folder for one test file; removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'synfin-cli-live-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
