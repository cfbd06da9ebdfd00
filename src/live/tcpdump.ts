/**
 * tcpdump as a source. What to read first: tcpdump(1), SIGUSR1 and the counters at the end of DESCRIPTION.
 */
import { spawnSync } from 'node:child_process';
import type { CapturingNote } from '../error-kinds/capturing.js';
import { DEFAULT_SNAPLEN, type LiveOptions, MAX_SLOT_SNAPLEN, StartFailure, send } from './control.js';
import { LossCounter } from './loss-counter.js';
import { callerOfSudo, forbidNewRightsToPrograms, giveUpRights, type Identity } from './privileges.js';
import { findOptionalProgram, findProgram } from './programs.js';
import { failureCodeOf, Tool, withoutName } from './tool.js';

const DIRECTIONS = { both: 'inout', in: 'in', out: 'out' } as const;
/** Between two questions for the counters, and how long the last packets may take, in milliseconds. */
const ASK_MILLISECONDS = 1000;
const ASK_WHILE_DRAINING_MILLISECONDS = 20;
const DRAIN_MILLISECONDS = 3000;
/** Longer than the second for which it keeps packets to itself when not in immediate mode… */
const QUIET_MILLISECONDS = 1300;
/** …and the wait where the counters include packets that it does not write, so that only silence shows the end. */
const QUIET_ONE_WAY_MILLISECONDS = 200;

/** LINKTYPE_ values of the names that tcpdump prints. */
const LINK_TYPES: Record<string, number> = {
  NULL: 0,
  EN10MB: 1,
  PPP: 9,
  RAW: 101,
  LOOP: 108,
  LINUX_SLL: 113,
  LINUX_SLL2: 276,
};

/** Captures until `stop`, or until tcpdump ends. @throws StartFailure before it began. */
export async function captureWithTcpdump(options: LiveOptions, stop: AbortSignal): Promise<void> {
  const command = findProgram('tcpdump');
  const notes: CapturingNote[] = [];
  const loopback = process.platform === 'linux' && options.interface === 'lo';
  if (loopback) notes.push({ kind: 'losses-halved', program: 'tcpdump' });
  if (options.interface === 'lo' && options.direction !== 'both') {
    notes.push({ kind: 'direction-ignored' });
  }
  const caller = options.dropPrivileges ? callerOfSudo() : null;
  const user = caller === null ? null : userName(caller);
  await forbidNewRightsToPrograms(options);
  const count = new TcpdumpCounters(loopback ? 2 : 1);
  const tool = new Tool('tcpdump', command, argumentsFor(options, user), (line) => {
    if (count.read(line)) send({ type: 'counters', ...count.losses.now(count.captured) });
  });
  const listening = await tool.readyLine(/listening on/, stop);
  if (listening === null) {
    if (tool.running) {
      await tool.end();
      return send({ type: 'end', reason: 'stopped', why: null });
    }
    throw startFailure(command, tool.said, options);
  }
  // tcpdump has become the same user by itself, so it can still be signalled.
  const droppedTo = await giveUpRights(options, notes, user !== null);
  if (caller !== null && user === null) notes.push({ kind: 'root-kept-from-user', uid: caller.uid });
  send({
    type: 'ready',
    clock: 'kernel',
    precision: process.platform === 'linux' ? 'ns' : 'us',
    linkType: LINK_TYPES[/link-type (\S+)/.exec(listening)?.[1] ?? ''] ?? null,
    snaplen: options.snaplen ?? DEFAULT_SNAPLEN,
    notes,
    droppedTo,
  });

  const ask = () => tool.signal(process.platform === 'linux' ? 'SIGUSR1' : 'SIGINFO');
  const asking = setInterval(ask, ASK_MILLISECONDS);
  await tool.endedOr(stop);
  clearInterval(asking);
  const stopped = stop.aborted;
  if (stopped) await drain();
  await tool.end();
  send({ type: 'end', ...tool.reason(stopped) });

  /** On SIGINT tcpdump leaves what is still in the ring, so wait until it has written what was there at `stop`. */
  async function drain(): Promise<void> {
    const until = Date.now() + DRAIN_MILLISECONDS;
    const quiet = options.direction === 'both' ? QUIET_MILLISECONDS : QUIET_ONE_WAY_MILLISECONDS;
    let wanted: number | null = null;
    let last = { captured: -1, since: Date.now() };
    while (tool.running && Date.now() < until) {
      const { answers } = count;
      ask();
      while (count.answers === answers && tool.running && Date.now() < until) await tool.nextLine(50);
      wanted ??= count.captured + count.waiting;
      if (count.captured >= wanted) return;
      // Halved counters are not exact where packets were lost: silence shows the end too.
      if (count.captured !== last.captured) last = { captured: count.captured, since: Date.now() };
      if (Date.now() - last.since >= quiet) return;
      await tool.nextLine(ASK_WHILE_DRAINING_MILLISECONDS);
    }
  }
}

/** Reads tcpdump's counters: in one line when asked by signal, in three or four at the end. */
class TcpdumpCounters {
  readonly losses: LossCounter;
  /** Packets written. */
  captured = 0;
  /** How many times it has said all. */
  answers = 0;
  readonly #copies: number;
  readonly #latest = { received: 0, dropped: 0, interfaceDropped: 0 };

  constructor(copies: 1 | 2) {
    this.#copies = copies;
    this.losses = new LossCounter(copies);
  }

  /** Packets in the ring that it had not written yet when it answered; about, where the kernel counts twice. */
  get waiting(): number {
    const kept = (this.#latest.received - this.#latest.dropped) >>> 0;
    return Math.max(0, Math.ceil(kept / this.#copies) - this.captured);
  }

  /** @returns whether the line completed a set of counters. */
  read(line: string): boolean {
    const number = (what: string): number | null => {
      const match = new RegExp(`(\\d+) packets? ${what}`).exec(line);
      return match?.[1] === undefined ? null : Number(match[1]);
    };
    const latest = this.#latest;
    this.captured = number('captured') ?? this.captured;
    latest.received = number('received by filter') ?? latest.received;
    latest.interfaceDropped = number('dropped by interface') ?? latest.interfaceDropped;
    const dropped = number('dropped by kernel');
    if (dropped === null && number('dropped by interface') === null) return false;
    latest.dropped = dropped ?? latest.dropped;
    this.losses.update(latest.dropped, latest.interfaceDropped);
    this.answers++;
    return true;
  }
}

function argumentsFor(options: LiveOptions, user: string | null): string[] {
  const list = ['-i', options.interface, '-n', '-U', '-w', '-'];
  const snaplen = options.snaplen ?? DEFAULT_SNAPLEN;
  // Immediate mode gives every packet a slot of its full size.
  if (snaplen <= MAX_SLOT_SNAPLEN) list.push('--immediate-mode');
  list.push('-s', String(snaplen), '-B', String(options.bufferMegabytes * 1024));
  if (!options.promiscuous) list.push('-p');
  if (options.direction !== 'both' && options.interface !== 'lo')
    list.push('-Q', DIRECTIONS[options.direction]);
  if (process.platform === 'linux') {
    list.push('--time-stamp-precision=nano');
    // Left to itself Debian's becomes the user `tcpdump`, which no one but root could end.
    if (process.geteuid?.() === 0) list.push('-Z', user ?? 'root');
  }
  // The filter may begin with a minus sign.
  list.push('--');
  if (options.filter !== '') list.push(options.filter);
  return list;
}

/** The name that `-Z` wants; null where there is none, or where `-Z` is not known to be understood. */
function userName({ uid }: Identity): string | null {
  const id = process.platform === 'linux' ? findOptionalProgram('id') : null;
  if (id === null) return null;
  const name = spawnSync(id, ['-nu', String(uid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  return name === '' ? null : name;
}

function startFailure(command: string, said: string, options: LiveOptions): StartFailure {
  const line = said
    .split('\n')
    .find((candidate) => candidate.startsWith('tcpdump: ') && !/WARNING/.test(candidate));
  const message = withoutName(line ?? said, 'tcpdump').trim();
  const code = failureCodeOf(said);
  if (code !== 'failed') return new StartFailure(code, message);
  // No wording identifies a bad filter for certain; compiling the filter alone, for Ethernet, does.
  const check = spawnSync(command, ['-y', 'EN10MB', '-d', '--', options.filter], { encoding: 'utf8' });
  if (options.filter !== '' && check.status !== 0 && check.status !== null) {
    return new StartFailure('bad-filter', withoutName(check.stderr.trim(), 'tcpdump'));
  }
  return new StartFailure(
    'failed',
    message === '' ? { kind: 'ended-without-a-word', program: 'tcpdump' } : message,
  );
}
