/**
 * Moves packets from libpcap's ring to the stream, some at a time, until it is stopped.
 */
import { type End, wordsOf } from './control.js';
import type { Libpcap, Pointer } from './libpcap-binding.js';

const TICK_MILLISECONDS = 10;
const STATISTICS_MILLISECONDS = 1000;
/** Packets a turn, so that a flood cannot keep the helper from hearing `stop`. */
const PACKETS_PER_TURN = 5000;

export interface Drain {
  /** How long the kernel may keep the last packets to itself, in milliseconds. */
  milliseconds: number;
  /** At least as many packets as fit into the ring: those after them were captured after `stop`. */
  packets: number;
}

export class RingReader {
  /** Packets written to the stream. */
  delivered = 0;
  readonly #libpcap: Libpcap;
  readonly #pcap: Pointer;
  readonly #dumper: Pointer;

  constructor(libpcap: Libpcap, pcap: Pointer, dumper: Pointer) {
    this.#libpcap = libpcap;
    this.#pcap = pcap;
    this.#dumper = dumper;
  }

  run(stop: AbortSignal, drain: Drain, everySecond: () => void): Promise<End> {
    return new Promise((resolve) => {
      let nextSecond = Date.now() + STATISTICS_MILLISECONDS;
      let stoppedAt = 0;
      let atStop = 0;
      let pending: NodeJS.Immediate | null = null;
      const finish = (end: End) => {
        clearInterval(timer);
        if (pending !== null) clearImmediate(pending);
        resolve(end);
      };
      const turn = () => {
        pending = null;
        const stopping = stop.aborted;
        if (stopping && stoppedAt === 0) {
          stoppedAt = Date.now();
          atStop = this.delivered;
        }
        const moved = this.#move();
        if (typeof moved !== 'number') return finish(moved);
        this.delivered += moved;
        const now = Date.now();
        const empty = moved === 0 && now - stoppedAt >= drain.milliseconds;
        if (stopping && (empty || this.delivered - atStop > drain.packets)) {
          return finish({ reason: 'stopped', why: null });
        }
        if (now >= nextSecond) {
          nextSecond = now + STATISTICS_MILLISECONDS;
          everySecond();
        }
        // More is waiting: go on at once, but let `stop` be heard in between.
        if (moved >= PACKETS_PER_TURN || (stopping && moved > 0)) pending = setImmediate(turn);
      };
      const timer = setInterval(() => {
        if (pending === null) turn();
      }, TICK_MILLISECONDS);
    });
  }

  /** @returns packets moved, or why it is over. */
  #move(): number | End {
    const moved = this.#libpcap.dispatch(this.#pcap, PACKETS_PER_TURN, this.#libpcap.dump, this.#dumper);
    // Blocks while the pipe is full: that is how a slow reader makes the kernel drop and count. Fails when no one
    // reads any more.
    if (moved !== 0 && this.#libpcap.dumpFlush(this.#dumper) !== 0) return { reason: 'stopped', why: null };
    if (moved >= 0) return moved;
    const message = this.#libpcap.getError(this.#pcap);
    const reason = /disappeared|went down|not up/i.test(message) ? 'interface-gone' : 'failed';
    return { reason, why: wordsOf(message) };
  }
}
