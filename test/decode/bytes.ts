/** Tiny builders: each returns the bytes of a layer around what is inside it. */

export type Bytes = readonly number[];

export function be16(value: number): Bytes {
  return [(value >>> 8) & 0xff, value & 0xff];
}

export function be24(value: number): Bytes {
  return [(value >>> 16) & 0xff, ...be16(value)];
}

export function be32(value: number): Bytes {
  return [value >>> 24, ...be24(value)];
}

export function le16(value: number): Bytes {
  return [value & 0xff, (value >>> 8) & 0xff];
}

export function le32(value: number): Bytes {
  return [...le16(value), ...le16(value >>> 16)];
}

export function zeros(count: number): Bytes {
  return new Array<number>(count).fill(0);
}

export const CLIENT: Bytes = [10, 0, 0, 1];
export const SERVER: Bytes = [10, 0, 0, 2];
export const CLIENT_6: Bytes = [0x20, 0x01, 0x0d, 0xb8, ...zeros(11), 1];
export const SERVER_6: Bytes = [0x20, 0x01, 0x0d, 0xb8, ...zeros(11), 2];
/** Where tunnels begin and end. */
export const NEAR: Bytes = [192, 0, 2, 1];
export const FAR: Bytes = [192, 0, 2, 2];

export const SEQUENCE = 0x89abcdef;
export const ACKNOWLEDGEMENT = 0xfedcba98;
export const PAYLOAD: Bytes = [0x68, 0x65, 0x6c, 0x6c, 0x6f];

/** The segment in every frame of the tests: 40000 to 80, PSH and ACK, five bytes. */
export function tcp(payload: Bytes = PAYLOAD, flags = 0x18): Bytes {
  const header = [...be16(40000), ...be16(80), ...be32(SEQUENCE), ...be32(ACKNOWLEDGEMENT)];
  return [...header, 0x50 | (flags >>> 8), flags & 0xff, ...be16(512), ...be16(0), ...be16(0), ...payload];
}

export function udp(payload: Bytes, port: number, sourcePort = 50000): Bytes {
  return [...be16(sourcePort), ...be16(port), ...be16(8 + payload.length), ...be16(0), ...payload];
}

interface Ipv4Options {
  source?: Bytes;
  target?: Bytes;
  id?: number;
  /** Offset in bytes. */
  offset?: number;
  more?: boolean;
  totalLength?: number;
}

export function ipv4(payload: Bytes, protocol = 6, options: Ipv4Options = {}): Bytes {
  const { source = CLIENT, target = SERVER, id = 7, offset = 0, more = false } = options;
  const length = options.totalLength ?? 20 + payload.length;
  const fragment = (more ? 0x2000 : 0) | (offset / 8);
  const fixed = [0x45, 0, ...be16(length), ...be16(id), ...be16(fragment), 64, protocol, 0, 0];
  return [...fixed, ...source, ...target, ...payload];
}

/** An outer IPv4 packet between NEAR and FAR. */
export function outer(payload: Bytes, protocol: number): Bytes {
  return ipv4(payload, protocol, { source: NEAR, target: FAR });
}

export function outerUdp(payload: Bytes, port: number): Bytes {
  return outer(udp(payload, port), 17);
}

export function ipv6(payload: Bytes, next = 6, length = payload.length): Bytes {
  return [0x60, 0, 0, 0, ...be16(length), next, 64, ...CLIENT_6, ...SERVER_6, ...payload];
}

/** Target and source; of a real vendor, as tshark recognizes pseudo-wires by that. */
export const MAC: Bytes = [0, 0x1b, 0x21, 0, 0, 2, 0, 0x1b, 0x21, 0, 0, 1];

export function ethernet(payload: Bytes, type = 0x0800): Bytes {
  return [...MAC, ...be16(type), ...payload];
}

export function vlan(id: number, payload: Bytes, type = 0x0800): Bytes {
  return [...be16(id), ...be16(type), ...payload];
}

export function snap(payload: Bytes, type = 0x0800): Bytes {
  return [0xaa, 0xaa, 3, 0, 0, 0, ...be16(type), ...payload];
}

export function mpls(label: number, payload: Bytes, bottom = true): Bytes {
  return [...be24((label << 4) | (bottom ? 1 : 0)), 64, ...payload];
}

export function gre(protocol: number, payload: Bytes, flags = 0, options: Bytes = []): Bytes {
  return [...be16(flags), ...be16(protocol), ...options, ...payload];
}

/** A VXLAN or Geneve header's last four bytes: the network identifier. */
export function network(id: number): Bytes {
  return [...be24(id), 0];
}

/** 802.11 data frame to an access point. */
export function wifi(payload: Bytes, subtype = 0, flags = 1, more: Bytes = []): Bytes {
  return [(subtype << 4) | 8, flags, 0, 0, ...MAC, ...MAC.slice(0, 6), 0x10, 0, ...more, ...payload];
}
