/** The heights at which segments leave and arrive: lifelines that never run backwards. */

import type { Slopes } from '../picture/slopes.js';
import type { SegmentLine } from '../segment-line.js';
import type { Geometry } from './geometry.js';

/** 0: the client. */
type End = 0 | 1;

interface Event {
  y: number;
  /** Seconds since the connection began, at this end. */
  time: number;
  departure: boolean;
  /** Number behind the last byte or flag that arrived. */
  next: number;
}

/** From the lowest line of a text to the departure below it, whose label is in between. */
const LABEL = 25;

/** What a height depends on: of a segment, or of a datagram. */
export type Travelling = Pick<SegmentLine, 'fromClient' | 'time' | 'numbers' | 'length' | 'flags'>;

export interface Heights {
  leaves: number;
  arrives: number;
}

export class Lifelines {
  private readonly events: [Event[], Event[]] = [[], []];
  private text: number;
  /** The first of two segments that cross. */
  private crossing: Heights | null = null;

  constructor(
    private floor: number,
    private readonly geometry: Geometry,
    private readonly slopes: Slopes,
  ) {
    this.text = floor;
  }

  /** Text reaches down to here: what follows, and its label, is below. */
  keepBelow(y: number): void {
    this.text = Math.max(this.text, y);
    this.floor = Math.max(this.floor, y + LABEL);
  }

  /** The lowest height that is in use. */
  get bottom(): number {
    return Math.max(this.text, ...this.events.flat().map(({ y }) => y));
  }

  /** `meets`: each leaves before the other arrives, as is known from what they say. */
  place(row: Travelling, meets: 'first' | 'second' | null): Heights {
    const heights = (meets === 'second' ? this.cross() : null) ?? this.straight(row);
    const { drop, near } = this.slopes;
    if (meets === 'first' && near === null) {
      heights.arrives = heights.leaves + drop + this.geometry.row;
      this.crossing = heights;
    }
    const sender: End = row.fromClient ? 0 : 1;
    const { time, numbers, length, flags } = row;
    const { left, arrived } = this.times(row, time);
    // SYN and FIN take a number each (RFC 9293 3.4)
    const next = numbers.sequence + length + flags.filter((flag) => flag === 'SYN' || flag === 'FIN').length;
    this.events[sender].push({ y: heights.leaves, time: left, departure: true, next });
    this.events[sender === 0 ? 1 : 0].push({ y: heights.arrives, time: arrived, departure: false, next });
    return heights;
  }

  /** Null where the first was not drawn to be crossed, as its times are known. */
  private cross(): Heights | null {
    if (this.crossing === null) return null;
    const { leaves, arrives } = this.crossing;
    this.crossing = null;
    const later = this.geometry.turn / 2;
    return { leaves: leaves + later, arrives: arrives + later };
  }

  private straight(row: Travelling): Heights {
    const { drop, near } = this.slopes;
    const sender: End = row.fromClient ? 0 : 1;
    const receiver: End = sender === 0 ? 1 : 0;
    const { left } = this.times(row, row.time);
    const acknowledged = row.numbers.acknowledgement ?? 0;
    const isFar = near !== null && near !== (row.fromClient ? 'client' : 'server');
    // at the far end, what had not arrived by then does not push it down: the arrows cross
    const came = (event: Event): boolean =>
      event.departure || !isFar || event.time <= left || event.next <= acknowledged;
    const own = this.events[sender];
    const leaves = Math.max(
      this.floor,
      this.below(own.filter(came), true),
      this.below(this.events[receiver], false) - drop,
    );
    const free = this.clearOf(
      own.filter((event) => !came(event)),
      leaves,
    );
    return { leaves: free, arrives: free + drop };
  }

  /** Not at the height of an event that was later: where there is no room above it, below. */
  private clearOf(later: readonly Event[], leaves: number): number {
    return later.reduce(
      (free, { y }) => (free > y - this.geometry.turn ? Math.max(free, y + this.geometry.turn) : free),
      leaves,
    );
  }

  private below(events: readonly Event[], departs: boolean): number {
    const { row, turn } = this.geometry;
    return events.reduce(
      (least, { y, departure }) => Math.max(least, y + (departure === departs ? row : turn)),
      0,
    );
  }

  private times(row: Travelling, time: number): { left: number; arrived: number } {
    const { near, oneWay } = this.slopes;
    const isNear = near === null || near === (row.fromClient ? 'client' : 'server');
    return isNear ? { left: time, arrived: time + oneWay } : { left: time - oneWay, arrived: time };
  }
}
