/**
 * The answers of tshark 4.0 about the fixtures' TCP segments, stored in tshark-4.0.txt, and how to ask it
 * again. It reads each capture twice (`-2`), so that tcp.completeness is final.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TsharkSegment {
  packet: number;
  stream: number;
  /** Relative numbers; `acknowledgement` null without ACK. */
  sequence: number | null;
  acknowledgement: number | null;
  completeness: number;
  /** In synfin's words. */
  codes: string[];
}

const ANALYSIS = [
  'retransmission',
  'fast_retransmission',
  'spurious_retransmission',
  'out_of_order',
  'lost_segment',
  'ack_lost_segment',
  'duplicate_ack',
  'keep_alive',
  'keep_alive_ack',
  'zero_window',
  'zero_window_probe',
  'zero_window_probe_ack',
  'window_update',
  'window_full',
  'reused_ports',
];

/** Codes that both have. */
export const SHARED_CODES: readonly string[] = ANALYSIS.map((name) => name.replaceAll('_', '-'));

export const RECORDED = join(import.meta.dirname, 'tshark-4.0.txt');

/** `tshark --version` where it is 4.0, else null: other versions answer otherwise. */
export function tsharkVersion(): string | null {
  try {
    const text = execFileSync('tshark', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /^TShark \(Wireshark\) (4\.0\.\d+)/.exec(text)?.[1] ?? null;
  } catch {
    return null;
  }
}

const FIELDS = [
  'frame.number',
  'tcp.stream',
  'tcp.seq',
  'tcp.ack',
  'tcp.flags.ack',
  'tcp.completeness',
  ...ANALYSIS.map((name) => `tcp.analysis.${name}`),
];

/** Asks tshark. It ends with an error where the capture is damaged; what it said before counts. */
export function askTshark(path: string): TsharkSegment[] {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const filter = 'tcp && !icmp && !icmpv6';
  const argv = ['-2', '-n', '-r', path, '-Y', filter, '-T', 'fields', '-E', 'occurrence=l', ...fields];
  let text = '';
  try {
    text = execFileSync('tshark', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    const said: unknown = error instanceof Error && 'stdout' in error ? error.stdout : '';
    text = typeof said === 'string' ? said : '';
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [packet, stream, sequence, acknowledgement, hasAck, completeness, ...flags] = line.split('\t');
      return {
        packet: Number(packet),
        stream: Number(stream),
        sequence: sequence === '' || sequence === undefined ? null : Number(sequence),
        acknowledgement: hasAck === '1' || hasAck === 'True' ? Number(acknowledgement) : null,
        completeness: Number(completeness),
        codes: SHARED_CODES.filter((_, index) => (flags[index] ?? '') !== ''),
      };
    });
}

/** One line a segment, behind a line with the capture's name. */
export function write(captures: ReadonlyMap<string, TsharkSegment[]>): string {
  let text = '';
  for (const [name, segments] of captures) {
    text += `${name}\n`;
    for (const { packet, stream, sequence, acknowledgement, completeness, codes } of segments)
      text += `${[packet, stream, sequence ?? '-', acknowledgement ?? '-', completeness, ...codes].join(' ')}\n`;
  }
  return text;
}

export function readRecorded(): Map<string, TsharkSegment[]> {
  const captures = new Map<string, TsharkSegment[]>();
  let segments: TsharkSegment[] = [];
  for (const line of readFileSync(RECORDED, 'utf8').trimEnd().split('\n')) {
    const [first = '', stream, sequence, acknowledgement, completeness, ...codes] = line.split(' ');
    if (stream === undefined) {
      segments = [];
      captures.set(first, segments);
      continue;
    }
    segments.push({
      packet: Number(first),
      stream: Number(stream),
      sequence: sequence === '-' ? null : Number(sequence),
      acknowledgement: acknowledgement === '-' ? null : Number(acknowledgement),
      completeness: Number(completeness),
      codes,
    });
  }
  return captures;
}
