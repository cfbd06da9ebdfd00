// The floor: what reading a classic pcap of Ethernet, IPv4 and TCP, decoding and finding the flow of each segment
// takes in Node.js with nothing else done or checked, and no other format supported.
import { openSync, readSync } from 'node:fs';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const CHUNK = 1 << 18;
const SLOTS = 1 << 17;

const file = openSync(process.argv[2], 'r');
const bytes = new Uint8Array(CHUNK * 2);
const view = new DataView(bytes.buffer);
// the keys of flows, then the number of segments of each and a sum over their headers, so that no work is optimized away
const left = new Int32Array(SLOTS);
const right = new Int32Array(SLOTS);
const ports = new Int32Array(SLOTS);
const counts = new Int32Array(SLOTS);
const sums = new Int32Array(SLOTS);
let packets = 0;
let flows = 0;

function slotOf(source, target, both) {
  const forth = source < target;
  const a = forth ? source : target;
  const b = forth ? target : source;
  const c = forth ? both : (both >>> 16) | (both << 16);
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash ^= hash >>> 15;
  for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
    if (counts[slot] === 0) {
      if (++flows === SLOTS) throw new RangeError('more flows than there is room for');
      left[slot] = a;
      right[slot] = b;
      ports[slot] = c;
      return slot;
    }
    if (left[slot] === a && right[slot] === b && ports[slot] === c) return slot;
  }
}

/** Takes the whole records of the first `end` bytes; returns where they end. */
function take(from, end) {
  let at = from;
  while (at + RECORD_HEADER <= end) {
    const captured = view.getUint32(at + 8, true);
    const ip = at + RECORD_HEADER + 14;
    const next = at + RECORD_HEADER + captured;
    if (next > end) break;
    packets++;
    if (view.getUint16(ip - 2) === 0x0800 && bytes[ip + 9] === 6) {
      const tcp = ip + (bytes[ip] & 15) * 4;
      const slot = slotOf(view.getInt32(ip + 12), view.getInt32(ip + 16), view.getInt32(tcp));
      counts[slot]++;
      sums[slot] += view.getInt32(tcp + 4) ^ view.getInt32(tcp + 8) ^ view.getInt32(tcp + 12);
    }
    at = next;
  }
  return at;
}

let held = 0;
let at = FILE_HEADER;
for (;;) {
  const count = readSync(file, bytes, held, CHUNK, null);
  if (count === 0) break;
  const end = held + count;
  at = take(at, end);
  bytes.copyWithin(0, at, end);
  held = end - at;
  at = 0;
}
console.log(`${packets} packets, ${flows} flows`);
