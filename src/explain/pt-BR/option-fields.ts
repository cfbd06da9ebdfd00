/** The options of a TCP header, in words. */
import type { LadderSegment } from '../../track/memory/extras.js';
import { type Described, numberIn, sackBlocks } from '../shared/header-fields.js';
import { byteCount, durationText, grouped } from './quantities.js';

export function optionsEnd(): Described {
  return {
    name: 'fim das opções',
    value: '',
    meaning: 'Não há mais opções: o que segue preenche o cabeçalho até um múltiplo de 4 bytes',
  };
}

export function noOperation(times: number): Described {
  return {
    name: 'sem operação',
    value: times > 1 ? `${times} ×` : '',
    meaning: 'Preenche o espaço, para que a próxima opção comece onde é rápido lê-la',
  };
}

export function brokenOption(kind: number): Described {
  return {
    name: `opção ${kind}`,
    value: '',
    meaning: 'Está cortada, ou seu tamanho não pode estar certo, por isso nada depois dela pode ser lido',
  };
}

export function optionWords(kind: number, value: Uint8Array, segment: LadderSegment): Described {
  const number = numberIn(value);
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
        sackBlocks(value, segment)
          .map(([first, last]) => `${grouped(first)} a ${grouped(last)}`)
          .join(', '),
        'O que chegou depois de uma lacuna, e por ora não precisa ser reenviado (RFC 2018); o primeiro pode ser o que veio duas vezes (DSACK, RFC 2883)',
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
      return as(
        'experimento',
        '',
        'Uma opção experimental: seus primeiros dois ou quatro bytes dizem qual (RFC 6994)',
      );
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
