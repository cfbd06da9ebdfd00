/** Segments of a ladder that are not shown one by one. */
import { byteCount, count, grouped } from './quantities.js';

export interface Folded {
  /** First and last packet. */
  from: number;
  to: number;
  /** Segments and payload bytes of client and server. */
  segments: readonly [number, number];
  bytes: readonly [number, number];
}

/** `packets 5 to 20: client 10 (1,000 bytes), server 6`. */
export function foldSentence({ from, to, segments, bytes }: Folded): string {
  const parts = (['client', 'server'] as const).flatMap((who, at) => {
    const [n = 0, size = 0] = [segments[at], bytes[at]];
    return n === 0 ? [] : [`${who} ${grouped(n)}${size > 0 ? ` (${byteCount(size)})` : ''}`];
  });
  return `${from === to ? `packet ${from}` : `packets ${from} to ${to}`}: ${parts.join(', ')}`;
}

/** Of one end and of one kind. `from`: the first number of the data; `ack`: what all of them acknowledge. */
export function runSentence(
  folded: Folded,
  kind: 'data' | 'ack' | 'duplicate-ack',
  numbers: { from: string; ack: string },
): string {
  const { segments, bytes } = folded;
  const [who, n, size] =
    segments[0] > 0
      ? (['client', segments[0], bytes[0]] as const)
      : (['server', segments[1], bytes[1]] as const);
  switch (kind) {
    case 'data':
      return `${grouped(n)} more from the ${who}: ${byteCount(size)} from seq ${numbers.from}`;
    case 'ack':
      return `${count(n, 'more ACK')} from the ${who}, up to ack ${numbers.ack}`;
    case 'duplicate-ack':
      return `${grouped(n)} more duplicate ACKs of ${numbers.ack} from the ${who}`;
  }
}
