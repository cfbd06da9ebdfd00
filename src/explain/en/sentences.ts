/**
 * Verdicts as sentences. The packets support every statement; what cannot be known is marked as such.
 * One phrase table per language: this is English.
 */

import type { Closing } from '../../verdict/closing.js';
import type { Opening } from '../../verdict/opening.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { reopenedBy } from '../shared/reopened.js';
import { acknowledgesUncaptured } from '../shared/uncaptured-fin.js';
import { icmpText, icmpWords } from './icmp.js';
import { pathMtuReason } from './path-mtu.js';
import { byteCount, count, durationText } from './quantities.js';
import { resetSentence } from './reset-sentences.js';
import { answeredElsewhere, twinOpening } from './twin-sentences.js';

/** How the connection opened, in one line. */
export function openingSentence(report: ConnectionReport): string {
  const { opening } = report;
  switch (opening.kind) {
    case 'three-way':
      return `three-way handshake${connectPart(opening)}${retries(opening)}${splitPart(opening)}`;
    case 'simultaneous':
      return report.findingCounts['split-handshake'] === undefined
        ? `simultaneous open: both sides sent a SYN${connectPart(opening)}`
        : `split handshake: the server answered the SYN with a SYN of its own${connectPart(opening)}`;
    case 'fast-open':
      return opening.connectTime === null
        ? `Fast Open: data came with the SYN and was accepted${fastOpenPart(report)}${connectPart(opening)}`
        : `Fast Open${connectPart(opening)}: data came with the SYN and was accepted${fastOpenPart(report)}`;
    case 'refused':
      return refusal(report);
    case 'no-answer':
      return `no answer to ${count(opening.synCount, 'SYN')}${opening.synCount > 1 ? ` in ${durationText(opening.synWait ?? 0)}${retries(opening)}` : ''}${signed(report)}${answeredElsewhere(report.twin)}`;
    case 'not-completed':
      return notCompleted(report);
    case 'not-captured':
      if (report.twin?.second === true) return twinOpening(report.twin);
      if (isProbe(report)) return 'none: a probe without a connection';
      return report.rolesFrom === 'syn-ack' && report.traffic.client.packets === 0
        ? "not captured as a whole: only the server's packets were, from its SYN-ACK on"
        : `not captured: the capture began later (${rolesReason(report)})`;
  }
}

function notCompleted(report: ConnectionReport): string {
  const { opening, closing } = report;
  const text =
    report.traffic.server.packets > 0 && opening.synAckCount > 0
      ? `not completed: the SYN-ACK was never validly acknowledged${retries(opening)}`
      : 'not completed: no valid SYN-ACK was seen';
  return closing.reset?.accepted ? `${text}; ${resetSentence(closing.reset, report)}` : text;
}

function fastOpenPart(report: ConnectionReport): string {
  const values = report.findings.find(({ code }) => code === 'fast-open-data')?.values ?? {};
  const { taken, length } = values;
  return Number(taken) > 0 && Number(taken) < Number(length) ? ` in part (${taken} of ${length} bytes)` : '';
}

/** SYNs with TCP-MD5 or TCP-AO get no answer where the key is missing or wrong (RFC 2385 2, RFC 5925 7.3). */
function signed(report: ConnectionReport): string {
  const offer = report.opening.options.client;
  if (offer?.md5 !== true && offer?.ao !== true) return '';
  return `; they are signed (${offer.md5 ? 'TCP-MD5' : 'TCP-AO'}), and another key or none is met by silence`;
}

function isProbe(report: ConnectionReport): boolean {
  return ['fin-scan', 'null-scan', 'xmas-scan'].some((code) => report.findingCounts[code] !== undefined);
}

function connectPart(opening: Opening): string {
  if (opening.connectTime !== null) return ` in ${durationText(opening.connectTime)}`;
  const whole = opening.complete && opening.synCount > 0 && opening.synAckCount > 0;
  if (whole && opening.ackMissed) return ', whose last ACK was not captured: how long it took is not known';
  return whole ? ', whose packets are not in the order of their times: how long it took is not known' : '';
}

/** What took the time of connecting, where it is long or includes retries. */
function splitPart(opening: Opening): string {
  const { synWait, synToSynAck, synAckWait, synAckToAck, connectTime } = opening;
  const near =
    opening.capturePoint === null
      ? ''
      : `; captured ${opening.capturePoint === 'middle' ? 'between the two' : `near the ${opening.capturePoint === 'near-client' ? 'client' : 'server'}`}`;
  const slow = opening.slowSide === null ? '' : `; the ${opening.slowSide} was slow`;
  if (synToSynAck === null || synAckToAck === null || (connectTime ?? 0) < SHORT_CONNECT) return near + slow;
  const parts: string[] = [];
  if ((synWait ?? 0) > 0) parts.push(`${durationText(synWait ?? 0)} until the last SYN`);
  parts.push(`${durationText(synToSynAck)} to the SYN-ACK`);
  if ((synAckWait ?? 0) > 0) {
    const last = opening.synAckCount > 2 ? ' for the last time' : '';
    parts.push(`${durationText(synAckWait ?? 0)} until it was repeated${last}`);
  }
  parts.push(`${durationText(synAckToAck)} to the ACK`);
  return `: ${parts.join(', ')}${near}${slow}`;
}

/** Below this, in seconds, the parts of connecting are noise. */
const SHORT_CONNECT = 0.001;

function retries(opening: Opening): string {
  const parts: string[] = [];
  if (opening.synCount > 1) {
    const after = opening.synSpacing.slice(0, 6).map(durationText).join(', ');
    parts.push(`SYN sent ${opening.synCount} times, again after ${after}`);
  }
  if (opening.synAckCount > 1) parts.push(`SYN-ACK sent ${opening.synAckCount} times`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function refusal(report: ConnectionReport): string {
  const icmp = report.findings.find((finding) => finding.code === 'icmp-error');
  const byReset = report.closing.reset?.accepted === true;
  if (!byReset && icmp !== undefined)
    return `refused: ICMP says ${icmpText(icmpWords(icmp.values ?? {}))} (packet ${icmp.packet})`;
  return `refused: the SYN was answered by RST: no socket took it at this address and port ${report.server.port}, or a firewall refused it`;
}

export function rolesReason(report: ConnectionReport): string {
  if (report.rolesFrom === 'syn-ack') return 'the SYN-ACK tells who is the server';
  const guess = report.findings.find((finding) => finding.code === 'roles-guessed');
  return guess?.values?.reason === 'ports'
    ? 'client and server guessed by their ports'
    : 'client guessed: it was seen first';
}

/** While the capture goes on, its end is not now. */
export function stillOpen(report: ConnectionReport): string {
  if (reopenedBy(report) !== null) return 'its closing was not captured';
  const { soFar } = report;
  return soFar === true ? 'still open' : 'still open at the end of the capture';
}

function notClosed(report: ConnectionReport): string {
  const packet = reopenedBy(report);
  return `${stillOpen(report)}${packet === null ? '' : `: ${newOne(packet)}`}`;
}

/** Of a connection that was half-closed when its ports were used again. */
function reopening(report: ConnectionReport): string {
  const packet = reopenedBy(report);
  return packet === null ? '' : `; the rest of its closing was not captured: ${newOne(packet)}`;
}

function newOne(packet: number): string {
  return `packet ${packet} opens a new connection between the same ports`;
}

/** How it closed, in one line. */
export function closingSentence(report: ConnectionReport): string {
  const { closing } = report;
  const first =
    closing.initiator === null
      ? '; the packets do not say whose FIN came first'
      : `, ${closing.initiator} first`;
  const hold = closing.timeWait === null ? '' : `; ${timeWaitText(closing)}`;
  const open = closing.complete ? '' : ', not completed in this capture';
  switch (closing.kind) {
    case 'four-step':
      return `4 steps${first}${betweenFins(closing)}${open}${hold}`;
    case 'three-step':
      return `3 steps${first}${betweenFins(closing)}${open}${hold}`;
    case 'simultaneous':
      return `${crossing(report)}${open}${hold}`;
    case 'reset':
      return resetSentence(closing.reset, report);
    case 'half-closed':
      return halfClosed(report);
    case 'open':
      return `${notClosed(report)}${standstill(report)}`;
    case 'none':
      return 'nothing to close: it never opened';
  }
}

function halfClosed(report: ConnectionReport): string {
  const { closing, traffic } = report;
  const { initiator } = closing;
  if (initiator === null) {
    return 'half-closed: only one FIN was captured; whether the other side had sent its own before is not known';
  }
  const other = initiator === 'client' ? 'server' : 'client';
  if (traffic[other].packets === 0)
    return `the ${initiator} sent FIN; whether the ${other} did was not captured`;
  const beyond = acknowledgesUncaptured(report);
  if (beyond !== null)
    return `half-closed: only the FIN of the ${initiator} was captured; packet ${beyond} acknowledges something of the ${other} that was not, perhaps its FIN`;
  return `half-closed: only the ${initiator} sent FIN${unansweredFins(report) || standstill(report)}${halfClose(closing)}${reopening(report)}`;
}

/** RFC 9293 Figure 13: each sent its FIN before it received the other's. */
function crossing(report: ConnectionReport): string {
  return report.findingCounts['fin-lost'] === undefined
    ? 'both sides closed at once: the FINs crossed'
    : 'both sides closed, neither having received the FIN of the other, as one was lost';
}

/** Why nothing moves at the end of the capture, where that is so. */
function standstill(report: ConnectionReport): string {
  const finding = report.findings.find(({ code }) => code === 'zero-window-stall' || code === 'unanswered');
  if (finding === undefined) return '';
  const who = finding.by === report.clientSide ? 'client' : 'server';
  const other = who === 'client' ? 'server' : 'client';
  const values = finding.values ?? {};
  const time = durationText(Number(values.seconds));
  if (finding.code === 'zero-window-stall') {
    return `: the ${other}'s window is closed since packet ${values.closed}; the ${who} probed it ${values.count} times in ${time}${values.answered === 1 ? ': it is still closed' : ' without an answer'}`;
  }
  const since = Number(values.since) > 0 ? ` since packet ${values.since}` : '';
  return `: the ${other} is silent${since}, while the ${who} sent ${count(Number(values.count), 'segment')} in ${time}${pathMtuReason(report, finding.by) ?? `; it is gone, unreachable, or its answers were not captured`}`;
}

function unansweredFins(report: ConnectionReport): string {
  const retries = report.findingCounts['fin-retry'] ?? 0;
  const peer = report.closing.initiator === 'client' ? report.states.server : report.states.client;
  return retries > 0 && peer === 'ESTABLISHED' ? `, ${retries + 1} times, and it was never acknowledged` : '';
}

/** Data of the end that closed last, after the first FIN. */
function betweenFins({ halfClose, initiator }: Closing): string {
  if (halfClose === null) return '';
  const { bytes, duration } = halfClose;
  const from = initiator === null ? '' : ` from the ${initiator === 'client' ? 'server' : 'client'}`;
  return `, ${byteCount(bytes)}${from} in between${duration === null ? '' : ` (${durationText(duration)})`}`;
}

function halfClose({ halfClose }: Closing): string {
  if (halfClose === null) return '';
  const { bytes, duration } = halfClose;
  const lasting = duration === null ? '' : ` for ${durationText(duration)}`;
  return `, then ${byteCount(bytes)} the other way${lasting}`;
}

function timeWaitText(closing: Closing): string {
  const { timeWaitReused: reused } = closing;
  if (reused !== null) {
    const who = closing.timeWait === 'both' ? 'both' : `the ${closing.timeWait}`;
    return `${who} ended in TIME-WAIT; packet ${reused.packet} reused the ports after ${durationText(reused.after)}`;
  }
  return closing.timeWait === 'both'
    ? 'both in TIME-WAIT'
    : `${closing.timeWait} in TIME-WAIT (usually 60 s on Linux)`;
}
