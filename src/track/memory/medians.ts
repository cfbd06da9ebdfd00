/**
 * First, minimum, median and maximum of series of times, in little memory: a row of a typed array for each series, taken
 * when it begins and given back at its end, so that nothing is allocated for a sample.
 *
 * Up to 64 times are kept as they are, in rows that grow (4, 16, 64). Of a longer series a histogram is kept in place
 * of them, with buckets in proportion to the time, so that the error of the median is bounded whatever the order and
 * the distribution of the samples: by half a bucket, which is 0.8 % where the most is up to 3 times the least, 3.2 %
 * up to 160 times, 6.3 % up to 25,000 times. (P², Jain and Chlamtac 1985, has no such bound: of times in two groups,
 * such as those of immediate and of delayed ACKs, it may give one between them.)
 *
 * The caller keeps the row and the number of samples: both 0 at first.
 */

/** Times of a row by its class: 4, 16, 64. */
const CLASS_BITS = [2, 4, 6] as const;
const LARGEST = 2;
/** Most samples that are kept as they are. */
const MAX_KEPT = 64;
/** Doubles in a block of memory (128 kB), for rows of one class. */
const BLOCK_BITS = 14;
const WITHIN_BLOCK = (1 << BLOCK_BITS) - 1;

/** A histogram's row: minimum, maximum and first as doubles, then 32-bit words from here on. */
const FIRST_KEY = 6;
const SHIFT = 7;
const BUCKETS = 8;
const BUCKET_COUNT = 2 * MAX_KEPT - BUCKETS;

/** A key is a time's power of two and the first bits behind it: narrower than the narrowest bucket is to be. */
const KEY_BITS = 6;
const STEPS = 1 << KEY_BITS;
/** Keys beyond this power of two are made from a smaller number. */
const WHOLE = 2 ** 31;
const SCALED_BITS = 24;

/** In nanoseconds; NaN without samples. */
export interface Distribution {
  count: number;
  first: number;
  min: number;
  median: number;
  max: number;
}

const NONE: Distribution = {
  count: 0,
  first: Number.NaN,
  min: Number.NaN,
  median: Number.NaN,
  max: Number.NaN,
};

interface Block {
  readonly times: Float64Array;
  readonly words: Uint32Array;
}

/** Rows of one size. */
class Rows {
  private readonly blocks: Block[] = [];
  private used = 0;
  /** 1 + the row that was given back last, which names the one before; 0 where there is none. */
  private free = 0;

  constructor(readonly bits: number) {}

  block(row: number): Block {
    const block = this.blocks[row >>> (BLOCK_BITS - this.bits)];
    if (block === undefined) throw new RangeError(`no row ${row}`);
    return block;
  }

  /** Where the row begins within its block. */
  at(row: number): number {
    return (row << this.bits) & WITHIN_BLOCK;
  }

  take(): number {
    if (this.free === 0) {
      if (((this.used << this.bits) & WITHIN_BLOCK) === 0) {
        const times = new Float64Array(1 << BLOCK_BITS);
        this.blocks.push({ times, words: new Uint32Array(times.buffer) });
      }
      return this.used++;
    }
    const row = this.free - 1;
    this.free = this.block(row).times[this.at(row)] ?? 0;
    return row;
  }

  give(row: number): void {
    this.block(row).times[this.at(row)] = this.free;
    this.free = row + 1;
  }

  /** Rows in use. */
  get size(): number {
    let size = this.used;
    for (let free = this.free; free > 0; free = this.block(free - 1).times[this.at(free - 1)] ?? 0) size--;
    return size;
  }
}

export class Medians {
  private readonly small = new Rows(CLASS_BITS[0]);
  private readonly middle = new Rows(CLASS_BITS[1]);
  private readonly large = new Rows(CLASS_BITS[LARGEST]);
  private readonly sorted = new Float64Array(MAX_KEPT);

  /** Adds a time, 0 or more, to the series of `count` samples in `row`; returns its row, which may be another one. */
  add(row: number, count: number, time: number): number {
    if (count > MAX_KEPT) {
      this.tally(row, time);
      return row;
    }
    let there = row;
    if (count === 0) there = this.small.take();
    else if (count === 4) there = move(this.small, row, this.middle, count);
    else if (count === 16) there = move(this.middle, row, this.large, count);
    else if (count === MAX_KEPT) {
      this.toHistogram(row);
      this.tally(row, time);
      return row;
    }
    const rows = this.rowsOf(count + 1);
    rows.block(there).times[rows.at(there) + count] = time;
    return there;
  }

  /** A row with the same times; 0 where there are none. */
  copy(row: number, count: number): number {
    if (count === 0) return 0;
    const rows = this.rowsOf(count);
    const copy = rows.take();
    const from = rows.at(row);
    const { times } = rows.block(row);
    rows.block(copy).times.set(times.subarray(from, from + (1 << rows.bits)), rows.at(copy));
    return copy;
  }

  /** Gives the row of a series back. */
  release(row: number, count: number): void {
    if (count > 0) this.rowsOf(count).give(row);
  }

  of(row: number, count: number): Distribution {
    if (count === 0) return NONE;
    const rows = this.rowsOf(count);
    const { times } = rows.block(row);
    const at = rows.at(row);
    if (count > MAX_KEPT) {
      const [min = 0, max = 0, first = 0] = times.subarray(at, at + 3);
      return { count, first, min, median: this.middleOf(row, count, min, max), max };
    }
    const sorted = this.sorted.subarray(0, count);
    sorted.set(times.subarray(at, at + count));
    sorted.sort();
    const [lower = 0, upper = 0] = [sorted[(count - 1) >>> 1], sorted[count >>> 1]];
    const min = sorted[0] ?? 0;
    return { count, first: times[at] ?? 0, min, median: (lower + upper) / 2, max: sorted[count - 1] ?? 0 };
  }

  /** Rows in use, for tests. */
  get size(): number {
    return this.small.size + this.middle.size + this.large.size;
  }

  private rowsOf(count: number): Rows {
    return count <= 4 ? this.small : count <= 16 ? this.middle : this.large;
  }

  /** Counts the 64 times of a full row, and keeps no more than the numbers of each size. */
  private toHistogram(row: number): void {
    const { times, words } = this.large.block(row);
    const at = this.large.at(row);
    const kept = this.sorted;
    kept.set(times.subarray(at, at + MAX_KEPT));
    times.fill(0, at, at + MAX_KEPT);
    times[at] = times[at + 1] = times[at + 2] = kept[0] ?? 0;
    for (const time of kept) note(times, at, time);
    refit(times, words, at);
    for (const time of kept) this.tally(row, time);
  }

  private tally(row: number, time: number): void {
    const { times, words } = this.large.block(row);
    const at = this.large.at(row);
    note(times, at, time);
    let bucket = bucketOf(words, at, time);
    if (bucket < 0 || bucket >= BUCKET_COUNT) {
      refit(times, words, at);
      bucket = bucketOf(words, at, time);
    }
    const word = 2 * at + BUCKETS + bucket;
    words[word] = (words[word] ?? 0) + 1;
  }

  /** The median of a histogram: of an even number the mean of the two in the middle. */
  private middleOf(row: number, count: number, min: number, max: number): number {
    const { words } = this.large.block(row);
    const at = 2 * this.large.at(row);
    const lower = valueAt(words, at, (count - 1) >>> 1);
    const upper = (count & 1) === 1 ? lower : valueAt(words, at, count >>> 1);
    return Math.min(max, Math.max(min, (lower + upper) / 2));
  }
}

/** Moves a full row into one of the next size. */
function move(from: Rows, row: number, to: Rows, count: number): number {
  const there = to.take();
  const source = from.block(row).times;
  const target = to.block(there).times;
  const start = from.at(row);
  const at = to.at(there);
  for (let i = 0; i < count; i++) target[at + i] = source[start + i] ?? 0;
  from.give(row);
  return there;
}

/** The bucket that a time falls into before any widening: 64 to each power of two. */
function keyOf(time: number): number {
  const large = time >= WHOLE;
  const whole = Math.max(1, Math.trunc(large ? time / 2 ** SCALED_BITS : time));
  const power = 31 - Math.clz32(whole);
  const steps = power >= KEY_BITS ? whole >>> (power - KEY_BITS) : whole << (KEY_BITS - power);
  return (power + (large ? SCALED_BITS : 0)) * STEPS + (steps & (STEPS - 1));
}

/** The shortest time of a key. */
function lowOf(key: number): number {
  return (STEPS + (key & (STEPS - 1))) * 2 ** ((key >>> KEY_BITS) - KEY_BITS);
}

function note(times: Float64Array, at: number, time: number): void {
  if (time < (times[at] ?? 0)) times[at] = time;
  if (time > (times[at + 1] ?? 0)) times[at + 1] = time;
}

function bucketOf(words: Uint32Array, at: number, time: number): number {
  return (keyOf(time) >>> (words[2 * at + SHIFT] ?? 0)) - (words[2 * at + FIRST_KEY] ?? 0);
}

/** Lays the buckets over least and most, as narrow as they can be and in the middle, and moves the counts there. */
function refit(times: Float64Array, words: Uint32Array, at: number): void {
  const low = keyOf(times[at] ?? 0);
  const high = keyOf(times[at + 1] ?? 0);
  const before = words[2 * at + SHIFT] ?? 0;
  let shift = before;
  while ((high >>> shift) - (low >>> shift) >= BUCKET_COUNT) shift++;
  const room = BUCKET_COUNT - 1 - ((high >>> shift) - (low >>> shift));
  const start = Math.max(0, (low >>> shift) - (room >>> 1));
  const first = words[2 * at + FIRST_KEY] ?? 0;
  const counts = MOVED.fill(0);
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
    const count = words[2 * at + BUCKETS + bucket] ?? 0;
    if (count === 0) continue;
    const into = ((first + bucket) >>> (shift - before)) - start;
    counts[into] = (counts[into] ?? 0) + count;
  }
  words.set(counts, 2 * at + BUCKETS);
  words[2 * at + FIRST_KEY] = start;
  words[2 * at + SHIFT] = shift;
}

/** Counts on their way from some buckets into others. */
const MOVED = new Uint32Array(BUCKET_COUNT);

/** The time of a rank, counted from 0: the middle of its bucket. */
function valueAt(words: Uint32Array, at: number, rank: number): number {
  const shift = words[at + SHIFT] ?? 0;
  const first = words[at + FIRST_KEY] ?? 0;
  let before = 0;
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
    before += words[at + BUCKETS + bucket] ?? 0;
    if (before > rank) {
      const key = first + bucket;
      return (lowOf(key << shift) + lowOf((key + 1) << shift)) / 2;
    }
  }
  return Number.NaN;
}
