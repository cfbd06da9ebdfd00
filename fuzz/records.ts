/** A capture taken apart into its header and its records (pcapng: blocks), to be changed and joined again. */

export interface Layout {
  format: 'pcap' | 'pcapng';
  little: boolean;
  /** pcap: the file header. pcapng: nothing, the section header is a block like others. */
  head: Buffer;
  records: Buffer[];
}

const PCAP_HEADER = 24;
const RECORD_HEADER = 16;
const SMALLEST_BLOCK = 12;
const SECTION = 0x0a0d0d0a;
const ENHANCED = 6;
const SIMPLE = 3;
/** Of classic captures whose numbers have their lowest byte first: microseconds, nanoseconds. */
const LITTLE = [0xd4c3b2a1, 0x4d3cb2a1];
const BIG = [0xa1b2c3d4, 0xa1b23c4d];

/** Null where it is not a capture, or is damaged or compressed. */
export function layoutOf(bytes: Buffer): Layout | null {
  if (bytes.length < PCAP_HEADER) return null;
  const magic = bytes.readUInt32BE(0);
  if (LITTLE.includes(magic) || BIG.includes(magic)) return pcapLayout(bytes, LITTLE.includes(magic));
  return magic === SECTION ? pcapngLayout(bytes) : null;
}

export function joined({ head, records }: Layout): Buffer {
  return Buffer.concat([head, ...records]);
}

export function readWord(bytes: Buffer, at: number, little: boolean): number {
  return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}

export function writeWord(bytes: Buffer, at: number, value: number, little: boolean): void {
  if (little) bytes.writeUInt32LE(value >>> 0, at);
  else bytes.writeUInt32BE(value >>> 0, at);
}

function pcapLayout(bytes: Buffer, little: boolean): Layout | null {
  const records: Buffer[] = [];
  for (let at = PCAP_HEADER; at < bytes.length; ) {
    if (at + RECORD_HEADER > bytes.length) return null;
    const end = at + RECORD_HEADER + readWord(bytes, at + 8, little);
    if (end > bytes.length) return null;
    records.push(bytes.subarray(at, end));
    at = end;
  }
  return { format: 'pcap', little, head: bytes.subarray(0, PCAP_HEADER), records };
}

function pcapngLayout(bytes: Buffer): Layout | null {
  const little = bytes.readUInt32LE(8) === 0x1a2b3c4d;
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + SMALLEST_BLOCK > bytes.length) return null;
    const length = readWord(bytes, at + 4, little);
    if (length < SMALLEST_BLOCK || at + length > bytes.length) return null;
    records.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { format: 'pcapng', little, head: Buffer.alloc(0), records };
}

/** Where the record has lengths. */
export function lengthsAt({ format, little }: Layout, record: Buffer): number[] {
  if (format === 'pcap') return [8, 12];
  const type = readWord(record, 0, little);
  const own = type === ENHANCED ? [20, 24] : type === SIMPLE ? [8] : type === SECTION ? [8, 16, 20] : [];
  return [4, record.length - 4, ...own].filter((at) => at + 4 <= record.length);
}

/** Where the seconds (pcapng: the higher, then the lower word of the time) stand; null where it has none. */
export function timeAt({ format, little }: Layout, record: Buffer): number | null {
  if (format === 'pcap') return 0;
  return readWord(record, 0, little) === ENHANCED && record.length >= 32 ? 12 : null;
}

/** Where the captured bytes begin; null where it is no packet. */
export function dataAt({ format, little }: Layout, record: Buffer): number | null {
  const type = format === 'pcap' ? -1 : readWord(record, 0, little);
  const at = type === -1 ? RECORD_HEADER : type === ENHANCED ? 28 : type === SIMPLE ? 12 : null;
  return at === null || at >= record.length ? null : at;
}
