/** Changes captures: their records, fields and packets where they can be parsed, else their bytes. */
import type { Random } from './random.js';
import { dataAt, joined, type Layout, layoutOf, lengthsAt, readWord, timeAt, writeWord } from './records.js';

const BYTES = [0, 1, 4, 6, 0x7f, 0x80, 0xff, 0x1b, 0x0a];
const WORDS = [0, 1, 15, 16, 0x7f, 0xff, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
/** Seconds that a clock goes forward or back. */
const JUMPS = [1, -1, 3, 60, 61, -61, 300, 3600, -86_400, 0x7fff_ffff, -0x7fff_ffff];
/** Text that controls a terminal, or that it does not show. */
const TEXTS = ['\u001b[31m', '\u009b2J', '\u202e', '\u2066', '\u200b', '\u2060', '\u00ad', '\r', '\u0000'];

export type Another = () => Buffer;

/** A few changes. `another`: a capture to take records or bytes from. `whole`: it stays undamaged. */
export function mutated(bytes: Buffer, random: Random, another: Another, whole = false): Buffer {
  let changed = bytes;
  for (let left = 1 + random.below(6); left > 0; left--) {
    const layout = whole || !random.once(4) ? layoutOf(changed) : null;
    if (layout !== null && layout.records.length > 0)
      changed = changedRecords(layout, random, another, whole);
    else if (!whole) changed = changedBytes(changed, random, another);
  }
  return changed;
}

function changedRecords(layout: Layout, random: Random, another: Another, whole: boolean): Buffer {
  const records: Buffer[] = layout.records.map((record) => Buffer.from(record));
  const at = random.below(records.length);
  const record = records[at] ?? Buffer.alloc(0);
  const some = 1 + random.below(3);
  switch (random.below(whole ? 8 : 10)) {
    case 0:
      records.splice(random.below(records.length + 1), 0, ...records.slice(at, at + some));
      break;
    case 1:
      // the first blocks of pcapng describe all others
      if (at > 1 || layout.format === 'pcap') records.splice(at, some);
      break;
    case 2:
      records.splice(random.below(records.length + 1), 0, ...records.splice(at, some));
      break;
    case 3: {
      const other = layoutOf(another());
      const fits = other?.format === layout.format && other.little === layout.little;
      if (fits) records.splice(at, 0, ...sliceOf(other.records, random));
      break;
    }
    case 4:
      jumpInTime(layout, records, at, random);
      break;
    case 5:
    case 6:
    case 7:
      changePacket(layout, record, random);
      break;
    case 8: {
      const where = random.pick([...lengthsAt(layout, record), 0]);
      const by = random.pick([-1, 1, 4, -16, 1 << 16]);
      const value = random.once(2) ? random.pick(WORDS) : readWord(record, where, layout.little) + by;
      writeWord(record, where, value, layout.little);
      break;
    }
    default:
      records[at] = record.subarray(0, random.below(record.length));
  }
  return joined({ ...layout, records });
}

function sliceOf(records: readonly Buffer[], random: Random): Buffer[] {
  const at = random.below(records.length);
  return records.slice(at, at + 1 + random.below(8));
}

function jumpInTime(layout: Layout, records: Buffer[], from: number, random: Random): void {
  const by = random.pick(JUMPS);
  const to = random.once(2) ? records.length : from + 1;
  for (const record of records.slice(from, to)) {
    const at = timeAt(layout, record);
    if (at !== null) writeWord(record, at, readWord(record, at, layout.little) + by, layout.little);
  }
}

/** Changes what was captured: bits, bytes, numbers, flags of TCP, text. Lengths of the record stay. */
function changePacket(layout: Layout, record: Buffer, random: Random): void {
  const from = dataAt(layout, record);
  if (from === null) return;
  // headers are at the front
  const room = Math.min(record.length - from, random.once(2) ? 80 : record.length);
  const at = from + random.below(room);
  switch (random.below(5)) {
    case 0:
      record[at] = (record[at] ?? 0) ^ (1 << random.below(8));
      break;
    case 1:
      record[at] = random.once(2) ? random.below(256) : random.pick(BYTES);
      break;
    case 2:
      if (at + 4 <= record.length) record.writeUInt32BE(random.pick(WORDS), at);
      break;
    case 3:
      // flags, where the frame is Ethernet and the header of IPv4 has no options
      if (record.length > from + 47) record[from + 47] = random.below(256);
      break;
    default:
      record.write(random.pick(TEXTS), at);
  }
}

function changedBytes(bytes: Buffer, random: Random, another: Another): Buffer {
  const at = random.below(bytes.length + 1);
  const length = 1 + random.below(64);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.below(8)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, bytes.subarray(at + length)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at + length), after]);
    case 3:
      return Buffer.concat([before, Buffer.alloc(length, random.pick(BYTES)), after]);
    case 4: {
      const other = another();
      return Buffer.concat([before, other.subarray(random.below(other.length))]);
    }
    case 5:
      return Buffer.concat([before, Buffer.from(random.pick(TEXTS)), bytes.subarray(at + length)]);
    default: {
      const copy = Buffer.from(bytes);
      if (at < copy.length) copy[at] = random.once(2) ? random.below(256) : random.pick(BYTES);
      return copy;
    }
  }
}
