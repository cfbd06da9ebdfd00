/** A long capture made of a short one: its packets again and again, each time later. */
import { readFileSync } from 'node:fs';

const FILE_HEADER = 24;
const PACKET_HEADER = 16;
/** Connections that ended stay for a minute, so that the same addresses are a new connection then. */
const APART_S = 100;

export class Repeated {
  readonly header: Buffer;
  readonly #packets: Buffer;

  /** `path`: a pcap file, little-endian. */
  constructor(path: string) {
    const bytes = readFileSync(path);
    this.header = bytes.subarray(0, FILE_HEADER);
    this.#packets = bytes.subarray(FILE_HEADER);
  }

  /** Its packets for the `turn`-th time. */
  turn(turn: number): Buffer {
    const bytes = Buffer.from(this.#packets);
    let at = 0;
    while (at < bytes.length) {
      bytes.writeUInt32LE(bytes.readUInt32LE(at) + turn * APART_S, at);
      at += PACKET_HEADER + bytes.readUInt32LE(at + 8);
    }
    return bytes;
  }

  turns(from: number, to: number): Buffer {
    return Buffer.concat(Array.from({ length: to - from }, (_, turn) => this.turn(from + turn)));
  }

  capture(turns: number): Buffer {
    return Buffer.concat([this.header, this.turns(0, turns)]);
  }
}
