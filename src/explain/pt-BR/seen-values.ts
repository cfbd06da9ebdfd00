/** Which values a capture has of what was asked for, where nothing matches. */
import { seenValuesWith } from '../shared/seen-values.js';
import { byteAmount, grouped, roundDuration } from './quantities.js';

/** `server.port nesta captura: 443 (39.344), 80 (20.656) e mais 3 valores`: a line for each field. */
export const { seenValuesTexts } = seenValuesWith(
  { byteAmount, grouped, roundDuration },
  {
    whole: 'nesta captura',
    first: (number) => `nas primeiras ${number} conexões e fluxos`,
    range: (least, most) => `de ${least} a ${most}`,
    none: 'nenhum valor',
    more: (number, isOne) => ` e mais ${number} ${isOne ? 'valor' : 'valores'}`,
  },
);
