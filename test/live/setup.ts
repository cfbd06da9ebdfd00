/**
 * What the live tests share: whether they can run here, the compiled helper, traffic, processes.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Skips the test, with the reason, where what it needs is missing. */
export function needs(
  context: TestContext,
  ...things: ('root' | 'koffi' | 'tcpdump' | 'dumpcap' | 'cap' | 'ip' | 'setcap')[]
): void {
  for (const thing of things) {
    const reason = missing(thing);
    if (reason !== null) context.skip(reason);
  }
}

function missing(thing: string): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  if (thing === 'root') return process.geteuid?.() === 0 ? null : 'needs root';
  if (thing === 'koffi' || thing === 'cap') {
    const loads = spawnSync(process.execPath, ['-e', `require('${thing}')`], { cwd: ROOT }).status === 0;
    return loads ? null : `the npm package ${thing} is not installed or not built`;
  }
  return spawnSync('sh', ['-c', `command -v ${thing}`]).status === 0 ? null : `${thing} is not installed`;
}

/** Compiles src if dist is older: the helper process runs from dist. One test file at a time. */
export async function compiledHelper(): Promise<void> {
  if (isFresh()) return;
  const lock = join(tmpdir(), `synfin-live-build-${process.getuid?.() ?? 0}`);
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (Date.now() > until) rmSync(lock, { recursive: true, force: true });
      await delay(100);
    }
  }
  try {
    if (!isFresh()) spawnSync(process.execPath, [`${ROOT}/scripts/build.mjs`], { cwd: ROOT });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isFresh(): boolean {
  const source = readdirSync(`${ROOT}/src/live`).filter((name) => name.endsWith('.ts'));
  return source.every((name) => {
    const compiled = statSync(`${ROOT}/dist/live/${name.replace(/ts$/, 'js')}`, { throwIfNoEntry: false });
    return compiled !== undefined && compiled.mtimeMs >= statSync(`${ROOT}/src/live/${name}`).mtimeMs;
  });
}

/** Everything that a stream gives until it ends. */
export async function collect(stream: Readable, got?: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    got?.((chunk as Buffer).length);
  }
  return Buffer.concat(chunks);
}

/** Runs a number of connections with a line each way, one after the other, on a free port. */
export async function echoServer(): Promise<{
  port: number;
  talk(times: number): Promise<void>;
  /** One connection that stays open for a number of milliseconds. */
  hold(milliseconds: number): Promise<void>;
  close(): void;
}> {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    close: () => server.close(),
    async talk(times) {
      for (let index = 0; index < times; index++) {
        const socket: Socket = connect(port, '127.0.0.1');
        socket.end(`hello ${index}\n`);
        await collect(socket);
      }
      // The last acknowledgement follows the last byte that a program sees.
      await delay(20);
    },
    async hold(milliseconds) {
      const socket: Socket = connect(port, '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      await delay(milliseconds);
      socket.end('bye\n');
      await collect(socket);
      await delay(20);
    },
  };
}

/** test/live/watch.mjs as a process; see there. */
export class Watch {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(request: object, before: string[] = [], environment: NodeJS.ProcessEnv = {}) {
    const words = [...before, process.execPath, `${ROOT}/test/live/watch.mjs`, JSON.stringify(request)];
    this.child = spawn(words[0] ?? '', words.slice(1), {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    if (this.child.stdout === null) throw new Error('no output');
    this.#lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** The next object that it says: `{ info }` or `{ error }`, then `{ ended, counters, stream }`. */
  async next<Said>(): Promise<Said> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('it ended without a word');
    return JSON.parse(value as string);
  }

  stop(): void {
    this.child.stdin?.end();
  }
}

/** All processes below one, by the parents that /proc names. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'latin1');
      parents.set(Number(name), Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Ended meanwhile.
    }
  }
  const below = (parent: number): number[] =>
    [...parents].filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Whether all these processes have ended within the time, in milliseconds. */
export async function allGone(pids: number[], milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (pids.some(isRunning) && Date.now() < until) await delay(20);
  return !pids.some(isRunning);
}

/** A zombie (an ended process that was not reaped yet) does not run. */
function isRunning(pid: number): boolean {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** A new network namespace with its loopback up; removed by `remove`. */
export function namespace(): { name: string; run(...words: string[]): string; remove(): void } {
  const name = `synfin-${process.pid}-${Math.floor(Math.random() * 1e6)}`;
  const ip = (...words: string[]) => {
    const { status, stderr, stdout } = spawnSync('ip', words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr}`);
    return stdout;
  };
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  return {
    name,
    run: (...words) => ip('netns', 'exec', name, ...words),
    remove: () => ip('netns', 'delete', name),
  };
}

/** A UDP port of 127.0.0.1 that nobody uses just now. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}
