/** Titles of graphs: what they show, as a finding. */
import type { RoundTrip } from '../../verdict/report.js';
import { otherEnd, type Sender, type SequenceFacts } from '../en/graph-sentences.js';
import { endName } from './ends.js';
import { agreeing } from './noun-forms.js';
import { byteAmount, byteCount, count, durationText, grouped } from './quantities.js';

export { otherEnd, type Sender, type SequenceFacts } from '../en/graph-sentences.js';

function sentBy(bytes: number, sender: Sender): string {
  return `${byteCount(bytes)} ${agreeing(bytes, 'enviado', 'enviados')} pelo ${endName(sender)}`;
}

export function sequenceTitle(facts: SequenceFacts): string {
  const { sender, bytes, duration, segments, retransmissions, closed } = facts;
  const rest = sentBy(bytes, sender);
  if (closed > 0)
    return `A janela do ${endName(otherEnd(sender))} ficou fechada por ${durationText(closed)} de ${durationText(duration)}; ${rest}`;
  if (retransmissions > 0)
    return `${count(retransmissions, 'retransmission')} em ${count(segments, 'segment')} do ${endName(sender)}; ${byteCount(bytes)} ${agreeing(bytes, 'enviado', 'enviados')}`;
  return duration > 0 && bytes > 0 ? `${rest}: ${rateText(bytes, duration)} em média` : rest;
}

export function sequenceSubtitle(sender: Sender, farWindow: number | null): string {
  const text = `bytes do ${endName(sender)} para o ${endName(otherEnd(sender))}, por número de sequência, como foram enviados e confirmados`;
  return farWindow === null ? text : `${text}; a janela (até ${byteCount(farWindow)}) fica muito acima`;
}

export function roundTripTitle(sender: Sender, rtt: RoundTrip | null): string {
  if (rtt === null) return `Nenhum tempo de ida e volta dos segmentos do ${endName(sender)} foi medido`;
  const { min, median, max, samples } = rtt;
  return samples === 1
    ? `Um tempo de ida e volta foi medido: ${durationText(min)}`
    : `Tempo de ida e volta: ${durationText(min)} no melhor caso, ${durationText(median)} na mediana, ${durationText(max)} no pior caso`;
}

export function roundTripSubtitle(sender: Sender, samples: number): string {
  return `${count(samples, 'round trip')}: de um segmento do ${endName(sender)} ao ACK que o cobre, ACKs atrasados incluídos, nada do que foi retransmitido`;
}

export function windowTitle(sender: Sender, inFlight: number, window: number | null): string {
  const allowed =
    window === null
      ? '; a janela não é conhecida'
      : ` dos ${grouped(window)} que o ${endName(otherEnd(sender))} permitiu no máximo`;
  return `No máximo ${byteCount(inFlight)} do ${endName(sender)} em trânsito${allowed}`;
}

/** `far`: the window, where it is too far above to be shown. */
export function windowSubtitle(sender: Sender, far: number | null): string {
  const text = `bytes que o ${endName(sender)} havia enviado e ainda não havia visto confirmados, e a janela do ${endName(otherEnd(sender))}, como o ponto de captura os viu`;
  return far === null ? text : `${text}; a janela (até ${byteCount(far)}) fica muito acima`;
}

/** `peak`: bytes in the fullest bin, of `bin` seconds. */
export function throughputTitle(
  sender: Sender,
  bytes: number,
  duration: number,
  peak: number,
  bin: number,
): string {
  if (bytes === 0 || duration <= 0) return sentBy(bytes, sender);
  return `O ${endName(sender)} enviou ${rateText(bytes, duration)} em média, ${rateText(peak, bin)} no máximo`;
}

export function throughputSubtitle(sender: Sender, bin: number): string {
  return `dados do ${endName(sender)} em barras de ${durationText(bin)}; retransmissões em cima`;
}

export function rateText(bytes: number, seconds: number): string {
  return `${byteAmount(Math.round(bytes / seconds))}/s`;
}

/** Round numbers, for an axis. */
export function rateTick(rate: number): string {
  return rateText(rate, 1).replace(',0 ', ' ');
}

/** `wider`: how many times. */
export function lensTitle(seconds: number, wider: number): string {
  const factor = Math.round(wider);
  return `${durationText(seconds)}, ${grouped(factor)} ${agreeing(factor, 'vez', 'vezes')} mais largo`;
}

export function leftOutText(segments: number): string {
  return segments === 1
    ? 'o último segmento ficou de fora'
    : `os últimos ${count(segments, 'segment')} ficaram de fora`;
}
