/**
 * A second, tiny reader of capture streams for the live tests: classic pcap and the pcapng that dumpcap writes,
 * both in this machine's byte order (little endian).
 */

export interface Packet {
  /** Nanoseconds since 1970. */
  time: bigint;
  originalLength: number;
  bytes: Buffer;
}

export interface Capture {
  linkType: number;
  snaplen: number;
  precision: 'ns' | 'us';
  packets: Packet[];
}

export function readCapture(data: Buffer): Capture {
  const magic = data.readUInt32LE(0);
  if (magic === 0x0a0d0d0a) return readPcapng(data);
  if (magic !== 0xa1b2c3d4 && magic !== 0xa1b23c4d) throw new Error(`no pcap: magic ${magic.toString(16)}`);
  const precision = magic === 0xa1b23c4d ? 'ns' : 'us';
  const unit = precision === 'ns' ? 1n : 1000n;
  const packets: Packet[] = [];
  let at = 24;
  while (at < data.length) {
    const length = data.readUInt32LE(at + 8);
    if (at + 16 + length > data.length) throw new Error('cut short');
    packets.push({
      time: BigInt(data.readUInt32LE(at)) * 1_000_000_000n + BigInt(data.readUInt32LE(at + 4)) * unit,
      originalLength: data.readUInt32LE(at + 12),
      bytes: data.subarray(at + 16, at + 16 + length),
    });
    at += 16 + length;
  }
  return { linkType: data.readUInt32LE(20), snaplen: data.readUInt32LE(16), precision, packets };
}

const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;

function readPcapng(data: Buffer): Capture {
  const capture: Capture = { linkType: -1, snaplen: 0, precision: 'us', packets: [] };
  let at = 0;
  while (at < data.length) {
    const type = data.readUInt32LE(at);
    const size = data.readUInt32LE(at + 4);
    if (at + size > data.length) throw new Error('cut short');
    if (type === INTERFACE_DESCRIPTION) {
      capture.linkType = data.readUInt16LE(at + 8);
      capture.snaplen = data.readUInt32LE(at + 12);
      for (let option = at + 16; data.readUInt16LE(option) !== 0; ) {
        // if_tsresol
        if (data.readUInt16LE(option) === 9) capture.precision = data[option + 4] === 9 ? 'ns' : 'us';
        option += 4 + Math.ceil(data.readUInt16LE(option + 2) / 4) * 4;
      }
    }
    if (type === ENHANCED_PACKET) {
      const ticks = (BigInt(data.readUInt32LE(at + 12)) << 32n) + BigInt(data.readUInt32LE(at + 16));
      const length = data.readUInt32LE(at + 20);
      capture.packets.push({
        time: capture.precision === 'ns' ? ticks : ticks * 1000n,
        originalLength: data.readUInt32LE(at + 24),
        bytes: data.subarray(at + 28, at + 28 + length),
      });
    }
    at += size;
  }
  return capture;
}
