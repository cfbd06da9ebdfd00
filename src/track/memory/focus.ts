/**
 * The current segment and the connection that it belongs to: what the parts of the tracker work on. One Focus is
 * pointed at each segment in turn, so that nothing is allocated.
 */
import { Packet } from '../../decode/packet.js';
import { TcpOptions } from '../../decode/tcp-options.js';
import { ConnectionCursor, ConnectionStore, EndpointCursor, REQUEST_WAITS, SELF } from './connection.js';
import { Extras, type Fill } from './extras.js';
import { Medians } from './medians.js';

/**
 * A time before it is known. Not 0, which engines take as a sign that all values are small integers: code compiled for
 * those is thrown away once a capture is two seconds old.
 */
export const NO_TIME = Number.NaN;

export const NO_PROOF: readonly number[] = [];

/** A segment as it came: decoded, and where and when it was captured. */
export interface Arrival {
  packet: Packet;
  options: TcpOptions;
  /** Packet number; absolute time; nanoseconds since the tracker's base. */
  number: number;
  seconds: number;
  nanoseconds: number;
  at: number;
}

/** A connection as it was at some moment. */
export interface Saved {
  record: Int32Array;
  extras: Extras | null;
  rows: Series[];
}

/** A series of times in medians.ts. */
interface Series {
  row: number;
  count: number;
}

export class Focus implements Arrival {
  packet: Packet = new Packet();
  options: TcpOptions = new TcpOptions();
  number = 0;
  seconds = 0;
  nanoseconds = 0;
  at = NO_TIME;
  /** The connection's slot, and the side that sent the segment. */
  slot = -1;
  side: 0 | 1 = 0;
  /** States of the sender and the receiver before the segment. */
  senderBefore = 0;
  receiverBefore = 0;
  /** What bytes.ts found of the segment's bytes. */
  repeated = 0;
  again = false;
  gap = 0;
  fill: Fill = 'none';
  /** The last round trip that was measured, in nanoseconds, and the packet whose ACK ended it. */
  private roundTrip = NO_TIME;
  private roundTripPacket = 0;
  /** Packets that prove how its receiver took it. */
  proof: readonly number[] = NO_PROOF;
  readonly connection = new ConnectionCursor();
  readonly sender = new EndpointCursor();
  readonly receiver = new EndpointCursor();
  /** The second from which `at` counts, the same for all segments. */
  private baseSeconds = 0;
  readonly medians = new Medians();
  private readonly store = new ConnectionStore();
  private readonly details: (Extras | undefined)[] = [];
  private readonly freeNumbers: number[] = [];

  noteStates(): void {
    this.senderBefore = this.sender.state;
    this.receiverBefore = this.receiver.state;
  }

  take(arrival: Arrival): void {
    this.packet = arrival.packet;
    this.options = arrival.options;
    this.number = arrival.number;
    this.seconds = arrival.seconds;
    this.nanoseconds = arrival.nanoseconds;
    this.at = arrival.at;
  }

  /** The segment ends a round trip of `roundTrip` nanoseconds. */
  measured(roundTrip: number): void {
    this.roundTrip = roundTrip;
    this.roundTripPacket = this.number;
  }

  /** Nanoseconds of the round trip that the segment ends; null where it ends none that is measured. */
  get endedRoundTrip(): number | null {
    return this.roundTripPacket === this.number ? this.roundTrip : null;
  }

  /** Forgets what was found of the segment's bytes. */
  clearBytes(): void {
    this.repeated = 0;
    this.again = false;
    this.gap = 0;
    this.fill = 'none';
  }

  /** The segment begins a connection: fills in when. */
  noteStart(): void {
    this.connection.startSeconds = this.seconds;
    this.connection.startNanoseconds = this.nanoseconds;
    this.baseSeconds = this.seconds - Math.round((this.at - this.nanoseconds) / 1e9);
  }

  /** Points at a connection; `side` is the sender's. */
  pointAt(slot: number, side: number): void {
    this.slot = slot;
    this.side = side === 1 ? 1 : 0;
    this.store.aim(slot, side, this.connection, this.sender, this.receiver);
    if ((this.connection.bits & SELF) !== 0) this.aliasEnds();
  }

  /** A socket that is connected to itself sends what it receives: both cursors point at one end. */
  aliasEnds(): void {
    this.receiver.at = this.sender.at;
  }

  /** Points at a connection alone, leaving the ends where they are. */
  pointAtConnection(slot: number): ConnectionCursor {
    this.store.connection(this.connection, slot);
    return this.connection;
  }

  /** Points cursors of the caller's at another connection; `side` for `own`. */
  look(
    slot: number,
    side: number,
    connection: ConnectionCursor,
    own: EndpointCursor,
    peer: EndpointCursor,
  ): void {
    this.store.aim(slot, side, connection, own, peer);
  }

  /** When the connection began, on the scale of `at`. Not kept: that of a million connections would need 8 MB. */
  get startedAt(): number {
    const { startSeconds, startNanoseconds } = this.connection;
    return (startSeconds - this.baseSeconds) * 1e9 + startNanoseconds;
  }

  clear(slot: number): void {
    this.store.clear(slot);
  }

  /** What is kept of the connection beyond its record, where there is anything. */
  get extras(): Extras | null {
    const number = this.connection.extras;
    return number === 0 ? null : (this.details[number] ?? null);
  }

  /** The same, made where it is missing. */
  ensureExtras(): Extras {
    return this.extras ?? this.keep(this.connection, new Extras());
  }

  /** That of any connection, made where it is missing. */
  ensureExtrasOf(connection: ConnectionCursor): Extras {
    return this.details[connection.extras] ?? this.keep(connection, new Extras());
  }

  private keep(connection: ConnectionCursor, extras: Extras): Extras {
    const number = this.freeNumbers.pop() ?? Math.max(1, this.details.length);
    this.details[number] = extras;
    connection.extras = number;
    return extras;
  }

  /** A copy of all that is kept of the connection, for `restore`. */
  save(): Saved {
    const record = this.store.save(this.slot);
    const extras = this.extras?.clone() ?? null;
    return { record, extras, rows: this.copyRows() };
  }

  /** Puts back what `save` copied. */
  restore(saved: Saved): void {
    // what other connections showed of it stays
    const twin = this.extras?.twin ?? null;
    this.freeExtras();
    this.store.restore(this.slot, saved.record);
    this.connection.extras = 0;
    if (saved.extras !== null) this.keep(this.connection, saved.extras.clone());
    if (twin !== null) this.ensureExtras().twin = twin;
    this.setRows(saved.rows);
    saved.rows = this.copyRows();
  }

  /** Gives up a copy. */
  drop(saved: Saved): void {
    for (const { row, count } of saved.rows) this.medians.release(row, count);
  }

  /** Copies of the rows of times: of the connection, and of its ends by their side. */
  private copyRows(): Series[] {
    const { connection, medians } = this;
    const [first, second] = this.ends();
    const copy = (row: number, count: number): Series => ({ row: medians.copy(row, count), count });
    const trips = (end: EndpointCursor): Series =>
      end.rttCount > 1 ? copy(end.rttRow, end.rttCount) : { row: 0, count: 0 };
    const same = (connection.bits & SELF) !== 0;
    return [
      copy(connection.responseRow, connection.responses),
      trips(first),
      same ? { row: 0, count: 0 } : trips(second),
    ];
  }

  private setRows(rows: readonly Series[]): void {
    const [responses, ofFirst, ofSecond] = rows;
    const [first, second] = this.ends();
    if (responses !== undefined && responses.count > 0) this.connection.responseRow = responses.row;
    if (ofFirst !== undefined && ofFirst.count > 0) first.rttRow = ofFirst.row;
    if (ofSecond !== undefined && ofSecond.count > 0) second.rttRow = ofSecond.row;
  }

  private ends(): [EndpointCursor, EndpointCursor] {
    return this.side === 0 ? [this.sender, this.receiver] : [this.receiver, this.sender];
  }

  /** Frees what is kept of the connection outside its record. */
  freeExtras(): void {
    this.forgetResponses();
    this.forgetRoundTrips(this.sender);
    this.forgetRoundTrips(this.receiver);
    const number = this.connection.extras;
    if (number === 0) return;
    this.details[number] = undefined;
    this.freeNumbers.push(number);
  }

  /** Of the connection; its roles turned out to be the other way round, or it is over. */
  forgetResponses(): void {
    const { connection } = this;
    this.medians.release(connection.responseRow, connection.responses);
    connection.responses = 0;
    connection.bits &= ~REQUEST_WAITS;
  }

  /** The shortest time from an end's segments to their ACKs; 0 where none was measured. */
  shortestTrip(end: EndpointCursor): number {
    return end.rttCount === 0 ? 0 : end.rttMin;
  }

  private forgetRoundTrips(end: EndpointCursor): void {
    if (end.rttCount > 1) this.medians.release(end.rttRow, end.rttCount);
    end.rttCount = 0;
  }
}
