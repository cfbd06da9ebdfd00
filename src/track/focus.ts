/**
 * The segment at hand and the connection that it belongs to: what the parts of the tracker work on. One Focus is
 * pointed anew at each segment, so that nothing is allocated for it.
 */
import { Packet } from '../decode/packet.js';
import { TcpOptions } from '../decode/tcp-options.js';
import { ConnectionCursor, ConnectionStore, EndpointCursor, SELF } from './connection.js';
import { Detail } from './detail.js';

/**
 * A time before it is known. Not 0, which engines take for the promise of small integers: all that is compiled for
 * those would be thrown away once a capture is two seconds old.
 */
export const NO_TIME = Number.NaN;

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
  readonly connection = new ConnectionCursor();
  readonly sender = new EndpointCursor();
  readonly receiver = new EndpointCursor();
  /** The second from which `at` counts, the same for all segments. */
  private baseSeconds = 0;
  private readonly store = new ConnectionStore();
  private readonly details: (Detail | undefined)[] = [];
  private readonly freeDetails: number[] = [];

  take(arrival: Arrival): void {
    this.packet = arrival.packet;
    this.options = arrival.options;
    this.number = arrival.number;
    this.seconds = arrival.seconds;
    this.nanoseconds = arrival.nanoseconds;
    this.at = arrival.at;
  }

  /** The segment begins a connection: fills in when. */
  noteStart(): void {
    this.connection.startSeconds = this.seconds;
    this.connection.startNanoseconds = this.nanoseconds;
    this.baseSeconds = this.seconds - Math.round((this.at - this.nanoseconds) / 1e9);
  }

  /** Points at a connection; `side` is the sender's. */
  aim(slot: number, side: number): void {
    this.slot = slot;
    this.side = side === 1 ? 1 : 0;
    this.store.aim(slot, side, this.connection, this.sender, this.receiver);
    if ((this.connection.bits & SELF) !== 0) this.mirror();
  }

  /** A socket that is connected to itself sends what it receives: both cursors point at one end. */
  mirror(): void {
    this.receiver.at = this.sender.at;
    this.receiver.atDoubles = this.sender.atDoubles;
  }

  /** Points at a connection alone, leaving the ends where they are. */
  glance(slot: number): ConnectionCursor {
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
  get existing(): Detail | null {
    const number = this.connection.detail;
    return number === 0 ? null : (this.details[number] ?? null);
  }

  /** The same, made where it is missing. */
  detail(): Detail {
    const existing = this.existing;
    return existing === null ? this.newDetail(this.connection) : existing;
  }

  /** That of any connection, made where it is missing. */
  detailOf(connection: ConnectionCursor): Detail {
    return this.details[connection.detail] ?? this.newDetail(connection);
  }

  private newDetail(connection: ConnectionCursor): Detail {
    const number = this.freeDetails.pop() ?? Math.max(1, this.details.length);
    const detail = new Detail();
    this.details[number] = detail;
    connection.detail = number;
    return detail;
  }

  /** Frees the connection's detail. */
  forget(): void {
    const number = this.connection.detail;
    if (number === 0) return;
    this.details[number] = undefined;
    this.freeDetails.push(number);
  }
}
