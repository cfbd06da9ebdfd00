/** Segments of a ladder that are not shown one by one. */
import type { Folded } from '../en/fold-sentences.js';
import { endName } from './ends.js';
import { byteCount, count, grouped } from './quantities.js';

export type { Folded } from '../en/fold-sentences.js';

/** `pacotes 5 a 20: cliente 10 (1.000 bytes), servidor 6`. */
export function foldSentence({ from, to, segments, bytes }: Folded): string {
  const parts = (['client', 'server'] as const).flatMap((who, at) => {
    const [n = 0, size = 0] = [segments[at], bytes[at]];
    return n === 0 ? [] : [`${endName(who)} ${grouped(n)}${size > 0 ? ` (${byteCount(size)})` : ''}`];
  });
  return `${from === to ? `pacote ${from}` : `pacotes ${from} a ${to}`}: ${parts.join(', ')}`;
}

/** Of one end and of one kind. `from`: the first number of the data; `ack`: what all of them acknowledge. */
export function runSentence(
  { segments, bytes }: Folded,
  kind: 'data' | 'ack' | 'duplicate-ack',
  numbers: { from: string; ack: string },
): string {
  const [end, n, size] =
    segments[0] > 0
      ? (['client', segments[0], bytes[0]] as const)
      : (['server', segments[1], bytes[1]] as const);
  const who = endName(end);
  switch (kind) {
    case 'data':
      return `mais ${grouped(n)} do ${who}: ${byteCount(size)} a partir de seq ${numbers.from}`;
    case 'ack':
      return `${count(n, 'more ACK')} do ${who}, até ack ${numbers.ack}`;
    case 'duplicate-ack':
      return `mais ${grouped(n)} ${n === 1 ? 'ACK duplicado' : 'ACKs duplicados'} de ${numbers.ack} do ${who}`;
  }
}
