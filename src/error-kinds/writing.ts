/** Why a file cannot be written, or not to its end. */
import type { Kinds } from './shapes.js';

export const WRITING_ERRORS = {
  'not-opened-for-writing': { system: 'text' },
  'not-written-on': { why: 'error' },
  'no-space': {},
  'reader-gone': {},
  'link-types': { first: 'number', other: 'number' },
} as const satisfies Kinds;
