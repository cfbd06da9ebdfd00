/**
 * Compares the states that synfin infers from a recording with those of the kernel (NAME.states.json): the same
 * states, in the same order, entered at about the same time.
 *
 * Where an observer cannot see what a kernel knows, or Linux differs from RFC 9293, the rules below say so, one by one.
 */
import {
  type Analysis,
  type ConnectionRow,
  clientPort,
  type End,
  type KernelConnection,
  milliseconds,
  type Oracle,
  other,
  type PacketRow,
  pairs,
} from './kernel-record.js';

/** How far apart the entry into a state may lie: the way between the capture point and the end, timers of Linux. */
const TOLERANCE_MS = 200;

/** A state and when it was entered, in milliseconds; null where the source does not say. */
interface Entry {
  state: string;
  at: number | null;
}

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
  // Rule 2: what happened before its first packet cannot be seen either, except for the state that it led to
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
  // an ICMP error changes a state without a segment, and the silence until the end may show more than the last segment
  if (final !== 'unseen') entries.push({ state: final, at: null });
  const all = withoutRevised(collapse(entries));
  const fins = packets.filter((packet) => packet.flags.includes('FIN'));
  const sendsSecondFin = fins[0]?.from !== end && fins.some((packet) => packet.from === end);
  return all.flatMap((entry, index): Entry[] => {
    const next = all[index + 1]?.state;
    // Rule 4: where FINs cross, the row of the second one has the states that both lead to
    const crosses = sendsSecondFin && entry.state === 'ESTABLISHED' && next === 'CLOSING';
    return crosses ? [entry, { state: 'FIN-WAIT-1', at: null }] : [entry];
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

/** Null where both are the same, else what differs. */
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

/** Of a socket that connects to itself, each segment is sent and received at once: no packet between these. */
const SENT_AND_RECEIVED: readonly string[] = ['SYN-SENT', 'FIN-WAIT-1'];

function isSelf(connection: ConnectionRow): boolean {
  const { client, server } = connection;
  return client.address === server.address && client.port === server.port;
}

/** What differs, by "client" or "server", with the number of the connection where there are several. */
export function stateDifferences(oracle: Oracle, { packets, connections }: Analysis): Map<string, string> {
  const found = new Map<string, string>();
  const paired = pairs(oracle, connections);
  for (const [nth, kernel] of oracle.connections.entries()) {
    const connection = paired[nth];
    const label = (end: End): string => `${end}${oracle.connections.length > 1 ? ` ${nth}` : ''}`;
    if (connection === undefined) {
      found.set(label('client'), 'not found');
      continue;
    }
    const port = clientPort(kernel, oracle);
    const own = packets.filter((packet) => packet.connection === connection.index);
    // an RST of the same ports, whichever connection it was taken to belong to
    const samePorts = connections.filter(
      (row) => row.client.port === connection.client.port && row.server.port === connection.server.port,
    );
    const resetSeen = packets.some(
      (packet) => packet.flags.includes('RST') && samePorts.some((row) => row.index === packet.connection),
    );
    // Rule 12: of two ends that both open, either may be called the client: the port shows which is which
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
