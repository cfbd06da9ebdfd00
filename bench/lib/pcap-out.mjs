// Writes TCP segments as a classic pcap (microseconds, little-endian, Ethernet, IPv4), in batches.
// The checksums are right, so that no reader spends time on complaints that a real capture would not raise.
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { seeded } from './random.mjs';

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

const RECORD = 16;
const ETHERNET = 14;
const IPV4 = 20;
const BATCH = 8 << 20;
const LARGEST = 2048;

// The payload of the connections: a stream of text that repeats after 64 KB (more than gzip looks back), so that a
// byte depends only on its place in the stream, and a retransmission repeats what was sent.
const PERIOD = 1 << 16;
const content = Buffer.alloc(PERIOD + LARGEST);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \n';
const filler = seeded(7);
for (let i = 0; i < content.length; i++) {
  content[i] = i < PERIOD ? ALPHABET.charCodeAt(filler.bits() % ALPHABET.length) : content[i - PERIOD];
}
// sums[i] = content[i] * 256 + content[i + 1], added up in steps of two: the checksum of any range in two look-ups.
const sums = new Float64Array(content.length + 2);
for (let i = 2; i < sums.length; i++) sums[i] = sums[i - 2] + (content[i - 2] << 8) + (content[i - 1] ?? 0);

function contentSum(from, length) {
  const even = length & ~1;
  return sums[from + even] - sums[from] + (length & 1 ? content[from + even] << 8 : 0);
}

function fold(sum) {
  let folded = sum;
  while (folded > 0xffff) folded = Math.floor(folded / 0x10000) + (folded % 0x10000);
  return ~folded & 0xffff;
}

export class PcapWriter {
  #path;
  #file;
  #buffer = Buffer.allocUnsafe(BATCH + LARGEST);
  #view = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, this.#buffer.length);
  #at = 24;
  #ipId = 1;
  #snaplen = 262144;
  packets = 0;
  bytes = 0;

  constructor(path) {
    this.#path = path;
    this.#file = openSync(`${path}.part`, 'w');
    const view = this.#view;
    view.setUint32(0, 0xa1b2c3d4, true);
    view.setUint16(4, 2, true);
    view.setUint16(6, 4, true);
    view.setUint32(8, 0, true);
    view.setUint32(12, 0, true);
    view.setUint32(16, this.#snaplen, true);
    view.setUint32(20, 1, true);
  }

  /** Keeps so many bytes of each frame; to be called before the first. */
  cutAt(snaplen) {
    this.#snaplen = snaplen;
    this.#view.setUint32(16, snaplen, true);
  }

  /**
   * One segment. `time` is in microseconds since 1970; `options` is a number of bytes already laid out by `lay`,
   * a function that writes them at an offset (a multiple of four bytes in all).
   */
  segment(time, from, to, fromPort, toPort, segment) {
    const view = this.#view;
    const { seq, ack, flags, win, len, place, ttl, opt } = segment;
    const optionBytes = opt === undefined ? 0 : opt.length * 4;
    const tcpBytes = 20 + optionBytes + len;
    const frame = ETHERNET + IPV4 + tcpBytes;

    const captured = Math.min(frame, this.#snaplen);
    let at = this.#at;
    this.#at += RECORD + captured;
    view.setUint32(at, Math.floor(time / 1e6), true);
    view.setUint32(at + 4, time % 1e6, true);
    view.setUint32(at + 8, captured, true);
    view.setUint32(at + 12, frame, true);

    at += RECORD;
    view.setUint32(at, 0x02000000);
    view.setUint32(at + 4, 0x00010200);
    view.setUint32(at + 8, 0x00000002);
    view.setUint16(at + 12, 0x0800);

    at += ETHERNET;
    const id = this.#ipId;
    this.#ipId = (id + 1) & 0xffff;
    view.setUint16(at, 0x4500);
    view.setUint16(at + 2, IPV4 + tcpBytes);
    view.setUint16(at + 4, id);
    view.setUint16(at + 6, 0x4000);
    view.setUint16(at + 8, (ttl << 8) | 6);
    view.setUint32(at + 12, from);
    view.setUint32(at + 16, to);
    const addresses = (from >>> 16) + (from & 0xffff) + (to >>> 16) + (to & 0xffff);
    view.setUint16(at + 10, fold(0x4500 + IPV4 + tcpBytes + id + 0x4000 + ((ttl << 8) | 6) + addresses));

    at += IPV4;
    const offsetFlags = ((5 + optionBytes / 4) << 12) | flags;
    view.setUint16(at, fromPort);
    view.setUint16(at + 2, toPort);
    view.setUint32(at + 4, seq);
    view.setUint32(at + 8, ack);
    view.setUint16(at + 12, offsetFlags);
    view.setUint16(at + 14, win);
    view.setUint16(at + 18, 0);
    let sum = addresses + 6 + tcpBytes + fromPort + toPort + offsetFlags + win;
    sum += (seq >>> 16) + (seq & 0xffff) + (ack >>> 16) + (ack & 0xffff);
    for (let i = 0; i < optionBytes / 4; i++) {
      const word = opt[i];
      view.setUint32(at + 20 + i * 4, word);
      sum += (word >>> 16) + (word & 0xffff);
    }
    const payload = at + 20 + optionBytes;
    if (len > 0) {
      const start = place % PERIOD;
      content.copy(this.#buffer, payload, start, start + len);
      sum += contentSum(start, len);
    }
    view.setUint16(at + 16, fold(sum));

    this.packets++;
    if (this.#at >= BATCH) this.#flush();
  }

  #flush() {
    let done = 0;
    while (done < this.#at) done += writeSync(this.#file, this.#buffer, done, this.#at - done);
    this.bytes += this.#at;
    this.#at = 0;
  }

  /** The file gets its name only now, so that a half-written one is never taken for a capture. */
  close() {
    this.#flush();
    closeSync(this.#file);
    renameSync(`${this.#path}.part`, this.#path);
  }
}

const TIMESTAMP = 0x0101080a;

/** The options of a SYN as Linux sends them: MSS 1460, SACK permitted, timestamps, no-op, window scale 7. */
export const synOptions = (value, echo) => [0x020405b4, 0x0402080a, value >>> 0, echo >>> 0, 0x01030307];

/** The options of any other segment: timestamps and, if given, one SACK block. */
export const timestamps = (value, echo, sackFrom, sackTo) =>
  sackFrom === undefined
    ? [TIMESTAMP, value >>> 0, echo >>> 0]
    : [TIMESTAMP, value >>> 0, echo >>> 0, 0x0101050a, sackFrom >>> 0, sackTo >>> 0];
