/** Bytes in memory as a source that gives them in pieces. */
import type { MeasuredSource } from '../src/capture/window.js';

/** `lengths`: of the pieces, in turn. `direct`: as one that is read without a thread. */
export function piecesOf(bytes: Uint8Array, lengths: readonly number[], direct: boolean): MeasuredSource {
  let at = 0;
  let turn = 0;
  return {
    direct,
    size: bytes.length,
    get taken() {
      return at;
    },
    async read(into) {
      const most = lengths[turn++ % lengths.length] ?? into.length;
      const piece = bytes.subarray(at, at + Math.min(most, into.length));
      into.set(piece);
      at += piece.length;
      return piece.length;
    },
    async close() {},
  };
}

export const WHOLE = [Number.POSITIVE_INFINITY];
