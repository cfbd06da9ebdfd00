/** Why a capture, or a part of one, cannot be read, or not further. `at`, `there`: bytes of the file. */
import type { Errors, Kinds } from './shapes.js';

/** `system`: the code of a system error (`EIO`), or its text where it has none. */
export const READING_ERRORS = {
  // opening
  'no-such-file': {},
  'no-permission': {},
  directory: {},
  'input-directory': {},
  socket: {},
  terminal: {},
  'link-circle': {},
  'not-opened': { system: 'text' },
  'not-read': { system: 'text' },
  'empty-folder': {},
  // reading on
  'not-read-on': { system: 'text' },
  'stream-broke-off': { system: 'text' },
  'written-over': {},
  deleted: {},
  'deleted-or-replaced': {},
  replaced: {},
  'cut-to': { bytes: 'number' },
  // the content
  empty: {},
  'empty-inside': { compression: 'text' },
  'not-a-capture': {
    compression: 'text?',
    /** The first bytes: a text, or hexadecimal digits. */
    begins: 'text',
    written: ['text', 'bytes'],
    known: ['xz', 'bzip2', 'zip', 'snoop', 'netmon', 'no'],
  },
  'cut-in-header': { header: ['pcap', 'pcapng'], wanted: 'number', there: 'number' },
  'not-pcap': {},
  'pcap-version': { version: 'number' },
  'section-header': { why: 'error' },
  // compression
  'gzip-not-here': {},
  'data-cut-short': { compression: 'text', at: 'number' },
  'data-corrupt': { compression: 'text', at: 'number', why: 'error' },
  // parts
  'part-folder': {},
  'not-a-part': {},
  'part-version': { version: 'number', known: 'number' },
  'part-cut-short': {},
  'part-header': {},
  'part-damaged': { why: 'error' },
} as const satisfies Kinds;

export type ReadingError = Errors<typeof READING_ERRORS>;

export type CaptureErrorCode =
  | 'not-found'
  | 'not-readable'
  | 'not-a-file'
  | 'empty'
  | 'unknown-format'
  | 'unsupported'
  | 'corrupt'
  | 'changed'
  | 'cut-short';

/** The code of each kind, which several share. */
export const CODES: Readonly<Record<ReadingError['kind'], CaptureErrorCode>> = {
  'no-such-file': 'not-found',
  'no-permission': 'not-readable',
  directory: 'not-a-file',
  'input-directory': 'not-a-file',
  socket: 'not-a-file',
  terminal: 'not-a-file',
  'link-circle': 'not-readable',
  'not-opened': 'not-readable',
  'not-read': 'not-readable',
  'empty-folder': 'empty',
  'not-read-on': 'not-readable',
  'stream-broke-off': 'not-readable',
  'written-over': 'changed',
  deleted: 'changed',
  'deleted-or-replaced': 'changed',
  replaced: 'changed',
  'cut-to': 'changed',
  empty: 'empty',
  'empty-inside': 'empty',
  'not-a-capture': 'unknown-format',
  'cut-in-header': 'cut-short',
  'not-pcap': 'unknown-format',
  'pcap-version': 'unsupported',
  'section-header': 'corrupt',
  'gzip-not-here': 'unsupported',
  'data-cut-short': 'cut-short',
  'data-corrupt': 'corrupt',
  'part-folder': 'not-a-file',
  'not-a-part': 'unknown-format',
  'part-version': 'unsupported',
  'part-cut-short': 'cut-short',
  'part-header': 'corrupt',
  'part-damaged': 'corrupt',
};

/** What a section header of pcapng has that cannot be. */
export const SECTION_ERRORS = {
  'byte-order': { magic: 'text' },
  'section-version': { version: 'number' },
  'section-length': { length: 'number', least: 'number' },
} as const satisfies Kinds;

export type SectionError = Errors<typeof SECTION_ERRORS>;

/** What compressed data has that cannot be. `magic`: hexadecimal digits. */
export const PACKED_ERRORS = {
  'packed-end': {},
  'frame-magic': { magic: 'text', expected: 'text' },
  'frame-version': {},
  'frame-header': {},
  'block-size': {},
  'block-type': {},
  'block-bytes': { bytes: 'number', most: 'number' },
  dictionary: {},
  literals: {},
  match: {},
  offset: {},
  sequences: {},
  table: {},
  bits: {},
  window: { bytes: 'number', most: 'number' },
} as const satisfies Kinds;

export type PackedError = Errors<typeof PACKED_ERRORS>;

/** What the file of a part has that cannot be. */
export const PART_ERRORS = {
  'more-packets': {},
  'last-line': {},
  'after-last-line': {},
  'endless-line': {},
  'part-compression': {},
  'bytes-end': {},
  'number-too-large': {},
  'number-out-of-range': {},
  'flows-forgotten': {},
  'flow-unknown': {},
  'too-many-flows': {},
  path: {},
  'tcp-window': {},
} as const satisfies Kinds;

export type PartError = Errors<typeof PART_ERRORS>;

/** Parts of which the order is not clear. */
export const ORDER_ERRORS = {
  'no-place': {},
  'part-twice': { part: 'number' },
  'same-beginning': {},
} as const satisfies Kinds;
