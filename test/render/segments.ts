/** A TCP connection, written as a capture in memory: for cases longer or odder than the recordings in fixtures/. */

export interface Segment {
  /** From the client (true) or the server. */
  client: boolean;
  flags: number;
  sequence: number;
  acknowledgement?: number;
  length?: number;
  /** Seconds since the capture began; 1 ms after the one before where it is not given. */
  at?: number;
}

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

export interface Addresses {
  client: readonly number[];
  server: readonly number[];
  clientPort: number;
  serverPort: number;
}

export const IPV4: Addresses = {
  client: [192, 0, 2, 1],
  server: [192, 0, 2, 2],
  clientPort: 40000,
  serverPort: 80,
};

/** As long as addresses get. */
export const IPV6: Addresses = {
  client: Array.from({ length: 8 }, (_, index) => [0x20 + index, 0xd1]).flat(),
  server: Array.from({ length: 8 }, (_, index) => [0xfe, 0xc0 + index]).flat(),
  clientPort: 65535,
  serverPort: 50001,
};

const RAW_IP = 101;

/** Classic pcap, raw IP, microseconds; payload is cut off (snap length), so that long segments cost nothing. */
export function capture(segments: readonly Segment[], addresses: Addresses = IPV4): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(RAW_IP, 20);
  let at = 0;
  const records = segments.map((segment) => {
    const packet = packetOf(segment, addresses);
    at = segment.at ?? at + 0.001;
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_700_000_000 + Math.floor(at), 0);
    record.writeUInt32LE(Math.round((at % 1) * 1e6), 4);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length + (segment.length ?? 0), 12);
    return Buffer.concat([record, packet]);
  });
  return Buffer.concat([header, ...records]);
}

function packetOf(segment: Segment, { client, server, clientPort, serverPort }: Addresses): Buffer {
  const [from, to] = segment.client ? [client, server] : [server, client];
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(segment.client ? clientPort : serverPort, 0);
  tcp.writeUInt16BE(segment.client ? serverPort : clientPort, 2);
  tcp.writeUInt32BE(segment.sequence >>> 0, 4);
  tcp.writeUInt32BE((segment.acknowledgement ?? 0) >>> 0, 8);
  tcp.writeUInt8(5 << 4, 12);
  tcp.writeUInt8(segment.flags, 13);
  tcp.writeUInt16BE(65535, 14);
  const payload = tcp.length + (segment.length ?? 0);
  if (from.length === 16) {
    const ip = Buffer.alloc(8);
    ip.writeUInt8(0x60, 0);
    ip.writeUInt16BE(payload, 4);
    ip.writeUInt8(6, 6);
    ip.writeUInt8(64, 7);
    return Buffer.concat([ip, Buffer.from(from), Buffer.from(to), tcp]);
  }
  const ip = Buffer.alloc(12);
  ip.writeUInt8(0x45, 0);
  ip.writeUInt16BE(20 + payload, 2);
  ip.writeUInt8(64, 8);
  ip.writeUInt8(6, 9);
  return Buffer.concat([ip, Buffer.from(from), Buffer.from(to), tcp]);
}

/** Opening, `count` data segments from the client, each acknowledged, four-step closing. */
export function conversation(count: number, length: number, first = 1000, firstServer = 5000): Segment[] {
  const c = first + 1;
  const s = firstServer + 1;
  const end = c + count * length;
  const data = Array.from({ length: count }, (_, index): Segment[] => [
    { client: true, flags: ACK, sequence: c + index * length, acknowledgement: s, length },
    { client: false, flags: ACK, sequence: s, acknowledgement: c + (index + 1) * length },
  ]).flat();
  return [
    { client: true, flags: SYN, sequence: first },
    { client: false, flags: SYN | ACK, sequence: firstServer, acknowledgement: c },
    { client: true, flags: ACK, sequence: c, acknowledgement: s },
    ...data,
    { client: true, flags: FIN | ACK, sequence: end, acknowledgement: s },
    { client: false, flags: ACK, sequence: s, acknowledgement: end + 1 },
    { client: false, flags: FIN | ACK, sequence: s, acknowledgement: end + 1 },
    { client: true, flags: ACK, sequence: end + 1, acknowledgement: s + 1 },
  ];
}
