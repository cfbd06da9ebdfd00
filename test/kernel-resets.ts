/**
 * Compares synfin's verdict on a reset with the kernels: the reason with which one sent it (tracepoint
 * tcp_send_reset), that none sent it, and whether the other accepted it (tcp_receive_reset).
 *
 * Where several causes look the same on the wire, the right one must be among `cause` and `alternatives`; where synfin
 * is sure ("high"), it must be the cause.
 */
import {
  type Analysis,
  type ConnectionRow,
  type End,
  milliseconds,
  type Oracle,
  other,
  type PacketRow,
} from './kernel-record.js';

/** Reasons of one meaning whatever the reset answers. */
const CAUSES: Readonly<Record<string, readonly string[]>> = {
  // SO_LINGER 0, connect(AF_UNSPEC), ss -K; the end of a listening socket, for what it had not accepted
  TCP_STATE: ['aborted', 'listener-closed'],
  TCP_ABORT_ON_CLOSE: ['unread-data'],
  TCP_ABORT_ON_DATA: ['data-after-close'],
  TCP_TIMEWAIT_SOCKET: ['data-after-close'],
  // close() with TCP_LINGER2 of less than 0
  TCP_ABORT_ON_LINGER: ['aborted', 'gone-after-close'],
  TCP_KEEPALIVE_TIMEOUT: ['gave-up'],
  TCP_INVALID_ACK_SEQUENCE: ['rejected-syn-ack', 'half-open-discovered'],
  // on a listener: the accept queue is full (tcp_abort_on_overflow)
  INVALID_SYN: ['accept-queue-overflow'],
  // on a listener: an ACK that is of no handshake
  TCP_FLAGS: ['no-such-connection'],
};

/** NO_SOCKET: what it answers says what that means. */
function withoutSocket(answered: PacketRow | undefined): readonly string[] {
  const flags = answered?.flags ?? [];
  if (flags.includes('SYN') && !flags.includes('ACK')) return ['refused'];
  if (flags.includes('SYN')) return ['rejected-syn-ack', 'scan', 'connect-cancelled'];
  return [
    'no-such-connection',
    'half-open-discovered',
    'data-after-close',
    'gone-after-close',
    'time-wait-assassination',
  ];
}

/** Verdicts that are right for a reset that neither kernel sent. */
const BY_OTHERS = ['injected', 'firewall', 'state-lost'];
/** Verdicts that give no reason. */
const OPEN = ['cannot-tell', 'ignored'];

/** How far apart a tracepoint and the packet in the capture of the same host may lie. */
const NEAR_MS = 30;

export interface SentReset {
  row: PacketRow;
  /** The kernel's reason; null: no kernel sent it. */
  reason: string | null;
}

const isReset = (packet: PacketRow): boolean => packet.flags.includes('RST');

/** The RSTs that each end's kernel sent, as its own capture has them. */
export function resetsSent(oracle: Oracle, own: Record<End, Analysis>): Map<string, SentReset> {
  const found = new Map<string, SentReset>();
  const open = oracle.resetsSent.map((entry) => ({ ...entry, at: milliseconds(entry.time) }));
  for (const end of ['client', 'server'] as const) {
    for (const row of own[end].packets) {
      if (row.from !== end || !isReset(row)) continue;
      const at = milliseconds(row.time);
      const nearest = open
        .filter((entry) => Math.abs(entry.at - at) < NEAR_MS && sentBy(entry.from, row, own[end]))
        .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
      if (nearest !== undefined) open.splice(open.indexOf(nearest), 1);
      // of two that look the same, the one that a kernel sent
      const before = found.get(keyOf(row, end));
      found.set(keyOf(row, end), before?.reason ? before : { row, reason: nearest?.reason ?? null });
    }
  }
  return found;
}

/** By the address; a listener's own reset has it too. */
function sentBy(from: string, row: PacketRow, { connections }: Analysis): boolean {
  const connection = connections.find(({ index }) => index === row.connection);
  if (connection === undefined) return false;
  const { address, port } = connection[row.from];
  return from === `${address}:${port}`;
}

/** What stays the same from one end to the other, behind a translation too. */
export function keyOf(row: PacketRow, end: End): string {
  return `${end} ${row.rawSeq} ${row.rawAck ?? ''} ${row.flags.join()}`;
}

/** What is wrong with the verdict on the reset of a connection. */
export function resetProblems(
  connection: ConnectionRow,
  analysis: Analysis,
  sent: ReadonlyMap<string, SentReset>,
  oracle: Oracle,
): string[] {
  const { reset } = connection.closing;
  const own = analysis.packets.filter((packet) => packet.connection === connection.index);
  if (reset === null) return [];
  const row = own.find((packet) => packet.packet === reset.packet);
  if (row === undefined) return [`reset names packet ${reset.packet}, which is not of the connection`];
  const causes = [reset.cause, ...(reset.alternatives ?? [])];
  const said = `${causes.join(' or ')} (${reset.confidence}) by ${reset.by}, packet ${reset.packet}`;
  const truth = sent.get(keyOf(row, row.from));
  const reason = truth?.reason ?? null;
  if (reason === null) {
    // an RST in answer to a SYN is "refused", whoever sent it
    const open = [...BY_OTHERS, ...OPEN, 'refused'];
    return causes.some((cause) => open.includes(cause)) &&
      !(reset.confidence === 'high' && !open.includes(reset.cause))
      ? []
      : [`${said}; no kernel sent it`];
  }
  if (reset.cause === 'injected') return [`${said}; the kernel sent it: ${reason}`];
  const taken = oracle.resetsAccepted.some(
    ({ by, time }) => by === other(row.from) && Math.abs(milliseconds(time) - milliseconds(row.time)) < 200,
  );
  if (reset.cause === 'ignored') return taken ? [`${said}; the ${other(row.from)}'s kernel took it`] : [];
  const right = reason === 'NO_SOCKET' ? withoutSocket(answeredBy(row, own)) : (CAUSES[reason] ?? []);
  if (right.length === 0) throw new Error(`no causes for ${reason}`);
  if (OPEN.includes(reset.cause)) return [];
  const named = reset.confidence === 'high' ? [reset.cause] : causes;
  return named.some((cause) => right.includes(cause)) ? [] : [`${said}; the kernel's reason: ${reason}`];
}

/** The packet of the other end that a RST answers by its number (RFC 9293 3.5.2). */
function answeredBy(reset: PacketRow, own: readonly PacketRow[]): PacketRow | undefined {
  return own.findLast((packet) => {
    if (packet.packet >= reset.packet || packet.from === reset.from || isReset(packet)) return false;
    const syn = packet.flags.includes('SYN') ? 1 : 0;
    const past = (packet.rawSeq + packet.length + syn + (packet.flags.includes('FIN') ? 1 : 0)) >>> 0;
    return reset.flags.includes('ACK') ? reset.rawAck === past : packet.rawAck === reset.rawSeq;
  });
}
