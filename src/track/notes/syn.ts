/** What SYNs and SYN-ACKs show: times, retries, options, roles. To read first: RFC 9293 3.5, RFC 7413, RFC 5482. */
import { ACK, AE, CWR, ECE, type Packet } from '../../decode/packet.js';
import {
  HAS_ACCURATE_ECN,
  HAS_CUT,
  HAS_ECN,
  HAS_FAST_OPEN_COOKIE,
  HAS_FAST_OPEN_REQUEST,
  HAS_MSS,
  HAS_SCALE,
  HAS_USER_TIMEOUT,
  type TcpOptions,
} from '../../decode/tcp-options.js';
import { SIMULTANEOUS_OPEN, SYN_ACK_RETRY, SYN_RETRY } from '../memory/codes.js';
import {
  CLIENT_IS_SIDE_1,
  type EndpointCursor,
  FAST_OPEN_DATA,
  LAST_HAD_ACK,
  ROLES_FROM_SYN,
  ROLES_FROM_SYN_ACK,
  RST_REFUSED,
  SENT_SYN,
  SENT_SYN_ACK,
  TTL,
} from '../memory/connection.js';
import { type Extras, withSide } from '../memory/extras.js';
import type { Focus } from '../memory/focus.js';

/**
 * Notes a SYN or SYN-ACK; `counts` is false where its receiver drops it. `earlier`: the same SYN, sent while an older
 * connection was still in its way (RFC 9293 Figure 9). Returns its codes.
 */
export function noteSyn(focus: Focus, counts: boolean, earlier: Extras['ignoredSyn']): number {
  const { connection, sender, receiver, packet, options, number, side, at } = focus;
  const synAck = (packet.flags & ACK) !== 0;
  if (!synAck) connection.recentSynAt = at;
  if (!counts) return 0;
  let found = 0;
  if (sender.synCount > 0 && sender.base === packet.sequence) {
    found = synAck ? repeatedSynAck(focus) : SYN_RETRY;
    focus.ensureExtras().addSynTime(side, at);
  } else {
    sender.synPacket = number;
    sender.synAt = at;
    if (earlier !== null) found |= noteEarlierSyn(focus, earlier);
    noteOffer(sender, receiver, packet, options);
    noteSpecialOptions(focus);
  }
  if (!synAck && (receiver.bits & SENT_SYN) !== 0 && sender.synCount === 0 && !answeredBefore(focus)) {
    found |= SIMULTANEOUS_OPEN;
  }
  sender.synCount++;
  if (synAck && (sender.bits & SENT_SYN_ACK) === 0) noteRefusedBefore(focus);
  sender.bits |= synAck ? SENT_SYN | SENT_SYN_ACK : SENT_SYN;
  if ((connection.bits & (ROLES_FROM_SYN | ROLES_FROM_SYN_ACK)) === 0) {
    if (synAck) setClient(focus, side === 0 ? 1 : 0, ROLES_FROM_SYN_ACK);
    else setClient(focus, side, ROLES_FROM_SYN);
  }
  return found;
}

/** The SYN and its answer have changed places in the capture. */
function answeredBefore(focus: Focus): boolean {
  const { receiver, packet } = focus;
  if ((receiver.bits & LAST_HAD_ACK) === 0) return false;
  const beyond = (receiver.lastAcknowledgement - packet.sequence) | 0;
  return beyond > 0 && beyond <= 1 + packet.payloadLength;
}

/** The first SYN-ACK of an end that has sent a SYN is no repetition: both open at once, or the other's SYN is missing. */
function repeatedSynAck({ connection, sender }: Focus): number {
  if ((sender.bits & SENT_SYN_ACK) !== 0) return SYN_ACK_RETRY;
  return (connection.codes & SIMULTANEOUS_OPEN) !== 0 ? SIMULTANEOUS_OPEN : 0;
}

/** An earlier SYN had been refused: by a server that was not there yet, or by something on the way. */
function noteRefusedBefore(focus: Focus): void {
  const { connection, receiver, side } = focus;
  const reset = focus.extras?.reset;
  // the only SYN was not refused: it was answered
  if (receiver.synCount < 2) return;
  if ((connection.bits & RST_REFUSED) === 0 || reset?.side !== side) return;
  focus.ensureExtras().find('refused-before', reset.packet, side);
}

/** Half-open recovery: the SYN had been sent before, and was answered by an ACK of the older connection. */
function noteEarlierSyn(focus: Focus, earlier: NonNullable<Extras['ignoredSyn']>): number {
  const { sender, side, at } = focus;
  sender.synPacket = earlier.packet;
  sender.synAt = earlier.at;
  sender.synCount = 1;
  focus.ensureExtras().addSynTime(side, at);
  return SYN_RETRY;
}

function noteSpecialOptions(focus: Focus): void {
  const { connection, packet, options, side } = focus;
  const { bits } = options;
  const special = HAS_FAST_OPEN_REQUEST | HAS_FAST_OPEN_COOKIE | HAS_USER_TIMEOUT;
  if ((bits & special) === 0 && packet.payloadLength === 0) return;
  const extras = focus.ensureExtras();
  if ((bits & HAS_FAST_OPEN_REQUEST) !== 0) extras.fastOpen = withSide(extras.fastOpen, side, 1);
  if ((bits & HAS_FAST_OPEN_COOKIE) !== 0) extras.fastOpen = withSide(extras.fastOpen, side, 2);
  if ((bits & HAS_USER_TIMEOUT) !== 0) {
    const seconds = options.userTimeout * (options.userTimeoutMinutes ? 60 : 1);
    extras.userTimeout = withSide(extras.userTimeout, side, seconds);
  }
  extras.synData = withSide(extras.synData, side, packet.payloadLength);
  if (packet.payloadLength > 0 && (bits & HAS_FAST_OPEN_COOKIE) !== 0 && (packet.flags & ACK) === 0) {
    connection.bits |= FAST_OPEN_DATA;
  }
}

function setClient(focus: Focus, side: 0 | 1, from: number): void {
  const { connection } = focus;
  if ((connection.bits & CLIENT_IS_SIDE_1) !== side) focus.forgetResponses();
  connection.bits = (connection.bits & ~CLIENT_IS_SIDE_1) | from | (side === 1 ? CLIENT_IS_SIDE_1 : 0);
}

/** RFC 7323 2.3: a larger shift is taken as 14. */
const MAX_SCALE = 14;

/** Values of `scale` that are no shift: not known, and not used. */
const SCALE_UNKNOWN = -1;
const SCALE_UNUSED = -2;

/**
 * Options that a SYN or SYN-ACK offers; the window scale counts only when both offered it (RFC 7323 2.2). One side that
 * offered none settles it for both; where the options of either were cut, it is not known.
 */
export function noteOffer(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  options: TcpOptions,
): void {
  const flags = packet.flags;
  let offered = options.bits;
  if (asksForEcn(flags)) offered |= HAS_ECN;
  if (asksForAccurateEcn(flags)) offered |= HAS_ACCURATE_ECN;
  sender.offered = offered;
  if ((options.bits & HAS_MSS) !== 0) sender.mssScaleTtl = (sender.mssScaleTtl & TTL) | options.mss;
  if ((options.bits & HAS_SCALE) !== 0) sender.mssScaleTtl |= options.scale << 16;
  if ((options.bits & HAS_SCALE) !== 0) sender.scale = Math.min(options.scale, MAX_SCALE);
  else sender.scale = (options.bits & HAS_CUT) !== 0 ? SCALE_UNKNOWN : SCALE_UNUSED;
  const answers = (flags & ACK) !== 0;
  if (answers && (receiver.bits & SENT_SYN) !== 0 && (sender.scale < 0 || receiver.scale < 0)) {
    const unused = sender.scale === SCALE_UNUSED || receiver.scale === SCALE_UNUSED;
    sender.scale = unused ? SCALE_UNUSED : SCALE_UNKNOWN;
    receiver.scale = sender.scale;
  }
}

/** RFC 3168 6.1.1: ECE and CWR on a SYN, ECE alone on a SYN-ACK. */
function asksForEcn(flags: number): boolean {
  return (flags & ACK) === 0
    ? (flags & (ECE | CWR | AE)) === (ECE | CWR)
    : (flags & (ECE | CWR | AE)) === ECE;
}

/** RFC 9768 3.1.1 and Table 2: all three on a SYN; on a SYN-ACK any of the codes that a plain answer has not. */
function asksForAccurateEcn(flags: number): boolean {
  const code = flags & (AE | CWR | ECE);
  return (flags & ACK) === 0
    ? code === (AE | CWR | ECE)
    : (code & (AE | CWR)) !== 0 && code !== (AE | CWR | ECE);
}
