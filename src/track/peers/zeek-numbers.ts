/**
 * What Zeek knows of an end beyond what connection.ts keeps: made only for ends whose numbers differ between Zeek and
 * us, or for which Zeek counts something. Zeek ignores no segment, where we do (acceptance.ts), and it
 * reassembles what each end sends, to find what the capture misses (TCP_Reassembler.cc).
 */

/** More holes than this in one direction at a time count as one. */
const MAX_HOLES = 256;
/** `tcp_max_above_hole_without_any_acks`: behind a hole that nobody acknowledges, Zeek gives up after this much. */
const MAX_ABOVE_HOLE = 16_384;

export class ZeekNumbers {
  /** Where they are not those of the record, as absolute numbers: the ISN, and the number after the last one sent. */
  start: number | null = null;
  last: number | null = null;
  /** The number after the last byte that was seen, or given up. */
  top: number | null = null;
  /** Highest acknowledgement by the other end, where that is beyond what we take it for. */
  private beyond: number | null = null;
  /** What we take it for, where Zeek forgot that: it counts no acknowledgement from before an end's first segment. */
  private forgotten: number | null = null;
  /** Relative numbers: of the last SYN, FIN and RST that left a letter, and after the last FIN of any kind. */
  syn = 0;
  fin: number | null = null;
  rst: number | null = null;
  finEnd: number | null = null;
  /** Missing below `top`: beginning and end of each, in order. */
  holes: number[] = [];
  private gaveUp = false;
  /** How often so far, and at how many the letter is due: the 1st, 10th, 100th… time. */
  private retransmissions = 0;
  private retransmissionsDue = 1;
  private zeroWindows = 0;
  private zeroWindowsDue = 1;
  private gaps = 0;
  private gapsDue = 1;

  clone(): ZeekNumbers {
    const copy = Object.assign(new ZeekNumbers(), this);
    copy.holes = [...this.holes];
    return copy;
  }

  /** Counts; true where the letter is due. */
  retransmits(): boolean {
    if (++this.retransmissions < this.retransmissionsDue) return false;
    this.retransmissionsDue *= 10;
    return true;
  }

  closesWindow(): boolean {
    if (++this.zeroWindows < this.zeroWindowsDue) return false;
    this.zeroWindowsDue *= 10;
    return true;
  }

  misses(): boolean {
    if (++this.gaps < this.gapsDue) return false;
    this.gapsDue *= 10;
    return true;
  }

  /** All numbers from the ISN on count from another one. */
  shift(by: number): void {
    for (let i = 0; i < this.holes.length; i++) this.holes[i] = ((this.holes[i] ?? 0) + by) | 0;
  }

  /** The highest acknowledgement, where we know of `known`, of an end whose numbers begin at `start`. */
  acknowledged(known: number, start: number): number {
    if (this.forgotten === known) return this.beyond ?? start;
    return this.beyond !== null && ((this.beyond - known) | 0) > 0 ? this.beyond : known;
  }

  setAcknowledged(value: number): void {
    this.beyond = value;
  }

  forget(known: number): void {
    this.beyond = null;
    this.forgotten = known;
  }

  /** Nothing is missing up to `from`, the end of the last hole, but all between that and `to`. */
  addHole(from: number, to: number): void {
    const { holes } = this;
    if (this.gaveUp) return;
    if (holes.length >= 2 * MAX_HOLES || (holes.length > 0 && holes.at(-1) === from))
      holes[holes.length - 1] = to;
    else holes.push(from, to);
  }

  /** The last hole goes on to `to`. */
  extend(to: number): void {
    if (this.holes.length > 0) this.holes[this.holes.length - 1] = to;
  }

  /** Bytes that were missing came after all. */
  fill(from: number, to: number): void {
    const { holes } = this;
    for (let i = 0; i < holes.length; ) {
      const begin = holes[i] ?? 0;
      const end = holes[i + 1] ?? 0;
      if (((to - begin) | 0) <= 0) return;
      const left = ((from - begin) | 0) > 0;
      const right = ((end - to) | 0) > 0;
      if (((from - end) | 0) >= 0 || (left && right && holes.length >= 2 * MAX_HOLES)) {
        i += 2;
        continue;
      }
      if (left && right) holes.splice(i, 2, begin, from, to, end);
      else if (left) holes[i + 1] = from;
      else if (right) holes[i] = to;
      else {
        holes.splice(i, 2);
        continue;
      }
      i += 2;
    }
  }

  /** Before more is seen of an end of whose bytes none was acknowledged. `top` as above. */
  considerGivingUp(top: number): void {
    const first = this.holes[0];
    if (first === undefined) return;
    const seen = this.holes.at(-1) === top ? (this.holes.at(-2) ?? top) : top;
    if (((seen - first) | 0) <= MAX_ABOVE_HOLE) return;
    this.gaveUp = true;
    this.holes.length = 0;
  }

  /** All before `upTo` was acknowledged: closes the holes there, and returns how many they were. */
  giveUpHoles(upTo: number, top: number): number {
    const { holes } = this;
    let count = 0;
    let touches = false;
    while (holes.length > 0 && ((upTo - (holes[0] ?? 0)) | 0) > 0) {
      count++;
      const end = holes[1] ?? 0;
      touches = end === top;
      if (((end - upTo) | 0) > 0) {
        holes[0] = upTo;
        break;
      }
      if (holes.length > 2) holes.splice(0, 2);
      else {
        // keeps its memory: the next one follows
        holes.pop();
        holes.pop();
      }
    }
    // what is missing behind the last byte seen is one hole with what is missing before it
    if (((upTo - top) | 0) > 0 && !touches) count++;
    return this.gaveUp ? 0 : count;
  }
}
