/** Why a capture, or a part of one, cannot be read, or not further. */
import type { Sentences } from '../../error-kinds/all.js';
import type {
  ORDER_ERRORS,
  PACKED_ERRORS,
  PART_ERRORS,
  READING_ERRORS,
  SECTION_ERRORS,
} from '../../error-kinds/reading.js';

/** What to do with files that are often taken for captures. */
const OTHERS = {
  xz: 'Está compactado com xz. Tente: xz -dc ARQUIVO | synfin analyze -',
  bzip2: 'Está compactado com bzip2. Tente: bzip2 -dc ARQUIVO | synfin analyze -',
  zip: 'É um arquivo zip. Tente: unzip -p ARQUIVO | synfin analyze -',
  snoop: 'É uma captura do snoop. Tente: editcap -F pcapng ARQUIVO saida.pcapng',
  netmon: 'É uma captura do Microsoft Network Monitor. Tente: editcap -F pcapng ARQUIVO saida.pcapng',
  no: 'o synfin lê arquivos pcap e pcapng; veja: synfin formats',
};

const AGAIN = 'Faça-a de novo com: synfin analyze ARQUIVO --partial PARTE';
const PLACES = 'Dê um lugar a cada uma: synfin analyze ARQUIVO --partial PARTE --part N';

export const READING: Sentences<typeof READING_ERRORS> = {
  'no-such-file': () => 'não existe esse arquivo',
  'no-permission': () => ['sem permissão para ler', 'Veja o dono e as permissões com: ls -l'],
  directory: () => 'é uma pasta, não uma captura',
  'input-directory': () => 'é uma pasta, não uma captura',
  socket: () => 'é um socket, não um arquivo de captura',
  terminal: () => [
    'é um terminal, não uma captura',
    'Envie uma captura por um pipe, p. ex. tcpdump -w - | synfin analyze -',
  ],
  'link-circle': () => 'links simbólicos em círculo',
  'not-opened': ({ system }) => `não foi possível abrir (${system})`,
  'not-read': ({ system }) => `não foi possível ler (${system})`,
  'empty-folder': () => 'não há captura nesta pasta',
  'not-read-on': ({ system }) =>
    system === 'EAGAIN'
      ? 'é um dispositivo sem dados agora (EAGAIN), e o synfin não espera por ele'
      : `não foi possível continuar a leitura (${system})`,
  'stream-broke-off': ({ system }) => `a entrada foi interrompida (${system})`,
  'written-over': () => 'foi sobrescrito enquanto era acompanhado',
  deleted: () => 'foi apagado enquanto era acompanhado',
  'deleted-or-replaced': () => 'foi apagado ou substituído enquanto era acompanhado',
  replaced: () => 'foi substituído por outro arquivo enquanto era acompanhado',
  'cut-to': ({ bytes }) => `foi cortado para ${bytes} bytes enquanto era acompanhado`,
  empty: () => 'está vazio: nem sequer há um cabeçalho de arquivo',
  'empty-inside': ({ compression }) => `está vazio, depois de descompactado (${compression})`,
  'not-a-capture': ({ compression, begins, written, known }) => {
    const inside = compression === null ? '' : `descompactado (${compression}), `;
    const first = written === 'text' ? `o texto ${JSON.stringify(begins)}` : `os bytes ${begins}`;
    return [
      `não é uma captura: ${inside}começa com ${first}, onde pcap ou pcapng tem um número mágico`,
      OTHERS[known],
    ];
  },
  'cut-in-header': ({ header, wanted, there }) => {
    const what = header === 'pcap' ? 'arquivo pcap' : 'seção pcapng';
    return `cortado no cabeçalho (${what}): esperados ${wanted} bytes a partir do byte 0, há ${there}`;
  },
  'not-pcap': () => 'não é um arquivo pcap',
  'pcap-version': ({ version }) => `pcap de versão ${version} no byte 4; só a versão 2 é conhecida`,
  'section-header': ({ why }, said) => `o cabeçalho de seção pcapng no byte 0 ${said(why)}`,
  'gzip-not-here': () => 'está compactado com gzip, que não pode ser descompactado aqui',
  'data-cut-short': ({ compression, at }) =>
    `os dados em ${compression} estão cortados no byte ${at} do arquivo`,
  'data-corrupt': ({ compression, at, why }, said) =>
    `os dados em ${compression} estão danificados antes do byte ${at} (${said(why)})`,
  'part-folder': () => 'é uma pasta',
  'not-a-part': () => [
    'não é uma parte de captura',
    'Uma parte se faz com: synfin analyze ARQUIVO --partial PARTE',
  ],
  'part-version': ({ version, known }) => [
    `é uma parte de versão ${version}; este synfin lê a versão ${known}`,
    'Faça-a de novo com: synfin analyze --partial',
  ],
  'part-cut-short': () => 'está cortado: uma parte termina com seus fatos',
  'part-header': () => 'está danificado: a primeira linha não tem o que deveria',
  'part-damaged': ({ why }, said) => [`está danificado: ${said(why)}`, AGAIN],
};

/** Behind "the section header". */
export const SECTION: Sentences<typeof SECTION_ERRORS> = {
  'byte-order': ({ magic }) => `tem o número mágico ${magic}, esperado 1a2b3c4d ou 4d3c2b1a`,
  'section-version': ({ version }) => `inicia uma seção de versão ${version}, esperada a 1`,
  'section-length': ({ length, least }) => `tem ${length} bytes, esperados ao menos ${least}`,
};

export const PACKED: Sentences<typeof PACKED_ERRORS> = {
  'packed-end': () => 'fim de arquivo inesperado',
  'frame-magic': ({ magic, expected }) => `número mágico ${magic} do quadro, esperado ${expected}`,
  'frame-version': () => 'uma versão de quadro diferente de 1',
  'frame-header': () => 'um cabeçalho de quadro impossível',
  'block-size': () => 'um tamanho de bloco impossível',
  'block-type': () => 'um bloco impossível',
  'block-bytes': ({ bytes, most }) => `um bloco de ${bytes} bytes, esperados no máximo ${most}`,
  dictionary: () => 'é preciso um dicionário',
  literals: () => 'literais além do bloco',
  match: () => 'uma referência além do bloco',
  offset: () => 'um deslocamento além da janela',
  sequences: () => 'sequências além do bloco',
  table: () => 'uma tabela de códigos impossível',
  bits: () => 'bits sem fim marcado',
  window: ({ bytes, most }) => `uma janela de ${bytes} bytes, esperados no máximo ${most}`,
};

/** Behind "the part is damaged". */
export const PART: Sentences<typeof PART_ERRORS> = {
  'more-packets': () => 'tem mais pacotes do que conta',
  'last-line': () => 'a última linha não tem o que deveria',
  'after-last-line': () => 'há algo depois da última linha',
  'endless-line': () => 'uma linha sem fim',
  'part-compression': () => 'a compactação não confere',
  'bytes-end': () => 'os bytes acabam cedo demais',
  'number-too-large': () => 'um número é grande demais',
  'number-out-of-range': () => 'um número é grande demais para o que representa',
  'flows-forgotten': () => 'fluxos esquecidos cedo demais',
  'flow-unknown': () => 'um fluxo que não foi apresentado',
  'too-many-flows': () => 'mais fluxos do que há números',
  path: () => 'um caminho impossível',
  'tcp-window': () => 'uma janela impossível',
};

export const ORDER: Sentences<typeof ORDER_ERRORS> = {
  'no-place': () => ['não tem lugar entre as partes; outras têm', PLACES],
  'part-twice': ({ part }) => `a parte ${part} foi dada duas vezes`,
  'same-beginning': () => ['começa no mesmo instante que outra parte, e a ordem não se sabe', PLACES],
};
