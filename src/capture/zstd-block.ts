/**
 * Compressed blocks of zstd. To read first: RFC 8878, sections 3.1.1.3 (literals and sequences) and 3.1.1.5 (repeated
 * offsets).
 *
 * Whatever a block contains, no more is written than a block may have, and the time follows from that: a sequence without
 * output is impossible.
 */
import { InflateFailure } from './packed-input.js';
import { BackwardBits } from './zstd-bits.js';
import { type FseTable, fseOf, fseTable, type HuffmanTable, readFse, readHuffman } from './zstd-tables.js';

/** Longest block, compressed or not. */
export const LONGEST_BLOCK = 128 * 1024;

// literals
const RAW = 0;
const REPEATED = 1;
const WITH_TABLE = 2;
// how the codes of sequences are described
const PREDEFINED = 0;
const ONE_CODE = 1;
const DESCRIBED = 2;

const SHORTEST_MATCH = 3;
/** zstd's longest window has 27 bits. */
const LONGEST_OFFSET_BITS = 27;

interface Codes {
  most: { accuracy: number; symbol: number };
  predefined: FseTable;
}

const LITERAL_LENGTHS: Codes = {
  most: { accuracy: 9, symbol: 35 },
  predefined: fseTable(
    6,
    [
      4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1,
      -1, -1,
    ],
  ),
};
const OFFSETS: Codes = {
  most: { accuracy: 8, symbol: 31 },
  predefined: fseTable(
    5,
    [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
  ),
};
const MATCH_LENGTHS: Codes = {
  most: { accuracy: 9, symbol: 52 },
  predefined: fseTable(
    6,
    [
      1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
  ),
};

/** Codes below `first` are lengths themselves; of the others, how many bits are added. */
function lengths(
  first: number,
  shortest: number,
  extra: readonly number[],
): { bits: Uint8Array; base: Uint32Array } {
  const bits = Uint8Array.from([...new Array<number>(first).fill(0), ...extra]);
  const base = new Uint32Array(bits.length);
  let next = shortest;
  for (const [code, count] of bits.entries()) {
    base[code] = next;
    next += 2 ** count;
  }
  return { bits, base };
}

const LITERAL = lengths(16, 0, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCH = lengths(
  32,
  SHORTEST_MATCH,
  [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
);

/** Inflates the blocks of a frame; what one block leaves for the next is kept. */
export class BlockInflater {
  private huffman: HuffmanTable | null = null;
  private literalCodes: FseTable | null = null;
  private offsetCodes: FseTable | null = null;
  private matchCodes: FseTable | null = null;
  private readonly repeated = [1, 4, 8];
  private readonly bits = new BackwardBits();
  private literals: Uint8Array = new Uint8Array(0);
  private at = 0;

  /**
   * Inflates a block into `out` from `start` on, in front of which `history` bytes may be repeated. Returns the end of what it
   * wrote. `out` has room for LONGEST_BLOCK bytes.
   */
  inflate(block: Uint8Array, out: Uint8Array, start: number, history: number, window: number): number {
    this.at = 0;
    this.readLiterals(block);
    const count = this.readCount(block);
    if (count === 0) {
      out.set(this.literals, start);
      return start + this.literals.length;
    }
    this.readCodes(block);
    return this.runSequences(block, count, out, start, history, window);
  }

  private readLiterals(block: Uint8Array): void {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = block;
    const type = a & 3;
    const form = (a >>> 2) & 3;
    if (type === RAW || type === REPEATED) {
      const [head, size] =
        form === 1
          ? [2, (a >>> 4) | (b << 4)]
          : form === 3
            ? [3, (a >>> 4) | (b << 4) | (c << 12)]
            : [1, a >>> 3];
      this.at = head + (type === RAW ? size : 1);
      check(this.at <= block.length && size <= LONGEST_BLOCK, 'literals');
      this.literals =
        type === RAW ? block.subarray(head, this.at) : new Uint8Array(size).fill(block[head] ?? 0);
      return;
    }
    const low = a | (b << 8) | (c << 16) | (d << 24);
    const [head, size, packed] =
      form < 2
        ? [3, (low >>> 4) & 0x3ff, (low >>> 14) & 0x3ff]
        : form === 2
          ? [4, (low >>> 4) & 0x3fff, low >>> 18]
          : [5, (low >>> 4) & 0x3ffff, (low >>> 22) | (e << 10)];
    const end = head + packed;
    check(end <= block.length && size <= LONGEST_BLOCK, 'literals');
    let from = head;
    if (type === WITH_TABLE) {
      const { table, end: after } = readHuffman(block, head, end);
      this.huffman = table;
      from = after;
    }
    this.literals = new Uint8Array(size);
    this.at = end;
    if (form === 0) this.huffmanStream(block, from, end, 0, size);
    else this.fourStreams(block, from, end, size);
  }

  private fourStreams(block: Uint8Array, from: number, end: number, size: number): void {
    const share = (size + 3) >>> 2;
    check(share * 3 <= size && from + 6 <= end, 'literals');
    let at = from + 6;
    for (let stream = 0; stream < 4; stream++) {
      const place = from + stream * 2;
      const next = stream === 3 ? end : at + ((block[place] ?? 0) | ((block[place + 1] ?? 0) << 8));
      check(next <= end, 'literals');
      this.huffmanStream(block, at, next, stream * share, stream === 3 ? size : (stream + 1) * share);
      at = next;
    }
  }

  private huffmanStream(block: Uint8Array, from: number, to: number, first: number, last: number): void {
    const { huffman, bits, literals } = this;
    if (huffman === null) throw new InflateFailure({ kind: 'table' });
    const { depth, symbols, bits: widths } = huffman;
    bits.begin(block, from, to);
    for (let at = first; at < last; at++) {
      const code = bits.peek(depth);
      literals[at] = symbols[code] ?? 0;
      bits.left -= widths[code] ?? 0;
    }
    check(bits.left === 0, 'literals');
  }

  /** How many sequences follow. */
  private readCount(block: Uint8Array): number {
    const { at } = this;
    check(at < block.length, 'sequences');
    const [first = 0, second = 0, third = 0] = block.subarray(at, at + 3);
    this.at += first < 128 ? 1 : first < 255 ? 2 : 3;
    if (first < 128) return first;
    return first < 255 ? ((first - 128) << 8) + second : second + (third << 8) + 0x7f00;
  }

  private readCodes(block: Uint8Array): void {
    const modes = block[this.at++] ?? 0;
    check((modes & 3) === 0, 'block-type');
    this.literalCodes = this.readTable(block, modes >>> 6, LITERAL_LENGTHS, this.literalCodes);
    this.offsetCodes = this.readTable(block, (modes >>> 4) & 3, OFFSETS, this.offsetCodes);
    this.matchCodes = this.readTable(block, (modes >>> 2) & 3, MATCH_LENGTHS, this.matchCodes);
  }

  private readTable(block: Uint8Array, mode: number, codes: Codes, before: FseTable | null): FseTable {
    if (mode === PREDEFINED) return codes.predefined;
    if (mode === ONE_CODE) {
      const symbol = block[this.at++] ?? 0;
      check(symbol <= codes.most.symbol, 'table');
      return fseOf(symbol);
    }
    if (mode === DESCRIBED) {
      const { table, end } = readFse(block, this.at, block.length, codes.most);
      this.at = end;
      return table;
    }
    if (before === null) throw new InflateFailure({ kind: 'table' });
    return before;
  }

  private runSequences(
    block: Uint8Array,
    count: number,
    out: Uint8Array,
    start: number,
    history: number,
    window: number,
  ): number {
    const { bits, literals, literalCodes, offsetCodes, matchCodes } = this;
    if (literalCodes === null || offsetCodes === null || matchCodes === null)
      throw new InflateFailure({ kind: 'table' });
    bits.begin(block, this.at, block.length);
    let literalState = bits.read(literalCodes.accuracy);
    let offsetState = bits.read(offsetCodes.accuracy);
    let matchState = bits.read(matchCodes.accuracy);
    const limit = start + LONGEST_BLOCK;
    let used = 0;
    let to = start;
    for (let left = count; left > 0; left--) {
      const offsetCode = offsetCodes.symbols[offsetState] ?? 0;
      check(offsetCode <= LONGEST_OFFSET_BITS, 'offset');
      const value = 2 ** offsetCode + this.readLong(offsetCode);
      const matchCode = matchCodes.symbols[matchState] ?? 0;
      const length = (MATCH.base[matchCode] ?? 0) + bits.read(MATCH.bits[matchCode] ?? 0);
      const literalCode = literalCodes.symbols[literalState] ?? 0;
      const plain = (LITERAL.base[literalCode] ?? 0) + bits.read(LITERAL.bits[literalCode] ?? 0);
      if (left > 1) {
        literalState =
          (literalCodes.next[literalState] ?? 0) + bits.read(literalCodes.bits[literalState] ?? 0);
        matchState = (matchCodes.next[matchState] ?? 0) + bits.read(matchCodes.bits[matchState] ?? 0);
        offsetState = (offsetCodes.next[offsetState] ?? 0) + bits.read(offsetCodes.bits[offsetState] ?? 0);
      }
      check(bits.left >= 0, 'sequences');
      check(used + plain <= literals.length && to + plain + length <= limit, 'sequences');
      copy(literals, used, out, to, plain);
      used += plain;
      to += plain;
      const offset = this.offsetOf(value, plain === 0);
      check(offset > 0 && offset <= window && offset <= history + to - start, 'offset');
      repeat(out, to, offset, length);
      to += length;
    }
    check(bits.left === 0, 'block-type');
    const rest = literals.length - used;
    check(to + rest <= limit, 'literals');
    copy(literals, used, out, to, rest);
    return to + rest;
  }

  /** More bits than can be read at a time. */
  private readLong(count: number): number {
    if (count <= 16) return this.bits.read(count);
    const high = this.bits.read(count - 16);
    return high * 0x1_0000 + this.bits.read(16);
  }

  /** The values 1 to 3 stand for offsets that were used before. */
  private offsetOf(value: number, noLiterals: boolean): number {
    const { repeated } = this;
    const [first = 0, second = 0, third = 0] = repeated;
    const place = value > 3 ? 3 : value - 1 + (noLiterals ? 1 : 0);
    if (place === 0) return first;
    const offset = value > 3 ? value - 3 : place === 1 ? second : place === 2 ? third : first - 1;
    if (place > 1) repeated[2] = second;
    repeated[1] = first;
    repeated[0] = offset;
    return offset;
  }
}

function check(good: boolean, kind: 'literals' | 'sequences' | 'block-type' | 'table' | 'offset'): void {
  if (!good) throw new InflateFailure({ kind });
}

/** Up to this many bytes are copied one by one, which is faster for few. */
const FEW = 24;

function copy(from: Uint8Array, at: number, out: Uint8Array, to: number, length: number): void {
  if (length > FEW) out.set(from.subarray(at, at + length), to);
  else for (let i = 0; i < length; i++) out[to + i] = from[at + i] ?? 0;
}

/** A match may overlap what it writes: then byte by byte. */
function repeat(out: Uint8Array, to: number, offset: number, length: number): void {
  if (offset >= length && length > FEW) out.copyWithin(to, to - offset, to - offset + length);
  else if (offset === 1) out.fill(out[to - 1] ?? 0, to, to + length);
  else for (let i = 0; i < length; i++) out[to + i] = out[to + i - offset] ?? 0;
}
