/** A segment in one or two sentences: what its sender says by it, what its numbers mean, why now, and which state each end enters. */
import type { AckNews, Again, Bytes, SegmentStory, What } from '../story/story.js';
import { resetCauseWords } from './causes.js';
import { endName } from './ends.js';
import { ignoredSentence } from './finding-sentences.js';
import { byteCount, durationText, grouped } from './quantities.js';
import { stateSentence } from './state-sentences.js';

export function storySentence(story: SegmentStory): string {
  const parts = [mainSentence(story), closedWindow(story), stateSentence(story)];
  return parts.filter((part) => part !== '').join(' ');
}

function mainSentence(story: SegmentStory): string {
  const { what } = story;
  const sender = endName(story.sender);
  const receiver = endName(story.receiver);
  switch (what.is) {
    case 'copy':
      return 'O mesmo pacote, capturado outra vez: não conta como nada.';
    case 'ignored':
      return ignored(what, receiver);
    case 'syn':
      return syn(what, sender, receiver);
    case 'syn-ack':
      return synAck(what, story);
    case 'data':
      return data(what, story);
    case 'ack':
      return ack(story);
    case 'fin':
      return fin(what, story);
    case 'rst':
      return reset(what, story);
    case 'keep-alive':
      return `O ${sender} testa a conexão${silence(what.after)}: seq ${what.number} é um a menos que seu próximo número. Se o ${receiver} ainda a tem, responde com um ACK.`;
    case 'keep-alive-answer':
      return `A resposta ao keep-alive: o ${sender} ainda tem a conexão e espera o ${what.ack}.`;
    case 'window-probe':
      return probe(what, sender, receiver);
    case 'window-answer':
      return `A resposta à sonda: o ${sender} espera o ${what.ack}, e sua janela continua fechada.`;
    case 'window-update':
      return windowUpdate(what, sender, receiver);
    case 'duplicate-ack':
      return duplicateAck(what, story);
    case 'challenge-ack':
      return `O ${sender} não aceita o que chegou e informa os números que tem: seq ${what.number}${what.ack === null ? '' : `, ack ${what.ack}`}. ${story.states[story.sender] === 'TIME-WAIT' ? 'Continua em TIME-WAIT.' : 'Para ele, a conexão continua.'}`;
    case 'no-ack':
      return what.flags
        ? 'Nem SYN, nem RST, nem ACK: nenhum TCP envia um segmento assim numa conexão.'
        : 'Nenhuma flag: nenhum TCP envia um segmento assim.';
  }
}

function range({ first, last, count }: Bytes): string {
  return count === 1 ? `o número ${first}` : `de ${first} a ${last}`;
}

function silence(seconds: number | null): string {
  return seconds === null || seconds < 0.001 ? '' : ` após ${durationText(seconds)} de silêncio`;
}

function later(seconds: number | null): string {
  return seconds === null ? '' : `, ${durationText(seconds)} depois`;
}

function syn(what: What & { is: 'syn' }, sender: string, receiver: string): string {
  if (what.again !== null) {
    return `O mesmo SYN, com o mesmo número${later(what.again.after)}: ${
      what.answered
        ? `a resposta não chegou ao ${sender}, ou não a tempo.`
        : what.again.after === null
          ? 'o primeiro encontrou uma conexão mais antiga.'
          : 'o SYN ou a resposta podem ter se perdido ou sido descartados de propósito.'
    }`;
  }
  const with_ = what.bytes === null ? '' : ` Junto vêm ${byteCount(what.bytes.count)}, ${range(what.bytes)}.`;
  if (what.crossed)
    return `O ${sender} também pede para abrir, sem confirmar o SYN do ${receiver}: o SYN dele ocupa seu primeiro número, ${what.number} (${what.raw} no cabeçalho).${with_}`;
  return `O ${sender} pede para abrir: o SYN ocupa seu primeiro número, ${what.number}${what.raw === what.number ? '' : ` (${what.raw} no cabeçalho)`}.${with_}`;
}

function synAck(what: What & { is: 'syn-ack' }, { ack, sender, receiver }: SegmentStory): string {
  const [from, to] = [endName(sender), endName(receiver)];
  if (what.again !== null)
    return `O SYN-ACK de novo${later(what.again.after)}: o ACK do ${to} não havia chegado ou não foi aceito.`;
  const taken = `${
    what.bytes === null ? '' : ` Junto vêm ${byteCount(what.bytes.count)}, ${range(what.bytes)}.`
  }${what.fin === null ? '' : ` Não tem mais nada a enviar: o FIN ocupa o número ${what.fin}.`}`;
  if (what.crossed)
    return `O ${from} confirma o SYN do ${to} (ack ${what.ack}) e repete o seu, de número ${what.number}.${taken}`;
  const covered =
    ack?.captured === true && ack.bytes > 0
      ? `o SYN e os dados até o byte ${what.ack - 1}`
      : `o SYN ${what.ack - 1}`;
  return `O ${from} concorda: ack ${what.ack} confirma ${covered}; o SYN dele ocupa o número ${what.number} da numeração dele.${taken}`;
}

/** ` ack 7: já tem tudo até o byte 6.` */
function alsoAcks({ ack: news, receiver }: SegmentStory): string {
  if (news === null || !news.isNew) return '';
  if (news.fin !== null) return ` ack ${news.ack} confirma o FIN do ${endName(receiver)} (${news.fin}).`;
  if (news.syn) return ` ack ${news.ack} confirma o SYN do ${endName(receiver)}.`;
  if (!news.captured) return ` ack ${news.ack}: o que vai até o número ${news.ack - 1} não foi capturado.`;
  return news.bytes > 0 ? ` ack ${news.ack}: já tem tudo até o byte ${news.ack - 1}.` : '';
}

function data(what: What & { is: 'data' }, story: SegmentStory): string {
  const { bytes, again } = what;
  const [sender, receiver] = [endName(story.sender), endName(story.receiver)];
  if (again !== null) return `${againSentence(bytes, again, receiver)}${alsoAcks(story)}`;
  const first = bytes.count === 1 ? `seu primeiro byte` : `seus primeiros ${byteCount(bytes.count)}`;
  const more = what.first ? first : byteCount(bytes.count);
  const verb =
    what.afterFin !== null
      ? `O ${sender} envia ${more}, embora o FIN do ${receiver} já tenha chegado${what.afterFin === 'half-closed' ? ' (half-close)' : ''}`
      : `O ${sender} envia ${more}`;
  const gap =
    what.gap > 0
      ? ` ${what.gap === 1 ? 'O byte anterior não foi capturado' : `Os ${byteCount(what.gap)} anteriores não foram capturados`} até aqui.`
      : '';
  const full = what.full
    ? ` Isso enche a janela do ${receiver}: nada mais até um ACK ou uma janela maior.`
    : '';
  return `${verb}: ${range(bytes)}; o próximo será o ${bytes.last + 1}.${gap}${full}${alsoAcks(story)}`;
}

function againSentence(bytes: Bytes, again: Again, receiver: string): string {
  const one = bytes.count === 1;
  const what = one ? `O byte ${bytes.first}` : `Os bytes ${bytes.first} a ${bytes.last}`;
  const lost = bytes.count - again.repeated;
  const part = again.repeated > 0 && lost > 0 ? `, ${grouped(again.repeated)} deles` : '';
  switch (again.why) {
    case 'timer':
      return `${what}${part} de novo${later(again.after)}: não havia chegado nenhum ACK deles, e provavelmente o temporizador de retransmissão expirou (uma sonda de fim de rajada seria igual). Pelos números o ${receiver} vê o que já tem.`;
    case 'fast':
      return `${what}${part} de novo, depois de ACKs duplicados que os pedem: uma retransmissão rápida, que não espera temporizador.`;
    case 'spurious':
      return `${what}${part} de novo, embora o ACK deles já tenha passado por aqui: não havia chegado a tempo ao emissor.`;
    case 'overtaken':
      return `${what} ${one ? 'chega atrasado' : 'chegam atrasados'}: o que foi enviado depois os ultrapassou. Não foram reenviados.`;
    case 'sent-again':
      return part !== ''
        ? `${what} são reenviados: a primeira cópia de ${grouped(lost)} deles se perdeu antes deste ponto, ou não foi capturada.`
        : `${what} ${one ? 'é reenviado' : 'são reenviados'}: a primeira cópia se perdeu antes deste ponto, ou não foi capturada.`;
    case 'unknown':
      return `${what} ${one ? 'preenche' : 'preenchem'} uma lacuna: ou chegaram atrasados, ou foram reenviados após uma perda antes deste ponto.`;
    case 'not-taken':
      return `${what}${part} de novo${later(again.after)}, pois o SYN-ACK confirma o SYN sem os dados dele.`;
    case 'again':
      return `${what}${part} de novo${later(again.after)}. Pelos números o ${receiver} vê o que já tem.`;
  }
}

function lateText(news: AckNews): string {
  return news.late === null
    ? ''
    : `, ${durationText(news.late)} depois: provavelmente um ACK atrasado (ou um host ocupado)`;
}

function ack(story: SegmentStory): string {
  const { ack: news } = story;
  const [sender, receiver] = [endName(story.sender), endName(story.receiver)];
  if (news === null) return '';
  if (!news.isNew) return `ack ${news.ack} de novo: nada de novo para o ${receiver}.`;
  if (news.fin !== null) {
    const bytes = news.bytes > 0 ? ' e todos os bytes antes dele' : '';
    const what = news.syn ? 'o SYN e o FIN' : 'o FIN';
    return `ack ${news.ack} confirma ${what} do ${receiver} (${news.fin})${bytes}${lateText(news)}.`;
  }
  if (news.syn && news.bytes === 0)
    return `ack ${news.ack} confirma o SYN do ${receiver}. Sem dados, o segmento não ocupa número.`;
  if (!news.captured)
    return `ack ${news.ack} diz que o ${sender} tem tudo até o número ${news.ack - 1}: isso não foi capturado, ou nunca foi enviado.`;
  return `O TCP do ${sender} tem tudo até o byte ${news.ack - 1} e espera o byte ${news.ack} (ack ${news.ack})${lateText(news)}.`;
}

function fin(what: What & { is: 'fin' }, story: SegmentStory): string {
  const sender = endName(story.sender);
  const carried =
    what.bytes === null ? '' : ` com ${byteCount(what.bytes.count)} antes dele (${range(what.bytes)})`;
  if (what.again !== null)
    return `O FIN ${what.number} de novo${carried}${later(what.again.after)}: ${
      what.again.why === 'spurious'
        ? `o ACK dele não havia chegado a tempo ao ${sender}.`
        : 'não havia chegado nenhum ACK dele.'
    }${alsoAcks(story)}`;
  const subject = what.second ? `O ${sender} também termina de enviar` : `O ${sender} termina de enviar`;
  const place =
    what.bytes !== null
      ? `depois de seus últimos ${byteCount(what.bytes.count)} (${range(what.bytes)}), o FIN ocupa o número ${what.number}`
      : what.last === null
        ? `o FIN ocupa o número ${what.number}`
        : `o FIN ocupa o número ${what.number}, após o byte ${what.last}`;
  return `${subject}: ${place}${what.second ? '' : ', e encerra só este sentido'}.${what.second ? alsoAcks(story) : ''}`;
}

function reset(what: What & { is: 'rst' }, { sender, receiver, changes }: SegmentStory): string {
  const number = what.number === null ? `${what.raw} (raw)` : what.number;
  const seq = `seq ${number}${what.expected ? `, exatamente o número que o ${endName(receiver)} espera` : ''}`;
  const none = changes.length === 0 ? ' Não muda nenhum estado.' : '';
  return `${resetText(what, endName(sender), seq)}${reasonText(what, endName(receiver))}${none}`;
}

function reasonText({ cause, alternatives }: What & { is: 'rst' }, receiver: string): string {
  if (cause === 'cannot-tell' && alternatives.length === 0) return ' Os pacotes não dizem por quê.';
  if (cause === 'time-wait-assassination')
    return ` Encerra antes do prazo o TIME-WAIT do ${receiver}, a menos que ele siga a RFC 1337 e o ignore.`;
  const causes = [cause, ...alternatives].filter((each) => each !== null).map(resetCauseWords);
  return causes.length === 0 ? '' : ` Por quê: ${causes.join(', ou ')}.`;
}

function resetText(what: What & { is: 'rst' }, sender: string, seq: string): string {
  switch (what.manner) {
    case 'refuses':
      return `Sem conexão: um RST responde ao SYN, em nome do ${sender}.`;
    case 'answers':
      return `O sistema do ${sender} responde com RST, ${seq}.`;
    case 'aborts':
      return `O ${sender} aborta${silence(what.after)}: RST com ${seq}.`;
    case 'forged':
      return `Um RST em nome do ${sender}, ${seq}.`;
    case null:
      return `RST${silence(what.after)} com ${seq}.`;
  }
}

function ignored(what: What & { is: 'ignored' }, receiver: string): string {
  if (what.because === 'no-ack-flag' && what.unknown)
    return 'Sem ACK, como só podem ser um SYN ou um RST: uma conexão aberta o descarta; um sistema sem conexão responde com RST (RFC 9293 3.10.7).';
  const { proof } = what;
  const shown =
    proof.length === 0
      ? ''
      : ` (${proof.length > 1 ? 'mostram-no os pacotes' : 'mostra-o o pacote'} ${proof.join(' e ')})`;
  return `O ${receiver} o ignora${shown}: ${ignoredSentence(what.because)}.`;
}

function probe(what: What & { is: 'window-probe' }, sender: string, receiver: string): string {
  const shape =
    what.bytes === null
      ? `seq ${what.number}, sem dados`
      : `${byteCount(what.bytes.count)}, ${range(what.bytes)}`;
  return `O ${sender} pergunta${silence(what.after)} se o ${receiver} já tem espaço: ${shape}. Pede um ACK com a janela atual.`;
}

function windowUpdate(what: What & { is: 'window-update' }, sender: string, receiver: string): string {
  const room = what.to === null ? '' : ` O ${receiver} pode enviar até o número ${what.to}.`;
  return `ack ${what.ack} não é novo; a janela, sim: o ${sender} tem ${what.opens ? 'espaço outra vez' : what.shrinks ? 'menos espaço' : 'mais espaço'}.${room}`;
}

function duplicateAck(what: What & { is: 'duplicate-ack' }, story: SegmentStory): string {
  const [sender, receiver] = [endName(story.sender), endName(story.receiver)];
  if (what.dsack && story.ack?.isNew === true)
    return `O TCP do ${sender} tem tudo até o byte ${what.ack - 1} e diz o que dele chegou duas vezes (DSACK).`;
  if (what.dsack)
    return `ack ${what.ack} de novo, com um DSACK: o ${sender} recebeu algo duas vezes e diz o quê.`;
  if (what.answers === 'again')
    return `ack ${what.ack} de novo: responde ao que veio pela segunda vez e já estava lá.`;
  const which = what.which === null ? 'Uma repetição' : `${what.which}ª repetição`;
  if (what.answers === null) return `${which} de ack ${what.ack}: nada de novo para o ${receiver}.`;
  return `${which} de ack ${what.ack}: o byte ${what.ack} ainda falta; cada repetição provavelmente responde a algo posterior que chegou. ${signalText(what.which, receiver)}`;
}

/** RFC 5681 3.2. */
function signalText(which: number | null, receiver: string): string {
  if (which === 3) return 'Três são o sinal para reenviar sem esperar o temporizador.';
  return which !== null && which > 3
    ? 'Mais um segmento saiu da rede.'
    : `O ${receiver} fica sabendo que algo se atrasou ou se perdeu.`;
}

function closedWindow({ closesWindow, sender, what }: SegmentStory): string {
  return closesWindow && what.is !== 'window-answer' && what.is !== 'window-probe'
    ? `Janela 0: por ora, nada mais; provavelmente o buffer de recepção do ${endName(sender)} está cheio.`
    : '';
}
