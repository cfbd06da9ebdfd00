/** What went wrong, and what to do about it. */
import { errorsWith } from '../shared/errors.js';
import { ADVISED, CAPTURING, NOTES, SOURCES } from './errors-capturing.js';
import { DEMO, NEEDS } from './errors-demo.js';
import { EXPRESSION } from './errors-expression.js';
import { ORDER, PACKED, PART, READING, SECTION } from './errors-reading.js';
import { COMMANDS, OPTIONS, REQUESTS, VALUES } from './errors-usage.js';
import { WRITING, WRITTEN } from './errors-writing.js';

/** What is no file, by the name that it has in its place. */
const STREAMS: Readonly<Record<string, string>> = {
  'standard input': 'entrada padrão',
  'standard output': 'saída padrão',
  'the output stream': 'a saída',
};

export const { errorText, errorHint, thrownText } = errorsWith({
  words: ({ text }) => text,
  'of-file': ({ path, why }, said) => `${STREAMS[path] ?? path}: ${said(why)}`,
  ...READING,
  ...SECTION,
  ...PACKED,
  ...PART,
  ...ORDER,
  ...WRITING,
  ...WRITTEN,
  ...SOURCES,
  ...CAPTURING,
  ...NOTES,
  ...ADVISED,
  ...NEEDS,
  ...DEMO,
  ...EXPRESSION,
  ...OPTIONS,
  ...COMMANDS,
  ...VALUES,
  ...REQUESTS,
});
