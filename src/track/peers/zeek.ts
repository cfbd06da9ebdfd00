/**
 * Zeek's view of connections: endpoint states, and the `history` string, by its own rules (conn/main.zeek,
 * TCP_Endpoint.cc, TCPSessionAdapter.cc), whether or not we agree with the result. docs/differences.md lists
 * what is left out on purpose.
 *
 * `segment` comes before anything else is noted of a segment, and `settle` after all of it.
 */
import { ACK, FIN, type Packet, RST } from '../../decode/packet.js';
import { type ConnectionCursor, type EndpointCursor, SELF, ZEEK_FLIPPED } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { headerIsCut, isOriginator, PEER_HAS_HOLES, SENT_FIN } from './zeek-bits.js';
import { acknowledgedOf, type SavedZeek, ZeekEnds } from './zeek-ends.js';
import { acknowledge, deliver, giveUp, ordinaryGaps, stopLooking } from './zeek-gaps.js';
import { FLIPPED, G, Histories, T, W } from './zeek-histories.js';
import { flagLetters, turnOver, write } from './zeek-letters.js';
import { fromLikelyServer } from './zeek-ports.js';
import { noteFin, pastSegment, renumber, repeats } from './zeek-sequence.js';
import { stillAgrees, takeSimple } from './zeek-simple.js';
import { INACTIVE, isClean, neverClean, RESET, step, ZEEK_CLOSED, zeekState } from './zeek-states.js';

/** One follows all connections of an analysis. */
export class Zeek {
  readonly histories = new Histories();
  private readonly ends = new ZeekEnds();
  /** Whether zeek-simple.ts processed the current segment; the receiver's state, as Zeek sees it. */
  private simple = false;
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

  /** A copy of what is kept of a connection beyond its record, for `restore`. */
  save(slot: number): SavedZeek {
    return this.ends.save(slot);
  }

  restore(slot: number, saved: SavedZeek): void {
    this.ends.restore(slot, saved);
  }

  /** The connection in focus is over. */
  forget(focus: Focus): void {
    this.ends.forget(focus);
  }

  /** The segment in focus, before anything else is noted of it. */
  segment(focus: Focus): void {
    const { ends } = this;
    this.simple = takeSimple(this.histories, ends, focus);
    if (this.simple) return;
    const { connection, sender, receiver, packet, slot, side } = focus;
    // of a socket that is connected to itself Zeek knows one end
    this.peer = (connection.bits & SELF) !== 0 ? INACTIVE : zeekState(receiver);
    ends.point(sender, receiver, slot, side);
    ends.recall(this.peer);
    // it also skips a segment whose header is invalid or was cut
    if (!packet.broken && !headerIsCut(packet)) this.take(focus);
  }

  /** The same segment, after all is noted of it; it `counts` where its receiver does not ignore it. */
  settle(focus: Focus, counts: boolean): void {
    const { ends } = this;
    if (this.simple) {
      const { sender, receiver, packet, slot, side } = focus;
      if (counts && stillAgrees(ends, sender, receiver, packet)) return;
      this.peer = zeekState(receiver);
      ends.point(sender, receiver, slot, side);
      ends.reconstruct(packet, this.peer);
    }
    ends.keep(this.peer);
  }

  /**
   * For a segment of fast-path.ts that shows a gap in the capture, acknowledges missing bytes, or ends
   * a hole: `acknowledged` is what its sender had acknowledged before.
   */
  ordinaryLoss(
    connection: ConnectionCursor,
    sender: EndpointCursor,
    receiver: EndpointCursor,
    packet: Packet,
    slot: number,
    side: number,
    acknowledged: number,
  ): void {
    if (neverClean(sender) || neverClean(receiver)) return;
    if ((sender.zeek & PEER_HAS_HOLES) !== 0 && ((packet.acknowledgement - acknowledged) | 0) > 0) {
      const its = this.ends.notesOf(receiver, slot, 1 - side);
      const gaps =
        its === null ? 0 : ordinaryGaps(sender, receiver, its, packet.acknowledgement, acknowledged);
      if (gaps > 0 && isClean(sender) && isClean(receiver)) {
        for (let i = 0; i < gaps; i++) if (its?.misses() === true) this.write(connection, G, 1 - side);
      }
    }
    if (packet.payloadLength > 0) this.ends.placeOrdinary(sender, receiver, packet, slot, side);
  }

  /** Whether Zeek takes an end for one that sent no data: by its numbers, and what was acknowledged of them. */
  sentNothing(slot: number, side: number, end: EndpointCursor, other: EndpointCursor): boolean {
    const own = this.ends.notesOf(end, slot, side);
    const start = own?.start ?? end.base;
    const last = own?.last ?? end.nextSequence;
    const acknowledged = acknowledgedOf(own, other, start);
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
    renumber(ends, packet, state, past);
    const relative = (packet.sequence - ends.start) | 0;
    flagLetters(histories, ends, focus, relative);
    if (packet.window === 0 && (flags & RST) === 0 && peer !== ZEEK_CLOSED && state !== RESET) {
      if (ends.noteOwn().closesWindow()) this.write(connection, W, side);
    }
    if ((flags & FIN) !== 0) noteFin(ends, packet, relative, past);
    const acknowledged = (flags & ACK) !== 0 && peer !== INACTIVE ? acknowledge(ends, packet) : -1;
    if (repeats(ends, packet, state, past) && ends.noteOwn().retransmits()) this.write(connection, T, side);
    if (step(sender, receiver, flags, packet.payloadLength, originator, alone)) {
      turnOver(focus);
      connection.history = histories.flip(connection.history);
    }
    if (alone) return;
    if (neverClean(sender) || neverClean(receiver)) {
      stopLooking(ends);
      return;
    }
    if (acknowledged > 0) this.writeGaps(connection, side, giveUp(ends, acknowledged));
    deliver(ends, packet, relative);
  }

  private write(connection: ConnectionCursor, letter: number, side: number): void {
    write(this.histories, connection, letter, isOriginator(connection, side));
  }

  /** Of what the receiver sent; `side` is the sender's. */
  private writeGaps(connection: ConnectionCursor, side: number, gaps: number): void {
    const { ends } = this;
    if (!isClean(ends.sender) || !isClean(ends.receiver)) return;
    for (let i = 0; i < gaps; i++) if (ends.noteIts().misses()) this.write(connection, G, 1 - side);
  }
}
