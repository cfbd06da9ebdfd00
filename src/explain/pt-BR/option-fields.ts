/** The options of a TCP header, one field each. Kinds and their sources as in decode/tcp-options.ts. */
import type { LadderSegment } from '../../track/memory/extras.js';
import type { HeaderField } from '../en/header-fields.js';
import { byteCount, durationText, grouped } from './quantities.js';

const END = 0;
const NO_OPERATION = 1;

/** `from`, `to`: where options are in `bytes`. One that is cut or malformed is the last. */
export function optionFields(
  bytes: Uint8Array,
  from: number,
  to: number,
  segment: LadderSegment,
): HeaderField[] {
  const fields: HeaderField[] = [];
  let at = from;
  while (at < to) {
    const kind = bytes[at] ?? END;
    if (kind === END) {
      fields.push({ name: 'fim das opções', from: at, to, value: '', meaning: ENDS });
      break;
    }
    if (kind === NO_OPERATION) {
      const start = at;
      while (at < to && bytes[at] === NO_OPERATION) at++;
      const value = at - start > 1 ? `${at - start} ×` : '';
      fields.push({ name: 'sem operação', from: start, to: at, value, meaning: FILLS });
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > to) {
      fields.push({ name: `opção ${kind}`, from: at, to, value: '', meaning: BROKEN });
      break;
    }
    fields.push({
      from: at,
      to: at + length,
      ...optionField(kind, bytes.slice(at + 2, at + length), segment),
    });
    at += length;
  }
  return fields;
}

const ENDS = 'Não há mais opções: o que segue preenche o cabeçalho até um múltiplo de 4 bytes';
const FILLS = 'Preenche o espaço, para que a próxima opção comece onde é rápido lê-la';
const BROKEN = 'Está cortada, ou seu tamanho não pode estar certo, por isso nada depois dela pode ser lido';

type Described = Pick<HeaderField, 'name' | 'value' | 'meaning'>;

function optionField(kind: number, value: Uint8Array, segment: LadderSegment): Described {
  const number = (at: number, size: number): number =>
    value.slice(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0);
  const as = (name: string, text: string, meaning: string): Described => ({ name, value: text, meaning });
  switch (kind) {
    case 2:
      return as(
        'MSS',
        grouped(number(0, 2)),
        `O outro lado pode enviar até ${byteCount(number(0, 2))} de dados em um segmento (RFC 9293 3.7.1)`,
      );
    case 3:
      return as(
        'escala da janela',
        String(number(0, 1)),
        `As janelas deste lado contam em unidades de ${byteCount(2 ** Math.min(14, number(0, 1)))}, se o outro lado também envia esta opção (RFC 7323 2)`,
      );
    case 4:
      return as('SACK permitido', '', 'Este lado entende confirmações seletivas (RFC 2018)');
    case 5:
      return as(
        'SACK',
        sackText(value, number, segment),
        'O que chegou depois de uma lacuna: esses números não precisam ser reenviados (RFC 2018)',
      );
    case 8:
      return as(
        'timestamps',
        `${grouped(number(0, 4))}, eco ${grouped(number(4, 4))}`,
        'O relógio do emissor, e o do outro lado como veio no segmento que este responde. Medem o tempo de ida e volta e identificam duplicatas antigas (RFC 7323 3)',
      );
    case 19:
      return as('assinatura MD5', '', 'O segmento é assinado com uma chave dos dois lados (RFC 2385)');
    case 28:
      return as(
        'user timeout',
        durationText((number(0, 2) & 0x7fff) * (number(0, 2) > 0x7fff ? 60 : 1)),
        'Quanto tempo este lado espera até que dados sejam confirmados (RFC 5482)',
      );
    case 29:
      return as('autenticação', '', 'O segmento é assinado com uma chave dos dois lados (TCP-AO, RFC 5925)');
    case 30:
      return as(
        'Multipath TCP',
        MULTIPATH[number(0, 1) >>> 4] ?? '',
        'A conexão pode usar vários caminhos (RFC 8684)',
      );
    case 34:
      return as(
        'Fast Open',
        value.length === 0 ? 'pede um cookie' : 'cookie',
        'Com um cookie de uma conexão anterior, dados podem vir com o SYN (RFC 7413)',
      );
    case 172:
    case 174:
      return as('ECN acurado', '', 'Contagens de bytes por seus bits de ECN (RFC 9768)');
    case 254:
    case 253:
      return as('experimento', '', 'Uma opção experimental: seus dois bytes seguintes dizem qual (RFC 6994)');
    default:
      return as(
        `opção ${kind}`,
        byteCount(value.length),
        'Uma opção que o synfin não conhece: os receptores a pulam',
      );
  }
}

const MULTIPATH: Readonly<Record<number, string>> = {
  0: 'capaz (MP_CAPABLE)',
  1: 'junção (MP_JOIN)',
  2: 'sequência de dados',
  3: 'acréscimo de endereço',
  4: 'remoção de endereço',
  5: 'prioridade',
  6: 'falha',
  7: 'encerramento rápido',
  8: 'reset',
};

/** Blocks as this end counts the other's numbers, where that is known. */
function sackText(
  value: Uint8Array,
  number: (at: number, size: number) => number,
  { acknowledgement, rawAcknowledgement }: LadderSegment,
): string {
  const counted = (raw: number): number =>
    acknowledgement === null ? raw : acknowledgement + ((raw - rawAcknowledgement) | 0);
  const blocks: string[] = [];
  for (let at = 0; at + 8 <= value.length; at += 8)
    blocks.push(`${grouped(counted(number(at, 4)))} a ${grouped(counted(number(at + 4, 4)) - 1)}`);
  return blocks.join(', ');
}
