/**
 * Zeek's view of connections: endpoint states, and the `history` string, by its own rules (conn/main.zeek,
 * TCP_Endpoint.cc, TCPSessionAdapter.cc), whether or not we agree with what they conclude. What is left out on
 * purpose, docs/differences.md names.
 *
 * `segment` comes before anything else is noted of a segment, and `settle` after all of it.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../decode/packet.js';
import { type ConnectionCursor, type EndpointCursor, SELF, ZEEK_FLIPPED } from './connection.js';
import type { Focus } from './focus.js';
import { APART, isOriginator, NOTED, plainLetter, SENT_FIN, zeekIsOrdinary } from './zeek-bits.js';
import { acknowledgedBy, latest, ZeekEnds } from './zeek-ends.js';
import { acknowledge, deliver, giveUp, stopLooking } from './zeek-gaps.js';
import { FLIPPED, G, Histories, SYN_ACK_ALONE, T, W } from './zeek-histories.js';
import { flagLetters, turnOver, write } from './zeek-letters.js';
import { fromLikelyServer } from './zeek-ports.js';
import {
  INACTIVE,
  isClean,
  neverClean,
  PARTIAL,
  previousState,
  RESET,
  step,
  ZEEK_CLOSED,
  zeekState,
} from './zeek-states.js';

/** `TOO_LARGE_SEQ_DELTA`: SYNs and RSTs that are further off are not believed. */
const TOO_FAR = 1 << 20;

/** One follows all connections of an analysis. */
export class Zeek {
  readonly histories = new Histories();
  private readonly ends = new ZeekEnds();
  /** The segment at hand left no more than a letter; what Zeek takes for the receiver's state. */
  private plain = false;
  private peer = INACTIVE;

  /** For the first packet of a connection: Zeek swaps the roles where the sender looks like a server. */
  begin(connection: ConnectionCursor, packet: Packet): void {
    if (!fromLikelyServer(packet)) return;
    connection.bits |= ZEEK_FLIPPED;
    connection.history = FLIPPED;
  }

  text(connection: ConnectionCursor): string {
    return this.histories.text(connection.history);
  }

  /** The connection in focus is over. */
  forget(focus: Focus): void {
    this.ends.forget(focus);
  }

  /** The segment in focus, before anything else is noted of it. */
  segment(focus: Focus): void {
    const { connection, sender, receiver, packet, side } = focus;
    const { ends } = this;
    this.plain = isPlain(focus);
    if (this.plain) {
      ends.start = sender.base;
      ends.last = latest(pastSegment(packet), sender.nextSequence);
      ends.peerStart = receiver.base;
      ends.peerLast = receiver.nextSequence;
      plainLetter(this.histories, connection, sender, side, packet.payloadLength);
      return;
    }
    // of a socket that is connected to itself Zeek knows one end
    this.peer = (connection.bits & SELF) !== 0 ? INACTIVE : zeekState(receiver);
    ends.recall(focus, this.peer);
    // nor does it look at a segment whose header cannot be, or was cut
    if (!packet.broken && packet.payloadOffset <= packet.captureEnd) this.take(focus);
  }

  /** The same segment, after all is noted of it. */
  settle(focus: Focus): void {
    const { ends } = this;
    if (this.plain) {
      if (ends.agree(focus)) return;
      this.peer = zeekState(focus.receiver);
      ends.reconstruct(focus, this.peer);
    }
    ends.keep(focus, this.peer);
  }

  /** Whether Zeek takes an end for one that sent no data: by its numbers, and what was acknowledged of them. */
  sentNothing(slot: number, side: number, end: EndpointCursor, other: EndpointCursor): boolean {
    const own = this.ends.notesOf(end, slot, side);
    const start = own?.start ?? end.base;
    const last = own?.last ?? end.nextSequence;
    const acknowledged = latest(own?.acknowledged ?? null, acknowledgedBy(other, start));
    const most = (end.zeek & SENT_FIN) !== 0 ? 2 : 1;
    return ((last - start) | 0) <= most && ((acknowledged - start) | 0) <= most;
  }

  private take(focus: Focus): void {
    const { connection, sender, receiver, packet, side } = focus;
    const { ends, histories, peer } = this;
    const { flags } = packet;
    const alone = (connection.bits & SELF) !== 0;
    const originator = isOriginator(connection, side);
    const state = zeekState(sender);
    const past = pastSegment(packet);
    renumber(ends, focus, state, past);
    const relative = (packet.sequence - ends.start) | 0;
    flagLetters(histories, ends, focus, relative);
    if (packet.window === 0 && (flags & RST) === 0 && peer !== ZEEK_CLOSED && state !== RESET) {
      if (ends.noteOwn(focus).closesWindow()) this.write(focus, W, side);
    }
    if ((flags & FIN) !== 0) noteFin(ends, focus, relative, past);
    const acknowledged = (flags & ACK) !== 0 && peer !== INACTIVE ? acknowledge(ends, focus) : -1;
    if (repeats(ends, focus, state, past) && ends.noteOwn(focus).retransmits()) this.write(focus, T, side);
    if (step(sender, receiver, flags, packet.payloadLength, originator, alone)) {
      turnOver(focus);
      connection.history = histories.flip(connection.history);
    }
    if (alone) return;
    if (neverClean(sender) || neverClean(receiver)) {
      stopLooking(ends, focus);
      return;
    }
    if (acknowledged > 0) this.writeGaps(focus, giveUp(ends, focus, acknowledged));
    deliver(ends, focus, relative);
  }

  private write({ connection }: Focus, letter: number, side: number): void {
    write(this.histories, connection, letter, isOriginator(connection, side));
  }

  /** Of what the receiver sent. */
  private writeGaps(focus: Focus, gaps: number): void {
    if (!isClean(focus.sender) || !isClean(focus.receiver)) return;
    for (let i = 0; i < gaps; i++)
      if (this.ends.noteIts(focus).misses()) this.write(focus, G, 1 - focus.side);
  }
}

/** A segment without SYN, FIN or RST of an end whose numbers are ours, that says nothing of a loss. */
function isPlain({ connection, sender, receiver, packet }: Focus): boolean {
  const { flags, payloadLength: length } = packet;
  if ((flags & (SYN | FIN | RST)) !== 0 || packet.window === 0 || packet.broken) return false;
  if (packet.payloadOffset + length > packet.captureEnd) return false;
  if (!zeekIsOrdinary(sender) || ((sender.zeek | receiver.zeek) & (NOTED | APART)) !== 0) return false;
  if ((connection.bits & SELF) !== 0 || connection.history === SYN_ACK_ALONE) return false;
  const beyond = (packet.sequence - sender.nextSequence) | 0;
  if (beyond > 0 || (length > 0 && (beyond + length <= 0 || (sender.zeek & SENT_FIN) !== 0))) return false;
  if ((flags & ACK) === 0) return length > 0;
  return zeekState(receiver) === INACTIVE || ((packet.acknowledgement - receiver.nextSequence) | 0) <= 0;
}

/** The number after a segment; Zeek counts the payload of an RST for nothing. */
function pastSegment(packet: Packet): number {
  const { flags } = packet;
  const length = (flags & RST) !== 0 ? 0 : packet.payloadLength;
  return (packet.sequence + length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0)) | 0;
}

/** Relative numbers count from an end's first segment, and anew from a SYN (init_endpoint). */
function renumber(ends: ZeekEnds, { sender, packet }: Focus, state: number, past: number): void {
  const { sequence } = packet;
  const syn = (packet.flags & SYN) !== 0;
  if (state === INACTIVE) {
    ends.start = syn ? sequence : (sequence - 1) | 0;
    ends.last = syn ? past : sequence;
    ends.top = (ends.start + 1) | 0;
    return;
  }
  if (!syn || state === ZEEK_CLOSED) return;
  if (state < PARTIAL && sequence === ends.start) return;
  if (state === RESET && previousState(sender) !== INACTIVE) return;
  const by = (sequence - ends.start) | 0;
  ends.own?.shift(by);
  ends.top = (ends.top + by) | 0;
  ends.start = sequence;
  ends.last = past;
}

function noteFin(ends: ZeekEnds, focus: Focus, relative: number, past: number): void {
  const { sender, packet } = focus;
  sender.zeek |= SENT_FIN;
  if ((packet.flags & (SYN | RST)) !== 0)
    ends.noteOwn(focus).finEnd = (relative + past - packet.sequence) | 0;
  else if (ends.own !== null) ends.own.finEnd = null;
}

/** Moves the last number (update_last_seq); true for payload that does not move it, a retransmission. */
function repeats(ends: ZeekEnds, { packet }: Focus, state: number, past: number): boolean {
  const { flags } = packet;
  const further = (past - ends.last) | 0;
  if ((flags & (SYN | RST)) !== 0 && (further > TOO_FAR || further < -TOO_FAR)) return false;
  const onlyFin = (flags & FIN) !== 0 && ends.last === ((ends.start + 1) | 0);
  if (!onlyFin && state === RESET) return false;
  if (!onlyFin && further <= 0) return packet.payloadLength > 0;
  ends.last = past;
  return false;
}
