/** The report page: its frame, its keys, and what it shows where it has no report yet. */
import type { PageState } from '../en/page-words.js';

export type { PageState } from '../en/page-words.js';

/** As `lang` has it in HTML, and as locales are named. */
export const LANGUAGE_TAG: string = 'pt-BR';

export const NEEDS_JAVASCRIPT: string =
  'Esta página precisa de JavaScript, que é executado só neste arquivo e não pede nada à rede.';
export const UNPACKING: string = 'Descompactando o relatório…';

/** Where there is no capture. */
export const DROP_HERE: string = 'Arraste uma captura de pacotes para cá';
export const WHAT_IS_READ: string =
  'pcap ou pcapng, também compactados com gzip, zstd ou lz4. A leitura é feita nesta página: nada sai da sua máquina.';
export const CHOOSE_FILE: string = 'Escolher um arquivo';
export const CAPTURE_FILES: string = 'arquivos de captura';
export const DROP_NOW: string = 'Solte a captura: ela é lida nesta página';

/** While one is read. */
export function readingTitle(name: string): string {
  return `Lendo ${name}`;
}

export const HOW_MUCH_IS_READ: string = 'quanto já foi lido';
/** The list is there, segments of its connections are not yet. */
export const SEGMENTS_COMING: string = 'Lendo os segmentos…';

export const STOP: string = 'Parar';

export function notReadHere(why: string): string {
  return `não foi possível ler a captura aqui: ${why}`;
}

/** A fault of synfin itself. */
export function faultText(error: string): string {
  return `falha do synfin: ${error}`;
}

const WAITING: Readonly<Record<PageState, string>> = {
  waiting: 'Esperando pacotes',
  live: 'Esperando pacotes',
  lost: 'O synfin não responde',
  ended: 'A captura terminou sem pacotes',
};

/** A live page before the first packet. */
export function waitingTitle(state: PageState): string {
  return WAITING[state];
}

export function waitingText(state: PageState): string {
  return state === 'lost'
    ? 'Esta página tenta de novo até ter resposta.'
    : 'As conexões aparecem aqui assim que seu primeiro pacote é capturado.';
}

const STATES: Readonly<Record<PageState, string>> = {
  waiting: 'esperando pacotes',
  live: 'ao vivo',
  lost: 'o synfin não responde: o que veio até agora',
  ended: 'captura encerrada',
};

export function pageState(state: PageState): string {
  return STATES[state];
}

export const PAUSED: string = 'em pausa';
export const PAUSE_PAGE: string = 'Pausar';
export const GO_ON: string = 'Continuar';

/** The bar at the top. */
export const PAGE_PARTS: string = 'partes da página';
export const OVERVIEW_PART: string = 'Visão geral';
export const CONNECTIONS_PART: string = 'Conexões';
export const OPEN_FILE: string = 'Abrir…';
export const KEYS_BUTTON: string = 'teclas';
export const THEME: string = 'tema';

const THEMES = { system: 'sistema', light: 'claro', dark: 'escuro' } as const;

export function themeName(theme: 'system' | 'light' | 'dark'): string {
  return THEMES[theme];
}

/** `date`: `2025-10-09`. `time`: `08:53:20`. `09/10/2025 08:53:20 UTC`. */
export function momentText(date: string, time: string): string {
  return `${date.split('-').reverse().join('/')} ${time} UTC`;
}

const KEYS: readonly (readonly [string, string])[] = [
  ['j, k, ↓, ↑', 'segmento seguinte e anterior, ou linha da lista'],
  ['espaço', 'reproduzir e pausar'],
  ['Home, End', 'primeiro e último segmento'],
  ['t', 'diagrama ou tabela dos segmentos'],
  ['/', 'ir para o campo do filtro'],
  ['z', 'expandir o que o diagrama recolhe, ou recolher'],
  ['Enter', 'abrir a conexão, ou expandir um trecho recolhido'],
  ['Esc', 'voltar à lista'],
  ['[, ]', 'conexão anterior e seguinte'],
  ['?', 'estas teclas'],
];

/** Each key, and what it does. */
export function pageKeys(): readonly (readonly [string, string])[] {
  return KEYS;
}

export const PAGE_KEYS_TITLE: string = 'Teclas';
export const ONE_CHARACTER_KEYS: string = 'teclas de um só caractere';
export const CLOSE_DIALOG: string = 'Fechar';

/** A connection that the address of the page names. */
export function notInPage(index: number): string {
  return `Não há a conexão ${index} nesta página.`;
}
