/** Why a file cannot be written, or not to its end. */
import type { Sentences } from '../../error-kinds/all.js';
import type { WRITING_ERRORS } from '../../error-kinds/writing.js';

export const WRITING: Sentences<typeof WRITING_ERRORS> = {
  'not-opened-for-writing': ({ system }) => `could not be opened for writing (${system})`,
  'not-written-on': ({ why }, said) => `the capture could not be written on (${said(why)})`,
  'no-space': () => 'no space left',
  'reader-gone': () => 'its reader has gone',
  'link-types': ({ first, other }) => [
    `pcap has frames of one link type: ${first} was begun with, ${other} follows`,
    'Write pcapng instead.',
  ],
};
