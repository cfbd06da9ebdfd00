/** Errors about options, arguments and what is asked for, in Portuguese. */
import type { Pattern } from './message-pattern.js';

export const USAGE_MESSAGES: readonly Pattern[] = [
  [
    / next to synfin; or without it: synfin FILE --limit 0, synfin FILE --connection N/,
    ' ao lado do synfin; ou, sem ele: synfin ARQUIVO --limit 0, synfin ARQUIVO --connection N',
  ],
  [
    /synfin browse needs the package terminal-kit, which was left out of this installation/,
    'synfin browse precisa do pacote terminal-kit, que não está nesta instalação',
  ],
  [
    /Save it to a file first, then: synfin browse FILE/,
    'Salve-a antes em um arquivo; depois: synfin browse ARQUIVO',
  ],
  [/--follow goes with one file/, '--follow só combina com um arquivo'],
  [
    /--write with --connection reads a file twice, so that it cannot be one that grows/,
    '--write com --connection lê o arquivo duas vezes; por isso não pode ser um que cresce',
  ],
  [
    /a file or an interface: synfin browse FILE, or synfin browse -i NAME/,
    'um arquivo ou uma interface: synfin browse ARQUIVO, ou synfin browse -i NOME',
  ],
  [
    /-c goes with a file: a live capture ends when you leave/,
    '-c só combina com um arquivo: uma captura ao vivo termina quando você sai',
  ],
  [
    /--where: this asks what only UDP flows have; synfin browse lists connections/,
    '--where: isto pede o que só fluxos UDP têm; synfin browse lista conexões',
  ],
  [
    /Without one: (.*) for the overview, and with --limit 0 for the list, --connection N for a ladder\./,
    'Sem terminal: $1 dá o resumo; com --limit 0, a lista; com --connection N, o diagrama.',
  ],
  [/this terminal cannot move its cursor \((.*?)\)/, 'este terminal não move o cursor ($1)'],
  [
    /--process goes with the text formats, json and ndjson: tables have no column for it/,
    '--process só combina com os formatos de texto, json e ndjson: tabelas não têm coluna para isso',
  ],
  [
    /--only goes with the text formats: (.*) has no lines \(--where selects\)/,
    '--only só combina com os formatos de texto: $1 não tem linhas (--where seleciona)',
  ],
  [
    /parts are read from files, or pipes that have a name, not from standard input/,
    'partes são lidas de arquivos ou FIFOs, não da entrada padrão',
  ],
  [/no TCP connection to ask about/, 'não há conexão TCP sobre a qual perguntar'],
  [/: no connection (\d+)$/m, ': não existe a conexão $1'],
  [/^synfin (.*) lists its connections$/m, 'synfin $1 lista as conexões'],
  [
    /a filter is given twice: '(.*)' and --filter '(.*)'/,
    "o filtro foi dado duas vezes: '$1' e --filter '$2'",
  ],
  [/Leave one of them out\./, 'Deixe um deles de fora.'],
  [/'(.*?)' is an interface, not a filter/, "'$1' é uma interface, não um filtro"],
  [/^(\S+) is now (\S+): /m, '$1 agora é $2: '],
  [
    /--format html goes with synfin analyze; synfin report writes the same page/,
    '--format html só combina com synfin analyze; synfin report grava a mesma página',
  ],
  [/(--\S+) goes with the text formats/, '$1 só combina com os formatos de texto'],
  [
    /--sort goes with the other formats: json is always by start/,
    '--sort só combina com os outros formatos: json está sempre na ordem do início',
  ],
  [
    /--sort end and --sort start go with --format (\S+); the other keys with --format table/,
    '--sort end e --sort start combinam com --format $1; as outras chaves, com --format table',
  ],
  [
    /(--format \S+) writes a file, not to standard output: -o FILE\./,
    '$1 grava um arquivo, não na saída padrão: -o ARQUIVO.',
  ],
  [
    /--theme auto goes with --format svg: a PNG is light or dark/,
    '--theme auto só combina com --format svg: um PNG é claro ou escuro',
  ],
  [
    /--width (\d+): a picture is at least (\d+) pixels wide/,
    '--width $1: uma figura tem ao menos $2 pixels de largura',
  ],
  [
    /--columns does not go with --by: groups have columns of their own/,
    '--columns não combina com --by: grupos têm colunas próprias',
  ],
  [/(--\S+) does not go with --by and --format (\S+)/, '$1 não combina com --by e --format $2'],
  [/--explain and --dialogue do not go together/, '--explain e --dialogue não combinam'],
  [
    /--packets goes with --table segments, not (\S+)/,
    '--packets só combina com --table segments, não com $1',
  ],
  [
    /standard output takes one table: --table segments, or -o FILE for all of them/,
    'na saída padrão cabe uma tabela: --table segments, ou -o ARQUIVO para todas',
  ],
  [
    /is no ordinary file, so that it takes one table: choose it with --table/,
    'não é um arquivo comum, e nele cabe uma só tabela: escolha com --table',
  ],
  [/(\S+) and --output are the same file/, '$1 e --output são o mesmo arquivo'],
  [/--partial and --write are the same file/, '--partial e --write são o mesmo arquivo'],
  [/ is missing from this installation/, ' não está nesta instalação'],
  [/the recording of the demo/, 'a gravação da demonstração'],
  [/install synfin again/, 'instale o synfin de novo'],
  [/@resvg\/resvg-js cannot be loaded/, 'não foi possível carregar @resvg/resvg-js'],
  [/(npm install @resvg\/resvg-js), or --format svg/, '$1, ou --format svg'],
  [
    /: (.*) reads the capture twice, which a pipe does not allow/,
    ': $1 lê a captura duas vezes, o que um pipe não permite',
  ],
  [
    /(--write|--partial) needs the name of a file: standard output has the results/,
    '$1 precisa do nome de um arquivo: na saída padrão vão os resultados',
  ],
  [
    /--partial is of a whole capture: it does not go with --write and --connection/,
    '--partial é de uma captura inteira: não combina com --write e --connection',
  ],
  [/--keep goes with --write FILE and --rotate/, '--keep só combina com --write ARQUIVO e --rotate'],
  [/--rotate goes with --write FILE/, '--rotate só combina com --write ARQUIVO'],
  [
    /--no-drop does not go with --web: a page is never served as root/,
    '--no-drop não combina com --web: uma página nunca é servida como root',
  ],
  [
    /(--\S+) does not go with --web for root itself, which is given up for the user nobody/,
    '$1 não combina com --web para o próprio root, que dá lugar ao usuário nobody',
  ],
  [/run it with sudo from your own account/, 'execute com sudo a partir da sua conta'],
  [/There is no (\w+) scenario (.*)\.$/m, 'Não existe o cenário $1 $2.'],
  [/^Scenarios: /m, 'Cenários: '],
  [/^only GET$/, 'só GET'],
  [
    /no token, or another: open the address that synfin printed/,
    'sem token, ou com outro: abra o endereço que o synfin imprimiu',
  ],
  [/^another host name$/, 'outro nome de host'],
  [/^another origin$/, 'outra origem'],
  [/^another site$/, 'outro site'],
  [/The host is empty\./, 'O host está vazio.'],
  [/Give an address or a name, e\.g\. /, 'Informe um endereço ou um nome, p. ex. '],
  [
    /^(\S+) (\S+) is not a port: it takes a whole number from (\d+) to 65535\./m,
    '$1 $2 não é uma porta: deve ser um número inteiro de $3 a 65535.',
  ],
  [/Port 0 takes any free port\./, 'A porta 0 usa qualquer porta livre.'],
  [/missing the name of a capture/, 'falta o nome de uma captura'],
  [/synfin FILE, or: tcpdump -w - \| synfin/, 'synfin ARQUIVO, ou: tcpdump -w - | synfin'],
  [/there is no language '(.*?)'/, "não há o idioma '$1'"],
  [/there is no column '(.*?)'/, "não há a coluna '$1'"],
  [/did you mean '(.*?)'\?/, "você quis dizer '$1'?"],
  [/lists them\.$/m, 'as lista.'],
  [/^There are: /m, 'Há: '],
  [/(--\S+(?: \S+)?) does not go with (.*?)$/m, '$1 não combina com $2'],
  [/(--\S+(?: \S+)?) goes with (.*?)$/m, '$1 só combina com $2'],
  [/(combina com .*) or /, '$1 ou '],
  [/^one format at a time: /, 'um formato de cada vez: '],
];
