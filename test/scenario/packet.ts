/**
 * Whole IP packets in a few words: right lengths, right checksums. The left end is 192.0.2.1 or 2001:db8::1, the
 * right one 198.51.100.2 or 2001:db8::2.
 */

/** LINKTYPE_RAW: the frame begins with the IP header. */
export const RAW_IP = 101;

export interface Ends {
  fromLeft: boolean;
  leftPort: number;
  rightPort: number;
  version: 4 | 6;
  /** Last byte of the left and the right end's address. */
  hosts?: readonly [number, number];
  ttl: number;
  /** IPv4 identification. */
  ipId: number;
}

export interface TcpFields extends Ends {
  flags: number;
  sequence: number;
  acknowledgement: number;
  window: number;
  options: readonly number[];
  length: number;
  /** Header length in words as the header claims it; the true one where it is null. */
  words: number | null;
  /** The checksum in place of the right one, what is added to that, or whether only the pseudo-header is summed. */
  sum?: number | null;
  off?: number;
  partial?: boolean;
}

const TCP_PROTOCOL = 6;
const UDP_PROTOCOL = 17;

export function u16(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value)];
}

export function tcpPacket(fields: TcpFields): Uint8Array {
  const { flags, sequence, acknowledgement, window, options, length } = fields;
  const padded = [...options];
  while (padded.length % 4 !== 0) padded.push(padded.length % 4 === 3 ? 0 : 1);
  const words = fields.words ?? 5 + padded.length / 4;
  const segment = Uint8Array.from([
    ...ports(fields),
    ...u32(sequence),
    ...u32(acknowledgement),
    ...u16((words << 12) | flags),
    ...u16(window),
    ...[0, 0, 0, 0],
    ...padded,
    ...new Array<number>(length).fill(0x2e),
  ]);
  return ipPacket(fields, TCP_PROTOCOL, segment, 16, fields);
}

export function udpPacket(ends: Ends, length: number): Uint8Array {
  const datagram = [...ports(ends), ...u16(8 + length), 0, 0, ...new Array<number>(length).fill(0x2e)];
  return ipPacket(ends, UDP_PROTOCOL, Uint8Array.from(datagram), 6);
}

/** An ICMP (or ICMPv6) error that quotes the first bytes of a packet; its MTU lies where RFC 1191 and RFC 4443 put it. */
export function icmpPacket(
  ends: Ends,
  type: number,
  code: number,
  mtu: number,
  quoted: Uint8Array,
): Uint8Array {
  const message = Uint8Array.from([type, code, 0, 0, ...u32(mtu), ...quoted.subarray(0, 64)]);
  return ipPacket(ends, ends.version === 4 ? 1 : 58, message, 2);
}

function ports({ fromLeft, leftPort, rightPort }: Ends): number[] {
  return fromLeft ? [...u16(leftPort), ...u16(rightPort)] : [...u16(rightPort), ...u16(leftPort)];
}

const LEFT_4 = [192, 0, 2];
const RIGHT_4 = [198, 51, 100];

function address6(last: number): number[] {
  return [0x20, 0x01, 0x0d, 0xb8, ...new Array<number>(11).fill(0), last];
}

function ipPacket(
  ends: Ends,
  protocol: number,
  body: Uint8Array,
  checksumAt: number,
  { sum = null, off = 0, partial = false }: Pick<TcpFields, 'sum' | 'off' | 'partial'> = {},
): Uint8Array {
  const six = ends.version === 6;
  const [leftHost, rightHost] = ends.hosts ?? [1, 2];
  const left = six ? address6(leftHost) : [...LEFT_4, leftHost];
  const other = six ? address6(rightHost) : [...RIGHT_4, rightHost];
  const addresses = ends.fromLeft ? [...left, ...other] : [...other, ...left];
  const pseudo = six
    ? [...addresses, ...u32(body.length), 0, 0, 0, protocol]
    : [...addresses, 0, protocol, ...u16(body.length)];
  const plainIcmp = protocol === 1;
  const right = checksum(plainIcmp ? [...body] : [...pseudo, ...body]);
  // ones' complement: a carry is added again
  const wanted = sum ?? (partial ? ~checksum(pseudo) & 0xffff : ((right + off - 1) % 0xffff) + 1);
  body.set(u16(wanted), checksumAt);
  if (six)
    return Uint8Array.from([0x60, 0, 0, 0, ...u16(body.length), protocol, ends.ttl, ...addresses, ...body]);
  const header = [0x45, 0, ...u16(20 + body.length), ...u16(ends.ipId), 0x40, 0, ends.ttl, protocol, 0, 0];
  header.push(...addresses);
  header.splice(10, 2, ...u16(checksum(header)));
  return Uint8Array.from([...header, ...body]);
}

/** RFC 1071. */
function checksum(bytes: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
