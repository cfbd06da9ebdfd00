/** Why a file cannot be written, or not to its end. */
import type { Kinds } from './shapes.js';

export const WRITING_ERRORS = {
  'not-written-on': { why: 'error' },
  'no-space': {},
  'reader-gone': {},
  'not-written': { why: 'error' },
  'no-name-to-write': {},
  'no-folder': { folder: 'text' },
  /** `above`: where a folder should be. */
  'file-above': { above: 'text' },
  'link-into-no-folder': {},
  'is-folder': {},
  'no-write-permission': {},
  'name-too-long': {},
  'read-only': {},
  'no-space-on-device': {},
  'quota-used-up': {},
  'file-too-large': {},
  'being-read': {},
  'not-a-report': {},
  'table-not-chosen': {},
  'link-types': { first: 'number', other: 'number' },
} as const satisfies Kinds;

/** What a written capture does not keep as it was. `first`, `last`: the years of its times. */
export const WRITING_NOTES = {
  'packets-not-whole': { cut: 'number', packets: 'number' },
  'times-moved': { packets: 'number', format: 'text', first: 'number', last: 'number' },
} as const satisfies Kinds;
