/** Why a capture, or a part of one, cannot be read, or not further. */
import type { Sentences } from '../../error-kinds/all.js';
import type {
  ORDER_ERRORS,
  PACKED_ERRORS,
  PART_ERRORS,
  READING_ERRORS,
  SECTION_ERRORS,
} from '../../error-kinds/reading.js';

/** What to do with files that are often taken for captures. */
const OTHERS = {
  xz: 'It is compressed with xz. Try: xz -dc FILE | synfin analyze -',
  bzip2: 'It is compressed with bzip2. Try: bzip2 -dc FILE | synfin analyze -',
  zip: 'It is a zip archive. Try: unzip -p FILE | synfin analyze -',
  snoop: 'It is a snoop capture. Try: editcap -F pcapng FILE out.pcapng',
  netmon: 'It is a Microsoft Network Monitor capture. Try: editcap -F pcapng FILE out.pcapng',
  no: 'synfin reads pcap and pcapng files; see: synfin formats',
};

const AGAIN = 'Make it again with: synfin analyze FILE --partial PART';
const PLACES = 'Give each its place: synfin analyze FILE --partial PART --part N';

export const READING: Sentences<typeof READING_ERRORS> = {
  'no-such-file': () => 'no such file',
  'no-permission': () => ['no permission to read it', 'See its owner and mode with: ls -l'],
  directory: () => 'is a directory, not a capture file',
  'input-directory': () => 'is a directory, not a capture',
  socket: () => 'is a socket, not a capture file',
  terminal: () => [
    'is a terminal, not a capture',
    'Pipe a capture into it, e.g. tcpdump -w - | synfin analyze -',
  ],
  'link-circle': () => 'symbolic links that lead in a circle',
  'not-opened': ({ system }) => `could not be opened (${system})`,
  'not-read': ({ system }) => `could not be read (${system})`,
  'empty-folder': () => 'no capture in this folder',
  'not-read-on': ({ system }) =>
    system === 'EAGAIN'
      ? 'is a device that has no data now (EAGAIN), and it is not waited for'
      : `could not be read on (${system})`,
  'stream-broke-off': ({ system }) => `the stream broke off (${system})`,
  'written-over': () => 'was written over while it was followed',
  deleted: () => 'was deleted while it was followed',
  'deleted-or-replaced': () => 'was deleted or replaced while it was followed',
  replaced: () => 'was replaced by another file while it was followed',
  'cut-to': ({ bytes }) => `was cut to ${bytes} bytes while it was followed`,
  empty: () => 'is empty: not even a file header',
  'empty-inside': ({ compression }) => `is empty, decompressed (${compression})`,
  'not-a-capture': ({ compression, begins, written, known }) => {
    const inside = compression === null ? '' : `decompressed (${compression}), `;
    const first = written === 'text' ? `the text ${JSON.stringify(begins)}` : `bytes ${begins}`;
    return [
      `not a capture: ${inside}it begins with ${first}, where pcap or pcapng has a magic number`,
      OTHERS[known],
    ];
  },
  'cut-in-header': ({ header, wanted, there }) => {
    const what = header === 'pcap' ? 'pcap file' : 'pcapng section';
    return `cut short in the ${what} header: ${wanted} bytes expected at byte 0, ${there} there`;
  },
  'not-pcap': () => 'not a pcap file',
  'pcap-version': ({ version }) => `pcap version ${version} at byte 4; only version 2 is known`,
  'section-header': ({ why }, said) => `the pcapng section header at byte 0 ${said(why)}`,
  'gzip-not-here': () => 'is compressed with gzip, which cannot be inflated here',
  'data-cut-short': ({ compression, at }) => `the ${compression} data is cut short at byte ${at} of the file`,
  'data-corrupt': ({ compression, at, why }, said) =>
    `the ${compression} data is corrupt before byte ${at} (${said(why)})`,
  'part-folder': () => 'is a folder',
  'not-a-part': () => [
    'is not a part of a capture',
    'A part is made with: synfin analyze FILE --partial PART',
  ],
  'part-version': ({ version, known }) => [
    `is a part of version ${version}; this synfin reads version ${known}`,
    'Make it again with: synfin analyze --partial',
  ],
  'part-cut-short': () => 'is cut short: a part ends with its facts',
  'part-header': () => 'is damaged: its first line does not hold what it should',
  'part-damaged': ({ why }, said) => [`is damaged: ${said(why)}`, AGAIN],
};

/** Behind "the section header". */
export const SECTION: Sentences<typeof SECTION_ERRORS> = {
  'byte-order': ({ magic }) => `has the byte-order magic ${magic}, 1a2b3c4d or 4d3c2b1a expected`,
  'section-version': ({ version }) => `begins a section of version ${version}, 1 expected`,
  'section-length': ({ length, least }) => `has ${length} bytes, at least ${least} expected`,
};

export const PACKED: Sentences<typeof PACKED_ERRORS> = {
  'packed-end': () => 'unexpected end of file',
  'frame-magic': ({ magic, expected }) => `frame magic ${magic}, ${expected} expected`,
  'frame-version': () => 'a frame version other than 1',
  'frame-header': () => 'an impossible frame header',
  'block-size': () => 'an impossible block size',
  'block-type': () => 'an impossible block',
  'block-bytes': ({ bytes, most }) => `a block of ${bytes} bytes, at most ${most} expected`,
  dictionary: () => 'a dictionary is needed',
  literals: () => 'literals beyond the block',
  match: () => 'a match beyond the block',
  offset: () => 'an offset beyond the window',
  sequences: () => 'sequences beyond the block',
  table: () => 'an impossible table of codes',
  bits: () => 'bits without an end',
  window: ({ bytes, most }) => `a window of ${bytes} bytes, at most ${most} expected`,
};

/** Behind "the part is damaged". */
export const PART: Sentences<typeof PART_ERRORS> = {
  'more-packets': () => 'it has more packets than it counts',
  'last-line': () => 'its last line does not hold what it should',
  'after-last-line': () => 'something follows its last line',
  'endless-line': () => 'a line without an end',
  'part-compression': () => 'its compression does not hold',
  'bytes-end': () => 'the bytes end too soon',
  'number-too-large': () => 'a number is too large',
  'number-out-of-range': () => 'a number is too large for what it stands for',
  'flows-forgotten': () => 'flows forgotten too soon',
  'flow-unknown': () => 'a flow that was not introduced',
  'too-many-flows': () => 'more flows than there are numbers for',
  path: () => 'a path that cannot be',
  'tcp-window': () => 'a window that cannot be',
};

export const ORDER: Sentences<typeof ORDER_ERRORS> = {
  'no-place': () => ['has no place among the parts, others have', PLACES],
  'part-twice': ({ part }) => `part ${part} is given twice`,
  'same-beginning': () => ['begins at the same time as another part, so that their order is unclear', PLACES],
};
