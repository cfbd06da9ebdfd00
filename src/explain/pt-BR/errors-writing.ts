/** Why a file cannot be written, or not to its end. */
import type { Sentences } from '../../error-kinds/all.js';
import type { WRITING_ERRORS } from '../../error-kinds/writing.js';

export const WRITING: Sentences<typeof WRITING_ERRORS> = {
  'not-opened-for-writing': ({ system }) => `não foi possível abrir para gravar (${system})`,
  'not-written-on': ({ why }, said) => `não foi possível continuar a gravar a captura (${said(why)})`,
  'no-space': () => 'não há mais espaço',
  'reader-gone': () => 'quem a lia saiu',
  'link-types': ({ first, other }) => [
    `um pcap tem quadros de um só tipo de enlace: começou com ${first}, e segue ${other}`,
    'Grave em pcapng.',
  ],
};
