/** Names of TCP flags. */
import { ACK, AE, CWR, ECE, FIN, PSH, RST, SYN, URG } from './packet.js';

const FLAG_NAMES: readonly [number, string][] = [
  [SYN, 'SYN'],
  [FIN, 'FIN'],
  [RST, 'RST'],
  [PSH, 'PSH'],
  [ACK, 'ACK'],
  [URG, 'URG'],
  [ECE, 'ECE'],
  [CWR, 'CWR'],
  [AE, 'AE'],
];

/** Flags as words, the ones that matter most first. */
export function flagNames(flags: number): string[] {
  return FLAG_NAMES.flatMap(([bit, name]) => ((flags & bit) !== 0 ? [name] : []));
}
