/**
 * Zeek's view of connections: endpoint states, and the `history` string, by its own rules (conn/main.zeek,
 * TCP_Endpoint.cc, TCPSessionAdapter.cc), whether or not we agree with what they conclude. What is left out on
 * purpose, docs/differences.md names.
 *
 * Zeek's numbers are mostly ours: its ISN is `base`, its last number `nextSequence`. So they are kept only where they
 * differ (zeek-numbers.ts): `segment` comes before anything else is noted of a segment, `settle` after all of it.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../decode/packet.js';
import {
  type ConnectionCursor,
  type EndpointCursor,
  HAS_ACKED,
  HAS_NEXT,
  SELF,
  ZEEK_FLIPPED,
} from './connection.js';
import type { Focus } from './focus.js';
import {
  A,
  D,
  F,
  FLIPPED,
  FLIPPED_SYN_ACK,
  G,
  H,
  Histories,
  I,
  Q,
  R,
  S,
  SYN_ACK_ALONE,
  T,
  W,
} from './zeek-histories.js';
import { ZeekNumbers } from './zeek-numbers.js';
import { fromLikelyServer } from './zeek-ports.js';
import {
  EARLY_ACK,
  INACTIVE,
  isClean,
  PARTIAL,
  previousState,
  RESET,
  STATE,
  step,
  ZEEK_CLOSED,
  zeekState,
} from './zeek-states.js';

/** Within EndpointCursor.zeek, above the states: letters that its role has left (they stay with the role)… */
const SAW_SYN = 1 << 7;
const SAW_FIN = 1 << 8;
const SAW_RST = 1 << 9;
const SAW_BOTH = 1 << 10;
const SAW_DATA = 1 << 11;
const SAW_ACK = 1 << 12;
const SAW_OTHER = 1 << 13;
const LETTERS = SAW_SYN | SAW_FIN | SAW_RST | SAW_BOTH | SAW_DATA | SAW_ACK | SAW_OTHER;
/** …it sent a FIN, in whatever company; `zeekControl` is the number of its last plain FIN, or of its last RST… */
const SENT_FIN = 1 << 14;
const CONTROL_IS_FIN = 1 << 15;
const CONTROL_IS_RST = 1 << 16;
/** …it has ZeekNumbers; its last number is not `nextSequence`; the other end has holes. */
const NOTED = 1 << 17;
const APART = 1 << 18;
const PEER_HAS_HOLES = 1 << 19;

/** `TOO_LARGE_SEQ_DELTA`: SYNs and RSTs that are further off are not believed, nor an acknowledgement of 0. */
const TOO_FAR = 1 << 20;

/** Zeek would do more with a segment of this sender than `plainLetter` does, or something else. */
export function zeekIsParticular(sender: EndpointCursor): boolean {
  const { zeek } = sender;
  return (zeek & (APART | PEER_HAS_HOLES)) !== 0 || (zeek & STATE) === INACTIVE || (zeek & STATE) === RESET;
}

/** The letter of data that advances, or of a bare ACK, with an open window, of an end that is not particular. */
export function plainLetter(
  histories: Histories,
  connection: ConnectionCursor,
  sender: EndpointCursor,
  side: number,
  length: number,
): void {
  const saw = length > 0 ? SAW_DATA : SAW_ACK;
  if ((sender.zeek & saw) !== 0) return;
  sender.zeek |= saw;
  connection.history = histories.add(connection.history, length > 0 ? D : A, isOriginator(connection, side));
}

function isOriginator(connection: ConnectionCursor, side: number): boolean {
  return (side === 1) === ((connection.bits & ZEEK_FLIPPED) !== 0);
}

/** The zeek that an analysis keeps; one of it follows all its connections. */
export class Zeek {
  readonly histories = new Histories();
  /** Of the ends that need it, by slot * 2 + side. */
  private readonly notes = new Map<number, ZeekNumbers>();
  private originator = true;
  /** Numbers of the sender and of the receiver of the segment at hand, as Zeek knows them after it. */
  private start = 0;
  private last = 0;
  private top = 0;
  private peerStart = 0;
  private peerLast = 0;
  private peerTop = 0;
  private peerAcknowledged = 0;

  /** For the first packet of a connection: Zeek swaps the roles where the sender looks like a server. */
  begin(connection: ConnectionCursor, packet: Packet): void {
    if (!fromLikelyServer(packet)) return;
    connection.bits |= ZEEK_FLIPPED;
    connection.history = FLIPPED;
  }

  text(connection: ConnectionCursor): string {
    return this.histories.text(connection.history);
  }

  /** Frees what is kept of a connection's ends. */
  forget(slot: number): void {
    this.notes.delete(slot * 2);
    this.notes.delete(slot * 2 + 1);
  }

  /** The segment in focus, before anything else is noted of it. */
  segment(focus: Focus): void {
    const { connection, sender, receiver, packet, side } = focus;
    const alone = (connection.bits & SELF) !== 0;
    this.recall(focus, alone);
    // Zeek does not look at a segment whose header cannot be
    if (packet.broken) return;
    this.originator = isOriginator(connection, side);
    const { flags, payloadLength: length } = packet;
    const state = zeekState(sender);
    const peer = alone ? INACTIVE : zeekState(receiver);
    const past = pastSegment(packet);
    this.renumber(focus, state, past);
    const relative = (packet.sequence - this.start) | 0;
    this.letters(focus, relative);
    if (packet.window === 0 && (flags & RST) === 0 && peer !== ZEEK_CLOSED && state !== RESET) {
      if (this.note(sender, focus, side).closesWindow()) this.write(connection, W, this.originator);
    }
    if ((flags & FIN) !== 0) this.noteFin(focus, relative, past);
    const acknowledged = (flags & ACK) !== 0 && peer !== INACTIVE ? this.acknowledge(focus) : -1;
    this.advance(focus, state, past);
    if (step(sender, receiver, flags, length, this.originator, alone)) this.flip(focus);
    if (alone) return;
    if (neverClean(sender) || neverClean(receiver)) this.stopTracking(focus, peer);
    else {
      if (acknowledged > 0) this.findGaps(focus, acknowledged);
      this.deliver(focus, relative);
    }
  }

  /** The same segment, after all is noted of it: keeps what Zeek has other numbers for than we have now. */
  settle(focus: Focus): void {
    const { connection, sender, receiver, packet, side } = focus;
    this.keep(sender, focus, side, this.start, this.last, this.top);
    if ((connection.bits & SELF) !== 0 || zeekState(receiver) === INACTIVE) return;
    this.keep(receiver, focus, 1 - side, this.peerStart, this.peerLast, this.peerTop);
    if ((packet.flags & ACK) === 0) return;
    const acknowledged = this.peerAcknowledged;
    if (((acknowledged - acknowledgedBy(sender, this.peerStart)) | 0) > 0) {
      if (((acknowledged - this.peerStart) | 0) > 1)
        this.note(receiver, focus, 1 - side).acknowledged = acknowledged;
    }
  }

  /** Whether Zeek takes an end for one that sent no data: by its numbers, and what was acknowledged of them. */
  sentNothing(slot: number, side: number, end: EndpointCursor, other: EndpointCursor): boolean {
    const own = this.notesOf(end, slot, side);
    const start = own?.start ?? end.base;
    const last = own?.last ?? end.nextSequence;
    const acknowledged = latest(own?.acknowledged ?? null, acknowledgedBy(other, start));
    const most = (end.zeek & SENT_FIN) !== 0 ? 2 : 1;
    return ((last - start) | 0) <= most && ((acknowledged - start) | 0) <= most;
  }

  private notesOf(end: EndpointCursor, slot: number, side: number): ZeekNumbers | null {
    return (end.zeek & NOTED) === 0 ? null : (this.notes.get(slot * 2 + side) ?? null);
  }

  private note(end: EndpointCursor, focus: Focus, side: number): ZeekNumbers {
    const known = this.notesOf(end, focus.slot, side);
    if (known !== null) return known;
    const made = new ZeekNumbers();
    end.zeek |= NOTED;
    this.notes.set(focus.slot * 2 + side, made);
    return made;
  }

  private write(connection: ConnectionCursor, letter: number, originator: boolean): void {
    connection.history = this.histories.add(connection.history, letter, originator);
  }

  /** Takes the numbers of both ends from where they are kept. */
  private recall(focus: Focus, alone: boolean): void {
    const { sender, receiver, slot, side } = focus;
    const own = this.notesOf(sender, slot, side);
    this.start = own?.start ?? sender.base;
    this.last = own?.last ?? sender.nextSequence;
    this.top = own?.top ?? topOf(sender, own, this.start, this.last);
    if (alone || zeekState(receiver) === INACTIVE) return;
    const its = this.notesOf(receiver, slot, 1 - side);
    this.peerStart = its?.start ?? receiver.base;
    this.peerLast = its?.last ?? receiver.nextSequence;
    this.peerTop = its?.top ?? topOf(receiver, its, this.peerStart, this.peerLast);
    this.peerAcknowledged = latest(its?.acknowledged ?? null, acknowledgedBy(sender, this.peerStart));
  }

  /** Relative numbers count from an end's first segment, and anew from a SYN (init_endpoint). */
  private renumber(focus: Focus, state: number, past: number): void {
    const { sender, packet, slot, side } = focus;
    const { sequence } = packet;
    const syn = (packet.flags & SYN) !== 0;
    if (state === INACTIVE) {
      this.start = syn ? sequence : (sequence - 1) | 0;
      this.last = syn ? past : sequence;
      this.top = (this.start + 1) | 0;
      return;
    }
    if (!syn || state === ZEEK_CLOSED) return;
    if (state < PARTIAL && sequence === this.start) return;
    if (state === RESET && previousState(sender) !== INACTIVE) return;
    const own = this.notesOf(sender, slot, side);
    const by = (sequence - this.start) | 0;
    own?.shift(by);
    if (own !== null) own.acknowledged = null;
    this.top = (this.top + by) | 0;
    this.start = sequence;
    this.last = past;
  }

  private letters(focus: Focus, relative: number): void {
    const { sender, packet, slot, side } = focus;
    const { flags, payloadLength: length } = packet;
    const control = flags & (SYN | FIN | RST);
    if (control === 0) {
      if (length > 0) this.once(focus, SAW_DATA, D);
      else if ((flags & ACK) !== 0) this.once(focus, SAW_ACK, A);
    } else if (control === SYN) {
      const before = this.notesOf(sender, slot, side)?.syn ?? 0;
      this.unlessAgain(focus, SAW_SYN, (flags & ACK) !== 0 ? H : S, relative !== before);
      if (relative !== before) this.note(sender, focus, side).syn = relative;
    } else if (control === FIN) {
      const number = (relative + length) | 0;
      const before = controlOf(sender, this.notesOf(sender, slot, side)?.fin ?? null, CONTROL_IS_FIN);
      this.unlessAgain(focus, SAW_FIN, F, number !== before);
      if (!takeControl(sender, number, CONTROL_IS_FIN)) this.note(sender, focus, side).fin = number;
    } else if (control === RST) {
      const before = controlOf(sender, this.notesOf(sender, slot, side)?.rst ?? null, CONTROL_IS_RST);
      this.unlessAgain(focus, SAW_RST, R, relative !== before);
      if (!takeControl(sender, relative, CONTROL_IS_RST)) this.note(sender, focus, side).rst = relative;
    } else if ((control & (FIN | RST)) === (FIN | RST)) this.once(focus, SAW_BOTH, I);
    else this.once(focus, SAW_OTHER, Q);
  }

  /** Writes a letter the first time that its role earns it; false where it has it already. */
  private once(focus: Focus, saw: number, letter: number): boolean {
    const { connection, sender } = focus;
    if ((letter === A || letter === D) && connection.history === SYN_ACK_ALONE) {
      // it began with a SYN-ACK, and no scan goes on like this: the sender of the SYN-ACK is the responder
      this.flip(focus);
      connection.history = FLIPPED_SYN_ACK;
    }
    if ((sender.zeek & saw) !== 0) return false;
    sender.zeek |= saw;
    this.write(connection, letter, this.originator);
    return true;
  }

  private unlessAgain(focus: Focus, saw: number, letter: number, another: boolean): void {
    if (!this.once(focus, saw, letter) && another) this.write(focus.connection, letter, this.originator);
  }

  /** Turns the roles over. Which letters were left stays with the roles. */
  private flip(focus: Focus): void {
    const { connection, sender, receiver } = focus;
    connection.bits ^= ZEEK_FLIPPED;
    connection.history = this.histories.flip(connection.history);
    const letters = sender.zeek & LETTERS;
    sender.zeek = (sender.zeek & ~LETTERS) | (receiver.zeek & LETTERS);
    receiver.zeek = (receiver.zeek & ~LETTERS) | letters;
    this.originator = !this.originator;
  }

  private noteFin(focus: Focus, relative: number, past: number): void {
    const { sender, packet, slot, side } = focus;
    sender.zeek |= SENT_FIN;
    if ((packet.flags & (SYN | RST)) !== 0) {
      this.note(sender, focus, side).finEnd = (relative + past - packet.sequence) | 0;
      return;
    }
    const own = this.notesOf(sender, slot, side);
    if (own !== null) own.finEnd = null;
  }

  /** Notes what the segment acknowledges; returns that, relative, or -1 where it lies before all numbers. */
  private acknowledge(focus: Focus): number {
    const { receiver, packet, slot, side } = focus;
    const { acknowledgement } = packet;
    const relative = (acknowledgement - this.peerStart) | 0;
    if (relative < 0) return -1;
    const its = this.notesOf(receiver, slot, 1 - side);
    if (noDataAcknowledged(this.peerAcknowledged, this.peerStart)) its?.considerGivingUp(this.peerTop);
    const further = (acknowledgement - this.peerAcknowledged) | 0;
    const broken = acknowledgement === 0 && further > TOO_FAR;
    if ((packet.flags & RST) === 0 && further > 0 && !broken) this.peerAcknowledged = acknowledgement;
    return relative;
  }

  /** Moves the last number (update_last_seq); payload that does not move it is a retransmission. */
  private advance(focus: Focus, state: number, past: number): void {
    const { connection, sender, packet, side } = focus;
    const { flags } = packet;
    const further = (past - this.last) | 0;
    if ((flags & (SYN | RST)) !== 0 && (further > TOO_FAR || further < -TOO_FAR)) return;
    if ((flags & FIN) !== 0 && this.last === ((this.start + 1) | 0)) this.last = past;
    else if (state === RESET) return;
    else if (further > 0) this.last = past;
    else if (packet.payloadLength > 0 && this.note(sender, focus, side).retransmits()) {
      this.write(connection, T, this.originator);
    }
  }

  /** The acknowledgement covers what was not seen: each hole is a gap of the other end. */
  private findGaps(focus: Focus, relative: number): void {
    const { connection, sender, receiver, slot, side } = focus;
    const its = this.notesOf(receiver, slot, 1 - side);
    const end = (receiver.zeek & SENT_FIN) === 0 ? null : finEndOf(receiver, its);
    // a FIN is none of the data
    const upTo = (this.peerStart + (end !== null && relative >= end ? end - 1 : relative)) | 0;
    const seen = its?.holes[0] ?? this.peerTop;
    if (((upTo - seen) | 0) <= 0) return;
    const early = ((sender.zeek | receiver.zeek) & EARLY_ACK) !== 0;
    if (early && ((upTo - this.peerStart) | 0) <= 2) return;
    const notes = this.note(receiver, focus, 1 - side);
    let gaps = notes.giveUpHoles(upTo, this.peerTop);
    if (((upTo - this.peerTop) | 0) > 0) this.peerTop = upTo;
    if (notes.holes.length === 0) sender.zeek &= ~PEER_HAS_HOLES;
    if (!isClean(sender) || !isClean(receiver)) return;
    for (; gaps > 0; gaps--) if (notes.misses()) this.write(connection, G, !this.originator);
  }

  /** Puts the payload where it belongs among what was seen before; finds holes and fills them. */
  private deliver(focus: Focus, relative: number): void {
    const { sender, receiver, packet, slot, side } = focus;
    const { flags, sequence, payloadLength: length } = packet;
    let own = this.notesOf(sender, slot, side);
    if (length > 0 && relative >= 0) {
      const acknowledged = latest(own?.acknowledged ?? null, acknowledgedBy(receiver, this.start));
      if (noDataAcknowledged(acknowledged, this.start)) own?.considerGivingUp(this.top);
      let from = (flags & SYN) !== 0 ? (sequence + 1) | 0 : sequence;
      const to = (from + length) | 0;
      if (((from - acknowledged) | 0) < 0) from = acknowledged;
      if (((to - from) | 0) > 0) {
        if (((from - this.top) | 0) > 0) {
          own = this.note(sender, focus, side);
          own.addHole(this.top, from);
        } else own?.fill(from, to);
        if (((to - this.top) | 0) > 0) this.top = to;
      }
    }
    const reached = topOf(sender, own, this.start, this.last);
    if (((reached - this.top) | 0) > 0) {
      // its numbers went on without the bytes
      own = this.note(sender, focus, side);
      own.addHole(this.top, reached);
      this.top = reached;
    }
    if (own !== null && own.holes.length > 0) receiver.zeek |= PEER_HAS_HOLES;
    else receiver.zeek &= ~PEER_HAS_HOLES;
  }

  /** From here on Zeek believes no gap of this connection. */
  private stopTracking(focus: Focus, peer: number): void {
    const { sender, receiver, slot, side } = focus;
    const own = this.notesOf(sender, slot, side);
    if (own !== null) own.holes.length = 0;
    this.top = topOf(sender, own, this.start, this.last);
    if (peer === INACTIVE) return;
    const its = this.notesOf(receiver, slot, 1 - side);
    if (its !== null) its.holes.length = 0;
    this.peerTop = topOf(receiver, its, this.peerStart, this.peerLast);
    sender.zeek &= ~PEER_HAS_HOLES;
    receiver.zeek &= ~PEER_HAS_HOLES;
  }

  /** Keeps the numbers of an end where they are not those of its record. */
  private keep(
    end: EndpointCursor,
    focus: Focus,
    side: number,
    start: number,
    last: number,
    top: number,
  ): void {
    if (zeekState(end) === INACTIVE) return;
    const sameStart = start === end.base;
    const sameLast = (end.bits & HAS_NEXT) !== 0 && last === end.nextSequence;
    const sameTop = top === topOf(end, this.notesOf(end, focus.slot, side), start, last);
    const same = sameStart && sameLast && sameTop;
    if (same && (end.zeek & NOTED) === 0) return;
    const own = this.note(end, focus, side);
    own.start = sameStart ? null : start;
    own.last = sameLast ? null : last;
    own.top = sameTop ? null : top;
    if (sameLast && sameTop) end.zeek &= ~APART;
    else end.zeek |= APART;
  }
}

/** The number after a segment; Zeek counts the payload of an RST for nothing. */
function pastSegment(packet: Packet): number {
  const { flags } = packet;
  const length = (flags & RST) !== 0 ? 0 : packet.payloadLength;
  return (packet.sequence + length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0)) | 0;
}

function neverClean(end: EndpointCursor): boolean {
  const state = zeekState(end);
  return state === PARTIAL || state === RESET;
}

/** `last` without the FIN. */
function topOf(end: EndpointCursor, own: ZeekNumbers | null, start: number, last: number): number {
  if ((end.zeek & SENT_FIN) === 0) return last;
  return last === ((start + finEndOf(end, own)) | 0) ? (last - 1) | 0 : last;
}

function finEndOf(end: EndpointCursor, own: ZeekNumbers | null): number {
  return own?.finEnd ?? (controlOf(end, own?.fin ?? null, CONTROL_IS_FIN) + 1) | 0;
}

/** The number of the last FIN or RST of an end: 0 before the first, as in Zeek. */
function controlOf(end: EndpointCursor, noted: number | null, kind: number): number {
  return (end.zeek & kind) !== 0 ? end.zeekControl : (noted ?? 0);
}

/** Keeps it in the record; false where that has the number of the other kind. */
function takeControl(end: EndpointCursor, number: number, kind: number): boolean {
  if ((end.zeek & (CONTROL_IS_FIN | CONTROL_IS_RST) & ~kind) !== 0) return false;
  end.zeek |= kind;
  end.zeekControl = number;
  return true;
}

/** The highest acknowledgement that we have of `other` for an end whose numbers begin at `start`. */
function acknowledgedBy(other: EndpointCursor, start: number): number {
  return (other.bits & HAS_ACKED) !== 0 ? other.acknowledged : start;
}

function latest(noted: number | null, known: number): number {
  return noted !== null && ((noted - known) | 0) > 0 ? noted : known;
}

/** Of an end whose numbers begin at `start`; its SYN is no data. */
function noDataAcknowledged(acknowledged: number, start: number): boolean {
  return acknowledged === start || acknowledged === ((start + 1) | 0);
}
