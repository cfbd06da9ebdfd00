/** Options that do not go together, what is asked for that there is not, and what values should be. */
import type { Sentences } from '../../error-kinds/all.js';
import type { COMMAND_ERRORS, OPTION_ERRORS, REQUEST_ERRORS, VALUE_ERRORS } from '../../error-kinds/usage.js';

/** "csv", "csv ou parquet", "ndjson, csv ou parquet" */
function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ou ${last}`;
}

const MEANINGS = {
  'sequence-numbers': 'números de sequência brutos',
  'stop-after': 'parar depois que N conexões terminarem',
};

export const OPTIONS: Sentences<typeof OPTION_ERRORS> = {
  'goes-with': ({ option, other }) => `${option} só combina com ${other}`,
  'not-with': ({ option, other }) => `${option} não combina com ${other}`,
  'with-formats': ({ option, formats }) => `${option} só combina com --format ${orList(formats)}`,
  'with-text-formats': ({ option }) => `${option} só combina com os formatos de texto`,
  'not-with-groups': ({ option, format }) => `${option} não combina com --by e --format ${format}`,
  'html-of-analyze': () => '--format html só combina com synfin analyze; synfin report grava a mesma página',
  'sort-not-json': () => '--sort só combina com os outros formatos: json está sempre na ordem do início',
  'sort-by-time': ({ format }) =>
    `--sort end e --sort start combinam com --format ${format}; as outras chaves, com --format table`,
  'file-needed': ({ format }) =>
    `--format ${format} grava um arquivo, não na saída padrão: -o ARQUIVO.${format}`,
  'theme-of-svg': () => '--theme auto só combina com --format svg: um PNG é claro ou escuro',
  'picture-narrow': ({ width, least }) =>
    `--width ${width}: uma figura tem ao menos ${least} pixels de largura`,
  'columns-of-groups': () => '--columns não combina com --by: grupos têm colunas próprias',
  'explain-or-dialogue': () => '--explain e --dialogue não combinam',
  'packets-of-segments': ({ table }) => `--packets só combina com --table segments, não com ${table}`,
  'one-table': () => 'na saída padrão cabe uma tabela: --table segments, ou -o ARQUIVO para todas',
  'one-format': () => 'um formato de cada vez: --format, --json ou --ndjson',
  'same-file': ({ option, other }) => `${option} e ${other} são o mesmo arquivo`,
  'rotate-without-write': () => '--rotate só combina com --write ARQUIVO',
  'keep-without-write': () => '--keep só combina com --write ARQUIVO e --rotate',
  'name-needed': ({ option }) => `${option} precisa do nome de um arquivo: na saída padrão vão os resultados`,
  'partial-of-whole': () => '--partial é de uma captura inteira: não combina com --write e --connection',
  'process-in-tables': () =>
    '--process só combina com os formatos de texto, json e ndjson: tabelas não têm coluna para isso',
  'only-in-tables': ({ format }) =>
    `--only só combina com os formatos de texto: ${format} não tem linhas (--where seleciona)`,
  'follow-one-file': () => '--follow só combina com um arquivo',
  'write-of-growing': () =>
    '--write com --connection lê o arquivo duas vezes; por isso não pode ser um que cresce',
  'filter-without-interface': ({ option }) => `${option} só combina com -i INTERFACE`,
  'file-or-interface': () => 'um arquivo ou uma interface: synfin browse ARQUIVO, ou synfin browse -i NOME',
  'count-of-file': () => '-c só combina com um arquivo: uma captura ao vivo termina quando você sai',
  'page-as-root': () => '--no-drop não combina com --web: uma página nunca é servida como root',
  'write-as-root': ({ option }) => [
    `${option} não combina com --web para o próprio root, que dá lugar ao usuário nobody`,
    'execute com sudo a partir da sua conta',
  ],
  'filter-twice': ({ words, filter }) => [
    `o filtro foi dado duas vezes: '${words}' e --filter '${filter}'`,
    'Deixe um deles de fora.',
  ],
  'interface-as-filter': ({ name }) => `'${name}' é uma interface, não um filtro`,
  renamed: ({ before, now, meaning }) => `${before} agora é ${now}: ${MEANINGS[meaning]}`,
};

const orMeant = (name: string | null): string => (name === null ? '' : `; você quis dizer '${name}'?`);
const NO_TERMINAL = {
  output: 'a saída padrão não é um terminal',
  input: 'a entrada padrão não é um terminal',
};
const without = (instead: string): string =>
  `Sem terminal: ${instead} dá o resumo; com --limit 0, a lista; com --connection N, o diagrama.`;
const TWICE = {
  write: '--write com --connection',
  where: '--where com os pacotes do que corresponde',
  browse: 'synfin browse',
};

export const COMMANDS: Sentences<typeof COMMAND_ERRORS> = {
  'no-capture-named': ({ command }) => [
    'falta o nome de uma captura',
    command === 'browse' ? 'synfin browse ARQUIVO' : 'synfin ARQUIVO, ou: tcpdump -w - | synfin',
  ],
  'no-language': ({ name, meant, languages }) => [
    `--lang: não há o idioma '${name}'${orMeant(meant)}`,
    `Há: ${languages.join(', ')}`,
  ],
  'no-column': ({ name, meant }) => [
    `--columns: não há a coluna '${name}'${orMeant(meant)}`,
    'synfin ARQUIVO --columns help as lista.',
  ],
  'only-udp': () => '--where: isto pede o que só fluxos UDP têm; synfin browse lista conexões',
  'parts-from-input': () => 'partes são lidas de arquivos ou FIFOs, não da entrada padrão',
  'no-tcp-connection': () => 'não há conexão TCP sobre a qual perguntar',
  'no-connection': ({ index, path }) => [`não existe a conexão ${index}`, `synfin ${path} lista as conexões`],
  'demo-not-recorded': () => 'a gravação da demonstração não está nesta instalação',
  'not-installed': ({ name }) => [`${name} não está nesta instalação`, 'instale o synfin de novo'],
  'no-resvg': ({ system }) => [
    `--format png: não foi possível carregar @resvg/resvg-js (${system})`,
    'npm install @resvg/resvg-js, ou --format svg',
  ],
  'no-terminal-kit': () => [
    'synfin browse precisa do pacote terminal-kit, que não está nesta instalação',
    'npm install terminal-kit ao lado do synfin; ou, sem ele: synfin ARQUIVO --limit 0, synfin ARQUIVO --connection N',
  ],
  'no-terminal': ({ missing, instead }) => [
    `synfin browse precisa de um terminal: ${NO_TERMINAL[missing]}`,
    without(instead),
  ],
  'no-cursor': ({ term, instead }) => [
    `synfin browse precisa de um terminal: este terminal não move o cursor (TERM=${term})`,
    without(instead),
  ],
  'read-twice': ({ what }) => [
    `${TWICE[what]} lê a captura duas vezes, o que um pipe não permite`,
    what === 'browse'
      ? 'Salve-a antes em um arquivo; depois: synfin browse ARQUIVO'
      : 'Salve-a antes em um arquivo, p. ex. com --write TUDO.pcapng sem --connection.',
  ],
};

/** Behind "não é válido. ". */
export const VALUES: Sentences<typeof VALUE_ERRORS> = {
  'address-expected': () => 'Esperado: um endereço, uma rede (10.0.0.0/8), ou um deles com :PORTA.',
  'port-expected': () => 'Esperada: uma porta de 0 a 65535.',
  'time-expected': () => 'Esperado: um tempo, 200ms, 1.5s, 5min.',
  'two-times-expected': () => 'Esperados: dois horários, 08:53:20 08:54:00, ou ambos com a data.',
  'no-time-of-day': ({ written }) => `'${written}' não é um horário do dia.`,
  'no-moment': ({ written }) => `'${written}' não é um horário como 08:53:20 ou 2026-11-28T08:53:20Z.`,
  'indices-expected': () => 'Esperados: números de conexões da tabela, a partir de 0: 3 ou 3,7-9.',
  'least-expected': ({ least, whole }) =>
    `Esperado: um número ${whole ? 'inteiro ' : ''}de ao menos ${least}.`,
  'limit-expected': () => 'Esperado: um tamanho (B, kB, MB, GB, MiB) ou um tempo (s, min, h).',
  'one-expected': ({ names, meant }) =>
    `Esperado: um destes: ${names.join(', ')}.${meant === null ? '' : `\n(Você quis dizer ${meant}?)`}`,
  'graph-expected': ({ graphs }) =>
    `Esperado: um destes: ${graphs.join(', ')}; ou um deles com :client ou :server.`,
  'some-expected': ({ names }) => `Esperados: ${names.join(', ')}.`,
};

export const REQUESTS: Sentences<typeof REQUEST_ERRORS> = {
  'other-host': () => 'outro nome de host',
  'other-origin': () => 'outra origem',
  'only-get': () => 'só GET',
  'no-token': () => 'sem token, ou com outro: abra o endereço que o synfin imprimiu',
  'other-site': () => 'outro site',
  'no-such-page': () => 'essa página não existe',
  'too-many-pages': () => 'páginas demais',
};
