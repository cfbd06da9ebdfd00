/** Addresses in networks, as `cidr("10.0.0.0/8").contains(address)` asks. */

import { addressText } from './address.js';

/** An IPv4 or IPv6 address as a number of 32 or 128 bits; null where the text is not an address. */
function parseAddress(text: string): { value: bigint; bits: 32 | 128 } | null {
  if (!text.includes(':')) {
    const value = parseIpv4(text);
    return value === null ? null : { value, bits: 32 };
  }
  // the last 32 bits may be written as IPv4 (RFC 4291 2.2)
  const [, before, last] = /^(.*:)([\d.]+\.[\d.]+)$/.exec(text) ?? [];
  const tail = last === undefined ? null : parseIpv4(last);
  if (last !== undefined && tail === null) return null;
  const hex =
    tail === null ? text : `${before}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const halves = hex.split('::');
  if (halves.length > 2) return null;
  const [left = [], right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [
    ...left,
    ...new Array<string>(right === undefined ? 0 : missing).fill('0'),
    ...(right ?? []),
  ];
  let value = 0n;
  for (const group of groups) {
    if (!/^[\da-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return { value, bits: 128 };
}

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

export class Network {
  private constructor(
    /** As it is written canonically. */
    readonly text: string,
    private readonly prefix: bigint,
    private readonly bits: 32 | 128,
    private readonly shift: bigint,
  ) {}

  /** Of `10.0.0.0/8`, or of one address; null where the text is neither. */
  static parse(text: string): Network | null {
    const [address = '', length, ...more] = text.split('/');
    const parsed = parseAddress(address);
    if (parsed === null || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
      return null;
    const prefix = length === undefined ? parsed.bits : Number(length);
    if (prefix > parsed.bits) return null;
    const shift = BigInt(parsed.bits - prefix);
    const value = parsed.value >> shift;
    const canonical = canonicalText(value << shift, parsed.bits);
    return new Network(
      length === undefined ? canonical : `${canonical}/${prefix}`,
      value,
      parsed.bits,
      shift,
    );
  }

  contains(address: string): boolean {
    const parsed = parseAddress(address);
    return parsed !== null && parsed.bits === this.bits && parsed.value >> this.shift === this.prefix;
  }
}

/** The first bits of an address, as a network: `10.0.3.0/24`. */
export function networkOf(address: string, length: number): string {
  const parsed = parseAddress(address);
  if (parsed === null) return address;
  const kept = Math.min(length, parsed.bits);
  const shift = BigInt(parsed.bits - kept);
  return `${canonicalText((parsed.value >> shift) << shift, parsed.bits)}/${kept}`;
}

/** As captures name it (decode/address.ts). */
function canonicalText(value: bigint, bits: 32 | 128): string {
  const word = (index: bigint): number => Number((value >> (32n * index)) & 0xffff_ffffn);
  return addressText(bits === 32 ? 4 : 6, word(3n), word(2n), word(1n), word(0n));
}
