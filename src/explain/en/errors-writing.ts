/** Why a file cannot be written, or not to its end. */
import type { Sentences } from '../../error-kinds/all.js';
import type { WRITING_ERRORS, WRITING_NOTES } from '../../error-kinds/writing.js';

export const WRITING: Sentences<typeof WRITING_ERRORS> = {
  'not-written-on': ({ why }, said) => `the capture could not be written on (${said(why)})`,
  'no-space': () => 'no space left',
  'reader-gone': () => 'its reader has gone',
  'not-written': ({ why }, said) => `cannot be written: ${said(why)}`,
  'no-name-to-write': () => 'the name of the file to write is empty',
  'no-folder': ({ folder }) =>
    `its folder ${folder} does not exist; create it first (mkdir -p), or name another`,
  'file-above': ({ above }) => `${above} is a file, not a folder`,
  'link-into-no-folder': () => 'it is a link into a folder that does not exist',
  'is-folder': () => 'it is a folder',
  'no-write-permission': () => 'no permission',
  'name-too-long': () => 'its name is too long',
  'read-only': () => 'the file system is read-only',
  'no-space-on-device': () => 'no space left on the device',
  'quota-used-up': () => 'the disk quota is used up',
  'file-too-large': () => 'it is larger than files may be here',
  'being-read': () => 'is being read, so that it cannot be written at the same time',
  'not-a-report': () => ['is there already, and is not a report of synfin', 'choose a name: -o FILE.html'],
  'table-not-chosen': () => 'is no ordinary file, so that it takes one table: choose it with --table',
  'link-types': ({ first, other }) => [
    `pcap has frames of one link type: ${first} was begun with, ${other} follows`,
    'Write pcapng instead.',
  ],
};

export const WRITTEN: Sentences<typeof WRITING_NOTES> = {
  'packets-not-whole': ({ cut, packets }) =>
    `${cut} of ${packets} packets are not whole: no more of them was captured (snap length)`,
  'times-moved': ({ packets, format, first, last }) =>
    `${packets} packets have times that ${format} cannot hold (${first} to ${last}); they got the nearest`,
};
