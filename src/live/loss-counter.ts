/**
 * Counts packets: those handed on, and those that the kernel says it lost.
 *
 * The kernel's counters have 32 bits and wrap, and on Linux's `lo` they count each packet twice, unless the socket
 * was set to leave the outgoing copy out. What was passed on is counted where it is passed on, so it is exact.
 */
import type { LiveCounters } from './control.js';

export class LossCounter {
  readonly #copies: number;
  #lastDropped = 0;
  #lastInterfaceDropped = 0;
  #dropped = 0;
  #interfaceDropped = 0;

  /** @param copies how often the kernel counts each packet. */
  constructor(copies: 1 | 2) {
    this.#copies = copies;
  }

  /** Leaves out what was counted before the capture began. */
  start(dropped: number, interfaceDropped: number): void {
    this.#lastDropped = dropped;
    this.#lastInterfaceDropped = interfaceDropped;
  }

  /** Takes counters that only ever grow. */
  update(dropped: number, interfaceDropped: number): void {
    this.#dropped += (dropped - this.#lastDropped) >>> 0;
    this.#interfaceDropped += (interfaceDropped - this.#lastInterfaceDropped) >>> 0;
    this.start(dropped, interfaceDropped);
  }

  /** Takes a counter that starts again at each reading. */
  add(dropped: number): void {
    this.#dropped += dropped;
  }

  /** @param delivered packets handed on so far. */
  now(delivered: number): LiveCounters {
    // Halved, the sum may be off by a few: which of the two copies was lost is not known.
    const dropped = Math.ceil(this.#dropped / this.#copies);
    return { received: delivered + dropped, dropped, interfaceDropped: this.#interfaceDropped };
  }
}
