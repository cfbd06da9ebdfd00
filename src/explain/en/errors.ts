/** What went wrong, and what to do about it. `errors.ts` makes the English message of each error with this, too. */
import { errorsWith } from '../shared/errors.js';
import { ADVISED, CAPTURING, NOTES, SOURCES } from './errors-capturing.js';
import { DEMO, NEEDS } from './errors-demo.js';
import { EXPRESSION } from './errors-expression.js';
import { ORDER, PACKED, PART, READING, SECTION } from './errors-reading.js';
import { COMMANDS, OPTIONS, REQUESTS, VALUES } from './errors-usage.js';
import { WRITING, WRITTEN } from './errors-writing.js';

export const { errorText, errorHint, thrownText } = errorsWith({
  words: ({ text }) => text,
  'of-file': ({ path, why }, said) => `${path}: ${said(why)}`,
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
