/**
 * Processes a segment once its connection is known: judges, analyses and notes it, and reports its row.
 *
 * Where later packets may prove a guess wrong (revision.ts), the connection is in doubt: its events are kept, its rows
 * wait, and the segments since are processed again when the guess was wrong.
 */

import { ACK, RST, SYN } from '../decode/packet.js';
import { HAS_DATA_FIN, HAS_DSACK } from '../decode/tcp-options.js';
import { withNewest } from './copies/doubled.js';
import { markFast } from './fast-path.js';
import { copyArrival } from './memory/arrival.js';
import * as codes from './memory/codes.js';
import { FIN_RECEIVED, HAS_ACKED, HAS_BASE, IN_DOUBT, NEXT_KNOWN, OPENED } from './memory/connection.js';
import type { Extras, IgnoredBecause } from './memory/extras.js';
import { type Arrival, type Focus, NO_PROOF } from './memory/focus.js';
import type { RecentlyClosed } from './memory/recently-closed.js';
import { noteBytes, noteBytesOfIgnored } from './notes/bytes.js';
import { noteIcmpError } from './notes/icmp.js';
import { noteReset, previousSegment, reconsiderReset } from './notes/reset.js';
import { noteExchange } from './notes/response-time.js';
import {
  afterTransition,
  countTraffic,
  lifecycleCodes,
  noteClosedWindow,
  noteFindings,
  noteHalfClose,
  noteOptionSignals,
} from './notes/segment.js';
import { noteSyn } from './notes/syn.js';
import { noteCompleteness } from './peers/completeness.js';
import { analyseSegment, windowClosed } from './peers/wireshark.js';
import type { Zeek } from './peers/zeek.js';
import { foldInto } from './results/ladder.js';
import { ladderSegment, segmentRow } from './results/segment-row.js';
import type { TrackerSink } from './results/sink.js';
import { Doubts } from './revision/doubts.js';
import { FinRows } from './revision/fin-rows.js';
import { noteIgnored } from './revision/ignored.js';
import { applyKnown, noteTimestamp } from './revision/revise.js';
import { type Doubt, doubtOf, type HeldEvent, type Known } from './revision/revision.js';
import { whyIgnored } from './rfc9293/acceptance.js';
import { applySegment } from './rfc9293/lifecycle.js';
import type { Twins } from './twins/twins.js';

export class Treatment {
  /** The next connection uses the addresses and ports of one before. */
  reused = false;
  /** The same SYN, when an older connection was still in its way (RFC 9293 Figure 9). */
  earlierSyn: Extras['ignoredSyn'] = null;
  private readonly doubts = new Doubts();
  /** Null where rows are not wanted, or do not wait. */
  private readonly finRows: FinRows | null;
  /** Segments are treated again whose rows, if they do not wait, were given. */
  private replaying = false;

  /** `rowsAtOnce`: as in TrackerOptions. */
  constructor(
    private readonly focus: Focus,
    private readonly zeek: Zeek | null,
    private readonly twins: Twins,
    private readonly recentEnds: RecentlyClosed,
    private readonly sink: TrackerSink,
    private readonly rowsAtOnce: boolean,
  ) {
    const { segment } = sink;
    this.finRows = segment === undefined || rowsAtOnce ? null : new FinRows((row) => segment.call(sink, row));
  }

  /** The lowest packet number whose row waits, or Infinity. */
  get oldestPacket(): number {
    if (this.rowsAtOnce) return Number.POSITIVE_INFINITY;
    return Math.min(this.doubts.oldestPacket, this.finRows?.oldestPacket ?? Number.POSITIVE_INFINITY);
  }

  /** Whether `expire` has anything to do: cheap, for each packet. */
  isDue(at: number, number: number): boolean {
    return this.doubts.isDue(at, number) || this.finRows?.isDue(at, number) === true;
  }

  /** The end of the capture: all guesses now stand. */
  settleAll(): void {
    for (let slot = this.doubts.first(); slot >= 0; slot = this.doubts.first()) this.settle(slot);
    this.finRows?.settleAll();
  }

  /** What the segment in focus, not processed yet, proves of earlier ones. Moves the focus. */
  private reconsider(slot: number, doubt: Doubt): void {
    const known = doubt.weigh(this.focus);
    if (known !== null) this.replay(slot, doubt);
    else if (doubt.isSettled || doubt.isFull) this.settle(slot);
  }

  /** The segment in focus, which is that of `arrival`; `begins`: it begins its connection. */
  segment(slot: number, arrival: Arrival, begins: boolean): void {
    const { focus } = this;
    const { side } = focus;
    const doubt = begins ? undefined : this.doubtAt(slot);
    if (doubt !== undefined) {
      this.reconsider(slot, doubt);
      focus.take(arrival);
      focus.pointAt(slot, side);
    }
    this.treat(slot, arrival, begins);
  }

  private doubtAt(slot: number): Doubt | undefined {
    return (this.focus.connection.bits & IN_DOUBT) === 0 ? undefined : this.doubts.get(slot);
  }

  /** A packet proves an earlier guess wrong: the segments since are processed again. */
  private replay(slot: number, doubt: Doubt): void {
    const { focus } = this;
    const events = doubt.takeEvents();
    const { replaying } = this;
    this.replaying = true;
    focus.pointAt(slot, 0);
    focus.restore(doubt.saved);
    if (doubt.zeek !== null) this.zeek?.restore(slot, doubt.zeek);
    focus.connection.bits |= IN_DOUBT;
    for (const { arrival, side, kind, begins } of events) {
      focus.take(arrival);
      focus.pointAt(slot, side);
      if (kind === 'copy') this.copy(slot, arrival);
      else if (kind === 'icmp') this.icmpError(slot, arrival);
      else {
        if (doubt.weigh(focus) !== null) this.replay(slot, doubt);
        focus.take(arrival);
        focus.pointAt(slot, side);
        this.treat(slot, arrival, begins);
      }
    }
    this.replaying = replaying;
    focus.pointAt(slot, 0);
    if (doubt.isSettled) this.settle(slot);
  }

  /** The connection is over: no more is learned of it. */
  close(slot: number): void {
    this.settle(slot);
    this.finRows?.settle(slot);
  }

  /** The guesses about a connection stand: its rows are given. */
  private settle(slot: number): void {
    const doubt = this.doubts.take(slot);
    if (doubt === undefined) return;
    this.focus.pointAtConnection(slot).bits &= ~IN_DOUBT;
    this.focus.drop(doubt.saved);
    for (const row of doubt.rows) this.finRows?.row(slot, row);
  }

  /** Settles the doubts that are over at a time and a packet. */
  expire(at: number, number: number): void {
    for (let slot = this.doubts.expired(at, number); slot >= 0; slot = this.doubts.expired(at, number)) {
      this.settle(slot);
    }
    this.finRows?.expire(at, number);
  }

  /** Keeps the event for a connection in doubt. */
  private keepEvent(slot: number, arrival: Arrival, kind: HeldEvent['kind'], begins: boolean): void {
    const doubt = this.doubtAt(slot);
    if (doubt !== undefined)
      doubt.events.push({ arrival: copyArrival(arrival), side: this.focus.side, kind, begins });
  }

  /** Processes the segment in focus. */
  private treat(slot: number, arrival: Arrival, begins: boolean): void {
    const { focus } = this;
    const { packet, options, at } = arrival;
    const { connection, sender, receiver, side } = focus;
    const { flags } = packet;
    const anew = begins || ((flags & (SYN | ACK)) === SYN && (sender.bits & HAS_BASE) === 0);
    // Zeek sees the segment before anything else is noted of it, but behind the copy that a doubt begins with
    const known = this.doubtAt(slot)?.known.get(focus.number);
    if (known !== undefined) this.zeek?.segment(focus);
    if (focus.extras?.reset != null) reconsiderReset(focus);
    const ignored = this.judgement(slot, known);
    focus.noteStates();
    if (known === undefined) this.zeek?.segment(focus);
    this.keepEvent(slot, arrival, 'segment', begins);
    const previous = (flags & RST) !== 0 ? previousSegment(focus) : null;
    const counts = ignored === null;
    if ((flags & RST) !== 0) noteReset(focus, ignored, previous);
    const advances =
      (sender.bits & NEXT_KNOWN) === 0 ||
      ((packet.sequence + packet.payloadLength - sender.nextSequence) | 0) > 0;
    const heard =
      (flags & ACK) !== 0 &&
      ((sender.bits & HAS_ACKED) === 0 || ((packet.acknowledgement - sender.lastAcknowledgement) | 0) > 0);
    if (counts) noteBytes(focus);
    else noteBytesOfIgnored(focus);
    if (counts) noteTimestamp(focus);
    if (counts && !windowClosed(sender)) noteClosedWindow(focus);
    const fills = !advances && focus.fill !== 'none';
    let found = analyseSegment(connection, sender, receiver, packet, options.bits, at, counts);
    // what its receiver drops is not compared with the numbers of the connection
    if (!counts) found = 0;
    if (begins) {
      const again = (flags & (SYN | ACK)) === SYN && this.recentEnds.has(packet, at);
      if (this.reused || again) found |= codes.REUSED_PORTS;
      this.reused = false;
    }
    noteCompleteness(connection, packet, anew);
    if ((options.bits & (HAS_DSACK | HAS_DATA_FIN)) !== 0) found |= noteOptionSignals(focus);
    if (counts) {
      const wasOpened = connection.bits & OPENED;
      const states = sender.state * 16 + receiver.state;
      found |= lifecycleCodes(focus);
      applySegment(focus);
      afterTransition(focus, states, wasOpened);
    } else found |= noteIgnored(focus, ignored);
    if ((flags & SYN) !== 0) {
      found |= noteSyn(focus, counts, this.earlierSyn);
      if ((flags & ACK) !== 0) this.twins.noteAnswer();
      this.earlierSyn = null;
    }
    countTraffic(focus, advances, heard, found);
    if (counts && packet.payloadLength > 0 && (flags & RST) === 0 && (advances || fills)) {
      noteExchange(focus.medians, connection, receiver, packet, advances, found, side, at);
    }
    if (found !== 0 || !counts || focus.repeated > 0) noteFindings(focus, found, ignored);
    if (counts && packet.payloadLength > 0 && advances && (sender.bits & FIN_RECEIVED) !== 0)
      noteHalfClose(focus);
    this.zeek?.settle(focus, counts);
    markFast(focus);
    this.reportRow(slot, found, ignored);
  }

  /** Whether the receiver accepts the segment in focus: as was proved, else as it seems; begins a doubt where needed. */
  private judgement(slot: number, known: Known | undefined): IgnoredBecause | null {
    const { focus } = this;
    focus.proof = known?.proof ?? NO_PROOF;
    if (known?.forget === 'fin') this.finRows?.refute(slot, focus.sender.finPacket, known.proof);
    if (known !== undefined) applyKnown(focus, known);
    const ignored = known === undefined ? whyIgnored(focus) : known.ignored;
    const doubted = known === undefined || this.mayChangeBack(known) ? doubtOf(focus, ignored) : null;
    if (doubted !== null) {
      const doubt = this.doubtAt(slot) ?? this.doubts.open(focus, this.zeek?.save(slot) ?? null);
      focus.connection.bits |= IN_DOUBT;
      doubt.ask(focus, doubted, ignored);
    }
    return ignored;
  }

  /** Even an ignored segment may still be acknowledged. */
  private mayChangeBack(known: Known): boolean {
    return known.ignored === 'before-syn-ack' || known.ignored === 'ack-unacceptable';
  }

  /** Gives the row of the segment in focus; while its connection is in doubt the row waits, if rows may. */
  private reportRow(slot: number, found: number, ignored: IgnoredBecause | null): void {
    const { focus, sink } = this;
    const ladder = focus.extras?.ladder ?? null;
    const isWanted = sink.segment !== undefined && sink.wantsSegments?.(focus.connection.index) !== false;
    // rows that wait are put right; a ladder is the same with rows and without
    if (ladder !== null) foldInto(ladder, ladderSegment(focus, found, ignored));
    if (!isWanted) return;
    const row = segmentRow(focus, found, ignored);
    if (this.rowsAtOnce) {
      if (!this.replaying) sink.segment?.(row);
      return;
    }
    const doubt = this.doubtAt(slot);
    if (doubt === undefined) this.finRows?.row(slot, row);
    else doubt.rows.push(row);
  }

  /** A copy of a segment that was seen a moment ago counts as nothing else. */
  copy(slot: number, arrival: Arrival): void {
    const { focus } = this;
    const { number, at } = arrival;
    this.keepEvent(slot, arrival, 'copy', false);
    const { connection, side } = focus;
    connection.lastPacket = number;
    connection.lastAt = Math.max(connection.lastAt, at);
    connection.codes |= codes.CAPTURE_DUPLICATE;
    const extras = focus.ensureExtras();
    extras.count(codes.CAPTURE_DUPLICATE, number, side);
    extras.copied = withNewest(extras.copied, focus);
    focus.clearBytes();
    focus.noteStates();
    focus.proof = NO_PROOF;
    this.reportRow(slot, codes.CAPTURE_DUPLICATE, null);
  }

  /** An ICMP error that quotes a segment of the connection in focus. */
  icmpError(slot: number, arrival: Arrival): void {
    const { packet, number, at } = arrival;
    this.keepEvent(slot, arrival, 'icmp', false);
    noteIcmpError(this.focus, packet, number, at);
    markFast(this.focus);
  }
}
