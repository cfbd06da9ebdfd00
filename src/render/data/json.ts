/** CONTRACT.md's JSON, schema synfin/1. Numbers that are not known are null; times are RFC 3339 strings. */

import type { CaptureSummary } from '../../analysis/summary.js';
import type { CaptureWarning } from '../../capture/reader.js';
import { flagNames } from '../../decode/tcp-flags.js';
import { phrases } from '../../explain/phrases.js';
import type { GroupReport } from '../../group/groups.js';
import { rfc3339 } from '../../time.js';
import { codeNames } from '../../track/memory/codes.js';
import { rowState, type SegmentRow } from '../../track/results/sink.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';

export const SCHEMA = 'synfin/1';

export function connectionObject(report: ConnectionReport): Record<string, unknown> {
  const { opening, closing } = report;
  return {
    index: report.index,
    client: report.client,
    server: report.server,
    rolesFrom: report.rolesFrom,
    firstPacket: report.firstPacket,
    lastPacket: report.lastPacket,
    start: rfc3339(report.startSeconds, report.startNanoseconds),
    duration: report.duration,
    // left out of the text where it is undefined
    via: report.via.length === 0 ? undefined : report.via,
    twin: report.twin === null ? null : { index: report.twin.index, changed: report.twin.changed },
    opening: {
      kind: opening.kind,
      complete: opening.complete,
      packets: opening.packets,
      synCount: opening.synCount,
      synAckCount: opening.synAckCount,
      connectTime: opening.connectTime,
      synWait: opening.synWait,
      synToSynAck: opening.synToSynAck,
      synAckWait: opening.synAckWait,
      synAckToAck: opening.synAckToAck,
      synSpacing: opening.synSpacing,
      capturePoint: opening.capturePoint,
      slowSide: opening.slowSide,
      options: opening.options,
    },
    closing: {
      kind: closing.kind,
      complete: closing.complete,
      initiator: closing.initiator,
      packets: closing.packets,
      halfClose: closing.halfClose,
      reset: closing.reset,
      timeWaitEnds:
        closing.timeWaitEnds === null
          ? null
          : rfc3339(closing.timeWaitEnds.seconds, closing.timeWaitEnds.nanoseconds),
      timeWait: closing.timeWait,
      timeWaitReused: closing.timeWaitReused,
    },
    outcome: report.outcome,
    states: report.states,
    completeness: report.completeness,
    history: report.history,
    connState: report.connState,
    response: report.response,
    traffic: report.traffic,
    longestSilence: report.longestSilence,
    findings: report.findings.slice(0, 100).map((finding) => ({
      code: finding.code,
      packet: finding.packet,
      severity: finding.severity,
      values: finding.values ?? {},
      text: phrases.findingSentence(finding, report),
    })),
    findingCounts: report.findingCounts,
  };
}

export function udpFlowObject(flow: UdpFlowReport): Record<string, unknown> {
  return {
    index: flow.index,
    client: flow.client,
    server: flow.server,
    firstPacket: flow.firstPacket,
    lastPacket: flow.lastPacket,
    start: rfc3339(flow.startSeconds, flow.startNanoseconds),
    duration: flow.duration,
    ...(flow.via.length === 0 ? {} : { via: flow.via }),
    traffic: flow.traffic,
    answered: flow.answered,
    answeredBy: flow.answeredBy,
    answers: flow.answers,
    cast: flow.cast,
    icmp: flow.icmp,
    findings: flow.findings.map((finding) => ({
      code: finding.code,
      packet: finding.packet,
      severity: finding.severity,
      values: flow.icmp === null ? {} : { type: flow.icmp.type, code: flow.icmp.code, mtu: flow.icmp.mtu },
      text: phrases.udpSentence(flow),
    })),
  };
}

export function captureObject(summary: CaptureSummary): Record<string, unknown> {
  return {
    files: summary.files,
    complete: summary.complete,
    packets: summary.packets,
    tcpSegments: summary.tcpSegments,
    udpDatagrams: summary.udpDatagrams,
    other: summary.other,
    others: summary.others,
    start: summary.start === null ? null : rfc3339(summary.start.seconds, summary.start.nanoseconds),
    end: summary.end === null ? null : rfc3339(summary.end.seconds, summary.end.nanoseconds),
    drops: summary.drops,
    ...(summary.live === null ? {} : { live: summary.live }),
    evicted: summary.evicted,
    patterns: summary.patterns,
    oneToMany: summary.oneToMany,
    warnings: summary.warnings.map(warningObject),
  };
}

/** `values`: what is wrong as a word, its numbers, and where reading went on. */
function warningObject(warning: CaptureWarning): Record<string, unknown> {
  const { code, problem, continued, file, packet, offset } = warning;
  const { kind, ...numbers } = problem;
  const { kind: continuation = null, ...place } = continued ?? {};
  return {
    code,
    message: phrases.warningText(warning),
    values: {
      problem: kind,
      ...numbers,
      ...(continuation === null ? {} : { continued: continuation, ...place }),
    },
    file,
    packet,
    offset,
  };
}

/** A group of connections, as `--by` gives it. */
export function groupObject(group: GroupReport): Record<string, unknown> {
  const { retransmissions, packets } = group;
  return { ...group, retransmittedShare: packets === 0 ? null : retransmissions / packets };
}

export function packetObject(row: SegmentRow): Record<string, unknown> {
  const clientSide = row.clientSide;
  return {
    packet: row.packet,
    connection: row.connection,
    from: row.side === clientSide ? 'client' : 'server',
    time: rfc3339(row.seconds, row.nanoseconds),
    flags: flagNames(row.flags),
    flagBits: row.flags,
    seq: row.sequence,
    ack: row.acknowledgement,
    rawSeq: row.rawSequence,
    rawAck: row.rawAcknowledgement,
    length: row.length,
    window: row.window,
    sack: row.sacks,
    analysis: codeNames(row.codes),
    states: {
      client: rowState(row, clientSide),
      server: rowState(row, clientSide === 0 ? 1 : 0),
    },
    accepted: row.ignored === null,
    repeatedBytes: row.repeated,
    note: phrases.rowNote(row),
  };
}
