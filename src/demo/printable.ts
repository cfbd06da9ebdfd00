/** Bytes from the network as text that is safe for a terminal: a peer must not be able to control it. */
import { isUtf8 } from 'node:buffer';
import { escapeText } from '../escape.js';

/**
 * UTF-8 as text, control characters escaped (`\x1b`), bytes that are not UTF-8 as `\xff`.
 * Any bytes are accepted; the result has no line break.
 */
export function printable(bytes: Buffer): string {
  if (isUtf8(bytes)) return escapeText(bytes.toString('utf8'));
  let text = '';
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] ?? 0);
    if (length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length))) {
      at += length;
      continue;
    }
    text += escapeText(bytes.toString('utf8', start, at)) + hex(bytes[at] ?? 0);
    at += 1;
    start = at;
  }
  return text + escapeText(bytes.toString('utf8', start));
}

/** Like `printable`, without the line's own end (LF or CR LF). */
export function printableLine(line: Buffer): string {
  let end = line.length;
  if (end > 0 && line[end - 1] === 0x0a) {
    end -= 1;
    if (end > 0 && line[end - 1] === 0x0d) end -= 1;
  }
  return printable(line.subarray(0, end));
}

/** How many bytes a UTF-8 character with this first byte has (RFC 3629, section 4); 0: none begins so. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
