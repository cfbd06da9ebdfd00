/**
 * dumpcap as a source: the one that works for an ordinary user where the group wireshark is set up.
 *
 * It writes pcapng with nanoseconds, hands packets on up to a quarter of a second late (its own read timeout, which
 * no option changes) and reports its losses at the end. What to read first: dumpcap(1).
 */
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { CapturingNote } from '../error-kinds/capturing.js';
import { DEFAULT_SNAPLEN, type LiveCounters, type LiveOptions, StartFailure, send } from './control.js';
import { callerOfSudo, forbidNewRightsToPrograms, giveUpRights, type Identity } from './privileges.js';
import { findOptionalProgram, findProgram } from './programs.js';
import { failureCodeOf, Tool, withoutName } from './tool.js';

/** A little more than its read timeout of 250 ms. */
const DRAIN_MILLISECONDS = 300;
const CAPABILITIES = '+net_raw,+net_admin';

/** Captures until `stop`, or until dumpcap ends. @throws StartFailure before it began. */
export async function captureWithDumpcap(options: LiveOptions, stop: AbortSignal): Promise<void> {
  const command = findProgram('dumpcap');
  if (options.direction !== 'both')
    throw new StartFailure('unsupported', { kind: 'no-direction', source: 'dumpcap' });
  const copies = process.platform === 'linux' && options.interface === 'lo' ? 2 : 1;
  const notes: CapturingNote[] = [{ kind: 'dumpcap-late' }];
  if (copies === 2) notes.push({ kind: 'losses-halved', program: 'dumpcap' });
  const caller = options.dropPrivileges ? callerOfSudo() : null;
  const dropper = caller === null ? null : asUser(caller);
  if (caller !== null && dropper === null) notes.push({ kind: 'root-kept-without-setpriv' });

  await forbidNewRightsToPrograms(options);
  const [program = command, ...before] = dropper ?? [];
  const list = dropper === null ? argumentsFor(options) : [...before, command, ...argumentsFor(options)];
  const tool = new Tool('dumpcap', program, list, (line) => {
    const counters = readCounters(line, copies);
    if (counters !== null) send({ type: 'counters', ...counters });
  });
  // "Capturing on" comes before the interface is opened, "File" after.
  if ((await tool.readyLine(/^File: /, stop)) === null) {
    if (tool.running) {
      await tool.end();
      return send({ type: 'end', reason: 'stopped', why: null });
    }
    throw startFailure(tool.said);
  }
  send({
    type: 'ready',
    clock: 'kernel',
    precision: 'ns',
    linkType: null,
    snaplen: options.snaplen ?? DEFAULT_SNAPLEN,
    notes,
    droppedTo: await giveUpRights(options, notes, dropper !== null),
  });
  await tool.endedOr(stop);
  const stopped = stop.aborted;
  if (stopped && tool.running) await delay(DRAIN_MILLISECONDS);
  await tool.end();
  send({ type: 'end', ...tool.reason(stopped) });
}

function argumentsFor(options: LiveOptions): string[] {
  const list = ['-i', options.interface, '-w', '-', '-s', String(options.snaplen ?? DEFAULT_SNAPLEN)];
  list.push('-B', String(options.bufferMegabytes));
  if (!options.promiscuous) list.push('-p');
  if (options.filter !== '') list.push('-f', options.filter);
  return list;
}

/** The command that runs another as this user, with no more than the right to capture; null where there is none. */
function asUser({ uid, gid }: Identity): string[] | null {
  const program = process.platform === 'linux' ? findOptionalProgram('setpriv') : null;
  const probe = findOptionalProgram('true');
  if (program === null || probe === null) return null;
  const list = ['--reuid', String(uid), '--regid', String(gid), '--init-groups', '--no-new-privs'];
  list.push('--inh-caps', CAPABILITIES, '--ambient-caps', CAPABILITIES, '--');
  // BusyBox has a setpriv that cannot do this; a user without a name has no groups to look up.
  for (const candidate of [list, list.map((word) => (word === '--init-groups' ? '--clear-groups' : word))]) {
    if (spawnSync(program, [...candidate, probe]).status === 0) return [program, ...candidate];
  }
  return null;
}

/** "Packets received/dropped on interface 'lo': 8/0 (pcap:0/dumpcap:0/flushed:0/ps_ifdrop:0)", at the end. */
function readCounters(line: string, copies: number): LiveCounters | null {
  const match =
    /received\/dropped on interface .*: (\d+)\/\d+ \(pcap:(\d+)\/dumpcap:(\d+)\/flushed:(\d+)\/ps_ifdrop:(\d+)\)/.exec(
      line,
    );
  if (match === null) return null;
  const [received = 0, kernel = 0, own = 0, flushed = 0, interfaceDropped = 0] = match.slice(1).map(Number);
  // A packet that dumpcap itself loses was delivered to it once, whatever the kernel counts.
  const dropped = Math.ceil(kernel / copies) + own + flushed;
  return { received: received + dropped, dropped, interfaceDropped };
}

function startFailure(said: string): StartFailure {
  const ownWords = /valid capture filter \((.*)\)/.exec(said)?.[1];
  if (ownWords !== undefined) return new StartFailure('bad-filter', ownWords);
  const lines = said.split('\n').map((line) => withoutName(line, 'dumpcap').trim());
  const line = lines.find((candidate) => /permission|no device|session could not|error/i.test(candidate));
  const message =
    line ?? lines.find((candidate) => candidate !== '' && !candidate.startsWith('Capturing on'));
  return new StartFailure(
    failureCodeOf(said),
    message ?? { kind: 'ended-without-a-word', program: 'dumpcap' },
  );
}
