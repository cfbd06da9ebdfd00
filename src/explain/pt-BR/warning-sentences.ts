/** What was wrong with a capture, or with the reading of it. */
import type { Continuation, Problem } from '../../capture/problem.js';
import { extentParts } from '../shared/extent.js';
import { warningsWith } from '../shared/warnings.js';
import { errorText } from './errors.js';
import { decimalText } from './quantities.js';

export const { warningText, warningSentence } = warningsWith(problemText, continuationText);

function problemText(problem: Problem): string {
  const packet = (): string =>
    'packet' in problem && 'at' in problem ? `o pacote ${problem.packet}, no byte ${problem.at},` : '';
  const block = (): string => ('at' in problem ? `o bloco no byte ${problem.at}` : '');
  switch (problem.kind) {
    case 'claims-captured':
      return `${packet()} declara ${problem.captured} bytes capturados, esperados no máximo ${problem.most}`;
    case 'header-of-zeros':
      return `${packet()} tem um cabeçalho de zeros`;
    case 'fraction-too-large':
      return `${packet()} tem um horário com fração ${problem.fraction}, esperada menor que ${problem.limit}`;
    case 'longer-than-the-file':
      return `o pacote ${problem.packet} é longo demais para o arquivo: ${lacking(problem)}`;
    case 'cut-in-packet':
      return `cortado no meio do pacote ${problem.packet}: ${lacking(problem)}`;
    case 'block-too-short':
      return `${packet()} está em um bloco de ${problem.length} bytes, esperados ao menos ${problem.least}`;
    case 'no-room-in-block':
      return `${packet()} declara ${problem.captured} bytes capturados, e no bloco cabem ${problem.room}: fica de fora`;
    case 'interface-not-described':
      return `${packet()} é da interface ${problem.interface}, de ${problem.described} descritas (contadas a partir de 0): pacotes assim ficam de fora`;
    case 'absurd-time':
      return `${packet()} é de ${problem.seconds} segundos depois de 1970: pacotes assim recebem o horário do anterior`;
    case 'no-time':
      return `${packet()} não tem horário (Simple Packet Block): pacotes assim recebem o horário do anterior`;
    case 'interface-too-short':
      return `${block()} descreve uma interface em menos de 20 bytes`;
    case 'too-many-interfaces':
      return `${block()} descreve mais de ${problem.most} interfaces em uma seção: as demais ficam de fora`;
    case 'statistics-not-described':
      return `${block()} tem estatísticas de uma interface que não foi descrita`;
    case 'unaligned-block':
      return `${block()} tem ${problem.length} bytes, esperado um múltiplo de 4: arredondado para cima`;
    case 'block-length':
      return `${block()}, depois do pacote ${problem.after}, declara ${problem.length} bytes, esperados de ${problem.least} a ${problem.most}`;
    case 'block-lengths-differ':
      return `${block()}, depois do pacote ${problem.after}, começa com o comprimento ${problem.length} e termina com ${problem.end}, esperado o mesmo`;
    case 'block-longer-than-the-file':
      return `${block()} declara ${problem.length} bytes, restam ${problem.left}`;
    case 'cut-after-packet':
      return `cortado depois do pacote ${problem.after}: ${lacking(problem)}`;
    case 'more-warnings':
      return `mais de ${problem.most} avisos; os demais não são listados`;
    case 'parts-missing':
      return problem.first === problem.last
        ? `falta a parte ${problem.first}`
        : `faltam as partes ${problem.first} a ${problem.last}`;
    case 'parts-overlap':
      return 'começa antes do fim da parte anterior: os pacotes desta são tomados como posteriores aos daquela';
    case 'part-interrupted':
      return 'a leitura foi interrompida: faltam os pacotes depois dela';
    case 'clock-goes-back':
      return `o relógio volta atrás no pacote ${problem.packet}: durações que passam por ele não são confiáveis`;
    case 'interrupted':
      return interrupted(problem.read, problem.size);
    case 'interrupted-of-unknown':
      return interrupted(problem.read, null);
    case 'error':
      return errorText(problem.error);
    case 'not-read':
      return `não foi lido: ${errorText(problem.error)}`;
    case 'section':
      return `${block()}, depois do pacote ${problem.after}, ${errorText(problem.error)}`;
  }
}

function lacking({ wanted, at, left }: { wanted: number; at: number; left: number }): string {
  return `esperados ${wanted} bytes a partir do byte ${at}, há ${left}`;
}

function interrupted(bytes: number, of: number | null): string {
  const { percent, read, size, unit } = extentParts(bytes, of, decimalText);
  const extent = percent === null ? `${read} ${unit}` : `${percent}% (${read} de ${size} ${unit})`;
  return `interrompido em ${extent}: o resultado é parcial`;
}

/** Where reading went on. */
function continuationText(continued: Continuation): string {
  switch (continued.kind) {
    case 'skipped':
      return `${continued.skipped} bytes foram pulados, até o byte ${continued.to}`;
    case 'resumed':
      return `um pacote anterior tem comprimento errado, e a leitura continuou no byte ${continued.to}`;
    case 'no-further-packet':
      return 'nenhum outro pacote foi encontrado, e a leitura terminou ali';
    case 'no-further-block':
      return 'nenhum outro bloco foi encontrado, e a leitura terminou ali';
    case 'ended':
      return `a leitura terminou depois do pacote ${continued.after}`;
    case 'read-up-to':
      return `os pacotes até o ${continued.packet} foram lidos`;
  }
}
