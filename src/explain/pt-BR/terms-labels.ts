/** What stands around the terms of `synfin explain`. */
import type { TermLabels } from '../terms/names.js';

const UNITS: Readonly<Record<string, string>> = { seconds: 'segundos', bytes: 'bytes' };

export const termLabels: TermLabels = {
  kinds: {
    word: ['palavra geral', 'Palavras gerais'],
    state: ['estado', 'Estados (RFC 9293, seção 3.3.2)'],
    flag: ['flag do cabeçalho', 'Flags do cabeçalho TCP'],
    field: ['campo', 'Campos do cabeçalho TCP'],
    option: ['opção', 'Opções do cabeçalho TCP'],
    opening: ['abertura', 'Aberturas'],
    closing: ['encerramento', 'Encerramentos'],
    outcome: ['resultado', 'Resultados'],
    cause: ['causa de um reset', 'Causas de um reset'],
    finding: ['achado', 'Achados'],
    pattern: ['padrão', 'Padrões em muitas conexões'],
    ignored: ['ignorado porque', 'Por que um receptor ignora um segmento'],
    connState: ['conn_state do Zeek', 'conn_state do Zeek'],
    history: ['letra de history', 'Letras da history do Zeek'],
    completeness: ['completeness do Wireshark', 'completeness do Wireshark, bit a bit'],
  },
  what: 'O que é',
  why: 'Por quê',
  source: 'Fonte',
  see: 'Para ver',
  also: 'Veja também',
  section: 'seção',
  sections: 'seções',
  figure: 'Figura',
  picture: {
    client: 'cliente',
    server: 'servidor',
    data: 'dados',
    byte: 'byte',
    many: 'muitos',
    gone: 'sumiu',
    late: 'atrasado',
    again: 'de novo',
    length: 'tamanho',
    kind: 'tipo',
    nothing: 'nada vem',
    'queue full': 'fila cheia',
    firewall: 'firewall',
    router: 'roteador',
    forged: 'forjado',
    reads: 'lê',
    'all hosts': 'todos',
  },
  meanings: (term, count) => `${term}: ${count} significados`,
  completeness: (number, parts, label) => `${number} = ${parts.join(' + ')}. O Wireshark mostra "${label}".`,
  completenessWhy:
    'Diz que tipos de segmento foram capturados; não a ordem, nem quantos, nem de que lado. Um RST que o receptor ignorou também conta.',
  historyTitle: (history) => `${history} como history do Zeek, letra por letra`,
  historyWhy:
    'Maiúsculas: o cliente (originator); minúsculas: o servidor (responder). A maioria das letras vem uma vez por lado, na primeira ocorrência.',
  letter: (isOriginator, title) => `${isOriginator ? 'cliente' : 'servidor'}: ${title}`,
  introduction:
    'Explica uma palavra: um estado, uma flag, um campo ou uma opção do TCP; um achado, tipo, causa ou campo do JSON do synfin; conn_state e history do Zeek; completeness do Wireshark. O que é, por quê, um desenho, a seção da RFC, e como ver.',
  fieldKinds: { connection: 'campo de uma conexão', flow: 'campo de um fluxo UDP' },
  fieldTitles: { connection: 'Campos de uma conexão', flow: 'Campos de um fluxo UDP' },
  fieldSource: (type, unit, column) =>
    `JSON: ${type}${unit === null ? '' : `, ${UNITS[unit] ?? unit}`}; coluna ${column} em CSV e Parquet; nulo, ou vazio, quando não se sabe`,
  unknown: (term) => `termo desconhecido: '${term}'`,
  suggestions: (terms) => `você quis dizer ${terms.join(', ')}?`,
  hint: 'synfin explain --list mostra todas as palavras',
  lists: (names) => `synfin explain --list aceita: ${names.join(', ')}`,
};
