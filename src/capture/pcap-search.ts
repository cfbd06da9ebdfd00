/**
 * Finds the next record of a damaged pcap file. Nothing marks a record, so two headers in a row must be
 * plausible: near in time to the packets before, lengths that can be, and the second where the first one's
 * length leads. (The end of the file will do for the second.)
 *
 * The search moves the window along, so that at most one candidate is in memory.
 */
import type { Continuation, Problem } from './problem.js';
import type { ByteWindow } from './window.js';

/** After this many bytes without a record the search ends. */
const LONGEST_SEARCH = 64 * 1024 * 1024;
/** While searching, a packet longer than this is not believed. */
const LONGEST_FOUND = 262_144;
/** A record must be this near in time to the last one before the damage. */
export const NEAR_SECONDS = 30 * 86_400;
const FRACTION = 4;

export interface RecordLayout {
  littleEndian: boolean;
  headerLength: number;
  capturedAt: number;
  originalAt: number;
  fractionLimit: number;
  longest: number;
  /** Time of the last good record, null where there was none. */
  nearSeconds: number | null;
}

export class RecordSearch {
  /** Offset in the file of the record that could not be. */
  readonly from: number;

  /**
   * Begins one byte after the window's position; or, where packets before it are doubtful, at the data of the first of them,
   * as far as the window still has it.
   */
  constructor(
    private readonly window: ByteWindow,
    /** What was wrong. */
    readonly problem: Problem,
    private readonly layout: RecordLayout,
  ) {
    this.from = window.offset;
    if (window.keepFrom >= 0) window.position = window.kept;
    else window.position++;
    window.keepFrom = -1;
  }

  /** Where reading goes on. */
  get continuation(): Continuation {
    const to = this.window.offset;
    return to > this.from ? { kind: 'skipped', skipped: to - this.from, to } : { kind: 'resumed', to };
  }

  /**
   * Moves the window to the next record; `more` where that is not decided by what is in memory. `atEnd` says
   * that there is no more.
   */
  go(atEnd: boolean): 'found' | 'more' | 'given-up' {
    const window = this.window;
    const { view, end } = window;
    const { headerLength, littleEndian, capturedAt } = this.layout;
    const last = Math.min(end - headerLength, this.from + LONGEST_SEARCH - window.base);
    for (let at = window.position; at <= last; at++) {
      if (!plausible(view, at, this.layout, this.layout.nearSeconds)) continue;
      const following = at + headerLength + view.getUint32(at + capturedAt, littleEndian);
      if (atEnd && following === end) return this.found(at);
      if (following + headerLength > end) {
        if (atEnd) continue;
        window.position = at;
        return 'more';
      }
      if (plausible(view, following, this.layout, view.getUint32(at, littleEndian))) return this.found(at);
    }
    window.position = Math.max(window.position, last + 1);
    return atEnd || window.offset - this.from > LONGEST_SEARCH ? 'given-up' : 'more';
  }

  private found(at: number): 'found' {
    this.window.position = at;
    return 'found';
  }
}

/** Whether a packet's header can be at this place. */
function plausible(view: DataView, at: number, layout: RecordLayout, nearSeconds: number | null): boolean {
  const { littleEndian, capturedAt, originalAt, fractionLimit, longest } = layout;
  const captured = view.getUint32(at + capturedAt, littleEndian);
  if (captured > LONGEST_FOUND || captured > longest) return false;
  // among zeros every place is a packet without a byte: it takes a time to believe one
  if (captured === 0 && (nearSeconds === null || view.getUint32(at, littleEndian) === 0)) return false;
  const original = view.getUint32(at + originalAt, littleEndian);
  if (captured > original || original > LONGEST_FOUND) return false;
  if (view.getUint32(at + FRACTION, littleEndian) >= fractionLimit) return false;
  return nearSeconds === null || Math.abs(view.getUint32(at, littleEndian) - nearSeconds) < NEAR_SECONDS;
}

/**
 * The length of the record headers, where the magic number is wrong about it: some systems of the 1990s
 * (Nokia, Red Hat 6.1, SuSE 6.3) added fields to it and kept the number. The second packet shows it; 0 where that is
 * not in memory yet. Where it never comes, or no other length does better, it is `layout.headerLength`.
 */
export function trueHeaderLength(
  window: ByteWindow,
  layout: RecordLayout,
  others: readonly number[],
  atEnd: boolean,
): number {
  const { view, position, end } = window;
  const { headerLength, capturedAt, littleEndian } = layout;
  if (others.length === 0) return headerLength;
  if (end - position < headerLength) return atEnd ? headerLength : 0;
  if (!plausible(view, position, layout, null)) return headerLength;
  const captured = view.getUint32(position + capturedAt, littleEndian);
  const seconds = view.getUint32(position, littleEndian);
  for (const length of [headerLength, ...others]) {
    const next = position + length + captured;
    if (next + length > end) {
      if (!atEnd) return 0;
      if (length === headerLength) return headerLength;
    } else if (plausible(view, next, layout, seconds)) return length;
  }
  return headerLength;
}
