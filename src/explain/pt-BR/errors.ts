/** What went wrong, and what to do about it. */
import { errorsWith } from '../shared/errors.js';
import { ORDER, PACKED, PART, READING, SECTION } from './errors-reading.js';
import { WRITING } from './errors-writing.js';
import { messageText } from './message-words.js';

/** What is no file, by the name that it has in its place. */
const STREAMS: Readonly<Record<string, string>> = {
  'standard input': 'entrada padrão',
  'the output stream': 'a saída',
};

export const { errorText, errorHint, thrownText } = errorsWith({
  words: ({ text }) => messageText(text),
  'of-file': ({ path, why }, said) => `${STREAMS[path] ?? path}: ${said(why)}`,
  ...READING,
  ...SECTION,
  ...PACKED,
  ...PART,
  ...ORDER,
  ...WRITING,
});
