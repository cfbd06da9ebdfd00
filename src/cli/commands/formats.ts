/** `synfin formats`: what is read and written, and within what limits. */

import { DECODED_LAYERS, DECODED_LINK_TYPES } from '../../decode/formats.js';
import { phrases } from '../../explain/phrases.js';

type Rows = readonly (readonly [name: string, note: string])[];

const CONTAINERS: Rows = [
  ['pcap', 'microseconds and nanoseconds, both byte orders, versions 2.0 to 2.4, frame check'],
  ['', 'sequences; also modified (Kuznetzov), Nokia, Red Hat 6.1, SuSE 6.3'],
  ['pcapng', 'all sections and interfaces, any time resolution and offset; enhanced, simple and'],
  ['', 'obsolete packet blocks, statistics, comments (--verbose); other blocks are skipped'],
  ['gzip, zstd, lz4', 'around either, known by content, several members or frames;'],
  ['', 'zstd windows to 128 MiB'],
  ['not read', 'xz, bzip2, zip: unpack first; snoop, NetMon, ERF files: convert with editcap'],
];

const SOURCES: Rows = [
  ['FILE...', 'one or several, merged in time order; a folder stands for the captures in it'],
  ['-', 'standard input, e.g. ssh HOST tcpdump -U -w - | synfin analyze -'],
  ['a named pipe', 'read as it flows'],
  ['--follow', 'a file that grows'],
  ['synfin live', 'an interface'],
];

const WRITTEN: Rows = [
  ['pcap', 'names that end in .pcap, .cap, .dmp: nanoseconds, one link type'],
  ['pcapng', 'other names: nanoseconds, interfaces and their names, directions, losses'],
];

const LIMITS: Rows = [
  ['records', '256 KiB, or the snap length of the file up to 128 MiB; pcapng blocks 16 MiB'],
  ['interfaces', '65,536 in a section'],
  ['headers', '16 within each other; 65,536 different VLANs and tunnels'],
  ['fragments', '16 MiB and 4,096 datagrams that wait, each for 30 seconds of the capture'],
  ['reported', '100 warnings and 1,000 comments of each file'],
];

const LAYER_KINDS = [
  ['link', 'Below IP'],
  ['network', 'IP'],
  ['tunnel', 'Tunnels'],
] as const;

export function formats(): string {
  const { listingText } = phrases;
  const lines: string[] = [];
  const rows = (title: string, list: Rows): void => {
    if (lines.length > 0) lines.push('');
    lines.push(listingText(title));
    for (const [name, note] of list) lines.push(`  ${listingText(name).padEnd(15)} ${listingText(note)}`);
  };
  rows('Containers', CONTAINERS);
  rows('From', SOURCES);
  rows('Written (--write)', WRITTEN);
  lines.push('', listingText('Link types'));
  for (const [number, name] of DECODED_LINK_TYPES)
    lines.push(`  ${String(number).padStart(4)}  ${listingText(name)}`);
  for (const [kind, title] of LAYER_KINDS) {
    lines.push('', listingText(title));
    for (const layer of DECODED_LAYERS) {
      if (layer.kind !== kind) continue;
      lines.push(`  ${listingText(layer.name)}${layer.note === '' ? '' : `: ${listingText(layer.note)}`}`);
    }
  }
  rows('Above IP', [
    ['TCP', 'header and options, followed as connections'],
    ['UDP', 'followed as flows'],
    ['ICMP, ICMPv6', 'errors: reported with the TCP connection or UDP flow that they quote'],
    ['other', 'counted and named'],
  ]);
  rows('Limits', LIMITS);
  return `${lines.join('\n')}\n`;
}
