/** The short words of a ladder: heads, phases, labels, and what stands around it. */
import { endName } from './ends.js';
import { agreeing } from './noun-forms.js';
import { byteCount, count, durationText, grouped } from './quantities.js';

/** Heads of the columns; `client` and `server` also name the two ends of a UDP flow. */
export const LADDER_HEADS: Readonly<Record<'time' | 'since' | 'client' | 'server' | 'segment', string>> = {
  time: 'tempo',
  since: 'intervalo',
  client: 'cliente',
  server: 'servidor',
  segment: 'segmento',
};

const PHASES: Readonly<Record<'opening' | 'data' | 'closing', string>> = {
  opening: 'abertura',
  data: 'dados',
  closing: 'encerramento',
};

export function phaseName(phase: 'opening' | 'data' | 'closing'): string {
  return PHASES[phase];
}

/** The state of an end as it is shown: RFC 9293's names, which no language translates, and `unseen`. */
export function stateWord(state: string): string {
  return state === 'unseen' ? 'não visto' : state;
}

/** On an arrow. */
export const NO_FLAGS: string = 'sem flags';

/** To follow what is on an arrow: so many bytes, or flags where there are none. */
export function seenTwiceText(bytes: number): string {
  return `${agreeing(bytes, 'visto', 'vistos')} duas vezes`;
}

export function sentAgainText(bytes: number): string {
  return agreeing(bytes, 'retransmitido', 'retransmitidos');
}

/** At an arrow in little room: its receiver ignored it. */
export const IGNORED_MARK: string = '(ignorado)';

export function icmpFrom(address: string, meaning: string): string {
  return `ICMP de ${address}: ${meaning}`;
}

/** `5 bytes do cliente (e 5 retransmitidos)`. */
export function sentBytesText(who: 'client' | 'server', bytes: number, again: number): string {
  const more = agreeing(again, 'retransmitido', 'retransmitidos');
  return `${byteCount(bytes)} do ${endName(who)}${again > 0 ? ` (e ${grouped(again)} ${more})` : ''}`;
}

/** `why`: as `rowNote` has it. */
export function ignoredNote(why: string): string {
  return `visto, mas ignorado pelo receptor: ${why}`;
}

export const UDP_STANDS_ALONE: string =
  'UDP não tem handshake nem encerramento: cada datagrama é independente.';

export function moreDatagrams(n: number): string {
  return `e ${count(n, 'more datagram')}`;
}

/** Before the two ends. */
export function connectionHeading(index: number): string {
  return `Conexão ${index}`;
}

export function flowHeading(index: number): string {
  return `Fluxo UDP ${index}`;
}

export function noteText(sentence: string): string {
  return `nota: ${sentence}`;
}

export function viaLineText(via: string): string {
  return `por ${via}`;
}

/** Lines of a list below a title. */
export function openingItem(sentence: string): string {
  return `Abertura: ${sentence}`;
}

export function closingItem(sentence: string): string {
  return `Encerramento: ${sentence}`;
}

/** A segment in a line, for those who do not see the picture. `what`: its label; `notes`: each without its full stop. */
export function segmentTitle(
  packet: number,
  seconds: number,
  who: 'client' | 'server',
  what: string,
  notes: readonly string[],
  states: { client: string; server: string },
): string {
  const said = notes.length === 0 ? '' : `. ${notes.join('. ')}`;
  return `nº ${packet}, ${durationText(seconds)}, ${endName(who)}: ${what}${said}; depois cliente ${states.client}, servidor ${states.server}`;
}
