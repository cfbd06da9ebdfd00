/** A datagram of UDP in a sentence, and in the words of its sender (RFC 768). */
import type { DatagramStory } from '../en/datagram-sentences.js';
import { endName, otherOf } from './ends.js';
import { byteCount } from './quantities.js';
import { capitalized } from './words.js';

export type { DatagramStory } from '../en/datagram-sentences.js';

export function datagramSentence({ from, length, cast, isFirst, isAnswer }: DatagramStory): string {
  const bytes = byteCount(length);
  const sender = endName(from);
  if (isFirst) {
    const whom =
      cast === 'unicast'
        ? 'nada foi aberto antes, e o UDP não diz se ele chega.'
        : `vai a todos os que ${cast === 'multicast' ? 'entraram no grupo' : 'escutam na porta'} (${cast}), e o UDP não diz se ele chega a algum.`;
    return `O ${sender} envia ${bytes} em um datagrama: ${whom}`;
  }
  if (isAnswer)
    return `O ${sender} envia ${bytes} de volta. Quem faz isso é o programa dele: o UDP em si não confirma nada.`;
  return `O ${sender} envia ${bytes}. Um datagrama não tem número, por isso o UDP não mostra se algum se perdeu.`;
}

export function datagramLine({ from, length, cast, isFirst, isAnswer }: DatagramStory): string {
  const bytes = byteCount(length);
  if (isFirst)
    return cast === 'unicast'
      ? `${capitalized(endName(otherOf(from)))}, aqui ${verb(length)} ${bytes}, sem você ter pedido.`
      : `Pessoal, aqui ${verb(length)} ${bytes}.`;
  return isAnswer ? `Aqui ${verb(length)} ${bytes} em resposta.` : `Aqui ${verb(length)} ${bytes}.`;
}

function verb(n: number): string {
  return n < 2 ? 'vai' : 'vão';
}
