/**
 * Time stamps of pcapng: a 64-bit count of units since 1970. To read first: draft-ietf-opsawg-pcapng, sections
 * 4.2 (if_tsresol, if_tsoffset) and 4.3 (Timestamp).
 *
 * A count of nanoseconds does not fit a double exactly, and BigInt allocates. So the count stays in its two
 * 32-bit halves: the quotient is estimated in doubles, and the remainder, which is known to be small, is
 * computed modulo 2^32, where it is exact; a remainder out of range shows that the estimate was one off.
 */
import type { Frame } from './frame.js';

const TWO_32 = 0x1_0000_0000;
/** Set in if_tsresol: the resolution is a negative power of 2, not of 10. */
const POWER_OF_TWO = 0x80;
/** if_tsresol where the option is missing: microseconds. */
export const MICROSECONDS = 6;
/** The range of a JavaScript Date, about 271,821 years; a time beyond that is damage, not a time. */
export const LATEST_SECOND = 8_640_000_000_000;

export class TimestampUnit {
  private readonly exponent: number;
  private readonly binary: boolean;
  /** Units in a second, for powers of ten down to nanoseconds. */
  private readonly perSecond: number;
  private readonly nanosecondsPerUnit: number;

  /** `resolution` and `offsetSeconds` are the values of if_tsresol and if_tsoffset. */
  constructor(
    readonly resolution: number = MICROSECONDS,
    readonly offsetSeconds = 0,
  ) {
    this.binary = (resolution & POWER_OF_TWO) !== 0;
    this.exponent = resolution & 0x7f;
    // finer units are brought to nanoseconds first
    this.perSecond = this.exponent < 9 ? 10 ** this.exponent : 1e9;
    this.nanosecondsPerUnit = 1e9 / this.perSecond;
  }

  /** Sets the frame's time from the two halves of the count. */
  set(frame: Frame, high: number, low: number): void {
    if (this.binary) this.setBinary(frame, high, low);
    else if (this.exponent > 9) this.setFine(frame, high, low);
    else this.setDecimal(frame, high, low);
  }

  private setDecimal(frame: Frame, high: number, low: number): void {
    const unit = this.perSecond;
    let seconds = Math.floor((high * TWO_32 + low) / unit);
    let rest = (low - Math.imul(seconds, unit)) | 0;
    if (rest < 0) {
      seconds--;
      rest += unit;
    } else if (rest >= unit) {
      seconds++;
      rest -= unit;
    }
    frame.seconds = seconds + this.offsetSeconds;
    frame.nanoseconds = rest * this.nanosecondsPerUnit;
  }

  /** Finer than nanoseconds: divides the count down to nanoseconds (what is finer is cut off). */
  private setFine(frame: Frame, high: number, low: number): void {
    let upper = high;
    let lower = low;
    // each step's divisor is below 2^37, so that remainder * 2^16 stays exact
    for (let left = this.exponent - 9; left > 0; left -= 10) {
      const divisor = 10 ** Math.min(left, 10);
      const newUpper = Math.floor(upper / divisor);
      let rest = upper % divisor;
      rest = rest * 0x1_0000 + (lower >>> 16);
      const third = Math.floor(rest / divisor);
      rest = (rest % divisor) * 0x1_0000 + (lower & 0xffff);
      lower = third * 0x1_0000 + Math.floor(rest / divisor);
      upper = newUpper;
    }
    this.setDecimal(frame, upper, lower);
  }

  /** Seconds are the bits above the exponent; the fraction is multiplied by 10^9 in 16-bit digits. */
  private setBinary(frame: Frame, high: number, low: number): void {
    const bits = this.exponent;
    // the fraction's bits, moved to the top of 64
    let upper: number;
    let lower: number;
    let seconds: number;
    if (bits === 0) {
      seconds = high * TWO_32 + low;
      upper = lower = 0;
    } else if (bits < 32) {
      seconds = high * 2 ** (32 - bits) + (low >>> bits);
      upper = (low << (32 - bits)) >>> 0;
      lower = 0;
    } else if (bits === 32) {
      seconds = high;
      upper = low;
      lower = 0;
    } else if (bits < 64) {
      seconds = high >>> (bits - 32);
      const left = 64 - bits;
      upper = ((high << left) | (low >>> (32 - left))) >>> 0;
      lower = (low << left) >>> 0;
    } else {
      seconds = 0;
      const right = bits - 64;
      upper = right < 32 ? high >>> right : 0;
      lower = right === 0 ? low : right < 32 ? ((low >>> right) | (high << (32 - right))) >>> 0 : 0;
      if (right >= 32 && right < 64) lower = high >>> (right - 32);
    }
    let product = Math.floor(((lower & 0xffff) * 1e9) / 0x1_0000);
    product = Math.floor(((lower >>> 16) * 1e9 + product) / 0x1_0000);
    product = Math.floor(((upper & 0xffff) * 1e9 + product) / 0x1_0000);
    product = Math.floor(((upper >>> 16) * 1e9 + product) / 0x1_0000);
    frame.seconds = seconds + this.offsetSeconds;
    frame.nanoseconds = product;
  }
}
