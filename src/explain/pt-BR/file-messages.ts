/** Errors and warnings about files that are read and written, in Portuguese. */
import type { Pattern } from './message-pattern.js';

export const READING_MESSAGES: readonly Pattern[] = [
  [
    /cut short in the (.*) header: (\d+) bytes expected at byte 0, (\d+) there/,
    'cortado no cabeçalho ($1): esperados $2 bytes a partir do byte 0, há $3',
  ],
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
  [
    /is compressed with gzip, which cannot be inflated here/,
    'está compactado com gzip, que não pode ser descompactado aqui',
  ],
  [/is empty, decompressed \((.*?)\)/, 'está vazio, depois de descompactado ($1)'],
  [/not a pcap file/, 'não é um arquivo pcap'],
  [
    /pcap version (\S+) at byte 4; only version 2 is known/,
    'pcap de versão $1 no byte 4; só a versão 2 é conhecida',
  ],
  [/the pcapng section header at byte 0 /, 'o cabeçalho de seção pcapng no byte 0 '],
  [
    /is compressed with zstd, and the package fzstd is missing/,
    'está compactado com zstd, e falta o pacote fzstd',
  ],
  [
    /Install it with: (npm install fzstd) {3}Or decompress first: zstd -dc FILE/,
    'Instale-o com: $1   Ou descompacte antes: zstd -dc ARQUIVO',
  ],
  [/Pipe a capture into it, e\.g\. /, 'Envie uma captura por um pipe, p. ex. '],
  [/See its owner and mode with: /, 'Veja o dono e as permissões com: '],
  [/symbolic links that lead in a circle/, 'links simbólicos em círculo'],
  [/the stream broke off/, 'a entrada foi interrompida'],
  [/was written over while it was followed/, 'foi sobrescrito enquanto era acompanhado'],
  [/was deleted or replaced while it was followed/, 'foi apagado ou substituído enquanto era acompanhado'],
  [/was deleted while it was followed/, 'foi apagado enquanto era acompanhado'],
  [
    /was replaced by another file while it was followed/,
    'foi substituído por outro arquivo enquanto era acompanhado',
  ],
  [/was cut to (\d+) bytes while it was followed/, 'foi cortado para $1 bytes enquanto era acompanhado'],
  [
    /a packet before it has a wrong length, reading went on at byte (\d+)/,
    'um pacote antes dele tem comprimento errado; a leitura continuou no byte $1',
  ],
  [
    /no further block was found, reading ended there/,
    'nenhum outro bloco foi encontrado, e a leitura terminou ali',
  ],
  [/\bpacket (\d+) at byte (\d+) (?=has |is )/, 'o pacote $1, no byte $2, '],
  [/\bblock at byte (\d+), after packet (\d+), /, 'o bloco no byte $1, depois do pacote $2, '],
  [/\bblock at byte (\d+) /, 'o bloco no byte $1 '],
  [/has a header of zeros/, 'tem um cabeçalho de zeros'],
  [
    /has a time with a fraction of (\d+), less than (\d+) expected/,
    'tem um horário com a fração $1; o esperado é menos de $2',
  ],
  [/has the byte-order magic (\w+), (\w+) or (\w+) expected/, 'tem o número mágico $1, esperado $2 ou $3'],
  [/begins a section of version (\d+), 1 expected/, 'inicia uma seção de versão $1, esperada a 1'],
  [/describes an interface in less than (\d+) bytes/, 'descreve uma interface em menos de $1 bytes'],
  [
    /describes more than (\d+) interfaces in one section: the further ones are left out/,
    'descreve mais de $1 interfaces em uma seção: as demais são omitidas',
  ],
  [
    /is in a block of (\d+) bytes, at least (\d+) expected/,
    'está em um bloco de $1 bytes, esperados ao menos $2',
  ],
  [
    /has no time \(simple packet block\): such packets get the time of the one before/,
    'não tem horário (simple packet block): tais pacotes recebem o do anterior',
  ],
  [
    /has statistics of an interface that was not described/,
    'tem estatísticas de uma interface que não foi descrita',
  ],
  [
    /has (\d+) bytes, a multiple of 4 expected: rounded up/,
    'tem $1 bytes, esperado um múltiplo de 4: arredondado para cima',
  ],
  [
    /begins with the length (\d+) and ends with (\d+), the same expected/,
    'começa com o comprimento $1 e termina com $2; deveriam ser iguais',
  ],
  [
    /claims (\d+) captured bytes, its block has room for (\d+): it is left out/,
    'declara $1 bytes capturados, mas no bloco cabem $2: é omitido',
  ],
  [/claims (\d+) bytes, (\d+) are left/, 'declara $1 bytes, restam $2'],
  [
    /is of interface (\d+), of (\d+) described \(counted from 0\): such packets are left out/,
    'é da interface $1, de $2 descritas (a partir de 0): tais pacotes são omitidos',
  ],
  [
    /is (\d+) seconds after 1970: such packets get the time of the one before/,
    'é de $1 segundos depois de 1970: tais pacotes recebem o horário do anterior',
  ],
  [/has no place among the parts, others have/, 'não tem lugar entre as partes; outras têm'],
  [/part (\d+) is given twice/, 'a parte $1 foi dada duas vezes'],
  [
    /begins at the same time as another part, so that their order is unclear/,
    'começa no mesmo instante que outra parte, e a ordem não se sabe',
  ],
  [
    /begins before the part before it ends: its packets are taken to come after them/,
    'começa antes que a parte anterior termine: seus pacotes são tomados como posteriores',
  ],
  [/; its packets up to (\d+) were read/, '; seus pacotes até o $1 foram lidos'],
  [
    /is damaged: its first line does not hold what it should/,
    'está danificado: a primeira linha não tem o que deveria',
  ],
  [/is damaged: /, 'está danificado: '],
  [/is cut short: a part ends with its facts/, 'está cortado: uma parte termina com seus fatos'],
  [/is a folder/, 'é uma pasta'],
  [/is not a part of a capture/, 'não é uma parte de captura'],
  [
    /is a part of version (\d+); this synfin reads version (\d+)/,
    'é uma parte de versão $1; este synfin lê a versão $2',
  ],
  [
    /Give each its place: synfin analyze FILE --partial PART/,
    'Dê um lugar a cada uma: synfin analyze ARQUIVO --partial PARTE',
  ],
  [
    /A part is made with: synfin analyze FILE --partial PART/,
    'Uma parte se faz com: synfin analyze ARQUIVO --partial PARTE',
  ],
  [
    /Make it anew with: synfin analyze FILE --partial PART/,
    'Faça-a de novo com: synfin analyze ARQUIVO --partial PARTE',
  ],
  [/Make it anew with: /, 'Faça-a de novo com: '],
  [/it holds more packets than it counts/, 'tem mais pacotes do que conta'],
  [/its last line does not hold what it should/, 'a última linha não tem o que deveria'],
  [/something follows its last line/, 'há algo depois da última linha'],
  [/a line without an end/, 'uma linha sem fim'],
  [/its compression does not hold/, 'a compactação não confere'],
  [/a block of (\d+) bytes, at most (\d+) expected/, 'um bloco de $1 bytes, esperados no máximo $2'],
  [
    /the reading was interrupted: the packets after it are missing/,
    'a leitura foi interrompida: faltam os pacotes seguintes',
  ],
  [/^standard input(?=: )/m, 'entrada padrão'],
];

export const WRITING_MESSAGES: readonly Pattern[] = [
  [
    /the capture could not be written on \(no space left\)/,
    'não foi possível continuar a gravar a captura (não há mais espaço)',
  ],
  [
    /the capture could not be written on \(its reader has gone\)/,
    'não foi possível continuar a gravar a captura (quem a lia saiu)',
  ],
  [/the capture could not be written on/, 'não foi possível continuar a gravar a captura'],
  [
    /pcap holds frames of one link type: (\d+) was begun with, (\d+) follows/,
    'um pcap tem quadros de um só tipo de enlace: começou com $1, e segue $2',
  ],
  [/Write pcapng instead\./, 'Grave em pcapng.'],
  [
    /(\d+) packets have times that (\w+) cannot hold \((.*?)\); they got the nearest/,
    '$1 pacotes têm horários que não cabem em $2 ($3); receberam o mais próximo',
  ],
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
  [/it is a folder/, 'é uma pasta'],
  [/: no permission$/m, ': sem permissão'],
];
