/**
 * Writes classic pcap records, with the time at which they are written, to the stream of the helper.
 *
 * Blocking, in batches: when the main process is slow the packets wait in the kernel's ring, where losses are
 * counted, and not in this process's memory.
 */
import { writeSync } from 'node:fs';
import { STREAM_FD } from './control.js';

const BATCH_BYTES = 256 * 1024;
const RECORD_HEADER_BYTES = 16;
const MAGIC_MICROSECONDS = 0xa1b2c3d4;

export class RecordWriter {
  readonly #batch = Buffer.alloc(BATCH_BYTES);
  readonly #snaplen: number;
  #used = 0;
  #broken = false;
  /** Wall clock minus monotonic clock, in microseconds. */
  readonly #offset = performance.timeOrigin * 1000;

  constructor(linkType: number, snaplen: number) {
    this.#snaplen = Math.min(snaplen, BATCH_BYTES - RECORD_HEADER_BYTES);
    const batch = this.#batch;
    batch.writeUInt32LE(MAGIC_MICROSECONDS, 0);
    batch.writeUInt16LE(2, 4);
    batch.writeUInt16LE(4, 6);
    batch.writeUInt32LE(this.#snaplen, 16);
    batch.writeUInt32LE(linkType, 20);
    this.#used = 24;
    this.flush();
  }

  /** Copies the first `length` bytes of `packet`, cut at the snap length. @returns false when no one reads any more. */
  write(packet: Buffer, length: number): boolean {
    const kept = Math.min(length, this.#snaplen);
    if (this.#used + RECORD_HEADER_BYTES + kept > BATCH_BYTES && !this.flush()) return false;
    const now = Math.floor(this.#offset + performance.now() * 1000);
    const at = this.#used;
    const batch = this.#batch;
    batch.writeUInt32LE(Math.floor(now / 1e6), at);
    batch.writeUInt32LE(now % 1e6, at + 4);
    batch.writeUInt32LE(kept, at + 8);
    batch.writeUInt32LE(length, at + 12);
    packet.copy(batch, at + RECORD_HEADER_BYTES, 0, kept);
    this.#used += RECORD_HEADER_BYTES + kept;
    return !this.#broken;
  }

  /** @returns false when no one reads any more. */
  flush(): boolean {
    let done = 0;
    try {
      while (done < this.#used) done += writeSync(STREAM_FD, this.#batch, done, this.#used - done);
    } catch {
      this.#broken = true;
    }
    this.#used = 0;
    return !this.#broken;
  }
}
