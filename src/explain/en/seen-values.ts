/** Which values a capture has of what was asked for, where nothing matches. */
import { seenValuesWith } from '../shared/seen-values.js';
import { byteAmount, grouped, roundDuration } from './quantities.js';

/** `server.port in this capture: 443 (39,344), 80 (20,656), and 3 other values`: a line for each field. */
export const { seenValuesTexts } = seenValuesWith(
  { byteAmount, grouped, roundDuration },
  {
    whole: 'in this capture',
    first: (number) => `in the first ${number} connections and flows`,
    range: (least, most) => `${least} to ${most}`,
    none: 'no value',
    more: (number, isOne) => `, and ${number} other value${isOne ? '' : 's'}`,
  },
);
