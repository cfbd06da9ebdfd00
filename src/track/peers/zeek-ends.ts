/**
 * The numbers of both ends of the current segment, as Zeek knows them. Mostly they are ours: its ISN is `base`, its
 * last number `nextSequence`. So they are kept only where they differ (zeek-numbers.ts).
 */
import { ACK, type Packet, SYN } from '../../decode/packet.js';
import { EndpointCursor, HAS_ACKED, NEXT_KNOWN } from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import {
  APART,
  CONTROL_IS_FIN,
  CONTROL_IS_RST,
  HOLE_IS_OPEN,
  isCut,
  NOTED,
  PEER_HAS_HOLES,
  SENT_FIN,
} from './zeek-bits.js';
import { ZeekNumbers } from './zeek-numbers.js';
import { INACTIVE, zeekState } from './zeek-states.js';

/** Of both sides. */
export type SavedZeek = readonly [ZeekNumbers | null, ZeekNumbers | null];

export class ZeekEnds {
  sender = new EndpointCursor();
  receiver = new EndpointCursor();
  private slot = 0;
  private side = 0;
  /** What is kept of the sender and of the receiver, where anything is. */
  own: ZeekNumbers | null = null;
  its: ZeekNumbers | null = null;
  /** The sender's: its ISN, the number after the last one, and after the last byte that was seen or given up. */
  start = 0;
  last = 0;
  top = 0;
  /** The receiver's, and what the sender acknowledged of them. */
  peerStart = 0;
  peerLast = 0;
  peerTop = 0;
  peerAcknowledged = 0;
  /** Of the ends that need it, by slot * 2 + side. */
  private readonly notes = new Map<number, ZeekNumbers>();

  notesOf(end: EndpointCursor, slot: number, side: number): ZeekNumbers | null {
    return (end.zeek & NOTED) === 0 ? null : (this.notes.get(slot * 2 + side) ?? null);
  }

  /** The same, made where it is missing. */
  noteOwn(): ZeekNumbers {
    this.own ??= this.made(this.sender, this.slot * 2 + this.side);
    return this.own;
  }

  noteIts(): ZeekNumbers {
    this.its ??= this.made(this.receiver, this.slot * 2 + 1 - this.side);
    return this.its;
  }

  private made(end: EndpointCursor, key: number): ZeekNumbers {
    const made = new ZeekNumbers();
    end.zeek |= NOTED;
    this.notes.set(key, made);
    return made;
  }

  /** For ordinary payload, now noted: cut short, it is a hole, which stays open for more of them. */
  placeOrdinary(
    sender: EndpointCursor,
    receiver: EndpointCursor,
    packet: Packet,
    slot: number,
    side: number,
  ): void {
    const open = (sender.zeek & HOLE_IS_OPEN) !== 0;
    if (open === isCut(packet)) return;
    const key = slot * 2 + side;
    const own = this.notesOf(sender, slot, side) ?? this.made(sender, key);
    if (open) {
      sender.zeek &= ~HOLE_IS_OPEN;
      own.extend(packet.sequence);
    } else {
      sender.zeek |= HOLE_IS_OPEN;
      receiver.zeek |= PEER_HAS_HOLES;
      own.addHole(packet.sequence, sender.nextSequence);
    }
  }

  /** A copy of what is kept of both ends of a connection. */
  save(slot: number): SavedZeek {
    const { notes } = this;
    return [notes.get(slot * 2)?.clone() ?? null, notes.get(slot * 2 + 1)?.clone() ?? null];
  }

  restore(slot: number, saved: SavedZeek): void {
    for (const side of [0, 1] as const) {
      const numbers = saved[side];
      if (numbers === null) this.notes.delete(slot * 2 + side);
      else this.notes.set(slot * 2 + side, numbers.clone());
    }
  }

  /** Frees what is kept of both ends of a connection. */
  forget({ sender, receiver, slot }: Focus): void {
    if (((sender.zeek | receiver.zeek) & NOTED) === 0) return;
    this.notes.delete(slot * 2);
    this.notes.delete(slot * 2 + 1);
  }

  /** The ends of the current segment, in whatever slot. */
  point(sender: EndpointCursor, receiver: EndpointCursor, slot: number, side: number): void {
    this.sender = sender;
    this.receiver = receiver;
    this.slot = slot;
    this.side = side;
    this.own = this.notesOf(sender, slot, side);
    this.its = this.notesOf(receiver, slot, 1 - side);
    closeHole(sender, this.own);
    closeHole(receiver, this.its);
  }

  /** Before anything is noted of the segment. `peer` is INACTIVE where the receiver has sent nothing so far. */
  recall(peer: number): void {
    const { sender, receiver, own, its } = this;
    this.start = own?.start ?? sender.base;
    this.last = own?.last ?? sender.nextSequence;
    this.top = own?.top ?? topOf(sender, own, this.start, this.last);
    if (peer === INACTIVE) return;
    this.peerStart = its?.start ?? receiver.base;
    this.peerLast = its?.last ?? receiver.nextSequence;
    this.peerTop = its?.top ?? topOf(receiver, its, this.peerStart, this.peerLast);
    this.peerAcknowledged = acknowledgedOf(its, sender, this.peerStart);
  }

  /** After a segment of zeek-simple.ts where our numbers differ from Zeek's: keeps Zeek's. */
  reconstruct(packet: Packet, peer: number): void {
    const { sender, receiver, own, its } = this;
    this.start = (packet.flags & SYN) !== 0 ? packet.sequence : (own?.start ?? sender.base);
    this.top = topOf(sender, own, this.start, this.last);
    if (peer === INACTIVE) return;
    this.peerStart = its?.start ?? receiver.base;
    this.peerTop = topOf(receiver, its, this.peerStart, this.peerLast);
    this.peerAcknowledged = acknowledgedOf(its, sender, this.peerStart);
    const { acknowledgement } = packet;
    const further = ((acknowledgement - this.peerAcknowledged) | 0) > 0;
    if ((packet.flags & ACK) !== 0 && further) this.peerAcknowledged = acknowledgement;
  }

  /** After all is noted of it: keeps the numbers that now differ between Zeek and us. */
  keep(peer: number): void {
    const { sender, receiver } = this;
    if (zeekState(sender) !== INACTIVE) {
      const same = isRecord(sender, this.own, this.start, this.last, this.top);
      if (!same || this.own !== null) {
        keepNumbers(sender, this.noteOwn(), this.start, this.last, this.top);
      }
    }
    if (peer === INACTIVE) return;
    const same = isRecord(receiver, this.its, this.peerStart, this.peerLast, this.peerTop);
    if (!same || this.its !== null) {
      keepNumbers(receiver, this.noteIts(), this.peerStart, this.peerLast, this.peerTop);
    }
    const acknowledged = this.peerAcknowledged;
    if (acknowledgedOf(this.its, sender, this.peerStart) === acknowledged) return;
    // its SYN is no data
    if (this.its !== null || ((acknowledged - this.peerStart) | 0) > 1)
      this.noteIts().setAcknowledged(acknowledged);
  }
}

/** The next segment may end the hole. */
function closeHole(end: EndpointCursor, own: ZeekNumbers | null): void {
  if ((end.zeek & HOLE_IS_OPEN) === 0) return;
  end.zeek &= ~HOLE_IS_OPEN;
  own?.extend(end.nextSequence);
}

/** Whether the record of an end says the same. */
function isRecord(
  end: EndpointCursor,
  own: ZeekNumbers | null,
  start: number,
  last: number,
  top: number,
): boolean {
  if ((end.bits & NEXT_KNOWN) === 0 || end.nextSequence !== last || end.base !== start) return false;
  return top === topOf(end, own, start, last);
}

function keepNumbers(end: EndpointCursor, own: ZeekNumbers, start: number, last: number, top: number): void {
  const sameLast = (end.bits & NEXT_KNOWN) !== 0 && end.nextSequence === last;
  const sameTop = top === topOf(end, own, start, last);
  own.start = end.base === start ? null : start;
  own.last = sameLast ? null : last;
  own.top = sameTop ? null : top;
  if (sameLast && sameTop) end.zeek &= ~APART;
  else end.zeek |= APART;
}

/** What was seen up to there, where nothing is missing: `last` without the FIN. */
export function topOf(end: EndpointCursor, own: ZeekNumbers | null, start: number, last: number): number {
  if ((end.zeek & SENT_FIN) === 0) return last;
  return last === ((start + finEnd(end, own)) | 0) ? (last - 1) | 0 : last;
}

/** The relative number after its last FIN. */
export function finEnd(end: EndpointCursor, own: ZeekNumbers | null): number {
  return own?.finEnd ?? (controlOf(end, own?.fin ?? null, CONTROL_IS_FIN) + 1) | 0;
}

/** The relative number of its last plain FIN or RST: 0 before the first, as in Zeek. */
export function controlOf(end: EndpointCursor, noted: number | null, kind: number): number {
  return (end.zeek & kind) !== 0 ? end.zeekControl : (noted ?? 0);
}

/** Keeps it in the record; false where that has the number of the other kind. */
export function takeControl(end: EndpointCursor, number: number, kind: number): boolean {
  if ((end.zeek & (CONTROL_IS_FIN | CONTROL_IS_RST) & ~kind) !== 0) return false;
  end.zeek |= kind;
  end.zeekControl = number;
  return true;
}

/** The highest acknowledgement by `other` of an end whose numbers begin at `start`. */
export function acknowledgedOf(own: ZeekNumbers | null, other: EndpointCursor, start: number): number {
  const known = knownAcknowledgement(other, start);
  return own === null ? known : own.acknowledged(known, start);
}

export function knownAcknowledgement(other: EndpointCursor, start: number): number {
  return (other.bits & HAS_ACKED) !== 0 ? other.acknowledged : start;
}
