/** What a command says while it runs, next to its results. */
import type { FileFacts } from '../en/run-words.js';
import { listingText } from './listing-words.js';
import { agreeing } from './noun-forms.js';
import { byteAmount, byteCount, count, grouped } from './quantities.js';

export type { FileFacts } from '../en/run-words.js';

/** `zone`: of the times that lines show, as `+02:00`; null where it need not be said. */
export function capturingText(name: string, backend: string, zone: string | null): string {
  const clock = zone === null ? '' : `; horários em UTC${zone === '+00:00' ? '' : zone}`;
  return `capturando em ${name} com ${backend}${clock}; Ctrl-C encerra`;
}

export function processesText(user: number): string {
  return `--process vê só os processos do usuário ${user}; com --no-drop, todos`;
}

/** The name of what is captured, where a file has its path. */
export function liveCaptureOn(name: string): string {
  return `captura ao vivo em ${name}`;
}

export function savedBytesText(snaplen: number): string {
  return `de cada pacote são salvos no máximo ${snaplen} bytes (snaplen)`;
}

/** Writing failed, as `failure` says. */
export function withoutWriting(failure: string): string {
  return `${failure}; a análise continua sem gravar`;
}

export function captureEndedAt(bytes: number): string {
  return `a captura terminou em ${byteAmount(bytes)}; com -w ARQUIVO ela continua`;
}

/** Titles of synfin browse. */
export function browseTitle(files: number): string {
  return `synfin ${files} arquivos`;
}

export function browseLiveTitle(name: string): string {
  return `synfin ao vivo em ${name}`;
}

export const COMMAND_ON_FILE: string = 'com -w ARQUIVO, um comando sobre o arquivo imprime o mesmo';

export function connectionGone(index: number): string {
  return `a conexão ${index} não existe mais: o arquivo mudou`;
}

/** `missing`: the scenario that there is no recording of, null where there is one. */
export function recordingText(protocol: string, missing: string | null): string {
  const other = missing === null ? '' : ` (do cenário "simple"; não há uma de "${missing}" nesta instalação)`;
  return `Isto é uma GRAVAÇÃO da demonstração ${protocol}${other}, não uma captura ao vivo:`;
}

/** Of --web. */
export function livePageText(address: string): string {
  return `página ao vivo, só para esta máquina: ${address}`;
}

export const DEMO_WAITS: string = 'a demonstração começa quando a página estiver aberta';
export const PAGE_STAYS: string = 'a página permanece até Ctrl-C';

/** The title of the page of a demo. */
export function demoTitle(protocol: string, scenario: string): string {
  return `demonstração ${protocol} "${scenario}"`;
}

/** In `synfin demo tcp --scenario NAME`. */
export const SCENARIO_PLACE: string = 'NOME';

export function notWritten(file: string): string {
  return `nada foi capturado, por isso ${file} não é gravado`;
}

/** A page that was written. `connections`: null of one without a capture; `shown`: those with segments, null for all. */
export function pageText(
  bytes: number,
  connections: { count: number; shown: number | null; left: number } | null,
): string {
  const size = byteAmount(bytes);
  if (connections === null) return `${size}, uma página que recebe uma captura arrastada para ela`;
  const { count: all, shown, left } = connections;
  const parts = [size, count(all, 'connection')];
  if (shown !== null) parts.push(`${grouped(shown)} delas com segmentos`);
  if (left > 0) parts.push(`${grouped(left)} ${agreeing(left, 'ficou', 'ficaram')} de fora`);
  return parts.join(', ');
}

/** A connection that was asked for and is not there: how many there are, and the last one's number. */
export function noSuchConnection(index: number, connections: number, last: number): string {
  return `não existe a conexão ${index}: ${indicesText(connections, last)}`;
}

function indicesText(connections: number, last: number): string {
  if (connections === 0) return 'nenhuma foi encontrada';
  if (connections !== last + 1)
    return `${agreeing(connections, 'foi encontrada', 'foram encontradas')} ${connections}, até o número ${last}`;
  return connections === 1 ? 'só a conexão 0 foi encontrada' : `há de 0 a ${last}`;
}

/** Why there is no picture. */
export function noTcpText(format: string, udpFlows: number): string {
  const other =
    udpFlows > 0
      ? `; ela tem ${count(udpFlows, 'UDP flow')}: --format ladder ${agreeing(udpFlows, 'o', 'os')} mostra`
      : '';
  return `--format ${format} mostra uma conexão TCP, e esta captura não tem nenhuma${other}`;
}

export const NO_CONNECTION_OF_NUMBER: string = '--connection: esta captura não tem conexão com esse número';
export const NOTHING_TO_DRAW: string = 'nenhuma conexão corresponde: não há o que desenhar';

export function tooManyText(format: string, most: number, matching: number): string {
  return `--format ${format} mostra ${most === 1 ? 'uma conexão' : `no máximo ${most} conexões`}, e há ${matching} para escolher`;
}

/** Of a capture without a TCP connection. */
export function tooManyFlowsText(format: string, flows: number): string {
  return `--format ${format} mostra um fluxo UDP, e há ${grouped(flows)} para escolher`;
}

export const CHOOSE_FLOW: string = "escolha com --where, por exemplo 'server.port == 53'";
export const CHOOSE_CONNECTION: string = 'escolha com --connection N; a tabela tem os números';

/** Of --verbose. */
export function commentText(packet: number | null, text: string): string {
  return `comentário${packet === null ? '' : ` no pacote ${packet}`}: ${text}`;
}

export function fileFactsText({ format, compression, packets, bytes, drops, damaged }: FileFacts): string {
  const packed = compression === null ? '' : ` em ${compression}`;
  const lost = drops === null ? '' : `, ${dropsText(drops)}`;
  return `${format}${packed}, ${count(packets, 'packet')}, ${byteCount(bytes)}${lost}${damaged ? ', danificado' : ''}`;
}

function dropsText({ kernel, interface: byInterface }: NonNullable<FileFacts['drops']>): string {
  const parts = [
    kernel === null ? null : `${kernel} pelo sistema`,
    byInterface === null ? null : `${byInterface} pela interface`,
  ];
  return `perdidos: ${parts.filter((part) => part !== null).join(', ')}`;
}

/** `snaplen`: 0 for none. */
export function interfaceText(index: number, name: string | null, link: string, snaplen: number): string {
  const limit = snaplen === 0 ? 'sem snaplen' : `snaplen ${snaplen}`;
  return `interface ${index}${name === null ? '' : ` ${name}`}: ${listingText(link)}, ${limit}`;
}

export function moreInterfacesText(n: number): string {
  return `e ${count(n, 'more interface')}`;
}
