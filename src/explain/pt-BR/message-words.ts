/** Warnings and errors, which are made in English where no language is known: each kind of sentence, put into Portuguese. */
import { EXPRESSION_PATTERNS } from './expression-words.js';

type Pattern = readonly [RegExp, string];

/** Of what is read. */
const READING: readonly Pattern[] = [
  [
    /cut short in the middle of packet (\d+): (\d+) bytes expected at byte (\d+), (\d+) there/,
    'cortado no meio do pacote $1: esperados $2 bytes a partir do byte $3, há $4',
  ],
  [
    /packet (\d+) is too long for the file: (\d+) bytes expected at byte (\d+), (\d+) there/,
    'o pacote $1 é longo demais para o arquivo: esperados $2 bytes a partir do byte $3, há $4',
  ],
  [
    /cut short after packet (\d+): (\d+) bytes expected at byte (\d+), (\d+) there/,
    'cortado depois do pacote $1: esperados $2 bytes a partir do byte $3, há $4',
  ],
  [
    /cut short in the (.*) header: (\d+) bytes expected at byte 0, (\d+) there/,
    'cortado no cabeçalho ($1): esperados $2 bytes a partir do byte 0, há $3',
  ],
  [
    /packet (\d+) at byte (\d+) claims (\d+) captured bytes, at most (\d+) expected/,
    'o pacote $1, no byte $2, declara $3 bytes capturados, esperados no máximo $4',
  ],
  [/(\d+) bytes were skipped, to byte (\d+)/, '$1 bytes foram pulados, até o byte $2'],
  [
    /no further packet was found, reading ended there/,
    'nenhum outro pacote foi encontrado, e a leitura terminou ali',
  ],
  [/reading ended after packet (\d+)/, 'a leitura terminou depois do pacote $1'],
  [
    /more than (\d+) warnings; the further ones are not listed/,
    'mais de $1 avisos; os demais não são listados',
  ],
  [
    /the clock goes back at packet (\d+): durations across it cannot be trusted/,
    'o relógio volta atrás no pacote $1: durações que passam por ele não são confiáveis',
  ],
  [
    /interrupted at (\d+) % \((.*) of (.*)\): the result is partial/,
    'interrompido em $1% ($2 de $3): o resultado é parcial',
  ],
  [/interrupted at (.*): the result is partial/, 'interrompido em $1: o resultado é parcial'],
  [
    /the (\w+) data is cut short at byte (\d+) of the file/,
    'os dados em $1 estão cortados no byte $2 do arquivo',
  ],
  [/the (\w+) data is corrupt before byte (\d+)/, 'os dados em $1 estão danificados antes do byte $2'],
  [/is empty: not even a file header/, 'está vazio: nem sequer há um cabeçalho de arquivo'],
  [
    /not a capture: (.*), where pcap or pcapng has a magic number/,
    'não é uma captura: $1, onde pcap ou pcapng tem um número mágico',
  ],
  [/decompressed \((.*?)\), it begins with/, 'descompactado ($1), começa com'],
  [/it begins with/, 'começa com'],
  [/começa com the text /, 'começa com o texto '],
  [/começa com the bytes /, 'começa com os bytes '],
  [
    /synfin reads pcap and pcapng files; see: synfin formats/,
    'o synfin lê arquivos pcap e pcapng; veja: synfin formats',
  ],
  [/is a directory, not a capture(?: file)?/, 'é uma pasta, não uma captura'],
  [/is a socket, not a capture file/, 'é um socket, não um arquivo de captura'],
  [/is a terminal, not a capture/, 'é um terminal, não uma captura'],
  [/no capture in this folder/, 'não há captura nesta pasta'],
  [/no such file/, 'não existe esse arquivo'],
  [/no permission to read it/, 'sem permissão para ler'],
  [/could not be opened for writing/, 'não foi possível abrir para gravar'],
  [/could not be opened/, 'não foi possível abrir'],
  [/could not be read on/, 'não foi possível continuar a leitura'],
  [/could not be read/, 'não foi possível ler'],
  [/not read: /, 'não foi lido: '],
];

/** Of what is written. */
const WRITING: readonly Pattern[] = [
  [/cannot be written: /, 'não é possível gravar: '],
  [/its folder does not exist/, 'a pasta não existe'],
  [/its name is too long/, 'o nome é longo demais'],
  [/the file system is read-only/, 'o sistema de arquivos é só de leitura'],
  [/no space left on the device/, 'não há mais espaço no dispositivo'],
  [/the disk quota is used up/, 'a cota de disco se esgotou'],
  [
    /is being read, so that it cannot be written at the same time/,
    'está sendo lido, por isso não pode ser gravado ao mesmo tempo',
  ],
  [/is there already, and is not a report of synfin/, 'já existe, e não é um relatório do synfin'],
  [/choose a name: -o FILE\.html/, 'escolha um nome: -o ARQUIVO.html'],
];

/** Of options. */
const USE: readonly Pattern[] = [
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

/** Of capturing. */
const CAPTURING: readonly Pattern[] = [
  [/Capturing on (.*?) is not permitted for this user/, 'Este usuário não tem permissão para capturar em $1'],
  [/There is no interface (.*?) to capture on\./, 'Não existe a interface $1 para capturar.'],
  [/The interface (.*?) is down\./, 'A interface $1 está inativa.'],
  [/The filter (.*?) is not valid: /, 'O filtro $1 não é válido: '],
  [
    /Filters are written in libpcap's language, e\.g\. (.*?): man pcap-filter\./,
    'Filtros são escritos na linguagem da libpcap, p. ex. $1: man pcap-filter.',
  ],
  [
    /Run it as root \(root is given up again once the interface is open\):/,
    'Execute como root (os privilégios são abandonados assim que a interface é aberta):',
  ],
  [/Run it as root:/, 'Execute como root:'],
  [
    /Or for good, with dumpcap \(answer yes, then log in again\):/,
    'Ou em definitivo, com dumpcap (responda sim e entre de novo na sessão):',
  ],
  [
    /Or for good, with dumpcap \(then log in again\):/,
    'Ou em definitivo, com dumpcap (depois entre de novo na sessão):',
  ],
  [/synfin browse needs a terminal: /, 'synfin browse precisa de um terminal: '],
  [/standard output is not a terminal/, 'a saída padrão não é um terminal'],
  [/standard input is not a terminal/, 'a entrada padrão não é um terminal'],
];

const PATTERNS: readonly Pattern[] = [...READING, ...WRITING, ...USE, ...CAPTURING, ...EXPRESSION_PATTERNS];

/** `english`: a sentence or several, with what to do. What has no translation stays in English. */
export function messageText(english: string): string {
  return PATTERNS.reduce((text, [pattern, said]) => text.replace(pattern, said), english);
}
