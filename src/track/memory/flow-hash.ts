/** A hash of the two ends of a flow, the same in either direction, with secret factors (secret.ts). */
import type { Packet } from '../../decode/packet.js';
import { finalHash, secrets, sumWord, sumWords } from '../../decode/secret.js';

/** Factors: two for each of the four words of an address, for a port, for a path. */
const PORT = 8;
const PATH = 9;
/** For the sum of the one end, and of the other. */
const SMALLER = 10;
const LARGER = 11;
const FACTORS = 12;

export class FlowHash {
  private readonly factors = secrets(FACTORS);

  /** Of a packet's two ends. Every packet comes through here: the first words of an address only where it is IPv6. */
  ends(packet: Packet): number {
    const { factors } = this;
    let a = sumWord(factors, 6, packet.source3) + this.port(packet.sourcePort);
    let b = sumWord(factors, 6, packet.target3) + this.port(packet.targetPort);
    if (packet.ipVersion === 6) {
      a += sumWord(factors, 0, packet.source0) + sumWord(factors, 2, packet.source1);
      a += sumWord(factors, 4, packet.source2);
      b += sumWord(factors, 0, packet.target0) + sumWord(factors, 2, packet.target1);
      b += sumWord(factors, 4, packet.target2);
    }
    return this.both(a | 0, b | 0);
  }

  /** The same of eight words of addresses, those of the first end first. */
  endsOf(words: Int32Array, firstPort: number, secondPort: number): number {
    const { factors } = this;
    return this.both(
      (sumWords(factors, words, 0, 4) + this.port(firstPort)) | 0,
      (sumWords(factors, words, 4, 4) + this.port(secondPort)) | 0,
    );
  }

  /** Of two ends on a path. */
  onPath(ends: number, path: number): number {
    return finalHash((ends + Math.imul(path, this.factors[PATH] ?? 0)) | 0);
  }

  /** Two ends in either order: the smaller sum first. */
  private both(a: number, b: number): number {
    const { factors } = this;
    const smaller = a < b ? a : b;
    const larger = a < b ? b : a;
    return (Math.imul(smaller, factors[SMALLER] ?? 0) + Math.imul(larger, factors[LARGER] ?? 0)) | 0;
  }

  private port(port: number): number {
    return Math.imul(port, this.factors[PORT] ?? 0);
  }
}
