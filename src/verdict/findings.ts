/** What is worth reporting about a connection beyond its opening and closing, and how severe it is. */

import { HAS_MP_CAPABLE, HAS_MP_JOIN } from '../decode/tcp-options.js';
import type { Finding } from '../track/memory/finding-log.js';
import { guessReason } from '../track/notes/roles.js';
import {
  bothSentSyn,
  exceededMss,
  fastOpenAccepted,
  isSelfConnected,
  opened,
  optionsCut,
  sentFin,
  sentSyn,
  synHasFastOpenData,
  usesMultipath,
} from '../track/results/named-facts.js';
import type { ConnectionSnapshot, EndpointSnapshot } from '../track/results/snapshot.js';
import { type ClosingKind, type Severity, severityOf } from './catalogue.js';
import { judgeChecksums } from './checksums.js';
import { closingKind } from './closing-kind.js';
import { judgePathMtu } from './path-mtu.js';
import { silenceAfter } from './silence.js';
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
  const { ends, clientSide, extras, firstPacket } = connection;
  const found: Finding[] = [];
  const client = ends[clientSide];
  const server = ends[clientSide === 0 ? 1 : 0];
  if (connection.rolesFrom === 'guess') {
    const reason = guessReason(client.port, server.port);
    found.push({ code: 'roles-guessed', packet: firstPacket, by: clientSide, values: { reason } });
  }
  const reopenedBy = extras?.reopenedBy ?? 0;
  if (reopenedBy > 0 && isUnfinished(closingKind(connection)))
    found.push({ code: 'close-not-captured', packet: reopenedBy, by: clientSide });
  const twin = twinFinding(connection);
  if (twin !== null) found.push(twin);
  const fastOpenLength = extras?.synData[clientSide] ?? 0;
  if (synHasFastOpenData(connection) && fastOpenLength > 0) {
    const code = fastOpenAccepted(connection) ? 'fast-open-data' : 'fast-open-ignored';
    const answered = server.packets > 0 ? 1 : 0;
    const values = { length: fastOpenLength, answered, taken: extras?.synDataTaken ?? 0 };
    found.push({ code, packet: client.synPacket, by: clientSide, values });
  }
  if (isSelfConnected(connection)) found.push({ code: 'self-connect', packet: firstPacket, by: clientSide });
  else if (opened(connection) && (client.packets === 0 || server.packets === 0)) {
    found.push({ code: 'one-direction', packet: firstPacket, by: clientSide });
  }
  const multipath = multipathKind(client, server);
  if (multipath !== null)
    found.push({ code: multipath, packet: client.synPacket || firstPacket, by: clientSide });
  else if (usesMultipath(connection))
    found.push({ code: 'multipath-tcp', packet: firstPacket, by: clientSide });
  if (isSplitHandshake(connection)) {
    found.push({ code: 'split-handshake', packet: server.synPacket, by: clientSide === 0 ? 1 : 0 });
  }
  found.push(...judgeChecksums(connection), ...judgePathMtu(connection));
  for (const side of [0, 1] as const) {
    if (exceededMss(ends[side])) {
      found.push({ code: 'segmentation-offload', packet: firstPacket, by: side });
    }
  }
  const scan = scanKind(extras?.oddFlags ?? -1);
  if (scan !== null && client.bytes + server.bytes === 0) {
    found.push({ code: scan, packet: firstPacket, by: 0 });
  }
  const synData = extras?.synData[clientSide] ?? 0;
  if (synData > 0 && !synHasFastOpenData(connection)) {
    const taken = fastOpenAccepted(connection) ? 'accepted' : 'not accepted';
    const cut = optionsCut(client) ? 1 : 0;
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
    if (optionsCut(end)) found.push({ code: 'options-cut', packet: end.synPacket, by: side });
    if (end.scaleOffered > 14) {
      found.push({
        code: 'window-scale-too-large',
        packet: end.synPacket,
        by: side,
        values: { shift: end.scaleOffered },
      });
    }
  }
  if (!sentSyn(client) && !sentSyn(server) && client.bytes + server.bytes > 0) {
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
  if (opened(connection) && !sentFin(client) && !sentFin(server) && connection.silence > 60e9) {
    found.push({
      code: 'idle',
      packet: connection.silencePacket,
      by: clientSide,
      values: { seconds: connection.silence / 1e9 },
    });
  }
  return found;
}

function isUnfinished(kind: ClosingKind): boolean {
  return kind === 'open' || kind === 'half-closed';
}

/** What the SYNs say of Multipath TCP (RFC 8684 3.1 and 3.2). */
function multipathKind(client: EndpointSnapshot, server: EndpointSnapshot): string | null {
  const offered = client.offered & (HAS_MP_CAPABLE | HAS_MP_JOIN);
  if (offered === 0) return null;
  if ((server.offered & offered) === 0) {
    return !sentSyn(server) || optionsCut(server) ? null : 'multipath-declined';
  }
  return (offered & HAS_MP_JOIN) !== 0 ? 'multipath-join' : 'multipath-agreed';
}

/** The server answers a SYN with its own SYN, and the client acknowledges that with a SYN-ACK. */
function isSplitHandshake(connection: ConnectionSnapshot): boolean {
  if (!bothSentSyn(connection)) return false;
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
