/** Words in pictures and graphs. */
import { endName } from './ends.js';
import { nounForm } from './noun-forms.js';
import { count, durationText, grouped } from './quantities.js';

export function connectionName(index: number): string {
  return `conexão ${index}`;
}

export function packetsIn(packets: number, seconds: number): string {
  const counted = count(packets, 'packet');
  return packets === 1 ? counted : `${counted} em ${durationText(seconds)}`;
}

export function flowName(index: number): string {
  return `fluxo UDP ${index}`;
}

/** What the slopes of arrows mean. `near`: the end that the capture was made near, where that is known. */
export function slopesText(near: 'client' | 'server' | null): string {
  return near === null
    ? 'a inclinação mostra a ordem, não o atraso'
    : `capturado perto do ${endName(near)}: a inclinação mostra metade da ida e volta`;
}

export function lostBehindText(repeatedAs: number): string {
  return `perdido depois do ponto de captura: retransmitido como #${repeatedAs}`;
}

/** How long after the original a retransmission came. */
export function afterText(seconds: number, packet: number): string {
  return `${durationText(seconds)} depois de #${packet}`;
}

export function idleText(seconds: number): string {
  return `${durationText(seconds)} sem pacotes`;
}

export function windowClosedText(seconds: number): string {
  return `janela fechada por ${durationText(seconds)}`;
}

export function bestText(seconds: number): string {
  return `melhor ${durationText(seconds)}`;
}

export const IN_FLIGHT: string = 'em trânsito';
export const WINDOW: string = 'janela';
export const ACKNOWLEDGED: string = 'confirmado';
export const MAY_SEND: string = 'pode enviar até aqui';

/** Of marks that are named once: `retransmissão`, `3 retransmissões`. */
export function marksText(n: number, what: 'retransmission' | 'probe'): string {
  return n === 1 ? nounForm(1, what) : `${grouped(n)} ${nounForm(n, what)}`;
}
