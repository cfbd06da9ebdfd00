/** A connection as a conversation, with its real numbers. */
import type { Bytes, SegmentStory, What } from '../story/story.js';
import { endName } from './ends.js';
import { capitalized } from './words.js';

/** `Servidor, dá para sincronizar (SYN)? …`; null for a segment that says nothing to the other end. */
export function dialogueLine(story: SegmentStory): string | null {
  const { what, ack } = story;
  const receiver = endName(story.receiver);
  const news = ack?.isNew === true ? ack.ack : null;
  switch (what.is) {
    case 'copy':
      return null;
    case 'ignored':
      return `(${what.flags === 'segment' ? 'algo' : what.flags} que o ${receiver} não escuta)`;
    case 'syn':
      if (what.again !== null) return `${capitalized(receiver)}, dá para sincronizar (SYN)? Já perguntei.`;
      return `${capitalized(receiver)}, dá para sincronizar (SYN)? Eu conto a partir do ${what.number}; meu primeiro byte será o ${what.number + 1}.${already(what.bytes)}`;
    case 'syn-ack':
      if (what.again !== null)
        return `Mais uma vez: recebi seu ${what.ack - 1}, prossiga com o ${what.ack} (SYN ACK).`;
      return `Claro: recebi seu ${what.ack - 1}, prossiga com o ${what.ack} (ACK). Eu conto a partir do ${what.number}, na minha própria numeração (SYN).${already(what.bytes)}${what.fin === null ? '' : ` Não tenho mais nada a enviar (FIN ${what.fin}).`}`;
    case 'data':
      return data(what, news);
    case 'ack':
      return acknowledgement(story);
    case 'fin':
      return fin(what, news);
    case 'rst':
      return reset(what, receiver);
    case 'keep-alive':
      return 'Você ainda está aí?';
    case 'keep-alive-answer':
      return 'Estou.';
    case 'window-probe':
      return 'Já tem espaço?';
    case 'window-answer':
      return 'Ainda não.';
    case 'window-update':
      return what.opens
        ? 'Tenho espaço outra vez.'
        : `${what.shrinks ? 'Tenho menos espaço' : 'Tenho espaço para mais'}${what.to === null ? '' : `, até o ${what.to}`}.`;
    case 'duplicate-ack':
      if (news !== null) return `Tenho tudo até o ${what.ack - 1}, uma parte em dobro.`;
      if (what.dsack || what.answers === 'again') return 'Isso chegou duas vezes.';
      return what.answers === null
        ? `Como eu disse: prossiga com o ${what.ack}.`
        : `Ainda espero o ${what.ack}.`;
    case 'challenge-ack':
      return `O que você enviou não confere. Estou no ${what.number}${what.ack === null ? '' : ` e espero o seu ${what.ack}`}.`;
    case 'no-ack':
      return '(algo que não se diz em TCP)';
  }
}

function range({ first, last, count }: Bytes): string {
  return count === 1 ? `byte ${first}` : `bytes ${first} a ${last}`;
}

function my(bytes: Bytes, adjective = ''): string {
  return bytes.count === 1 ? `meu ${adjective}${range(bytes)}` : `meus ${adjective}${range(bytes)}`;
}

function already(bytes: Bytes | null): string {
  return bytes === null ? '' : ` Já aqui ${bytes.count === 1 ? 'vai' : 'vão'} ${my(bytes)}.`;
}

function heard(news: number | null): string {
  return news === null ? '' : `Tenho tudo até o ${news - 1}. `;
}

function data(what: What & { is: 'data' }, news: number | null): string {
  if (what.again !== null && what.again.why !== 'overtaken')
    return `${heard(news)}Mais uma vez ${my(what.bytes)}.`;
  const isFirst = what.first && what.bytes.first === 1;
  const mine = isFirst
    ? `Aqui ${what.bytes.count === 1 ? 'está' : 'estão'} ${my(what.bytes)}`
    : capitalized(my(what.bytes));
  return `${heard(news)}${mine}.`;
}

function acknowledgement({ ack, sender, states }: SegmentStory): string | null {
  if (ack === null) return null;
  if (ack.fin !== null) {
    const stays = states[sender] === 'TIME-WAIT' ? ' Fico mais um pouco, caso você não tenha me ouvido.' : '';
    return `Recebi seu ${ack.fin} (ACK ${ack.ack}).${stays}`;
  }
  if (!ack.isNew) return `Como eu disse: prossiga com o ${ack.ack}.`;
  if (ack.syn && ack.bytes === 0)
    return `OK: recebi seu ${ack.ack - 1}, prossiga com o seu ${ack.ack} (ACK).`;
  return `Tenho tudo até o ${ack.ack - 1}; prossiga com o ${ack.ack}.`;
}

function fin(what: What & { is: 'fin' }, news: number | null): string {
  const last = what.bytes === null ? '' : `${capitalized(my(what.bytes, ''))}, os últimos. `;
  if (what.again !== null)
    return `${heard(news)}Mais uma vez: não tenho mais nada a enviar (FIN ${what.number}).`;
  return what.second
    ? `${heard(news)}${last}Também não tenho mais nada a enviar; este é o meu número ${what.number} (FIN).`
    : `${heard(news)}${last}Não tenho mais nada a enviar; este aviso é o meu número ${what.number} (FIN). Você ainda pode falar.`;
}

function reset(what: What & { is: 'rst' }, receiver: string): string {
  switch (what.manner) {
    case 'refuses':
      return 'Não (RST).';
    case 'answers':
      return `${capitalized(receiver)}, não tenho essa conexão (RST).`;
    case 'forged':
      return '(alguém, com a voz do outro:) Acabou (RST).';
    default:
      return 'Acabou, agora (RST). O que você enviou pode não ter sido lido.';
  }
}

/** Who speaks. */
export function speaker(end: 'client' | 'server'): string {
  return capitalized(endName(end));
}
