/**
 * A network namespace for scenarios that change their network (MTU, lost packets, system settings): synfin runs
 * once more in one that has no name, so that nothing outside changes, and it goes when that process ends.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { type ErrorValues, UserError } from '../errors.js';

/** Why a scenario cannot be played here. */
export interface Lack {
  error: ErrorValues;
  /** The same command works as root. */
  asRoot?: true;
}

/** Which namespace synfin was started in, for the process that runs in the new one. */
const OUTSIDE = 'SYNFIN_DEMO_OUTSIDE';

/** As root, programs are only looked for in these folders, whatever PATH contains. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

const PACKAGES: Readonly<Record<string, string>> = {
  unshare: 'util-linux',
  ip: 'iproute2',
  nft: 'nftables',
  tc: 'iproute2',
};

/** True in the process that `runInNamespace` started, whose parent is outside. */
export function insideNamespace(): boolean {
  const outside = process.env[OUTSIDE] ?? '';
  return outside !== '' && outside === namespaceOf(process.ppid) && outside !== namespaceOf('self');
}

/** Why no namespace can be made here, or its network not be changed by these programs; null where it can. */
export function whyNoNamespace(programs: readonly string[]): Lack | null {
  if (process.platform !== 'linux') return { error: { kind: 'namespace-linux' } };
  if (process.getuid?.() !== 0) return { error: { kind: 'namespace-root' }, asRoot: true };
  for (const name of ['unshare', ...programs]) {
    if (pathOf(name) !== null) continue;
    return { error: { kind: 'needs-program', name, package: PACKAGES[name] ?? name } };
  }
  const tried = spawnSync(programPath('unshare'), ['--net', 'true'], { encoding: 'utf8' });
  if (tried.status === 0) return null;
  return { error: { kind: 'namespace-refused', why: { kind: 'words', text: firstLine(tried.stderr) } } };
}

/** Where the output of a command goes that runs in a new namespace. */
export interface Outputs {
  stdout: Writable;
  stderr: Writable;
  signal: AbortSignal;
}

/** Runs a command line in a new namespace; resolves to its exit code. */
export function runInNamespace(
  command: readonly string[],
  { stdout, stderr, signal }: Outputs,
): Promise<number> {
  // its own descriptors where they are meant: a terminal stays one
  const own = stdout === process.stdout && stderr === process.stderr;
  const child = spawn(programPath('unshare'), ['--net', ...command], {
    stdio: own ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, [OUTSIDE]: namespaceOf('self') },
    // Ctrl-C reaches it once, from here
    detached: true,
  });
  child.stdout?.pipe(stdout, { end: false });
  child.stderr?.pipe(stderr, { end: false });
  const interrupt = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) interrupt();
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, ended) =>
      resolve(code ?? 128 + (ended === null ? 0 : constants.signals[ended])),
    );
  }).finally(() => signal.removeEventListener('abort', interrupt));
}

/** Brings the loopback up, with one packet for each segment. Throws a UserError. */
export function setUpLoopback(mtu: number): void {
  change('ip', ['link', 'set', 'dev', 'lo', 'mtu', String(mtu), 'gso_max_segs', '1', 'up']);
}

/** Drops, on receipt, the IPv4 packets that the nftables expression matches. Throws a UserError. */
export function losePackets(expression: string): void {
  const rules = `table ip demo { chain input { type filter hook input priority 0; ${expression} drop; }; }`;
  change('nft', [rules]);
}

/** Limits the loopback to this many bytes a second, at most `burst` at once: the rest waits. Throws a UserError. */
export function slowDown(rate: number, burst: number): void {
  const limits = ['rate', `${rate}bps`, 'burst', `${burst}b`, 'latency', '2s'];
  change('tc', ['qdisc', 'add', 'dev', 'lo', 'root', 'tbf', ...limits]);
}

/** Sets `net.ipv4.NAME`. Throws a UserError. */
export function setIpv4(name: string, value: string): void {
  mustBeInside();
  try {
    writeFileSync(`/proc/sys/net/ipv4/${name}`, value);
  } catch (error) {
    throw new UserError({ kind: 'setting-refused', name: `net.ipv4.${name}` }, null, { cause: error });
  }
}

function change(program: string, parameters: readonly string[]): void {
  mustBeInside();
  const run = spawnSync(programPath(program), parameters, { encoding: 'utf8' });
  if (run.status === 0) return;
  const text = firstLine(run.stderr) || (run.error?.message ?? 'failed');
  throw new UserError({ kind: 'network-refused', program, why: { kind: 'words', text } });
}

/** The network of the machine itself is never changed. */
function mustBeInside(): void {
  if (!insideNamespace()) throw new UserError({ kind: 'not-in-namespace' });
}

function namespaceOf(process: number | 'self'): string {
  try {
    return readlinkSync(`/proc/${process}/ns/net`);
  } catch {
    return '';
  }
}

function programPath(name: string): string {
  return pathOf(name) ?? name;
}

function pathOf(name: string): string | null {
  return FOLDERS.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null;
}

function firstLine(text: string | null): string {
  return text?.trim().split('\n')[0] ?? '';
}
