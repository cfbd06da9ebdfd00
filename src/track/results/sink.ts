/** What a tracker reports while it follows connections. */
import type { PathTable } from '../../decode/path.js';
import type { LadderSegment } from '../memory/extras.js';
import { LISTEN, type StateName, stateName, UNSEEN } from '../rfc9293/transition.js';
import type { ConnectionSnapshot, LocatedFacts } from './snapshot.js';

/** Left and right edges, relative (RFC 2018); the first block may be a DSACK. */
export type SackBlocks = readonly (readonly [number, number])[];

/** One TCP segment, as it was judged. */
export interface SegmentRow extends LadderSegment {
  connection: number;
  clientSide: 0 | 1;
  /** Whether each side has sent anything so far. */
  heard: readonly [boolean, boolean];
  /** Nanoseconds of the round trip that it ends, as `rtt` of a connection counts; null where it ends none. */
  roundTrip: number | null;
  /** Null where its options were not captured. */
  sacks: SackBlocks | null;
  seconds: number;
  nanoseconds: number;
}

/** The state of a side after a segment: of one that has sent nothing it is not known that it listens. */
export function rowState({ states, heard }: SegmentRow, side: 0 | 1): StateName {
  return stateName(states[side] === LISTEN && !heard[side] ? UNSEEN : states[side]);
}

/** A step in the life of a connection, for watching live. */
export const STEPS = ['opening', 'opened', 'closing', 'closed', 'failed'] as const;
export type Step = (typeof STEPS)[number];

/** What is kept for medians: round trips and response times, the latter alone, or nothing. */
export type Times = 'all' | 'responses' | 'none';

export interface TrackerSink {
  /** Each TCP segment. In capture order, except segments numbered above `Tracker.heldPacket`. */
  segment?(row: SegmentRow): void;
  /** Which connections, by index, `segment` is to be called for; all where it is missing. */
  wantsSegments?(index: number): boolean;
  /**
   * A connection that is over, evicted, or still there at the end. Given for all that are still there before `connection`
   * reports the first of them. `facts` are read from the tracker's memory and are valid only during the call.
   */
  over(facts: LocatedFacts): void;
  /** Which times of a connection that begins are kept; all where it is missing. */
  times?(index: number): Times;
  /** The same connection, in full: `snapshot`, called at once, makes plain values that last; `facts` are as of `over`. */
  connection(index: number, facts: () => LocatedFacts, snapshot: () => ConnectionSnapshot): void;
  /** A change that somebody who watches the capture wants to see; `snapshot` makes the plain values on request. */
  step?(step: Step, snapshot: () => ConnectionSnapshot): void;
}

export interface TrackerOptions {
  /** How many connections are kept at most at a time. */
  maxConnections: number;
  /**
   * Rows are given as their segments come, for live output: they say what was known then. Else the rows of a connection in
   * doubt wait, at most a minute, for packets that prove a guess wrong.
   */
  rowsAtOnce: boolean;
  /** The ladder's segments are kept for connections with these indices… */
  ladderOf: Pick<ReadonlySet<number>, 'has'> | null;
  /** …or, where that is null, for this many first connections. */
  ladders: number;
  /** The meaning of the numbers in `Packet.path`. */
  paths: PathTable;
  /** Whether Zeek's history and states are followed; without, a snapshot has none. */
  zeek: boolean;
}
