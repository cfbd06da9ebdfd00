/** What is worth reporting about a connection beyond its opening and closing, and how severe it is. */

import { HAS_CUT, HAS_MP_CAPABLE, HAS_MP_JOIN } from '../decode/tcp-options.js';
import {
  BOTH_SYNS,
  FAST_OPEN_ACCEPTED,
  FAST_OPEN_DATA,
  FIN_SENT,
  LARGER_THAN_MSS,
  MPTCP,
  OPENED,
  RST_ENDED,
  RST_SENT,
  SELF,
  SENT_SYN,
} from '../track/memory/connection.js';
import type { Finding } from '../track/memory/finding-log.js';
import { guessReason } from '../track/notes/roles.js';
import type { ConnectionSnapshot, EndpointSnapshot } from '../track/results/snapshot.js';
import { type Severity, severityOf } from './catalogue.js';
import { judgeChecksums } from './checksums.js';
import { openingKind } from './opening.js';
import { judgePathMtu } from './path-mtu.js';
import { twinFinding } from './twin.js';

export interface JudgedFinding extends Finding {
  severity: Severity;
}

/** All findings kept, in packet order, and how often each code occurred. */
export function judgeFindings(connection: ConnectionSnapshot): {
  findings: JudgedFinding[];
  counts: Record<string, number>;
} {
  const derived = derive(connection);
  const extras = connection.extras;
  const findings: JudgedFinding[] = [];
  if (extras !== null) for (const finding of extras.findings()) findings.push(judged(finding));
  for (const finding of derived) findings.push(judged(finding));
  if (findings.length > 1) findings.sort((a, b) => a.packet - b.packet);
  const counts = extras?.counts() ?? {};
  for (const finding of derived) counts[finding.code] = (counts[finding.code] ?? 0) + 1;
  return { findings, counts };
}

function judged({ code, packet, by, values }: Finding): JudgedFinding {
  const severity = severityOf(code);
  return values === undefined ? { code, packet, by, severity } : { code, packet, by, values, severity };
}

/** Findings about the connection as a whole. */
function derive(connection: ConnectionSnapshot): Finding[] {
  const { bits, ends, clientSide, extras, firstPacket } = connection;
  const found: Finding[] = [];
  const client = ends[clientSide];
  const server = ends[clientSide === 0 ? 1 : 0];
  if (connection.rolesFrom === 'guess') {
    const reason = guessReason(client.port, server.port);
    found.push({ code: 'roles-guessed', packet: firstPacket, by: clientSide, values: { reason } });
  }
  const twin = twinFinding(connection);
  if (twin !== null) found.push(twin);
  const fastOpenLength = extras?.synData[clientSide] ?? 0;
  if ((bits & FAST_OPEN_DATA) !== 0 && fastOpenLength > 0) {
    const code = (bits & FAST_OPEN_ACCEPTED) !== 0 ? 'fast-open-data' : 'fast-open-ignored';
    const answered = server.packets > 0 ? 1 : 0;
    const values = { length: fastOpenLength, answered, taken: extras?.synDataTaken ?? 0 };
    found.push({ code, packet: client.synPacket, by: clientSide, values });
  }
  if ((bits & SELF) !== 0) found.push({ code: 'self-connect', packet: firstPacket, by: clientSide });
  else if ((bits & OPENED) !== 0 && (client.packets === 0 || server.packets === 0)) {
    found.push({ code: 'one-direction', packet: firstPacket, by: clientSide });
  }
  const multipath = multipathKind(client, server);
  if (multipath !== null)
    found.push({ code: multipath, packet: client.synPacket || firstPacket, by: clientSide });
  else if ((bits & MPTCP) !== 0) found.push({ code: 'multipath-tcp', packet: firstPacket, by: clientSide });
  if (isSplitHandshake(connection)) {
    found.push({ code: 'split-handshake', packet: server.synPacket, by: clientSide === 0 ? 1 : 0 });
  }
  found.push(...judgeChecksums(connection), ...judgePathMtu(connection));
  for (const side of [0, 1] as const) {
    if ((ends[side].bits & LARGER_THAN_MSS) !== 0) {
      found.push({ code: 'segmentation-offload', packet: firstPacket, by: side });
    }
  }
  const scan = scanKind(extras?.oddFlags ?? -1);
  if (scan !== null && client.bytes + server.bytes === 0) {
    found.push({ code: scan, packet: firstPacket, by: 0 });
  }
  const synData = extras?.synData[clientSide] ?? 0;
  if (synData > 0 && (bits & FAST_OPEN_DATA) === 0) {
    const taken = (bits & FAST_OPEN_ACCEPTED) !== 0 ? 'accepted' : 'not accepted';
    const cut = (client.offered & HAS_CUT) !== 0 ? 1 : 0;
    found.push({
      code: 'syn-data',
      packet: client.synPacket,
      by: clientSide,
      values: { length: synData, taken, cut },
    });
  }
  if ((extras?.fastOpen[clientSide] ?? 0) === 1 && (extras?.fastOpen[clientSide === 0 ? 1 : 0] ?? 0) === 2) {
    found.push({ code: 'fast-open-cookie', packet: server.synPacket, by: clientSide });
  }
  for (const side of [0, 1] as const) {
    const end = ends[side];
    const silence = silenceAfter(connection, side);
    if (silence !== null) found.push(silence);
    if ((end.offered & HAS_CUT) !== 0) found.push({ code: 'options-cut', packet: end.synPacket, by: side });
    if (end.scaleOffered > 14) {
      found.push({
        code: 'window-scale-too-large',
        packet: end.synPacket,
        by: side,
        values: { shift: end.scaleOffered },
      });
    }
  }
  if (((client.bits | server.bits) & SENT_SYN) === 0 && client.bytes + server.bytes > 0) {
    found.push({ code: 'window-scale-unknown', packet: firstPacket, by: clientSide });
  }
  if ((extras?.resets ?? 0) > 1 && (extras?.crossedReset ?? 0) === 0) {
    found.push({
      code: 'several-resets',
      packet: (extras?.reset ?? extras?.earlyReset)?.packet ?? firstPacket,
      by: clientSide,
      values: { count: extras?.resets ?? 0 },
    });
  }
  if ((bits & OPENED) !== 0 && ((client.bits | server.bits) & FIN_SENT) === 0 && connection.silence > 60e9) {
    found.push({
      code: 'idle',
      packet: connection.silencePacket,
      by: clientSide,
      values: { seconds: connection.silence / 1e9 },
    });
  }
  return found;
}

/** The shortest retransmission timer in use (Linux; RFC 6298 2.4 asks for 1 s). */
const SHORTEST_TIMER_NS = 200e6;

/**
 * An end that sends data, FINs or probes while the other says nothing, for longer than the timer of retransmission
 * explains: at least 200 ms, and twice the round trip. `since` is the other end's last packet, `count` what was sent
 * since. Where its window is closed, that is what the probes wait for.
 */
function silenceAfter(connection: ConnectionSnapshot, side: 0 | 1): Finding | null {
  const end = connection.ends[side];
  const other = connection.ends[side === 0 ? 1 : 0];
  if ((connection.bits & OPENED) === 0 && openingKind(connection) !== 'not-captured') return null;
  if ((connection.bits & RST_ENDED) !== 0) return null;
  const closed = connection.extras?.zeroWindowPacket[side === 0 ? 1 : 0] ?? 0;
  const waits = other.packets > 0 && other.window === 0 && closed > 0 && (other.bits & RST_SENT) === 0;
  const count = waits ? Math.max(end.unanswered, end.duplicateAcks) : end.unanswered;
  // where nothing of the other end was captured, only repetitions show that there is no answer
  if (count < 2 || (other.packets === 0 && end.retransmissions < 2)) return null;
  const from = other.packets === 0 ? connection.startedAt : other.lastAckAt;
  const waited = end.lastAckAt - from;
  const trip = (end.rttCount > 0 ? end.rttMin : 0) + (other.rttCount > 0 ? other.rttMin : 0);
  if (waited < Math.max(SHORTEST_TIMER_NS, 2 * trip)) return null;
  const values = { count, seconds: waited / 1e9, since: other.lastNumber };
  const code = waits ? 'zero-window-stall' : 'unanswered';
  return {
    code,
    packet: end.lastNumber,
    by: side,
    values: waits ? { ...values, closed } : values,
  };
}

/** What the SYNs say of Multipath TCP (RFC 8684 3.1 and 3.2). */
function multipathKind(client: EndpointSnapshot, server: EndpointSnapshot): string | null {
  const offered = client.offered & (HAS_MP_CAPABLE | HAS_MP_JOIN);
  if (offered === 0) return null;
  if ((server.offered & offered) === 0) {
    return (server.bits & SENT_SYN) === 0 || (server.offered & HAS_CUT) !== 0 ? null : 'multipath-declined';
  }
  return (offered & HAS_MP_JOIN) !== 0 ? 'multipath-join' : 'multipath-agreed';
}

/** The server answers a SYN with its own SYN, and the client acknowledges that with a SYN-ACK. */
function isSplitHandshake(connection: ConnectionSnapshot): boolean {
  if ((connection.bits & BOTH_SYNS) === 0) return false;
  const client = connection.ends[connection.clientSide];
  const server = connection.ends[connection.clientSide === 0 ? 1 : 0];
  return client.synCount > 1 && server.synCount === 1;
}

function scanKind(oddFlags: number): string | null {
  if (oddFlags < 0) return null;
  if (oddFlags === 0) return 'null-scan';
  if (oddFlags === 0x001) return 'fin-scan';
  return (oddFlags & 0x029) === 0x029 ? 'xmas-scan' : null;
}
