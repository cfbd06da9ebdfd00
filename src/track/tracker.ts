/**
 * Follows TCP connections: finds the connection of each segment, processes it (treatment.ts), and reports each
 * connection once, when it is over or at the end.
 *
 * Nothing is allocated for an ordinary segment. A connection that is over stays for a while, for late segments.
 */
import { ACK, FIN, Packet, PSH, RST, SYN, URG } from '../decode/packet.js';
import { readOptions, TcpOptions } from '../decode/tcp-options.js';
import { COPY, DuplicateFilter, MAYBE_COPY, NO_COPY } from './copies/duplicates.js';
import { Expiry } from './expiry.js';
import { markFast, takeFastPath } from './fast-path.js';
import * as codes from './memory/codes.js';
import { OPENED, RESPONSES_TIMED, SYN_HELD, TIMED } from './memory/connection.js';
import { FlowTable } from './memory/flow-table.js';
import { type Arrival, Focus, NO_TIME } from './memory/focus.js';
import { type HeldSyn, HeldSyns } from './memory/held-syns.js';
import { Indices } from './memory/indices.js';
import { RecentlyClosed } from './memory/recently-closed.js';
import { noteFirstPacket } from './notes/first-packet.js';
import { Zeek } from './peers/zeek.js';
import { Reports } from './results/reports.js';
import type { TrackerOptions, TrackerSink } from './results/sink.js';
import { Steps } from './results/steps.js';
import {
  answersUnseenSyn,
  fitsAcrossPaths,
  isLive,
  isNewSyn,
  noteOldDuplicate,
  showsBeginning,
} from './rfc9293/connection-reuse.js';
import { TIME_WAIT } from './rfc9293/transition.js';
import { Treatment } from './treatment.js';
import { Twins } from './twins/twins.js';

/** Copies of a held SYN that are kept with it. */
const MAX_COPIES = 16;
/** How many old connections are looked at for each new one. */
const SWEEP = 2;

export class Tracker {
  readonly indices = new Indices();
  /** Connections evicted before their end, because there were too many. */
  evictedHalfOpen = 0;
  evictedOthers = 0;
  private readonly table = new FlowTable();
  private readonly focus = new Focus();
  /** What the filter said of the segment that came last. */
  copy = NO_COPY;
  readonly duplicates = new DuplicateFilter();
  /** The segment that came last; one object is filled again for each. */
  readonly arrival: Arrival = {
    packet: new Packet(),
    options: new TcpOptions(),
    number: 0,
    seconds: 0,
    nanoseconds: 0,
    at: NO_TIME,
  };
  /** The ICMP error that came last. */
  private readonly icmp: Arrival = { ...this.arrival };
  private readonly held = new HeldSyns();
  /** Packet of a SYN that is held no longer, but has no row yet; else Infinity. */
  private releasing = Number.POSITIVE_INFINITY;
  private readonly treatment: Treatment;
  private readonly recentEnds = new RecentlyClosed();
  private readonly expiry = new Expiry(this.table, this.focus);
  private readonly zeek: Zeek | null;
  private readonly twins = new Twins(this.table, this.focus);
  readonly reports: Reports;
  /** Connections came into the table in the order of their first packets; and the newest of these. */
  private inOrder = true;
  private newestFirst = 0;

  /** Each segment is reported, of all connections. */
  private readonly watched: boolean;
  /** Of which connections each segment is reported, where that is not so of all. */
  private readonly wantsSegments: ((index: number) => boolean) | null;
  private readonly steps: Steps | null;

  constructor(
    private readonly sink: TrackerSink,
    private readonly settings: TrackerOptions,
  ) {
    const zeek = settings.zeek ? new Zeek() : null;
    this.zeek = zeek;
    this.reports = new Reports(this.table, this.focus, zeek, sink, settings);
    this.wantsSegments =
      sink.segment === undefined || sink.wantsSegments === undefined ? null : sink.wantsSegments.bind(sink);
    this.watched = sink.step !== undefined || (sink.segment !== undefined && this.wantsSegments === null);
    this.steps =
      sink.step === undefined
        ? null
        : new Steps(
            this.focus,
            (name, snapshot) => sink.step?.(name, snapshot),
            (slot) => this.reports.snapshot(slot),
          );
    const { focus, twins, recentEnds } = this;
    this.treatment = new Treatment(focus, zeek, twins, recentEnds, sink, settings.rowsAtOnce);
  }

  /** Rows of packets before this one have all been given; Infinity where none is held back. */
  get heldPacket(): number {
    return Math.min(this.releasing, this.held.oldestPacket, this.treatment.oldestPacket);
  }

  /** Open connections now. */
  get size(): number {
    return this.table.size;
  }

  /** A TCP segment: its packet number, its absolute time, and the same in nanoseconds since the base. */
  segment(packet: Packet, number: number, seconds: number, nanoseconds: number, at: number): void {
    const { arrival } = this;
    arrival.packet = packet;
    arrival.number = number;
    arrival.seconds = seconds;
    arrival.nanoseconds = nanoseconds;
    arrival.at = at;
    readOptions(packet, arrival.options);
    this.copy = this.duplicates.seen(arrival);
    this.accept(arrival, this.copy);
  }

  /** The same where its options are read, and known is what the filter said of it. */
  accept(arrival: Arrival, verdict: number): void {
    const { focus } = this;
    const { packet, number, seconds, nanoseconds, at } = arrival;
    this.reports.now = at;
    if (this.held.size > 0) this.expireHeld(at, number);
    if (this.treatment.isDue(at, number)) this.treatment.expire(at, number);
    let slot = this.find(packet, at);
    const copy = verdict === COPY || (verdict === MAYBE_COPY && slot >= 0 && this.hasCopies());
    const mayBeFast = slot >= 0 && !copy && !this.watched && !this.table.otherPath;
    const isWanted = mayBeFast && this.wantsSegments?.(focus.connection.index) === true;
    if (mayBeFast && !isWanted && takeFastPath(focus, arrival, slot, this.zeek)) return;
    const held = slot >= 0 && (focus.connection.bits & SYN_HELD) !== 0 ? this.held.get(slot) : undefined;
    if (slot >= 0 && copy) {
      if (held !== undefined && isCopyOf(held, packet)) {
        // it belongs to whatever that SYN turns out to begin
        if (held.copies.length < MAX_COPIES) held.copies.push({ number, seconds, nanoseconds, at });
      } else this.captureDuplicate(slot, arrival);
      return;
    }
    if (held !== undefined) slot = this.resolveHeld(slot, held, packet);
    else if (slot >= 0 && answersUnseenSyn(focus, packet)) slot = this.replace(slot, arrival);
    else if (slot >= 0 && isNewSyn(focus, packet)) {
      if (isLive(focus, packet, this.table.otherPath)) {
        if (this.held.isFull) {
          this.process(slot, arrival, -1);
          return;
        }
        focus.connection.bits |= SYN_HELD;
        markFast(focus);
        this.held.hold(slot, arrival, this.indices.next(), focus.side);
        return;
      }
      noteOldDuplicate(focus, at);
      const ignored = focus.extras?.ignoredSyn ?? null;
      this.treatment.earlierSyn = ignored?.sequence === packet.sequence ? ignored : null;
      slot = this.replace(slot, arrival);
    }
    this.process(slot, arrival, -1);
  }

  private hasCopies(): boolean {
    return (this.focus.connection.codes & codes.CAPTURE_DUPLICATE) !== 0;
  }

  /**
   * Ends a connection whose addresses and ports are used again; returns -1, for the new one. `answered`: by a
   * SYN-ACK, which an end that still had the old one would not send.
   */
  private replace(slot: number, { number, at }: Pick<Arrival, 'number' | 'at'>, answered = false): number {
    const { focus } = this;
    focus.pointAt(slot, 0);
    const waits = focus.sender.state === TIME_WAIT || focus.receiver.state === TIME_WAIT;
    if (waits) focus.ensureExtras().timeWaitReused = { packet: number, at };
    else if (answered) focus.ensureExtras().reopenedBy = number;
    this.end(slot);
    this.treatment.reused = true;
    return -1;
  }

  /**
   * The slot of the packet's connection, or -1; points at it, and leaves the sending side in table.side. What was
   * over for long enough is no longer there, even if no sweep has removed it yet: so the result for a
   * connection does not depend on others.
   */
  private find(packet: Packet, at: number): number {
    const { focus, table } = this;
    let slot = table.find(packet);
    while (slot >= 0) {
      focus.pointAt(slot, table.side);
      if (this.expiry.isExpired(at)) {
        this.expire(slot);
        slot = table.find(packet);
      } else if (!table.otherPath || fitsAcrossPaths(focus, packet)) return slot;
      else slot = table.findAnother(packet, slot);
    }
    return slot;
  }

  /** Decides a held SYN by the segment that follows it; returns the slot that the segment belongs to. */
  private resolveHeld(slot: number, syn: HeldSyn, packet: Packet): number {
    const fromSynSender = this.table.side === syn.side;
    const begins = showsBeginning(syn, packet, fromSynSender);
    if (begins) this.promote(slot, !fromSynSender && (packet.flags & SYN) !== 0);
    else this.ignoreHeld(slot);
    // also for the side that it leaves in the table
    const found = this.table.find(packet);
    return begins ? found : slot;
  }

  /** The held SYN was the beginning of a new connection. */
  private promote(slot: number, answered = false): void {
    const syn = this.held.take(slot);
    if (syn === undefined) return;
    this.releasing = syn.number;
    this.release(this.replace(slot, syn, answered), syn, syn.index);
  }

  /** The held SYN was ignored by its receiver: it stays an event of the old connection. */
  private ignoreHeld(slot: number): void {
    const syn = this.held.take(slot);
    if (syn === undefined) return;
    this.indices.giveBack(syn.index);
    this.focus.pointAtConnection(slot).bits &= ~SYN_HELD;
    this.table.find(syn.packet);
    this.release(slot, syn, -1);
  }

  /** Processes a held SYN and its copies, now that its connection is known. */
  private release(slot: number, syn: HeldSyn, index: number): void {
    this.process(slot, syn, index);
    this.releasing = Number.POSITIVE_INFINITY;
    for (const copy of syn.copies) {
      const there = this.table.find(syn.packet);
      if (there >= 0) this.captureDuplicate(there, { ...syn, ...copy });
    }
  }

  private expireHeld(at: number, number: number): void {
    for (;;) {
      const slot = this.held.expired(at, number);
      if (slot < 0) return;
      this.promote(slot);
    }
  }

  /** Gives a segment to its connection; slot -1 begins one, with `index` where one is reserved. */
  private process(slot: number, arrival: Arrival, index: number): void {
    const { focus } = this;
    focus.take(arrival);
    const begins = slot < 0;
    const there = begins ? this.begin(index) : slot;
    focus.pointAt(there, this.table.side);
    this.treatment.segment(there, arrival, begins);
    this.steps?.afterSegment(there);
  }

  /** Takes a slot for the connection that the current segment begins; `index` where one is reserved. */
  private begin(index: number): number {
    const { focus, table, settings } = this;
    const { packet, at } = focus;
    this.sweep(at);
    if (table.size >= settings.maxConnections) this.evict();
    const slot = table.add(packet);
    focus.clear(slot);
    focus.pointAt(slot, 0);
    noteFirstPacket(focus, index >= 0 ? index : this.indices.next(), this.zeek);
    const { ladderOf, ladders } = settings;
    const { index: number, firstPacket } = focus.connection;
    if (firstPacket < this.newestFirst) this.inOrder = false;
    else this.newestFirst = firstPacket;
    const times = this.sink.times?.(number) ?? 'all';
    if (times !== 'none')
      focus.connection.bits |= times === 'all' ? TIMED | RESPONSES_TIMED : RESPONSES_TIMED;
    if (ladderOf === null ? number < ladders : ladderOf.has(number)) {
      focus.ensureExtras().ladder = [];
    }
    if ((packet.flags & (SYN | ACK | RST)) === 0)
      focus.ensureExtras().oddFlags = packet.flags & (FIN | PSH | URG);
    this.twins.begins();
    return slot;
  }

  private captureDuplicate(slot: number, arrival: Arrival): void {
    this.focus.take(arrival);
    this.focus.pointAt(slot, this.table.side);
    this.treatment.copy(slot, arrival);
  }

  /** An ICMP error that quotes a segment of a connection. */
  icmpError(packet: Packet, number: number, at: number): void {
    const slot = this.table.find(packet);
    if (slot < 0) return;
    this.focus.pointAt(slot, this.table.side);
    if (this.expiry.isExpired(at)) this.expire(slot);
    else {
      const { icmp } = this;
      icmp.packet = packet;
      icmp.number = number;
      icmp.at = at;
      this.treatment.icmpError(slot, icmp);
      this.steps?.afterIcmpError(slot);
    }
  }

  /** Ends a connection that is past; its addresses and ports are free to be used again. */
  private expire(slot: number): void {
    this.recentEnds.add(this.table, slot, this.focus.connection.lastAt);
    this.end(slot);
  }

  /** Looks at a few old connections and reports those that have been over for long enough. */
  private sweep(at: number): void {
    for (let i = 0; i < SWEEP; i++) {
      const slot = this.expiry.nextExpired(at);
      if (slot >= 0) this.expire(slot);
    }
  }

  /** Does what time alone decides, where no segment triggers it (live): called now and then with the time. */
  tick(at: number): void {
    this.expireHeld(at, 0);
    this.treatment.expire(at, 0);
    for (let slot = this.table.oldest(); slot >= 0; ) {
      const next = this.table.after(slot);
      if (this.expiry.isExpiredAt(slot, at)) this.expire(slot);
      else this.steps?.atTime(slot, at);
      slot = next;
    }
  }

  /** Makes room. */
  private evict(): void {
    const slot = this.expiry.evictionCandidate();
    if ((this.focus.connection.bits & OPENED) === 0) this.evictedHalfOpen++;
    else this.evictedOthers++;
    this.end(slot);
  }

  /** Reports a connection and frees it. */
  private end(slot: number): void {
    const held = this.held.take(slot);
    if (held !== undefined) this.indices.giveBack(held.index);
    this.treatment.close(slot);
    this.reports.over(slot);
    const { focus } = this;
    focus.freeExtras();
    this.zeek?.forget(focus);
    // it must not be found as a connection any more
    focus.connection.index = -1;
    this.expiry.beforeRemove(slot);
    this.table.remove(slot);
  }

  /** The end of the capture: all guesses now stand. Call it before `reports.countRest` and `finish`. */
  conclude(): void {
    for (let slot = this.held.first(); slot >= 0; slot = this.held.first()) this.promote(slot);
    this.treatment.settleAll();
    // a SYN that was held comes into the table late
    if (!this.inOrder) this.table.sortAge((slot) => this.focus.pointAtConnection(slot).firstPacket);
    this.inOrder = true;
  }

  /** After `conclude`: reports what is left, by first packet, up to a limit; true where there are more. */
  finish(most: number): boolean {
    for (let left = most; left > 0 && this.table.size > 0; left--) this.end(this.table.oldest());
    return this.table.size > 0;
  }
}

/** Two captures of one SYN. */
function isCopyOf(held: HeldSyn, packet: Packet): boolean {
  return (packet.flags & SYN) !== 0 && held.packet.sequence === packet.sequence;
}
