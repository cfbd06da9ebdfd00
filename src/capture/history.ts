/**
 * The last bytes that were inflated, which the following ones may repeat. Its memory grows with what was really inflated, and
 * old bytes are moved rarely: neither many small blocks nor many frames cost more than the bytes that they have.
 */
const SMALLEST = 1 << 16;

export class History {
  bytes = new Uint8Array(0);
  /** Where the next block begins… */
  end = 0;
  /** …and how many bytes in front of it may be repeated. */
  length = 0;
  private window = 0;

  /** A frame that repeats bytes up to `window` back begins. */
  begin(window: number): void {
    this.window = window;
    this.end = 0;
    this.length = 0;
  }

  /** Makes room for `most` bytes from `end` on. */
  makeRoom(most: number): void {
    if (this.end + most <= this.bytes.length) return;
    const kept = this.bytes.subarray(this.end - this.length, this.end);
    // a quarter more than the window, so that each byte is moved four times at most
    const enough = this.window + most + Math.max(this.window >>> 2, SMALLEST);
    const wanted = Math.min(enough, Math.max(this.bytes.length * 2, kept.length + most + SMALLEST));
    if (wanted > this.bytes.length) {
      const larger = new Uint8Array(wanted);
      larger.set(kept);
      this.bytes = larger;
    } else this.bytes.copyWithin(0, this.end - this.length, this.end);
    this.end = this.length;
  }

  /** Takes in the bytes up to `end`, and gives them; they are valid until there is more room made. */
  took(end: number): Uint8Array {
    const added = this.bytes.subarray(this.end, end);
    this.length = Math.min(this.window, this.length + added.length);
    this.end = end;
    return added;
  }
}
