/** What limits the trust in a verdict: packets that the capture itself lost. */
import type { Drops } from '../../capture/reader.js';
import { lostPackets } from '../../verdict/losses.js';
import type { Evicted } from '../en/caveats.js';
import { agreeing } from './noun-forms.js';
import { count } from './quantities.js';

export type { Evicted } from '../en/caveats.js';

/** What lost packets mean for a verdict, in a sentence without its full stop; null where none were lost. */
export function dropsCaveat(drops: Drops | null): string | null {
  const lost = lostPackets(drops);
  return lost === 0
    ? null
    : `${count(lost, 'packet')} ${agreeing(lost, 'perdido', 'perdidos')} na captura: "não visto" pode ser "não capturado"`;
}

/** What was evicted before its end, in a sentence without its full stop; null where nothing was. */
export function evictionCaveat({ halfOpen, others, udpFlows }: Evicted): string | null {
  const parts: string[] = [];
  const connections = halfOpen + others;
  if (connections > 0) {
    const never = agreeing(halfOpen, 'nunca chegou a abrir', 'nunca chegaram a abrir');
    parts.push(`${count(connections, 'connection')} (${halfOpen} ${never})`);
  }
  if (udpFlows > 0) parts.push(count(udpFlows, 'UDP flow'));
  if (parts.length === 0) return null;
  const shown =
    connections > 0
      ? agreeing(connections + udpFlows, 'relatada', udpFlows > 0 ? 'relatados' : 'relatadas')
      : agreeing(udpFlows, 'relatado', 'relatados');
  return `${parts.join(' e ')} ${shown} antes do fim por falta de espaço`;
}
