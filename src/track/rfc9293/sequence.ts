/**
 * Sequence number arithmetic modulo 2^32 (RFC 9293 3.4). Numbers are signed 32-bit integers (`| 0`), so that a
 * difference wraps by itself; 0 is a number like any other.
 */

import { HAS_ACKED } from '../memory/connection.js';

/** How far `a` lies after `b`: negative where it lies before, within half of the number space. */
export function distance(a: number, b: number): number {
  return (a - b) | 0;
}

/** `a` comes after `b`. */
export function after(a: number, b: number): boolean {
  return ((a - b) | 0) > 0;
}

/** `a` comes before `b`. */
export function before(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** Whether an end has acknowledged everything before a number. */
export function hasAcknowledged(
  { bits, acknowledged }: { readonly bits: number; readonly acknowledged: number },
  number: number,
): boolean {
  return (bits & HAS_ACKED) !== 0 && ((acknowledged - number) | 0) >= 0;
}
