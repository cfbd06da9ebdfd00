/**
 * Finds the next block of a damaged pcapng file: one of a known type whose two lengths agree. To read first:
 * draft-ietf-opsawg-pcapng, section 3.1 (general block structure).
 *
 * The search moves the window along, so that at most one candidate is in memory.
 */
import {
  BLOCK_OVERHEAD,
  BODY,
  BYTE_ORDER_MAGIC,
  BYTE_ORDER_SWAPPED,
  isKnownBlock,
  LENGTH,
  SECTION_HEADER,
} from './pcapng-blocks.js';
import type { Problem } from './problem.js';
import type { ByteWindow } from './window.js';

/** While searching, a block longer than this is not believed… */
const LONGEST_FOUND = 1 << 20;
/** …and after this many bytes without a block the search ends. */
const LONGEST_SEARCH = 64 * 1024 * 1024;

export type SearchOutcome = 'found' | 'more' | 'given-up';

export class BlockSearch {
  /** Offset in the file of the block that could not be. */
  readonly from: number;

  /** Begins behind the type of the block at the window's position. */
  constructor(
    private readonly window: ByteWindow,
    readonly code: string,
    /** What was wrong. */
    readonly problem: Problem,
    private readonly littleEndian: boolean,
  ) {
    this.from = window.offset;
    window.position += Math.min(4, window.available);
  }

  /** Bytes from the damage to where the window is now. */
  get skipped(): number {
    return this.window.offset - this.from;
  }

  /** Moves the window to the next block; `more` where that is not decided by what is in memory. */
  go(): SearchOutcome {
    const window = this.window;
    const { view, end } = window;
    const last = Math.min(end - BLOCK_OVERHEAD, this.from + LONGEST_SEARCH - window.base);
    for (let at = window.position; at <= last; at++) {
      const length = this.lengthAt(view, at);
      if (length === 0) continue;
      if (at + length > end) {
        window.position = at;
        return 'more';
      }
      if (view.getUint32(at + length - 4) !== view.getUint32(at + LENGTH)) continue;
      window.position = at;
      return 'found';
    }
    window.position = Math.max(window.position, last + 1);
    return this.skipped > LONGEST_SEARCH ? 'given-up' : 'more';
  }

  /** The same at the end of the file: a block longer than the rest of the file is no candidate. */
  goToEnd(): SearchOutcome {
    for (; this.window.available >= BLOCK_OVERHEAD; this.window.position++) {
      const outcome = this.go();
      if (outcome !== 'more') return outcome;
      if (this.window.available < BLOCK_OVERHEAD) break;
    }
    return 'given-up';
  }

  /** Length that a block at this place would have; 0 where none can be. */
  private lengthAt(view: DataView, at: number): number {
    let little = this.littleEndian;
    const type = view.getUint32(at, little);
    if (type === SECTION_HEADER) {
      const magic = view.getUint32(at + BODY);
      little = magic === BYTE_ORDER_SWAPPED;
      if (!little && magic !== BYTE_ORDER_MAGIC) return 0;
    } else if (!isKnownBlock(type)) {
      return 0;
    }
    const length = view.getUint32(at + LENGTH, little);
    return length <= BLOCK_OVERHEAD || length > LONGEST_FOUND || (length & 3) !== 0 ? 0 : length;
  }
}
