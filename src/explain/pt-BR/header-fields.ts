/**
 * The TCP header of a segment, field by field: bytes, value, and what it says in this connection. RFC 9293 3.1; options in
 * option-fields.ts.
 */
import { escapeText } from '../../escape.js';
import type { LadderSegment } from '../../track/memory/extras.js';
import { windowShift } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { HeaderContext, HeaderField } from '../en/header-fields.js';
import { type End, endName } from './ends.js';
import { optionFields } from './option-fields.js';
import { byteCount, grouped } from './quantities.js';

export type { HeaderContext, HeaderField } from '../en/header-fields.js';

const FIXED = 20;

/** `bytes`: the header and first bytes of data, as far as they were captured. */
export function headerFields(bytes: Uint8Array, context: HeaderContext): HeaderField[] {
  const fields = fixedFields(bytes, context).filter(({ to }) => to <= bytes.length);
  const length = Math.max(FIXED, ((bytes[12] ?? 0x50) >>> 4) * 4);
  fields.push(...optionFields(bytes, FIXED, Math.min(length, bytes.length), context.segment));
  if (bytes.length > length) fields.push(dataField(bytes, length, context.segment));
  return fields;
}

function fixedFields(bytes: Uint8Array, { segment, report }: HeaderContext): HeaderField[] {
  const number = (at: number, size: number): number =>
    bytes.slice(at, at + size).reduce((value, byte) => value * 256 + byte, 0);
  const isClient = segment.side === report.clientSide;
  const [own, other] = isClient ? (['client', 'server'] as const) : (['server', 'client'] as const);
  const field = (name: string, from: number, to: number, value: string, meaning: string): HeaderField => ({
    name,
    from,
    to,
    value,
    meaning,
  });
  const words = (bytes[12] ?? 0) >>> 4;
  return [
    field('porta de origem', 0, 2, String(number(0, 2)), portText(own, isClient)),
    field('porta de destino', 2, 4, String(number(2, 2)), portText(other, !isClient)),
    field('número de sequência', 4, 8, grouped(segment.sequence), sequenceText(segment, number(4, 4))),
    field(
      'número de confirmação',
      8,
      12,
      segment.acknowledgement === null ? 'nenhum' : grouped(segment.acknowledgement),
      acknowledgementText(segment, number(8, 4), other),
    ),
    field(
      'tamanho do cabeçalho',
      12,
      13,
      byteCount(words * 4),
      `Os quatro bits superiores contam palavras de 4 bytes: ${words}. ${words > 5 ? `${byteCount(words * 4 - FIXED)} são de opções` : 'Não há opções'}. Os bits inferiores são reservados, menos o último, AE (RFC 9768)`,
    ),
    field('flags', 13, 14, flagText(segment.flags), flagsMeaning(segment.flags)),
    field('janela', 14, 16, windowValue(segment, report), windowText(segment, report, endName(own))),
    field(
      'checksum',
      16,
      18,
      `0x${number(16, 2).toString(16).padStart(4, '0')}`,
      'Sobre o cabeçalho, os dados e os endereços, para que um segmento danificado, ou que chegou a outro host, seja descartado. Capturado onde foi enviado, pode ainda não estar preenchido (offload de checksum)',
    ),
    field(
      'ponteiro de urgência',
      18,
      20,
      String(number(18, 2)),
      (segment.flags & 0x20) === 0
        ? 'Sem significado, pois URG não está ligada'
        : 'Onde terminam os dados urgentes, contado a partir do número de sequência (RFC 6093)',
    ),
  ];
}

function portText(end: End, isClient: boolean): string {
  return isClient
    ? `A porta do ${endName(end)}, escolhida pelo sistema dele para esta conexão`
    : `A porta do ${endName(end)}, pela qual ele é conhecido`;
}

function sequenceText({ sequence, flags, length, repeated }: LadderSegment, raw: number): string {
  const wire = `${grouped(raw)} na rede`;
  if ((flags & 0x02) !== 0)
    return `${wire}, escolhido ao acaso: o número a partir do qual este lado conta, mostrado como ${grouped(sequence)}. O SYN ocupa um número, por isso o primeiro byte de dados tem o seguinte`;
  const what =
    length > 0
      ? length === 1
        ? 'o número do seu único byte'
        : `o número do primeiro dos seus ${byteCount(length)}`
      : 'não traz dados: o número do próximo byte';
  const again =
    repeated > 0
      ? `. ${byteCount(repeated)} dele já ${repeated === 1 ? 'havia sido capturado' : 'haviam sido capturados'} antes`
      : '';
  const fin = (flags & 0x01) !== 0 ? '. O FIN ocupa um número, depois dos dados' : '';
  return `${wire}; contado a partir do SYN deste lado, é ${grouped(sequence)}: ${what}${fin}${again}`;
}

function acknowledgementText({ acknowledgement }: LadderSegment, raw: number, other: End): string {
  if (acknowledgement === null) return 'Sem significado, pois ACK não está ligada';
  return `${grouped(raw)} na rede; contado a partir do SYN do ${endName(other)}, é ${grouped(acknowledgement)}: o próximo byte que espera do ${endName(other)}. Tudo o que vem antes chegou`;
}

const FLAGS: readonly (readonly [number, string, string])[] = [
  [0x100, 'AE', 'ECN acurado (RFC 9768)'],
  [0x080, 'CWR', 'envia menos depois de congestionamento'],
  [0x040, 'ECE', 'um pacote veio com a marca de congestionamento, ou um SYN oferece ECN (RFC 3168)'],
  [0x020, 'URG', 'o ponteiro de urgência tem significado'],
  [0x010, 'ACK', 'o número de confirmação tem significado'],
  [0x008, 'PSH', 'entregar os dados sem esperar por mais'],
  [0x004, 'RST', 'a conexão acaba na hora'],
  [0x002, 'SYN', 'os números de sequência começam aqui'],
  [0x001, 'FIN', 'o emissor não tem mais dados'],
];

function flagText(flags: number): string {
  const names = FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  return names.length === 0 ? 'nenhuma' : names.reverse().join(' ');
}

function flagsMeaning(flags: number): string {
  const set = FLAGS.filter(([bit]) => (flags & bit) !== 0);
  return set.length === 0
    ? 'Nenhuma flag está ligada, o que nenhum TCP envia'
    : set.map(([, name, text]) => `${name}: ${text}`).join('. ');
}

/** The shift of an end's windows; null where it is not known, undefined where windows of this segment are not scaled. */
function shiftOf({ flags, side }: LadderSegment, report: ConnectionReport): number | null | undefined {
  if ((flags & 0x02) !== 0) return undefined;
  return windowShift(report.opening.options, side === report.clientSide ? 'client' : 'server');
}

function windowValue(segment: LadderSegment, report: ConnectionReport): string {
  const shift = shiftOf(segment, report);
  return typeof shift === 'number' && shift > 0
    ? `${grouped(segment.window)} × ${grouped(2 ** shift)}`
    : grouped(segment.window);
}

function windowText(segment: LadderSegment, report: ConnectionReport, own: string): string {
  const shift = shiftOf(segment, report);
  const room = (bytes: number): string =>
    bytes === 0
      ? `O ${own} por ora não aceita mais dados: sua janela está fechada`
      : `O ${own} aceita ${byteCount(bytes)} além do número de confirmação`;
  if (shift === undefined)
    return `${room(segment.window)}. A janela de um SYN nunca tem escala (RFC 7323 2.2)`;
  if (shift === null) return 'O handshake não mostra a escala da janela, por isso o tamanho não é conhecido';
  if (shift === 0) return `${room(segment.window)}. Aqui as janelas não têm escala`;
  return `${room(segment.window * 2 ** shift)}: o número vezes 2 elevado a ${shift}, a escala da janela do SYN dele`;
}

function dataField(bytes: Uint8Array, from: number, { length }: LadderSegment): HeaderField {
  const shown = bytes.length - from;
  const printable = [...bytes.slice(from)]
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))
    .join('');
  return {
    name: 'dados',
    from,
    to: bytes.length,
    value: byteCount(length),
    meaning: `O que o programa enviou${shown < length ? `; aqui ${shown === 1 ? 'está o primeiro byte' : `estão os primeiros ${byteCount(shown)}`}` : ''}. Como texto: ${escapeText(printable)}`,
  };
}
