/** `synfin formats`: what is read. */
import { DECODED_LAYERS, DECODED_LINK_TYPES } from '../decode/formats.js';

const CONTAINERS: readonly [string, string][] = [
  ['pcap', 'microseconds and nanoseconds, both byte orders, modified (Kuznetzov), frame check sequences'],
  [
    'pcapng',
    'all sections and interfaces; enhanced, simple and obsolete packet blocks, statistics, comments',
  ],
  ['gzip, zstd, lz4', 'around either, told by content; from a file or a pipe'],
];

export function formats(): string {
  const lines = ['Containers'];
  for (const [name, note] of CONTAINERS) lines.push(`  ${name.padEnd(15)} ${note}`);
  lines.push('', 'Link types');
  for (const [number, name] of DECODED_LINK_TYPES) lines.push(`  ${String(number).padStart(4)}  ${name}`);
  for (const kind of ['link', 'network', 'tunnel'] as const) {
    lines.push('', { link: 'Below IP', network: 'IP', tunnel: 'Tunnels' }[kind]);
    for (const layer of DECODED_LAYERS.filter((candidate) => candidate.kind === kind)) {
      lines.push(`  ${layer.name}${layer.note === '' ? '' : `: ${layer.note}`}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
