/** Why a file cannot be written, or not to its end. */
import type { Sentences } from '../../error-kinds/all.js';
import type { WRITING_ERRORS, WRITING_NOTES } from '../../error-kinds/writing.js';

export const WRITING: Sentences<typeof WRITING_ERRORS> = {
  'not-written-on': ({ why }, said) => `não foi possível continuar a gravar a captura (${said(why)})`,
  'no-space': () => 'não há mais espaço',
  'reader-gone': () => 'quem a lia saiu',
  'not-written': ({ why }, said) => `não é possível gravar: ${said(why)}`,
  'no-name-to-write': () => 'o nome do arquivo a gravar está vazio',
  'no-folder': ({ folder }) => `a pasta ${folder} não existe; crie-a antes (mkdir -p), ou indique outra`,
  'file-above': ({ above }) => `${above} é um arquivo, não uma pasta`,
  'link-into-no-folder': () => 'é um link para dentro de uma pasta que não existe',
  'is-folder': () => 'é uma pasta',
  'no-write-permission': () => 'sem permissão',
  'name-too-long': () => 'o nome é longo demais',
  'read-only': () => 'o sistema de arquivos é só de leitura',
  'no-space-on-device': () => 'não há mais espaço no dispositivo',
  'quota-used-up': () => 'a cota de disco se esgotou',
  'file-too-large': () => 'é maior do que um arquivo pode ser aqui',
  'being-read': () => 'está sendo lido, por isso não pode ser gravado ao mesmo tempo',
  'not-a-report': () => ['já existe, e não é um relatório do synfin', 'escolha um nome: -o ARQUIVO.html'],
  'table-not-chosen': () => 'não é um arquivo comum, e nele cabe uma só tabela: escolha com --table',
  'link-types': ({ first, other }) => [
    `um pcap tem quadros de um só tipo de enlace: começou com ${first}, e segue ${other}`,
    'Grave em pcapng.',
  ],
};

export const WRITTEN: Sentences<typeof WRITING_NOTES> = {
  'packets-not-whole': ({ cut, packets }) =>
    `${cut} de ${packets} pacotes não estão inteiros: não foi capturado mais deles (snap length)`,
  'times-moved': ({ packets, format, first, last }) =>
    `${packets} pacotes têm horários que não cabem em ${format} (${first} a ${last}); receberam o mais próximo`,
};
