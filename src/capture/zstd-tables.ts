/** Decoding tables of zstd. To read first: RFC 8878, sections 4.1 (FSE) and 4.2 (Huffman coding). */
import { InflateFailure } from './packed-input.js';
import { BackwardBits } from './zstd-bits.js';

/** By state: a symbol, how many bits lead to the next state, and the number that they are added to. */
export interface FseTable {
  accuracy: number;
  symbols: Uint8Array;
  bits: Uint8Array;
  next: Uint16Array;
}

/** By the next `depth` bits: a symbol, and how many of the bits are its code. */
export interface HuffmanTable {
  depth: number;
  symbols: Uint8Array;
  bits: Uint8Array;
}

const MOST_WEIGHTS = 255;
const WEIGHT_ACCURACY = 6;
const DEEPEST_CODE = 11;

/** A table from how often each symbol comes; -1: less than once. */
export function fseTable(accuracy: number, counts: readonly number[]): FseTable {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  const found = new Uint16Array(counts.length);
  let high = size;
  for (const [symbol, count] of counts.entries()) {
    if (count === -1) symbols[--high] = symbol;
    found[symbol] = Math.abs(count);
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  }
  const bits = new Uint8Array(size);
  const next = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] ?? 0;
    const count = found[symbol] ?? 0;
    found[symbol] = count + 1;
    bits[state] = accuracy - (31 - Math.clz32(count));
    next[state] = (count << (bits[state] ?? 0)) - size;
  }
  return { accuracy, symbols, bits, next };
}

/** A table with one state, which needs no bits. */
export function fseOf(symbol: number): FseTable {
  return {
    accuracy: 0,
    symbols: Uint8Array.of(symbol),
    bits: new Uint8Array(1),
    next: new Uint16Array(1),
  };
}

/** Reads the description of a table; `end` is where it ends. */
export function readFse(
  bytes: Uint8Array,
  from: number,
  to: number,
  most: { accuracy: number; symbol: number },
): { table: FseTable; end: number } {
  let bit = from * 8;
  const peek = (count: number): number => {
    const at = bit >>> 3;
    const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    return (three >>> (bit & 7)) & ((1 << count) - 1);
  };
  const accuracy = peek(4) + 5;
  bit += 4;
  if (accuracy > most.accuracy) throw new InflateFailure({ kind: 'table' });
  const counts: number[] = [];
  for (let left = 1 << accuracy; left > 0; ) {
    if (counts.length > most.symbol || bit > to * 8) throw new InflateFailure({ kind: 'table' });
    // values below `short` take one bit less
    const width = 32 - Math.clz32(left + 1);
    const short = (1 << width) - 2 - left;
    const low = (1 << (width - 1)) - 1;
    let value = peek(width);
    if ((value & low) < short) {
      value &= low;
      bit += width - 1;
    } else {
      if (value > low) value -= short;
      bit += width;
    }
    counts.push(value - 1);
    left -= Math.abs(value - 1);
    if (value !== 1) continue;
    for (let zeros = 3; zeros === 3; bit += 2) {
      zeros = peek(2);
      for (let i = 0; i < zeros; i++) counts.push(0);
      if (counts.length > most.symbol + 1) throw new InflateFailure({ kind: 'table' });
    }
  }
  const end = (bit + 7) >>> 3;
  if (end > to || counts.length > most.symbol + 1) throw new InflateFailure({ kind: 'table' });
  return { table: fseTable(accuracy, counts), end };
}

/** Reads the description of a Huffman table; `end` is where it ends. */
export function readHuffman(
  bytes: Uint8Array,
  from: number,
  to: number,
): { table: HuffmanTable; end: number } {
  const head = bytes[from] ?? 0;
  const direct = head >= 128;
  const end = from + 1 + (direct ? (head - 126) >>> 1 : head);
  if (from >= to || end > to) throw new InflateFailure({ kind: 'table' });
  if (!direct) return { table: huffmanTable(readWeights(bytes, from + 1, end)), end };
  const weights = Array.from({ length: head - 127 }, (_, i) => {
    const two = bytes[from + 1 + (i >>> 1)] ?? 0;
    return (i & 1) === 0 ? two >>> 4 : two & 15;
  });
  return { table: huffmanTable(weights), end };
}

/** Weights that are FSE codes of two states in turn. */
function readWeights(bytes: Uint8Array, from: number, to: number): number[] {
  const { table, end } = readFse(bytes, from, to, { accuracy: WEIGHT_ACCURACY, symbol: DEEPEST_CODE + 1 });
  const bits = new BackwardBits();
  bits.begin(bytes, end, to);
  const weights: number[] = [];
  const states = [bits.read(table.accuracy), bits.read(table.accuracy)];
  for (let turn = 0; ; turn ^= 1) {
    if (weights.length > MOST_WEIGHTS) throw new InflateFailure({ kind: 'table' });
    const state = states[turn] ?? 0;
    weights.push(table.symbols[state] ?? 0);
    states[turn] = (table.next[state] ?? 0) + bits.read(table.bits[state] ?? 0);
    if (bits.left >= 0) continue;
    weights.push(table.symbols[states[turn ^ 1] ?? 0] ?? 0);
    return weights;
  }
}

/** `given`: the weights of all symbols but the last, which follows from them. */
function huffmanTable(given: readonly number[]): HuffmanTable {
  const sum = given.reduce((all, weight) => all + (weight === 0 ? 0 : 2 ** (weight - 1)), 0);
  const depth = 32 - Math.clz32(sum);
  const rest = 2 ** depth - sum;
  const possible = sum > 0 && depth <= DEEPEST_CODE && (rest & (rest - 1)) === 0;
  if (!possible || given.length > MOST_WEIGHTS) throw new InflateFailure({ kind: 'table' });
  const weights = [...given, 32 - Math.clz32(rest)];
  const symbols = new Uint8Array(1 << depth);
  const bits = new Uint8Array(1 << depth);
  let at = 0;
  for (let weight = 1; weight <= depth; weight++) {
    for (const [symbol, its] of weights.entries()) {
      if (its !== weight) continue;
      const end = at + (1 << (weight - 1));
      symbols.fill(symbol, at, end);
      bits.fill(depth + 1 - weight, at, end);
      at = end;
    }
  }
  return { depth, symbols, bits };
}
