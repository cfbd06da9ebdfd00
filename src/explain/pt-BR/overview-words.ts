/** The lines of a capture as a whole. */
import { agreeing } from './noun-forms.js';
import { otherPacketName } from './other-packets.js';
import { count } from './quantities.js';

export const NOTHING_READ: string = 'nada foi lido';
export const NO_TCP_OR_UDP: string = 'nada de TCP ou UDP';

export function filesText(n: number): string {
  return `${n} ${agreeing(n, 'arquivo', 'arquivos')}`;
}

/** The capture's name is `what`; then what was in it. */
export function contentsText(what: string, parts: readonly string[]): string {
  return `${what}: ${parts.join(', ')}`;
}

/** Packets of other kinds; `kinds`: the most frequent ones. */
export function othersText(
  packets: number,
  kinds: readonly { packets: number; what: string }[],
  more: boolean,
): string {
  const shown = kinds.map((kind) => `${kind.packets} ${otherPacketName(kind.what, kind.packets)}`);
  return `${count(packets, 'other packet')} (${[...shown, ...(more ? ['…'] : [])].join(', ')})`;
}

/** Two times of the day, or of `--time`. */
export function fromTo(from: string, to: string): string {
  return `de ${from} a ${to}`;
}

export function oneToManyText(clients: number, server: string): string {
  return `um para muitos: ${count(clients, 'UDP client')} de ${server}`;
}

export function morePatternsText(n: number): string {
  return `${count(n, 'more pattern')} desse tipo: --format json`;
}

/** How a live capture was made. `precision`: of the kernel's timestamps, null for those of a program; `lost`: null where not known. */
export function capturedText(
  name: string,
  backend: string,
  precision: string | null,
  lost: number | null,
): string {
  const clock =
    precision === null
      ? 'timestamps de um programa, não do kernel: tempos curtos não são confiáveis'
      : `timestamps do kernel (${precision})`;
  return `capturado em ${name} por ${backend}: ${clock}, ${lostText(lost)}`;
}

/** Packets that the capture lost; null where that is not known. */
export function lostText(lost: number | null): string {
  return lost === null
    ? 'perdas desconhecidas'
    : `${count(lost, 'packet')} ${agreeing(lost, 'perdido', 'perdidos')}`;
}

/** Names of the rows of a page of outcomes. */
export const CONNECTIONS_ROW: string = 'conexões';
export const FAILED_ROW: string = 'falharam';

export function noFailuresText(connections: number): string {
  return connections === 1 ? 'Não falhou.' : 'Nenhuma falha.';
}

export const STANDS_OUT_HEAD: string = 'O que se destaca';

/** Above bars: how long each is, and when the first begins. */
export function barsHead(step: string, from: string): string {
  return `cada ${step} desde ${from}`;
}

/** `codes`: as `codesText` has them. */
export function connectionsWith(codes: string): string {
  return `Conexões com: ${codes}`;
}

const DISTRIBUTIONS: Readonly<Record<'connect' | 'response' | 'duration', string>> = {
  connect: 'conexão',
  response: 'resposta',
  duration: 'duração',
};

/** At most eight letters: the name of a line of quantiles. */
export function distributionName(of: 'connect' | 'response' | 'duration'): string {
  return DISTRIBUTIONS[of];
}

/** Where quantiles lie in a histogram, and the ranges of its lines. */
export function rangeText(from: string, to: string): string {
  return `${from} a ${to}`;
}
