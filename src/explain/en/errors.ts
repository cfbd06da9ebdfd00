/** What went wrong, and what to do about it. `errors.ts` makes the English message of each error with this, too. */
import { errorsWith } from '../shared/errors.js';
import { ORDER, PACKED, PART, READING, SECTION } from './errors-reading.js';
import { WRITING } from './errors-writing.js';

export const { errorText, errorHint, thrownText } = errorsWith({
  words: ({ text }) => text,
  'of-file': ({ path, why }, said) => `${path}: ${said(why)}`,
  ...READING,
  ...SECTION,
  ...PACKED,
  ...PART,
  ...ORDER,
  ...WRITING,
});
