/**
 * The kernel as judge: for each fixtures/kernel/NAME.states.json (what both sockets went through, by the kernel's
 * own tracepoints and /proc/net/tcp) the states that synfin infers from the packets alone must be the same, in the
 * same order, and entered at about the same time.
 *
 * Where an observer cannot see what a kernel knows, or Linux differs from RFC 9293, the rules below say so, one by
 * one; what no rule covers stands in EXCEPTIONS with its reason. A reason that begins with "bug:" is ours to mend:
 * the test fails when an exception is no longer needed, so that the list cannot outlive its reasons.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

/** `NAME end`, or `NAME end nth` for the nth connection (from 0) where a recording has several. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  // What the packets cannot tell
  'connect-cancelled client':
    'closed between its SYN and the SYN-ACK: that shows only in the RST, after the SYN-ACK counted as received',
  'split-handshake server': 'a raw socket played the server',
  'defer-accept server':
    'TCP_DEFER_ACCEPT: Linux stays SYN-RECEIVED until data comes, nothing on the wire says so',
  'keepalive-dead server': 'the RST was lost on its way to the vanished server',
  'firewall-reset-later server':
    'a firewall sent the RST in the name of the server, which knows nothing of it',
  'half-open-data server': 'the server rebooted in the silence; that shows only when it answers data by RST',
  'half-open-close server':
    'the server rebooted in the silence; that shows only when it answers the FIN by RST',
  'half-open-recovery client 0': 'the client rebooted in the silence; that shows only in its RST',
  'half-open-recovery-server client 0': 'the client rebooted in the silence; that shows only in its RST',
  'timewait-protected server':
    'tcp_rfc1337=1 ignores the RST: on the wire the same as timewait-assassination',
  'fin-retransmitted server':
    'the first FIN was lost behind the capture point: it counts as received until sent again',
  'not-completed client':
    'its last SYN-ACK was lost as all before it, and no SYN sent again tells so any more',
  'late-start-closing client': 'its FIN went before the capture began, and nothing later tells of it',
  'late-start-closing server': 'that its FIN was the second shows only in what went before the capture',
};

/** How far apart the entry into a state may lie: the way between the capture point and the end, timers of Linux. */
const TOLERANCE_MS = 200;

const FOLDER = resolve(import.meta.dirname, '..', 'fixtures', 'kernel');
const END = '.states.json';
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith(END))
  .map((name) => name.slice(0, -END.length))
  .sort();

type End = 'client' | 'server';

interface KernelConnection {
  clientPort: number;
  client: string[];
  server: string[];
  changes: { end: End; time: string | null; state: string }[];
}

interface Oracle {
  connections: KernelConnection[];
  moments: { connections?: { clientPort: number; client: string; server: string }[] }[];
}

interface PacketRow {
  type: 'packet';
  packet: number;
  connection: number;
  from: End;
  time: string;
  flags: string[];
  rawSeq: number;
  rawAck: number | null;
  length: number;
  states: Record<End, string>;
  accepted: boolean;
}

interface ConnectionRow {
  type: 'connection';
  index: number;
  start: string;
  client: { address: string; port: number };
  server: { address: string; port: number };
  states: Record<End, string>;
}

/** A state and when it was entered, in milliseconds; null where the source does not say. */
interface Entry {
  state: string;
  at: number | null;
}

const milliseconds = (time: string): number =>
  Date.parse(`${time.slice(0, 19)}Z`) + Number(time.slice(20, -1)) / 1e6;

function collapse(entries: readonly Entry[]): Entry[] {
  return entries.filter((entry, index) => entry.state !== entries[index - 1]?.state);
}

/** What the kernel says of one end, with the rules that concern the kernel. */
function kernelStates(
  connection: KernelConnection,
  end: End,
  packets: readonly PacketRow[],
  resetSeen: boolean,
): Entry[] {
  const first = milliseconds(packets[0]?.time ?? '');
  const last = milliseconds(packets.at(-1)?.time ?? '');
  // the first state of the list is the one before any change
  const entries: Entry[] = connection[end].slice(0, 1).map((state) => ({ state, at: null }));
  for (const change of connection.changes) {
    if (change.end === end) {
      entries.push({ state: change.state, at: change.time === null ? null : milliseconds(change.time) });
    }
  }
  let seen = collapse(entries);
  // Rule 1: what happened after the last packet of the recording (a timer that gave up) cannot be seen; the last
  // packet itself may still be on its way to this end
  seen = seen.filter((entry) => entry.at === null || entry.at <= last + TOLERANCE_MS);
  // Rule 2: what happened before its first packet cannot be seen either, but for the state that it led to
  const before = seen.findLastIndex((entry) => entry.at !== null && entry.at < first - 10);
  if (before > 0) seen = seen.slice(before);
  // Rule 3: TIME-WAIT ends by a timer or by reuse of its ports without a packet of this connection
  if (!resetSeen && seen.at(-1)?.state === 'CLOSED' && seen.at(-2)?.state === 'TIME-WAIT') seen.pop();
  return seen;
}

/** What synfin infers for one end, with the rules that concern an observer. */
function inferredStates(end: End, packets: readonly PacketRow[], final: string): Entry[] {
  const entries: Entry[] = packets.map((packet) => ({
    state: packet.states[end],
    at: milliseconds(packet.time),
  }));
  // an ICMP error moves a state without a segment, and the silence to the end may tell more than the last segment
  if (final !== 'unseen') entries.push({ state: final, at: null });
  const all = withoutRevised(collapse(entries));
  return all.flatMap((entry, index): Entry[] => {
    const next = all[index + 1]?.state;
    // Rule 4: a FIN counts as received when it is sent; where the other end's own FIN then crosses it, it was not
    if (entry.state === 'CLOSE-WAIT' && next === 'CLOSING') return [{ state: 'FIN-WAIT-1', at: null }];
    return [entry];
  });
}

/**
 * Rule 5: a segment counts as received when it is seen, and an RST as sent by its sender, until a later packet
 * shows otherwise (the SYN, SYN-ACK or FIN is sent again; the supposed sender of the RST goes on). Then the end is
 * back in the state that it never left, which no kernel ever does: X, Y, X is X.
 */
function withoutRevised(entries: readonly Entry[]): Entry[] {
  const kept: Entry[] = [];
  for (const entry of entries) {
    if (kept.at(-2)?.state === entry.state) kept.pop();
    else kept.push(entry);
  }
  return kept;
}

/**
 * Rule 6: Linux goes through every state, even where one segment moves it twice; RFC 9293 3.10.7.4 goes on at
 * once. FIN-WAIT-2 where one segment acknowledges the FIN and carries the other's, ESTABLISHED where the third
 * segment carries a FIN, SYN-SENT of the end whose SYN is seen after the other's, which counts as received. Decided by flags and numbers alone, so that a state left out otherwise is found.
 */
function inPassing(entries: readonly Entry[], end: End, packets: readonly PacketRow[]): Entry[] {
  const fin = packets.find((packet) => packet.from === end && packet.flags.includes('FIN'));
  const past = fin === undefined ? 0 : (fin.rawSeq + fin.length + 1) >>> 0;
  const acknowledges = packets.find(
    (packet) => packet.from !== end && packet.rawAck === past && !packet.flags.includes('RST'),
  );
  const merged = fin !== undefined && acknowledges?.flags.includes('FIN') === true;
  const third = packets.find((packet) => packet.from === 'client' && !packet.flags.includes('SYN'));
  const finInThird = end === 'server' && third?.flags.includes('FIN') === true;
  const syns = packets.filter((packet) => packet.flags.includes('SYN') && !packet.flags.includes('ACK'));
  const second = syns[0]?.from !== end && syns.some((packet) => packet.from === end);
  return entries.filter((entry, index) => {
    const next = entries[index + 1]?.state;
    if (second && entry.state === 'SYN-SENT' && next === 'SYN-RECEIVED') return false;
    if (merged && entry.state === 'FIN-WAIT-2' && next === 'TIME-WAIT') return false;
    return !(finInThird && entry.state === 'ESTABLISHED' && next === 'CLOSE-WAIT');
  });
}

/** Whether both tell the same; null, or what differs. */
function difference(kernel: readonly Entry[], inferred: readonly Entry[], end: End): string | null {
  const known = inferred.filter((entry) => entry.state !== 'unseen');
  if (kernel.length === 0) {
    // Rule 7: Linux makes no socket for a passive opener before the third segment. Until then nothing but LISTEN,
    // SYN-RECEIVED and, after an RST or where nothing listens, CLOSED may be inferred
    const odd = known.filter((entry) => !['LISTEN', 'SYN-RECEIVED', 'CLOSED'].includes(entry.state));
    return end === 'server' && odd.length === 0 ? null : `kernel: no socket; inferred: ${text(known)}`;
  }
  // Rule 8: CLOSED before the first SYN, and LISTEN, are states before any packet
  const ours = withoutStart(known);
  const theirs = withoutStart(kernel);
  if (text(ours) !== text(theirs)) return `kernel: ${text(theirs)}; inferred: ${text(ours)}`;
  for (const [index, entry] of theirs.entries()) {
    const at = ours[index]?.at ?? null;
    // Rule 9: Linux leaves LISTEN with the third segment only, and the request before it has no time
    if (entry.at === null || at === null || (end === 'server' && entry.state === 'SYN-RECEIVED')) continue;
    // Rule 10: where the capture began later, the state at its beginning was entered before it
    if (index === 0 && at - entry.at > TOLERANCE_MS) continue;
    if (Math.abs(at - entry.at) > TOLERANCE_MS) {
      return `${entry.state} entered ${Math.round(at - entry.at)} ms after the kernel did`;
    }
  }
  return null;
}

function withoutStart(entries: readonly Entry[]): readonly Entry[] {
  const first = entries[0]?.state;
  return entries.length > 1 && (first === 'CLOSED' || first === 'LISTEN') ? entries.slice(1) : entries;
}

function text(entries: readonly Entry[]): string {
  return entries.map((entry) => entry.state).join(' ');
}

/** Rule 11: a socket that had no port yet when it was traced is the one that connects at a later moment. */
function clientPort(connection: KernelConnection, oracle: Oracle): number {
  if (connection.clientPort !== 0) return connection.clientPort;
  const later = oracle.moments.flatMap((moment) => moment.connections ?? []);
  return later.find((entry) => entry.client !== 'CLOSED')?.clientPort ?? 0;
}

/** Of a socket that connects to itself, each segment is sent and received at once: no packet between these. */
const SENT_AND_RECEIVED: readonly string[] = ['SYN-SENT', 'FIN-WAIT-1'];

function isSelf(connection: ConnectionRow): boolean {
  const { client, server } = connection;
  return client.address === server.address && client.port === server.port;
}

const other = (end: End): End => (end === 'client' ? 'server' : 'client');

async function differences(name: string): Promise<Map<string, string>> {
  const oracle = JSON.parse(readFileSync(join(FOLDER, name + END), 'utf8')) as Oracle;
  const run = await runCli(['analyze', join(FOLDER, `${name}.pcap`), '--format', 'ndjson', '--packets']);
  const rows = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PacketRow | ConnectionRow | { type: 'capture' | 'udpFlow' });
  const packets = rows.filter((row): row is PacketRow => row.type === 'packet');
  const connections = rows
    .filter((row): row is ConnectionRow => row.type === 'connection')
    .sort((a, b) => a.index - b.index);
  const found = new Map<string, string>();
  const taken = new Set<number>();
  for (const [nth, kernel] of oracle.connections.entries()) {
    const port = clientPort(kernel, oracle);
    const began = milliseconds(kernel.changes.find((change) => change.time !== null)?.time ?? '');
    const [connection] = connections
      .filter((row) => !taken.has(row.index) && (row.client.port === port || row.server.port === port))
      .sort((a, b) => Math.abs(milliseconds(a.start) - began) - Math.abs(milliseconds(b.start) - began));
    const label = (end: End): string => `${name} ${end}${oracle.connections.length > 1 ? ` ${nth}` : ''}`;
    if (connection === undefined) {
      found.set(label('client'), 'not found');
      continue;
    }
    taken.add(connection.index);
    const own = packets.filter((packet) => packet.connection === connection.index);
    // an RST of the same ports, whichever connection it was taken to belong to
    const samePorts = connections.filter(
      (row) => row.client.port === connection.client.port && row.server.port === connection.server.port,
    );
    const resetSeen = packets.some(
      (packet) => packet.flags.includes('RST') && samePorts.some((row) => row.index === packet.connection),
    );
    // Rule 12: of two ends that both open, either may be called the client: the port tells which is which
    const swapped = connection.client.port !== port;
    for (const end of ['client', 'server'] as const) {
      const ours = swapped ? other(end) : end;
      // Rule 13: a socket that connects to itself is both ends
      const self = isSelf(connection);
      const socket = self && kernel[end].length === 0 ? other(end) : end;
      const theirs = kernelStates(kernel, socket, own, resetSeen).filter(
        (entry) => !self || !SENT_AND_RECEIVED.includes(entry.state),
      );
      const inferred = inPassing(inferredStates(ours, own, connection.states[ours]), ours, own);
      const differs = difference(inPassing(theirs, ours, own), inferred, end);
      if (differs !== null) found.set(label(end), differs);
    }
  }
  return found;
}

describe('states as the kernel had them', () => {
  it('has recordings to judge by', () => {
    expect(names.length).toBeGreaterThan(100);
  });

  it.each(names)('%s', async (name) => {
    const found = await differences(name);
    const unexpected = [...found].filter(([label]) => EXCEPTIONS[label] === undefined);
    expect(unexpected.map(([label, what]) => `${label}: ${what}`)).toEqual([]);
    const idle = Object.keys(EXCEPTIONS).filter((label) => label.split(' ')[0] === name && !found.has(label));
    expect(idle, 'exceptions that are no longer needed').toEqual([]);
  });

  it('has no exception for a recording that is not there', () => {
    for (const label of Object.keys(EXCEPTIONS)) expect(names).toContain(label.split(' ')[0]);
  });
});
