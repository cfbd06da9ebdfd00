/** The TCP header of a segment, in words: value of each field, and what it says in this connection. RFC 9293 3.1. */
import type { LadderSegment } from '../../track/memory/extras.js';
import {
  type Described,
  FIXED_LENGTH,
  type FlagName,
  flagsSet,
  type HeaderContext,
  type HeaderFacts,
  type HeaderField,
  type HeaderWords,
  headerFieldsIn,
  type NumberAt,
  shiftOf,
} from '../shared/header-fields.js';
import { type End, endName } from './ends.js';
import { brokenOption, noOperation, optionsEnd, optionWords } from './option-fields.js';
import { byteCount, grouped } from './quantities.js';

export type { HeaderContext, HeaderField } from '../shared/header-fields.js';

/** `bytes`: the header and first bytes of data, as far as they were captured. */
export function headerFields(bytes: Uint8Array, context: HeaderContext): HeaderField[] {
  return headerFieldsIn(WORDS, bytes, context);
}

const WORDS: HeaderWords = {
  fixed: {
    sourcePort: ({ number, own }) => ({
      name: 'porta de origem',
      value: String(number(0, 2)),
      meaning: portText(own),
    }),
    destinationPort: ({ number, other }) => ({
      name: 'porta de destino',
      value: String(number(2, 2)),
      meaning: portText(other),
    }),
    sequence: ({ segment, number }) => ({
      name: 'número de sequência',
      value: grouped(segment.sequence),
      meaning: sequenceText(segment, number(4, 4)),
    }),
    acknowledgement: ({ segment, number, other }) => ({
      name: 'número de confirmação',
      value: segment.acknowledgement === null ? 'nenhum' : grouped(segment.acknowledgement),
      meaning: acknowledgementText(segment, number(8, 4), other),
    }),
    headerLength: ({ number }) => ({
      name: 'tamanho do cabeçalho',
      value: byteCount(headerWords(number) * 4),
      meaning: `Os quatro bits superiores contam palavras de 4 bytes: ${headerWords(number)}. ${headerWords(number) > 5 ? `${byteCount(headerWords(number) * 4 - FIXED_LENGTH)} são de opções` : 'Não há opções'}. Os bits inferiores são reservados, menos o último, AE (RFC 9768)`,
    }),
    flags: ({ segment }) => ({
      name: 'flags',
      value: flagText(segment.flags),
      meaning: flagsMeaning(segment.flags),
    }),
    window: (facts) => ({ name: 'janela', value: windowValue(facts), meaning: windowText(facts) }),
    checksum: ({ number }) => ({
      name: 'checksum',
      value: `0x${number(16, 2).toString(16).padStart(4, '0')}`,
      meaning:
        'Sobre o cabeçalho, os dados e os endereços: mostra a maioria dos danos, e um segmento que chegou a outro host; um segmento assim é descartado. Capturado onde foi enviado, pode ainda não estar preenchido (offload de checksum)',
    }),
    urgentPointer: ({ segment, number }) => ({
      name: 'ponteiro de urgência',
      value: String(number(18, 2)),
      meaning:
        (segment.flags & 0x20) === 0
          ? 'Sem significado, pois URG não está ligada'
          : 'Onde terminam os dados urgentes, contado a partir do número de sequência (RFC 6093)',
    }),
  },
  option: optionWords,
  ends: optionsEnd,
  noOperation,
  broken: brokenOption,
  data: dataWords,
};

/** The length of the header in words of four bytes. */
function headerWords(number: NumberAt): number {
  return number(12, 1) >>> 4;
}

function portText(end: End): string {
  return end === 'client'
    ? `A porta do ${endName(end)}, em geral escolhida pelo sistema dele para esta conexão`
    : `A porta do ${endName(end)}, pela qual ele é conhecido`;
}

function sequenceText({ sequence, flags, length, repeated }: LadderSegment, raw: number): string {
  const wire = `${grouped(raw)} na rede`;
  if ((flags & 0x02) !== 0)
    return `${wire}, o número inicial (ISN), que deve ser difícil de adivinhar (RFC 9293 3.4.1: um relógio mais um hash com chave de endereços e portas): o número a partir do qual este lado conta, mostrado como ${grouped(sequence)}. O SYN ocupa um número, por isso o primeiro byte de dados tem o seguinte`;
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

const FLAGS: Readonly<Record<FlagName, string>> = {
  AE: 'ECN acurado (RFC 9768)',
  CWR: 'envia menos depois de congestionamento',
  ECE: 'um pacote veio com a marca de congestionamento, ou um SYN oferece ECN e um SYN-ACK concorda (RFC 3168)',
  URG: 'o ponteiro de urgência tem significado',
  ACK: 'o número de confirmação tem significado',
  PSH: 'entregar os dados sem esperar por mais',
  RST: 'a conexão acaba na hora, se o receptor o aceita',
  SYN: 'os números de sequência começam aqui',
  FIN: 'o emissor não tem mais dados',
};

function flagText(flags: number): string {
  return flagsSet(flags).reverse().join(' ') || 'nenhuma';
}

function flagsMeaning(flags: number): string {
  const set = flagsSet(flags);
  return set.length === 0
    ? 'Nenhuma flag está ligada, o que nenhum TCP envia'
    : set.map((name) => `${name}: ${FLAGS[name]}`).join('. ');
}

function windowValue(facts: HeaderFacts): string {
  const { segment } = facts;
  const shift = shiftOf(facts);
  return typeof shift === 'number' && shift > 0
    ? `${grouped(segment.window)} × ${grouped(2 ** shift)}`
    : grouped(segment.window);
}

function windowText(facts: HeaderFacts): string {
  const { segment } = facts;
  const own = endName(facts.own);
  const shift = shiftOf(facts);
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

function dataWords(length: number, shown: number, text: string): Described {
  return {
    name: 'dados',
    value: byteCount(length),
    meaning: `O que o programa enviou${shown < length ? `; aqui ${shown === 1 ? 'está o primeiro byte' : `estão os primeiros ${byteCount(shown)}`}` : ''}. Como texto: ${text}`,
  };
}
