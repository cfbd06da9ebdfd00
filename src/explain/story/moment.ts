/** What is known of a connection when a segment comes, for its story. */
import type { LadderEntry } from '../../track/memory/extras.js';

export type End = 'client' | 'server';

export interface Moment {
  earlier: readonly LadderEntry[];
  /** States of both ends before and after it, as the ladder shows them; empty before the first. */
  before: Readonly<Record<End, string>>;
  after: Readonly<Record<End, string>>;
  /** Seconds since the segment before, since its sender's last one, and without data; null where there was none. */
  silence: number | null;
  sinceOwn: number | null;
  /** The other end has sent something. */
  heardOther: boolean;
  otherFin: boolean;
  /** Its sender has sent a SYN without ACK before. */
  sentSyn: boolean;
  /** It is the first data of its sender. */
  firstData: boolean;
  /** The next number that its receiver expects; null where that is not known. */
  expected: number | null;
  /** Its number does not count from the first one of its sender. */
  outside: boolean;
  /** It is sent to a closed window to ask; its own sender's window was closed. */
  probes: boolean;
  windowClosed: boolean;
  /** Which of several duplicate ACKs it is. */
  duplicate: number | null;
  /** Numbers of its sender and of the other end as they are shown. */
  own(relative: number): number;
  other(relative: number): number;
}
