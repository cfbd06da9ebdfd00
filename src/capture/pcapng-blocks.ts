/**
 * The blocks and options of pcapng, as numbers. To read first: draft-ietf-opsawg-pcapng, sections 3.1 (general
 * block structure), 3.5 (options) and 10.1 (block types).
 *
 * An option is a 16-bit code, a 16-bit length and a value padded to 32 bits; code 0 ends the list.
 */

/** Block types, in the block's own byte order; the section header's reads the same in both. */
export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
export const OBSOLETE_PACKET = 2;
export const SIMPLE_PACKET = 3;
export const NAME_RESOLUTION = 4;
export const INTERFACE_STATISTICS = 5;
export const ENHANCED_PACKET = 6;
export const SYSTEMD_JOURNAL = 9;
export const DECRYPTION_SECRETS = 10;
export const CUSTOM = 0xbad;
export const CUSTOM_NOT_COPIED = 0x4000_0bad;

// every block: type, length, body, and the length again
export const LENGTH = 4;
export const BODY = 8;

/** Bytes of a block with an empty body. */
export const BLOCK_OVERHEAD = 12;
/** Behind the section header's length, in the byte order of the section. */
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
export const BYTE_ORDER_SWAPPED = 0x4d3c2b1a;

/** Longest packet block; Wireshark has the same limit. */
export const LONGEST_BLOCK = 16 * 1024 * 1024;

/** Block types that this reader, or anybody, is likely to have written: the ones a search for the next block trusts. */
export function isKnownBlock(type: number): boolean {
  return (
    (type >= INTERFACE_DESCRIPTION && type <= DECRYPTION_SECRETS) ||
    type === CUSTOM ||
    type === CUSTOM_NOT_COPIED
  );
}

/** Blocks that carry no packet, but that Wireshark lists as frames: each takes a frame number. */
const NUMBERED_BLOCKS: ReadonlySet<number> = new Set([
  SYSTEMD_JOURNAL,
  CUSTOM,
  CUSTOM_NOT_COPIED,
  // system calls, written by Sysdig
  0x204,
  0x208,
  0x216,
  0x217,
  0x221,
  0x222,
]);

export function isNumberedBlock(type: number): boolean {
  return NUMBERED_BLOCKS.has(type);
}

export const OPTION_COMMENT = 1;

/** Reads the options from `from` up to `to`; `visit` gets the code, the value's place and its length. */
export function eachOption(
  view: DataView,
  from: number,
  to: number,
  littleEndian: boolean,
  visit: (code: number, at: number, length: number) => void,
): void {
  let at = from;
  while (at + 4 <= to) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (code === 0 || at + 4 + length > to) return;
    visit(code, at + 4, length);
    at += 4 + ((length + 3) & ~3);
  }
}

/** A 64-bit count as a double: exact up to 2^53. */
export function unsigned64(view: DataView, at: number, littleEndian: boolean): number {
  const first = view.getUint32(at, littleEndian);
  const second = view.getUint32(at + 4, littleEndian);
  return littleEndian ? second * 0x1_0000_0000 + first : first * 0x1_0000_0000 + second;
}

export function signed64(view: DataView, at: number, littleEndian: boolean): number {
  const low = view.getUint32(littleEndian ? at : at + 4, littleEndian);
  return view.getInt32(littleEndian ? at + 4 : at, littleEndian) * 0x1_0000_0000 + low;
}

const decoder = new TextDecoder();
/** Longest text kept of a comment or a name. */
const LONGEST_TEXT = 4096;

/** An option's text, without the zero bytes that some writers put behind it. */
export function text(view: DataView, at: number, length: number): string {
  let end = Math.min(length, LONGEST_TEXT);
  while (end > 0 && view.getUint8(at + end - 1) === 0) end--;
  return decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at, end));
}
