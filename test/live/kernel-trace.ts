/**
 * The kernel's own account of TCP sockets: every change of state, by the tracepoint sock:inet_sock_set_state.
 *
 * As fixtures/make/oracle.py has it for the recordings: tracefs is mounted in a mount namespace of its own, and a
 * tracing instance of our own keeps out of the way of anyone else's.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StateChange {
  localPort: number;
  remotePort: number;
  from: string;
  to: string;
}

const NAMES: Readonly<Record<string, string>> = {
  TCP_ESTABLISHED: 'ESTABLISHED',
  TCP_SYN_SENT: 'SYN-SENT',
  TCP_SYN_RECV: 'SYN-RECEIVED',
  TCP_FIN_WAIT1: 'FIN-WAIT-1',
  TCP_FIN_WAIT2: 'FIN-WAIT-2',
  TCP_TIME_WAIT: 'TIME-WAIT',
  TCP_CLOSE: 'CLOSED',
  TCP_CLOSE_WAIT: 'CLOSE-WAIT',
  TCP_LAST_ACK: 'LAST-ACK',
  TCP_LISTEN: 'LISTEN',
  TCP_CLOSING: 'CLOSING',
  TCP_NEW_SYN_RECV: 'SYN-RECEIVED',
};

/** Says "ready" when it traces; at the next line of input, or its end, writes all and removes everything. */
const SCRIPT = `
set -e
mount -t tracefs none "$1"
trace="$1/instances/synfin-live-$$"
mkdir "$trace"
trap 'rmdir "$trace"' EXIT
echo mono > "$trace/trace_clock"
echo "sport == $2 || dport == $2" > "$trace/events/sock/inet_sock_set_state/filter"
echo 1 > "$trace/events/sock/inet_sock_set_state/enable"
echo ready
read line || true
echo 0 > "$trace/events/sock/inet_sock_set_state/enable"
cat "$trace/trace"
`;

export class KernelTrace {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly output: Promise<string>,
  ) {}

  /** Follows the sockets with this port at either end; null where the kernel cannot be traced here. */
  static async start(port: number): Promise<KernelTrace | null> {
    const folder = mkdtempSync(join(tmpdir(), 'synfin-trace-'));
    const words = ['--mount', 'sh', '-c', SCRIPT, 'sh', folder, String(port)];
    const child = spawn('unshare', words, { stdio: ['pipe', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.setEncoding('utf8');
    const output = new Promise<string>((done) => {
      child.stdout.on('data', (chunk: string) => {
        text += chunk;
      });
      child.once('close', () => done(text));
    });
    await Promise.race([once(child.stdout, 'data').catch(() => {}), output]);
    const trace = new KernelTrace(child, folder, output);
    if (text.startsWith('ready')) return trace;
    await trace.end();
    return null;
  }

  /** Every change of state since the start, in order. */
  async end(): Promise<StateChange[]> {
    this.child.stdin?.on('error', () => {}).end('\n');
    const text = await this.output;
    rmdirSync(this.folder);
    return text.split('\n').flatMap((line) => {
      const field = (name: string): string => new RegExp(`\\b${name}=(\\S+)`).exec(line)?.[1] ?? '';
      if (!line.includes('inet_sock_set_state:') || field('protocol') !== 'IPPROTO_TCP') return [];
      const from = NAMES[field('oldstate')] ?? field('oldstate');
      const to = NAMES[field('newstate')] ?? field('newstate');
      return [{ localPort: Number(field('sport')), remotePort: Number(field('dport')), from, to }];
    });
  }
}

/** What one socket went through; by its own port and the other end's. */
export function statesOf(changes: readonly StateChange[], localPort: number, remotePort: number): string[] {
  const states: string[] = [];
  let connecting = false;
  for (const change of changes) {
    if (change.remotePort !== remotePort) continue;
    // the first change of a connecting socket comes before it has a port of its own
    if (change.localPort === 0 && change.to === 'SYN-SENT') connecting = true;
    if (change.localPort !== localPort) continue;
    if (connecting && change.from === 'SYN-SENT' && states.length === 0) states.push('SYN-SENT');
    if (change.from === 'LISTEN' && states.length === 0) states.push('LISTEN');
    states.push(change.to);
  }
  return states;
}
