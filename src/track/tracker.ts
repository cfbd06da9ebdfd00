/**
 * Follows TCP connections: finds the connection of each segment, has it judged and analysed, and reports each
 * connection once, when it is over or at the end.
 *
 * Nothing is allocated for an ordinary segment. A connection that is over stays for a while, for late segments.
 */
import { ACK, FIN, type Packet, PSH, RST, SYN, URG } from '../decode/packet.js';
import {
  HAS_DATA_FIN,
  HAS_DSACK,
  HAS_FAST_OPEN_COOKIE,
  HAS_FAST_OPEN_REQUEST,
  HAS_MULTIPATH,
  HAS_USER_TIMEOUT,
  readOptions,
  TcpOptions,
} from '../decode/tcp-options.js';
import { analyseSegment } from './analysis.js';
import { noteCompleteness, noteOffer, noteOffload, timeRoundTrip } from './bookkeeping.js';
import * as codes from './codes.js';
import {
  BARE_FIN,
  BASE_LENT,
  BOTH_SYNS,
  CHALLENGE_DUE,
  CLIENT_IS_SIDE_1,
  ConnectionCursor,
  ConnectionStore,
  ENDED,
  EndpointCursor,
  FAST_OPEN_DATA,
  FIN_RECEIVED,
  FIN_SENT,
  HAS_ACKED,
  HAS_BASE,
  HAS_NEXT,
  ICMP_REFUSED,
  MPTCP,
  OPENED,
  ROLES_FROM_SYN,
  ROLES_FROM_SYN_ACK,
  RST_ENDED,
  RST_REFUSED,
  RST_SENT,
  SELF,
  SENT_SYN,
  SYN_ACK_SEEN,
  SYN_HELD,
} from './connection.js';
import { Detail, type IgnoredBecause, type LadderSegment, type Reset } from './detail.js';
import { DuplicateFilter } from './duplicates.js';
import { FlowTable } from './flow-table.js';
import { type HeldSyn, HeldSyns } from './held-syns.js';
import { foldInto } from './ladder-keep.js';
import { advance, isOver, judge } from './lifecycle.js';
import { describeReset, noteAfterReset, type Previous, senderGoesOn } from './resets.js';
import { guessRoles } from './roles.js';
import type { SegmentRow, Step, TrackerOptions, TrackerSink } from './sink.js';
import { type ConnectionFacts, type ConnectionSnapshot, snapshotConnection } from './snapshot.js';
import { CLOSED, ESTABLISHED, SYN_SENT, synchronised, TIME_WAIT } from './transition.js';
import { icmpAnswer } from './udp-flows.js';
import { zeekBegin, zeekSegment } from './zeek.js';

/** How long a connection stays after its end, for late segments: as long as Linux's TIME-WAIT. */
const LINGER_NS = 60e9;
/** What an end sends again and again while nobody answers. */
const TALKING_ALONE =
  codes.RETRANSMISSION |
  codes.KEEP_ALIVE |
  codes.ZERO_WINDOW_PROBE |
  codes.SYN_RETRY |
  codes.SYN_ACK_RETRY |
  codes.FIN_RETRY;
/** Ignored segments that are answered by an ACK (RFC 5961, RFC 9293 3.10.7.4). */
const CHALLENGED: ReadonlySet<IgnoredBecause> = new Set<IgnoredBecause>([
  'rst-in-window',
  'syn-in-connection',
  'syn-in-time-wait',
]);
/** A SYN of its own follows an old one that was refused within about this time. */
const OLD_DUPLICATE_NS = 3e9;
/** Copies of a held SYN that are kept with it. */
const MOST_COPIES = 16;
/** ICMP errors are kept for a ladder while it is no longer than this. */
const MOST_ICMP = 300;
/** Numbers this close may be of one connection, whatever VLAN they were seen in. */
const NEAR = 1 << 22;
/** How many old connections are looked at for each new one. */
const SWEEP = 2;

export class Tracker {
  /** Connections begun so far. */
  count = 0;
  /** Connections let go before their end, because there were too many. */
  evictedHalfOpen = 0;
  evictedOthers = 0;
  private readonly table = new FlowTable();
  private readonly store = new ConnectionStore();
  private readonly connection = new ConnectionCursor();
  private readonly sender = new EndpointCursor();
  private readonly receiver = new EndpointCursor();
  private readonly details: (Detail | undefined)[] = [];
  private readonly freeDetails: number[] = [];
  private readonly options = new TcpOptions();
  private readonly duplicates = new DuplicateFilter();
  private readonly held = new HeldSyns();
  private sweepSlot = -1;
  private now = 0;
  private readonly indexGaps: number[] = [];
  private readonly facts = {
    bits: 0,
    clientSide: 0 as 0 | 1,
    ends: [this.sender, this.receiver] as const,
    ports: [0, 0] as [number, number],
    firstPacket: 0,
    detail: null as Detail | null,
    captureEndsAt: 0,
  } satisfies ConnectionFacts;

  constructor(
    private readonly sink: TrackerSink,
    private readonly settings: TrackerOptions,
  ) {}

  /** Rows of packets before this one have all been given; Infinity where none is held back. */
  get heldPacket(): number {
    return this.held.oldestPacket;
  }

  /** Connections found: those begun, less the indices that were reserved for one in vain. */
  get found(): number {
    return this.count - this.indexGaps.length;
  }

  /** Open connections now. */
  get size(): number {
    return this.table.size;
  }

  /** A TCP segment: its packet number, its absolute time, and the same in nanoseconds since the base. */
  segment(packet: Packet, number: number, seconds: number, nanoseconds: number, at: number): void {
    this.now = at;
    readOptions(packet, this.options);
    if (this.held.size > 0) this.expireHeld(at);
    this.place(packet, number, seconds, nanoseconds, at);
  }

  private place(packet: Packet, number: number, seconds: number, nanoseconds: number, at: number): void {
    const copy = this.duplicates.seen(packet, at);
    let slot = this.find(packet);
    if (slot >= 0 && copy) {
      if (this.holdsCopy(slot, packet, number, seconds, nanoseconds, at)) return;
      this.captureDuplicate(slot, packet, number, seconds, nanoseconds, at);
      return;
    }
    if (slot >= 0) {
      this.aim(slot, this.table.side);
      if ((this.connection.bits & SYN_HELD) !== 0) slot = this.resolveHeld(slot, packet);
      else if (this.answersUnseenSyn(packet)) {
        this.end(slot);
        slot = -1;
        this.reused = true;
      } else if ((packet.flags & (SYN | ACK | RST)) === SYN && this.isNewSyn(packet)) {
        if (this.isLive(packet)) {
          this.hold(slot, packet, number, seconds, nanoseconds, at);
          return;
        }
        this.noteOldDuplicate(slot);
        const ignored = connectionDetail(this.details, this.connection)?.ignoredSyn ?? null;
        this.earlierSyn = ignored?.sequence === packet.sequence ? ignored : null;
        this.end(slot);
        slot = -1;
        this.reused = true;
      }
    }
    this.process(slot, packet, this.options, number, seconds, nanoseconds, at, -1);
  }

  /** Slot of the segment at hand. */
  private current = -1;
  private reused = false;
  /** The same SYN, when an older connection was still in its way (RFC 9293 Figure 9). */
  private earlierSyn: Detail['ignoredSyn'] = null;

  private aim(slot: number, side: number): void {
    this.store.aim(slot, side, this.connection, this.sender, this.receiver);
  }

  /** The packet's slot or -1; leaves the sending side in table.side. */
  private find(packet: Packet): number {
    let slot = this.table.find(packet);
    while (slot >= 0 && this.table.otherPath && !this.fits(slot, packet)) {
      slot = this.table.findAnother(packet, slot);
    }
    return slot;
  }

  /** The same addresses in another VLAN or tunnel: one connection only where the numbers say so. */
  private fits(slot: number, packet: Packet): boolean {
    this.aim(slot, this.table.side);
    const { sender, receiver } = this;
    const hasAck = (packet.flags & ACK) !== 0;
    if ((packet.flags & SYN) !== 0) {
      if ((sender.bits & HAS_BASE) !== 0) return sender.base === packet.sequence;
      return hasAck && ((packet.acknowledgement - receiver.base) | 0) === 1;
    }
    const sent = (sender.bits & HAS_NEXT) !== 0;
    const answers = hasAck && (receiver.bits & HAS_NEXT) !== 0;
    if (!sent && !answers) return true;
    return (
      (sent && Math.abs((packet.sequence - sender.nextSequence) | 0) < NEAR) ||
      (answers && Math.abs((packet.acknowledgement - receiver.nextSequence) | 0) < NEAR)
    );
  }

  /** A copy of a held SYN waits with it; true where this is one. */
  private holdsCopy(
    slot: number,
    packet: Packet,
    number: number,
    seconds: number,
    nanoseconds: number,
    at: number,
  ): boolean {
    this.aim(slot, this.table.side);
    const held = (this.connection.bits & SYN_HELD) !== 0 ? this.held.get(slot) : undefined;
    if (held === undefined || held.packet.sequence !== packet.sequence || (packet.flags & SYN) === 0)
      return false;
    if (held.copies.length < MOST_COPIES) held.copies.push({ number, seconds, nanoseconds, at });
    return true;
  }

  /** Tells the copies of a held SYN, now that its connection is known. */
  private tellCopies(syn: HeldSyn): void {
    for (const { number, seconds, nanoseconds, at } of syn.copies) {
      const slot = this.table.find(syn.packet);
      if (slot >= 0) this.captureDuplicate(slot, syn.packet, number, seconds, nanoseconds, at);
    }
  }

  /** A SYN-ACK of another number after the end of a connection: the SYN of a new one was not captured. */
  private answersUnseenSyn(packet: Packet): boolean {
    if ((packet.flags & (SYN | ACK | RST)) !== (SYN | ACK) || (this.sender.bits & SENT_SYN) === 0)
      return false;
    return packet.sequence !== this.sender.base && isOver(this.sender, this.receiver);
  }

  /** A SYN whose number is not the one that the connection began with. */
  private isNewSyn(packet: Packet): boolean {
    if ((this.sender.bits & (HAS_BASE | BASE_LENT)) !== HAS_BASE || packet.sequence === this.sender.base)
      return false;
    // the first SYN of an end that is being connected to: it opens as well (RFC 9293 Figure 7)
    return (this.sender.bits & SENT_SYN) !== 0 || this.receiver.state !== SYN_SENT;
  }

  /** RFC 9293 Figure 8: an opening that its own sender broke off, and another one right after it. */
  private noteOldDuplicate(slot: number): void {
    const { connection, sender } = this;
    const reset = this.details[connection.detail]?.reset;
    if (
      connection.detail === 0 ||
      !reset?.accepted ||
      (connection.bits & (OPENED | SYN_ACK_SEEN)) !== SYN_ACK_SEEN
    )
      return;
    if (reset.side !== this.table.side || this.now - reset.at > OLD_DUPLICATE_NS) return;
    if (sender.bytes === 0) this.detailOf(slot).find('old-duplicate-syn', sender.synPacket, reset.side);
  }

  /** Neither refused nor closed nor still opening: a new SYN may be none of its own. */
  private isLive(packet: Packet): boolean {
    // TIME-WAIT answers a SYN whose number is not beyond the last one by an ACK (RFC 9293 3.10.7.4, fourth)
    if (this.receiver.state === TIME_WAIT && this.table.otherPath === false && !this.isBeyond(packet))
      return true;
    if (isOver(this.sender, this.receiver)) return false;
    const a = this.sender.state;
    const b = this.receiver.state;
    const open = (synchronised(a) && a !== TIME_WAIT) || (synchronised(b) && b !== TIME_WAIT);
    return open || (a === 0 && b === 0);
  }

  private isBeyond(packet: Packet): boolean {
    return ((packet.sequence - this.sender.nextSequence) | 0) > 0;
  }

  /** A SYN on a live connection: what the other end answers will tell whether it begins a new one. */
  private hold(
    slot: number,
    packet: Packet,
    number: number,
    seconds: number,
    nanoseconds: number,
    at: number,
  ): void {
    this.connection.bits |= SYN_HELD;
    this.held.hold(
      slot,
      packet,
      this.options,
      number,
      seconds,
      nanoseconds,
      at,
      this.nextIndex(),
      this.table.side,
    );
  }

  private nextIndex(): number {
    return this.indexGaps.pop() ?? this.count++;
  }

  /** Decides a held SYN by the segment that follows it; returns the slot that the segment belongs to. */
  private resolveHeld(slot: number, packet: Packet): number {
    const syn = this.held.get(slot);
    if (syn === undefined) return slot;
    const fromSynSender = this.table.side === syn.side;
    const repeated =
      fromSynSender && (packet.flags & (SYN | ACK)) === SYN && packet.sequence === syn.packet.sequence;
    // its answer acknowledges it and at most its data; where the answer was not captured, what it sends next fits it
    const beyond = (packet.acknowledgement - syn.packet.sequence) | 0;
    const answered = (packet.flags & ACK) !== 0 && beyond > 0 && beyond <= 1 + syn.packet.payloadLength;
    const goesOn = ((packet.sequence - syn.packet.sequence) | 0) === 1 + syn.packet.payloadLength;
    const begins = fromSynSender ? goesOn && (packet.flags & (SYN | RST)) === 0 : answered;
    if (begins || repeated) {
      this.promote(slot);
      return this.table.find(packet);
    }
    this.ignoreHeld(slot);
    this.table.find(packet);
    return slot;
  }

  /** The held SYN was the beginning of a new connection. */
  private promote(slot: number): void {
    const syn = this.held.take(slot);
    if (syn === undefined) return;
    this.end(slot);
    this.reused = true;
    const p = syn.packet;
    this.process(-1, p, syn.options, syn.number, syn.seconds, syn.nanoseconds, syn.at, syn.index);
    this.tellCopies(syn);
  }

  /** The held SYN was ignored by its receiver: it stays an event of the old connection. */
  private ignoreHeld(slot: number): void {
    const syn = this.held.take(slot);
    if (syn === undefined) return;
    this.indexGaps.push(syn.index);
    this.store.connection(this.connection, slot);
    this.connection.bits &= ~SYN_HELD;
    this.table.find(syn.packet);
    this.process(slot, syn.packet, syn.options, syn.number, syn.seconds, syn.nanoseconds, syn.at, -1);
    this.tellCopies(syn);
  }

  private expireHeld(at: number): void {
    for (let slot = this.held.expired(at); slot >= 0; slot = this.held.expired(at)) this.promote(slot);
  }

  /** The whole treatment of one segment; slot -1 begins a connection, with `index` where one is reserved. */
  private process(
    slot: number,
    packet: Packet,
    options: TcpOptions,
    number: number,
    seconds: number,
    nanoseconds: number,
    at: number,
    index: number,
  ): void {
    const begins = slot < 0;
    const at0 = begins ? this.begin(packet, number, seconds, nanoseconds, at, index) : slot;
    const side = this.table.side === 1 ? 1 : 0;
    const { connection, sender, receiver } = this;
    this.current = at0;
    this.aim(at0, side);
    if ((connection.bits & SELF) !== 0) mirror(receiver, sender);
    const flags = packet.flags;
    const detailNumber = connection.detail;
    let detail = detailNumber === 0 ? undefined : this.details[detailNumber];
    const newWireshark = begins || ((flags & (SYN | ACK)) === SYN && (sender.bits & HAS_BASE) === 0);
    if (detail?.reset != null) this.reconsiderReset(detail, packet, number, side);

    const previous = (flags & RST) !== 0 ? this.previousOf(side) : null;
    const ignored = judge(sender, receiver, packet);
    const counts = ignored === null;
    if ((flags & RST) !== 0) {
      detail ??= this.detailOf(at0);
      const reset = describeReset(
        sender,
        receiver,
        packet,
        number,
        side,
        at,
        ignored,
        options.bits,
        previous,
      );
      detail.resets++;
      const first = detail.reset;
      if (
        first?.accepted &&
        first.side !== side &&
        reset.hasAck &&
        reset.atNext &&
        detail.crossedReset === 0
      ) {
        detail.crossedReset = number;
        detail.find('both-reset', number, side, { first: first.packet });
      }
      if (reset.accepted && detail.ignoredSyn !== null && previous !== null && !reset.hasAck) {
        detail.find('half-open-discovered', previous.packet, previous.side);
      }
      // the RST that ended the connection is the one to explain; until there is one, the newest
      if (detail.reset === null || !detail.reset.accepted) detail.reset = reset;
    }
    const advances =
      (sender.bits & HAS_NEXT) === 0 ||
      ((packet.sequence + packet.payloadLength - sender.nextSequence) | 0) > 0;
    let found = analyseSegment(connection, sender, receiver, packet, options.bits, at, counts);
    // what its receiver drops is not held against the numbers of the connection
    if (!counts) found = 0;
    if (begins && this.reused) found |= codes.REUSED_PORTS;
    if (begins) this.reused = false;
    noteCompleteness(connection, packet, newWireshark);
    zeekSegment(connection, sender, receiver, packet, side, advances);

    if ((options.bits & (HAS_DSACK | HAS_DATA_FIN)) !== 0) found |= this.noteOptions(options, number, side);
    const wasOpened = connection.bits & OPENED;
    const states = sender.state * 16 + receiver.state;
    if (ignored === null) {
      found |= this.beforeAdvance(packet);
      advance(connection, sender, receiver, packet, side, at);
      this.afterAdvance(packet, options, number, side, at, states, wasOpened);
    } else {
      found |= ignoredCode(ignored);
      if (CHALLENGED.has(ignored)) receiver.bits |= CHALLENGE_DUE;
      if (ignored === 'syn-in-connection') this.noteIgnoredSyn(packet, number, at, at0);
      if (ignored === 'no-ack-flag' && (flags & FIN) !== 0) this.noteBareFin(packet, number, at);
    }
    if ((flags & SYN) !== 0) {
      found |= this.noteSyn(packet, options, number, side, at, at0, counts);
      detail = connection.detail === 0 ? undefined : this.details[connection.detail];
    }
    this.noteTraffic(packet, number, at, advances, found);
    if (found !== 0 || ignored !== null) {
      detail ??= this.detailOf(at0);
      this.noteFindings(detail, packet, number, side, found, ignored);
    }
    if (ignored === null && packet.payloadLength > 0 && advances && (sender.bits & FIN_RECEIVED) !== 0)
      this.noteHalfClose(at0, packet, at);
    this.tell(at0, packet, number, seconds, nanoseconds, at, side, found, ignored);
  }

  /** Takes a slot for a new connection. */
  private begin(
    packet: Packet,
    number: number,
    seconds: number,
    nanoseconds: number,
    at: number,
    index: number,
  ): number {
    this.sweep(at);
    if (this.table.size >= this.settings.maxConnections) this.evict();
    const slot = this.table.add(packet);
    this.store.clear(slot);
    const { connection } = this;
    this.aim(slot, 0);
    connection.index = index >= 0 ? index : this.nextIndex();
    connection.firstPacket = number;
    connection.startSeconds = seconds;
    connection.startNanoseconds = nanoseconds;
    connection.startedAt = at;
    connection.lastAt = at;
    connection.recentSynAt = -1;
    this.sender.scale = -1;
    this.receiver.scale = -1;
    if ((packet.flags & (SYN | ACK)) === (SYN | ACK)) connection.bits |= CLIENT_IS_SIDE_1;
    else if ((packet.flags & SYN) === 0 && guessRoles(packet.sourcePort, packet.targetPort) === 1) {
      connection.bits |= CLIENT_IS_SIDE_1;
    }
    if (isSelf(packet)) {
      connection.bits |= SELF | BOTH_SYNS;
      connection.codes |= codes.SIMULTANEOUS_OPEN;
    }
    zeekBegin(connection, packet);
    const { ladderOf, ladders } = this.settings;
    if (ladderOf === null ? connection.index < ladders : ladderOf.has(connection.index)) {
      this.detailOf(slot).ladder = [];
    }
    if ((packet.flags & (SYN | ACK | RST)) === 0)
      this.detailOf(slot).oddFlags = packet.flags & (FIN | PSH | URG);
    return slot;
  }

  private detailOf(slot: number): Detail {
    this.store.connection(this.connection, slot);
    const existing = this.details[this.connection.detail];
    if (this.connection.detail !== 0 && existing !== undefined) return existing;
    const number = this.freeDetails.pop() ?? Math.max(1, this.details.length);
    const detail = new Detail();
    this.details[number] = detail;
    this.connection.detail = number;
    return detail;
  }

  /** The newest segment before the RST at hand. */
  private previousOf(side: 0 | 1): Previous | null {
    const { sender, receiver, connection } = this;
    const other = side === 0 ? 1 : 0;
    const last = receiver.lastPacket > sender.lastPacket ? receiver : sender;
    if (last.lastPacket === 0) return null;
    return {
      packet: last.lastPacket,
      side: last === receiver ? other : side,
      length: last.lastLength,
      codes: last.lastCodes,
      at: connection.lastAt,
    };
  }

  private reconsiderReset(detail: Detail, packet: Packet, number: number, side: 0 | 1): void {
    const reset = detail.reset;
    if (reset === null) return;
    noteAfterReset(detail, packet, side);
    const other = side === 0 ? 1 : 0;
    if (
      reset.forgedProof > 0 &&
      reset.accepted &&
      side !== reset.side &&
      (packet.flags & (RST | SYN | ACK)) === ACK
    ) {
      // the one that seemed to have taken the forged RST goes on as well
      this.withdrawReset(reset);
      if (this.sender.state === CLOSED) this.sender.state = reset.before[side];
      return;
    }
    if (!senderGoesOn(reset, this.sender, packet, side, this.now)) return;
    if (this.sender.state === CLOSED) this.sender.state = reset.before[side];
    if (reset.later[other] === 0) {
      // whether the receiver took it shows in what that one does next
      reset.forgedProof = number;
      return;
    }
    this.withdrawReset(reset);
    if (this.receiver.state === CLOSED) this.receiver.state = reset.before[other];
  }

  private withdrawReset(reset: Reset): void {
    reset.accepted = false;
    reset.ignoredBecause = null;
    this.connection.bits &= ~(RST_ENDED | RST_REFUSED);
    this.sender.bits &= ~RST_SENT;
    this.receiver.bits &= ~RST_SENT;
  }

  /** What must be known before the states move: which codes this segment earns by its place in the life. */
  private beforeAdvance(packet: Packet): number {
    const { sender, receiver } = this;
    let found = 0;
    if ((packet.flags & FIN) !== 0) {
      if ((sender.bits & FIN_SENT) !== 0) found |= codes.FIN_RETRY;
      else if (
        (receiver.bits & FIN_SENT) !== 0 &&
        ((packet.acknowledgement - receiver.finSequence) | 0) <= 0
      ) {
        found |= codes.SIMULTANEOUS_CLOSE;
      }
    }
    if ((packet.flags & RST) !== 0 && receiver.state === TIME_WAIT) found |= codes.TIME_WAIT_ASSASSINATION;
    return found;
  }

  private afterAdvance(
    packet: Packet,
    options: TcpOptions,
    number: number,
    side: 0 | 1,
    at: number,
    states: number,
    wasOpened: number,
  ): void {
    const { connection, sender, receiver } = this;
    const flags = packet.flags;
    if ((flags & ACK) !== 0 && (flags & RST) === 0) {
      const acknowledgement = packet.acknowledgement;
      const sent = (receiver.bits & HAS_NEXT) === 0 || ((acknowledgement - receiver.nextSequence) | 0) <= 0;
      if (sent && ((sender.bits & HAS_ACKED) === 0 || ((acknowledgement - sender.acknowledged) | 0) > 0)) {
        sender.acknowledged = acknowledgement;
        sender.bits |= HAS_ACKED;
      }
      if ((receiver.bits & FIN_SENT) !== 0 && receiver.finAckPacket === 0) {
        if (((acknowledgement - receiver.finSequence) | 0) > 0) receiver.finAckPacket = number;
      }
    }
    if (wasOpened === 0 && (connection.bits & OPENED) !== 0) {
      connection.openedAt = at;
      connection.openedPacket = number;
      if (packet.payloadLength > 0 && (flags & SYN) === 0)
        this.remark('handshake-data', packet, number, side);
    }
    if ((flags & FIN) !== 0 && packet.payloadLength > 0 && sender.finPacket === 0) {
      this.remark('fin-with-data', packet, number, side);
    }
    if ((flags & FIN) !== 0 && (sender.finPacket === 0 || (sender.bits & BARE_FIN) !== 0)) {
      sender.bits &= ~BARE_FIN;
      sender.finPacket = number;
      sender.finAt = at;
    }
    if ((flags & RST) !== 0) {
      const before = side === 0 ? states : (states & 15) * 16 + (states >>> 4);
      const receiverBefore = side === 0 ? before & 15 : before >>> 4;
      if (sender.state === CLOSED && receiver.state === CLOSED) {
        if (receiverBefore === SYN_SENT && (connection.bits & (OPENED | SYN_ACK_SEEN)) === 0)
          connection.bits |= RST_REFUSED;
        else connection.bits |= RST_ENDED;
      }
    }
    if ((options.bits & HAS_MULTIPATH) !== 0) connection.bits |= MPTCP;
  }

  private noteIgnoredSyn(packet: Packet, number: number, at: number, slot: number): void {
    this.detailOf(slot).ignoredSyn = { sequence: packet.sequence, packet: number, at };
  }

  /** A DSACK, and what it tells of an earlier copy; the DATA_FIN of Multipath TCP. */
  private noteOptions(options: TcpOptions, number: number, side: 0 | 1): number {
    let found = 0;
    if ((options.bits & HAS_DATA_FIN) !== 0) found |= codes.DATA_FIN;
    if ((options.bits & HAS_DSACK) === 0) return found;
    const detail = connectionDetail(this.details, this.connection);
    const copied = detail?.copied;
    if (detail !== undefined && copied?.side !== side && copied?.end === options.dsackEdge) {
      // the receiver got it twice: no artefact of the capture
      detail.notCopied(copied.side, copied.packet, codes.CAPTURE_DUPLICATE);
      detail.find('duplicated-by-network', copied.packet, copied.side, { told: number });
      detail.copied = null;
    }
    return found | codes.DSACK;
  }

  private noteBareFin(packet: Packet, number: number, at: number): void {
    const { sender } = this;
    if ((sender.bits & (BARE_FIN | FIN_SENT)) !== 0) return;
    sender.bits |= BARE_FIN;
    sender.finSequence = (packet.sequence + packet.payloadLength) | 0;
    sender.finPacket = number;
    sender.finAt = at;
  }

  private remark(code: string, packet: Packet, number: number, side: 0 | 1): void {
    this.detailOf(this.current).find(code, number, side, { length: packet.payloadLength });
  }

  /** SYNs and SYN-ACKs: times, retries, options, roles. */
  private noteSyn(
    packet: Packet,
    options: TcpOptions,
    number: number,
    side: 0 | 1,
    at: number,
    slot: number,
    counts: boolean,
  ): number {
    const { connection, sender, receiver } = this;
    const synAck = (packet.flags & ACK) !== 0;
    if (!synAck) connection.recentSynAt = at;
    if (!counts) return 0;
    let found = 0;
    if (sender.synCount > 0 && sender.base === packet.sequence) {
      found = synAck
        ? (sender.bits & SENT_SYN) !== 0 &&
          sender.synCount === 1 &&
          (connection.bits & SYN_ACK_SEEN) !== 0 &&
          this.firstSynAckOfBoth()
          ? codes.SIMULTANEOUS_OPEN
          : codes.SYN_ACK_RETRY
        : codes.SYN_RETRY;
      const times = this.detailOf(slot).synTimes[side];
      if (times.length < 64) times.push(at);
    } else {
      sender.synPacket = number;
      sender.synAt = at;
      if (this.earlierSyn !== null) found |= this.noteEarlierSyn(slot, side, at);
      noteOffer(sender, receiver, packet, options);
      this.noteFastOpen(packet, options, slot, side);
    }
    if (!synAck && (receiver.bits & SENT_SYN) !== 0 && sender.synCount === 0)
      found |= codes.SIMULTANEOUS_OPEN;
    sender.synCount++;
    sender.synLastAt = at;
    sender.bits |= SENT_SYN;
    if (!synAck && (connection.bits & (ROLES_FROM_SYN | ROLES_FROM_SYN_ACK)) === 0)
      this.setClient(side, ROLES_FROM_SYN);
    else if (synAck && (connection.bits & (ROLES_FROM_SYN | ROLES_FROM_SYN_ACK)) === 0) {
      this.setClient(side === 0 ? 1 : 0, ROLES_FROM_SYN_ACK);
    }
    return found;
  }

  /** Half-open recovery: the SYN had been sent before, and drew an ACK of the older connection. */
  private noteEarlierSyn(slot: number, side: 0 | 1, at: number): number {
    const { sender, earlierSyn } = this;
    if (earlierSyn === null) return 0;
    sender.synPacket = earlierSyn.packet;
    sender.synAt = earlierSyn.at;
    sender.synCount = 1;
    this.detailOf(slot).synTimes[side].push(at);
    this.earlierSyn = null;
    return codes.SYN_RETRY;
  }

  /** In a simultaneous open both ends send a SYN first and then a SYN-ACK, which is no repetition. */
  private firstSynAckOfBoth(): boolean {
    return (this.connection.codes & codes.SIMULTANEOUS_OPEN) !== 0;
  }

  private noteFastOpen(packet: Packet, options: TcpOptions, slot: number, side: 0 | 1): void {
    const bits = options.bits;
    const special = HAS_FAST_OPEN_REQUEST | HAS_FAST_OPEN_COOKIE | HAS_USER_TIMEOUT;
    if ((bits & special) === 0 && packet.payloadLength === 0) return;
    const detail = this.detailOf(slot);
    if ((bits & HAS_FAST_OPEN_REQUEST) !== 0) detail.fastOpen[side] = 1;
    if ((bits & HAS_FAST_OPEN_COOKIE) !== 0) detail.fastOpen[side] = 2;
    if ((bits & HAS_USER_TIMEOUT) !== 0)
      detail.userTimeout[side] = options.userTimeout * (options.userTimeoutMinutes ? 60 : 1);
    detail.synData[side] = packet.payloadLength;
    if (packet.payloadLength > 0 && (bits & HAS_FAST_OPEN_COOKIE) !== 0 && (packet.flags & ACK) === 0) {
      this.connection.bits |= FAST_OPEN_DATA;
    }
  }

  private setClient(side: 0 | 1, from: number): void {
    const { connection } = this;
    connection.bits = (connection.bits & ~CLIENT_IS_SIDE_1) | from | (side === 1 ? CLIENT_IS_SIDE_1 : 0);
  }

  private noteTraffic(packet: Packet, number: number, at: number, advances: boolean, found: number): void {
    const { connection, sender, receiver } = this;
    if ((found & TALKING_ALONE) !== 0) sender.unanswered++;
    else if (packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0) sender.unanswered = 0;
    receiver.unanswered = 0;
    const again =
      (found & (codes.RETRANSMISSION | codes.OUT_OF_ORDER | codes.SYN_RETRY | codes.FIN_RETRY)) !== 0;
    if (sender.packets === 0) sender.ttl = packet.ttl;
    sender.packets++;
    sender.bytes += packet.payloadLength;
    sender.lastPacket = number;
    sender.lastLength = packet.payloadLength;
    if ((found & codes.RETRANSMISSION) !== 0) {
      sender.retransmissions++;
    }
    const occupies = packet.payloadLength > 0 || (packet.flags & (SYN | FIN)) !== 0;
    timeRoundTrip(
      sender,
      receiver,
      packet,
      occupies && (advances || (packet.flags & (SYN | FIN)) !== 0),
      again,
      at,
    );
    noteOffload(sender, receiver, packet);
    if ((packet.flags & (SYN | ACK)) === ACK && connection.firstRtt === 0 && connection.recentSynAt >= 0) {
      connection.firstRtt = at - connection.recentSynAt;
    }
    const silence = at - connection.lastAt;
    if (silence > connection.silence) {
      connection.silence = silence;
      connection.silencePacket = number;
    }
    connection.lastAt = Math.max(connection.lastAt, at);
    connection.lastPacket = Math.max(connection.lastPacket, number);
    connection.codes |= found;
  }

  private noteFindings(
    detail: Detail,
    packet: Packet,
    number: number,
    side: 0 | 1,
    found: number,
    ignored: IgnoredBecause | null,
  ): void {
    detail.count(found & ~codes.IGNORED_SEGMENT, number, side);
    if ((found & codes.RETRANSMISSION) !== 0) detail.retransmittedBytes[side] += packet.payloadLength;
    if (ignored !== null) {
      detail.find('ignored-segment', number, side, { because: ignored });
    }
  }

  /** Data sent after the other end's FIN. */
  private noteHalfClose(slot: number, packet: Packet, at: number): void {
    const detail = this.detailOf(slot);
    detail.halfCloseBytes += packet.payloadLength;
    detail.halfCloseLastAt = at;
    if (detail.halfCloseBytes === packet.payloadLength)
      detail.count(codes.HALF_CLOSE, this.connection.lastPacket, this.table.side === 1 ? 1 : 0);
    this.connection.codes |= codes.HALF_CLOSE;
  }

  /** Gives the segment to whoever wants it: the ladder, the rows, the watcher. */
  private tell(
    slot: number,
    packet: Packet,
    number: number,
    seconds: number,
    nanoseconds: number,
    at: number,
    side: 0 | 1,
    found: number,
    ignored: IgnoredBecause | null,
  ): void {
    const { connection, sender, receiver, sink } = this;
    const detail = connection.detail === 0 ? undefined : this.details[connection.detail];
    const ladder = detail?.ladder ?? null;
    if (ladder !== null || sink.segment !== undefined) {
      const row: LadderSegment = {
        packet: number,
        at,
        side,
        flags: packet.flags,
        sequence: ((packet.sequence - sender.base) | 0) >>> 0,
        acknowledgement:
          (packet.flags & ACK) === 0 ? null : ((packet.acknowledgement - receiver.base) | 0) >>> 0,
        rawSequence: packet.sequence >>> 0,
        rawAcknowledgement: packet.acknowledgement >>> 0,
        length: packet.payloadLength,
        window: packet.window,
        codes: found,
        states: side === 0 ? [sender.state, receiver.state] : [receiver.state, sender.state],
        ignored,
      };
      if (ladder !== null) foldInto(ladder, row);
      if (sink.segment !== undefined) {
        const clientSide = (connection.bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0;
        const full: SegmentRow = { ...row, connection: connection.index, clientSide, seconds, nanoseconds };
        sink.segment(full);
      }
    }
    if (sink.step !== undefined) this.tellStep(slot, packet);
  }

  private tellStep(slot: number, packet: Packet): void {
    const { connection } = this;
    const step = this.stepOf(packet);
    if (step === null) return;
    if (step === 'closed' || step === 'failed') connection.bits |= ENDED;
    const snapshot = (): ConnectionSnapshot => this.snapshot(slot);
    this.sink.step?.(step, snapshot);
  }

  private stepOf(packet: Packet): Step | null {
    const { connection, sender, receiver } = this;
    if ((connection.bits & ENDED) !== 0) return null;
    if (isOver(sender, receiver) && sender.packets > 0) {
      return (connection.bits & RST_REFUSED) !== 0 || (connection.bits & RST_ENDED) !== 0
        ? 'failed'
        : 'closed';
    }
    if (connection.openedPacket !== 0 && connection.openedPacket === connection.lastPacket) return 'opened';
    if ((packet.flags & FIN) !== 0 && sender.finPacket === connection.lastPacket) return 'closing';
    if ((packet.flags & (SYN | ACK)) === SYN && sender.synCount === 1) return 'opening';
    return null;
  }

  private captureDuplicate(
    slot: number,
    packet: Packet,
    number: number,
    seconds: number,
    nanoseconds: number,
    at: number,
  ): void {
    const side = this.table.side === 1 ? 1 : 0;
    this.aim(slot, side);
    this.connection.lastPacket = number;
    this.connection.lastAt = Math.max(this.connection.lastAt, at);
    this.connection.codes |= codes.CAPTURE_DUPLICATE;
    const detail = this.detailOf(slot);
    detail.count(codes.CAPTURE_DUPLICATE, number, side);
    detail.copied = { packet: number, side, end: (packet.sequence + packet.payloadLength) | 0 };
    this.tell(slot, packet, number, seconds, nanoseconds, at, side, codes.CAPTURE_DUPLICATE, null);
  }

  /** An ICMP error that quotes a segment of a connection. */
  icmpError(packet: Packet, number: number, at: number): void {
    const slot = this.table.find(packet);
    if (slot < 0) return;
    const side = this.table.side === 1 ? 1 : 0;
    this.aim(slot, side);
    // RFC 5927 4.1: an error that quotes a number never sent is not about this connection
    if ((this.sender.bits & HAS_NEXT) === 0) return;
    const within =
      ((packet.sequence - this.sender.base) | 0) >= 0 &&
      ((this.sender.nextSequence - packet.sequence) | 0) >= 0;
    if (!within) return;
    const detail = this.detailOf(slot);
    detail.icmpCount++;
    const answer = icmpAnswer(packet, number, at, side);
    detail.icmp ??= answer;
    if (detail.ladder !== null && detail.ladder.length < MOST_ICMP) detail.ladder.push({ icmp: answer });
    detail.find('icmp-error', number, side === 0 ? 1 : 0, {
      type: packet.icmp >>> 8,
      code: packet.icmp & 0xff,
    });
    if (this.sender.state === SYN_SENT && this.receiver.state < ESTABLISHED && isHardError(packet)) {
      this.connection.bits |= ICMP_REFUSED;
      this.sender.state = CLOSED;
    }
    this.connection.lastPacket = number;
    this.connection.lastAt = Math.max(this.connection.lastAt, at);
  }

  /** Looks at a few old connections and reports those that have been over for long enough. */
  private sweep(at: number): void {
    for (let i = 0; i < SWEEP; i++) {
      let slot = this.sweepSlot;
      if (slot < 0) slot = this.table.oldest();
      if (slot < 0) return;
      this.sweepSlot = this.table.after(slot);
      this.store.connection(this.connection, slot);
      if (at - this.connection.lastAt < LINGER_NS) continue;
      this.aim(slot, 0);
      if (isOver(this.sender, this.receiver)) this.end(slot);
    }
  }

  /** What time alone decides, where no segment comes to cause it (live): called now and then with the time. */
  tick(at: number): void {
    this.expireHeld(at);
    for (let slot = this.table.oldest(); slot >= 0; ) {
      const next = this.table.after(slot);
      this.store.connection(this.connection, slot);
      if (at - this.connection.lastAt >= LINGER_NS) {
        this.aim(slot, 0);
        if (isOver(this.sender, this.receiver)) this.end(slot);
      }
      slot = next;
    }
  }

  /** Makes room: the oldest connection that never opened, within reach, or else the oldest. */
  private evict(): void {
    let slot = this.table.oldest();
    for (let tries = 0, candidate = slot; tries < 64 && candidate >= 0; tries++) {
      this.store.connection(this.connection, candidate);
      if ((this.connection.bits & OPENED) === 0) {
        slot = candidate;
        break;
      }
      candidate = this.table.after(candidate);
    }
    this.store.connection(this.connection, slot);
    if ((this.connection.bits & OPENED) === 0) this.evictedHalfOpen++;
    else this.evictedOthers++;
    this.end(slot);
  }

  /** Reports a connection and frees it. */
  private end(slot: number): void {
    const held = this.held.take(slot);
    if (held !== undefined) this.indexGaps.push(held.index);
    this.aim(slot, 0);
    const { connection, facts } = this;
    if ((connection.bits & SELF) !== 0) mirror(this.receiver, this.sender);
    facts.bits = connection.bits;
    facts.clientSide = (connection.bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0;
    facts.ports[0] = this.table.port(slot, 0);
    facts.ports[1] = this.table.port(slot, 1);
    facts.firstPacket = connection.firstPacket;
    facts.detail = connection.detail === 0 ? null : (this.details[connection.detail] ?? null);
    facts.captureEndsAt = this.now;
    this.sink.connection(facts, connection.index, () => this.snapshot(slot));
    const detail = connection.detail;
    if (detail !== 0) {
      this.details[detail] = undefined;
      this.freeDetails.push(detail);
    }
    if (this.sweepSlot === slot) this.sweepSlot = this.table.after(slot);
    this.table.remove(slot);
  }

  private snapshot(slot: number): ConnectionSnapshot {
    const { connection, sender, receiver } = this;
    this.aim(slot, 0);
    if ((connection.bits & SELF) !== 0) mirror(receiver, sender);
    const detail = connection.detail === 0 ? null : (this.details[connection.detail] ?? null);
    return snapshotConnection(this.table, slot, connection, sender, receiver, detail, this.now);
  }

  /** Reports every connection that is still there, oldest first. */
  finish(): void {
    for (let slot = this.held.first(); slot >= 0; slot = this.held.first()) this.promote(slot);
    for (let slot = this.table.oldest(); slot >= 0; slot = this.table.oldest()) this.end(slot);
  }
}

/** Unreachable of any kind: Linux gives up connecting for all of them but a packet that is too big. */
function isHardError(packet: Packet): boolean {
  const type = packet.icmp >>> 8;
  return packet.ipVersion === 6 ? type === 1 : type === 3 && (packet.icmp & 0xff) !== 4;
}

/** A socket that is connected to itself sends what it receives: both cursors point at one end. */
function mirror(receiver: EndpointCursor, sender: EndpointCursor): void {
  receiver.at = sender.at;
  receiver.atDoubles = sender.atDoubles;
}

function isSelf(packet: Packet): boolean {
  return (
    packet.sourcePort === packet.targetPort &&
    packet.source3 === packet.target3 &&
    packet.source2 === packet.target2 &&
    packet.source1 === packet.target1 &&
    packet.source0 === packet.target0
  );
}

function connectionDetail(
  details: readonly (Detail | undefined)[],
  connection: ConnectionCursor,
): Detail | undefined {
  return connection.detail === 0 ? undefined : details[connection.detail];
}

function ignoredCode(ignored: IgnoredBecause): number {
  return codes.IGNORED_SEGMENT | (ignored === 'half-open' ? codes.HALF_OPEN_DISCOVERED : 0);
}
