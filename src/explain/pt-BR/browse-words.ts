/** The screen of synfin browse. Keys and command lines are the same in every language. */
import type { KeyHelp } from '../en/browse-words.js';
import { agreeing } from './noun-forms.js';
import { count, grouped } from './quantities.js';

export type { KeyHelp } from '../en/browse-words.js';

/** What each key does, by its action. */
const KEY_HELP: Readonly<Record<KeyHelp, string>> = {
  down: 'linha ou segmento seguinte e anterior',
  'page-down': 'uma página; Ctrl-D e Ctrl-U, meia página',
  first: 'primeira e última linha',
  open: 'lista: o diagrama da conexão; diagrama: a explicação completa',
  back: 'voltar; interrompe a leitura em curso',
  filter: 'filtro, como --where; vazio mostra tudo',
  sort: 'a próxima ordem; ordem inversa',
  next: 'diagrama: conexão seguinte e anterior da lista',
  fold: 'diagrama: recolher longas sequências de dados, ou mostrar cada segmento',
  copy: 'mostrar e copiar o comando que imprime o mesmo',
  reload: 'ler de novo: uma captura ao vivo ou um arquivo que cresce',
  help: 'esta ajuda',
  quit: 'do diagrama, voltar; da lista, sair',
  interrupt: 'sair',
};

export function keyHelp(action: KeyHelp): string {
  return KEY_HELP[action];
}

/** Names of keys that are words: `j k, setas`. */
export function keyNames(names: string): string {
  return names.replace('arrows', 'setas').replace('Space', 'Espaço');
}

/** What two filters of the help pick. */
export const FAILED_FILTER_HELP: string = 'recusadas, sem resposta, não concluídas, com reset';
export const OTHER_FILTER_HELP: string = 'e o mais que está em docs/ask.md';

export const KEYS_TITLE: string = 'Teclas do synfin browse';
export const ANY_KEY_BACK: string = 'qualquer tecla: voltar';
export const SCROLL_KEYS: string = 'j k rolar';
export const BACK_KEY: string = 'Esc voltar';
export const HELP_KEY: string = '? ajuda';

export const LAST_ONE: string = 'é a última';
export const FIRST_ONE: string = 'é a primeira';

export const READING: string = 'lendo…';
export const NO_CONNECTION_SO_FAR: string = 'nenhuma conexão até agora';
export const NO_CONNECTION_MATCHES: string = 'nenhuma conexão corresponde; / muda o filtro';
export const ONLY_UDP_FILTER: string = 'isso pergunta o que só fluxos UDP têm; a lista tem conexões';

export function noConnectionsText(hasUdp: boolean): string {
  return hasUdp ? 'nenhuma conexão TCP; synfin ARQUIVO mostra os fluxos UDP' : 'nenhuma conexão TCP';
}

export function listedText(n: number): string {
  return `${grouped(n)} delas ${agreeing(n, 'listada', 'listadas')}`;
}

export function rowText(n: number): string {
  return `linha ${grouped(n)}`;
}

export function matchingText(matching: number, all: number): string {
  return `${grouped(matching)} de ${grouped(all)}`;
}

const ORDERS: Readonly<Record<string, string>> = {
  start: 'início',
  end: 'fim',
  connect: 'conexão',
  response: 'resposta',
  duration: 'duração',
  bytes: 'bytes',
  retransmissions: 'retransmissões',
};

/** `key`: as `--sort` has it. */
export function orderText(key: string, mark: string): string {
  return `por ${ORDERS[key] ?? key} ${mark}`;
}

export function segmentPosition(at: number, all: number): string {
  return `segmento ${at} de ${all}`;
}

export function connectionPosition(at: number, all: number): string {
  return `conexão ${grouped(at)} de ${grouped(all)}`;
}

export function foldKey(folded: boolean): string {
  return `z ${folded ? 'expandir' : 'recolher'}`;
}

/** `share`: of the capture, null where its size is not known. */
export function readingText(
  what: 'capture' | 'filter' | 'ladder',
  share: number | null,
  packets: number,
): string {
  const name = what === 'filter' ? 'filtrando' : 'lendo';
  const how = share === null ? count(packets, 'packet') : `${Math.floor(share * 100)}%`;
  return packets === 0 ? `${name}…` : `${name} ${how}`;
}

export function moreLinesKey(n: number): string {
  return `Enter: ${count(n, 'more line')}`;
}

/** Of segments that were folded. */
export function statesAfterText(client: string, server: string): string {
  return `Estados depois deles: cliente ${client}, servidor ${server}.`;
}

export function packetText(packet: number, text: string): string {
  return `Pacote ${packet}: ${text}.`;
}

/** Of a live capture. `lost`: packets, null where not known. */
export function liveStatus(over: boolean, packets: number, lost: number | null): string {
  const losses =
    lost === null ? 'perdas desconhecidas' : `${grouped(lost)} ${agreeing(lost, 'perdido', 'perdidos')}`;
  return `${over ? 'encerrada' : 'ao vivo'}: ${count(packets, 'packet')}, ${losses}`;
}
