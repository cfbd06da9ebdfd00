/** Options that do not go together, and what is asked for that there is not. */
import type { Kinds } from './shapes.js';

/** `option`, `other`: with their dashes, and a value where it depends on that. */
export const OPTION_ERRORS = {
  'goes-with': { option: 'text', other: 'text' },
  'not-with': { option: 'text', other: 'text' },
  'with-formats': { option: 'text', formats: 'texts' },
  'with-text-formats': { option: 'text' },
  'not-with-groups': { option: 'text', format: 'text' },
  'html-of-analyze': {},
  'sort-not-json': {},
  'sort-by-time': { format: 'text' },
  'file-needed': { format: 'text' },
  'theme-of-svg': {},
  'picture-narrow': { width: 'number', least: 'number' },
  'columns-of-groups': {},
  'explain-or-dialogue': {},
  'packets-of-segments': { table: 'text' },
  'one-table': {},
  'one-format': {},
  'same-file': { option: 'text', other: 'text' },
  'rotate-without-write': {},
  'keep-without-write': {},
  'name-needed': { option: 'text' },
  'partial-of-whole': {},
  'process-in-tables': {},
  'only-in-tables': { format: 'text' },
  'follow-one-file': {},
  'write-of-growing': {},
  'filter-without-interface': { option: 'text' },
  'file-or-interface': {},
  'count-of-file': {},
  'page-as-root': {},
  'write-as-root': { option: 'text' },
  'filter-twice': { words: 'text', filter: 'text' },
  'interface-as-filter': { name: 'text' },
  renamed: { before: 'text', now: 'text', meaning: ['sequence-numbers', 'stop-after'] },
} as const satisfies Kinds;

/** What a command is asked for. */
export const COMMAND_ERRORS = {
  'no-capture-named': { command: ['synfin', 'browse'] },
  'no-language': { name: 'text', meant: 'text?', languages: 'texts' },
  'no-column': { name: 'text', meant: 'text?' },
  'only-udp': {},
  'parts-from-input': {},
  'no-tcp-connection': {},
  'no-connection': { index: 'number', path: 'text' },
  'demo-not-recorded': {},
  'not-installed': { name: 'text' },
  'no-resvg': { system: 'text' },
  'no-terminal-kit': {},
  'no-terminal': { missing: ['output', 'input'], instead: 'text' },
  'no-cursor': { term: 'text', instead: 'text' },
  'read-twice': { what: ['write', 'where', 'browse'] },
} as const satisfies Kinds;

/** What the value of an option or an argument should be. */
export const VALUE_ERRORS = {
  'address-expected': {},
  'port-expected': {},
  'time-expected': {},
  'two-times-expected': {},
  'no-time-of-day': { written: 'text' },
  'no-moment': { written: 'text' },
  'indices-expected': {},
  'least-expected': { least: 'number', whole: 'flag' },
  'limit-expected': {},
  'one-expected': { names: 'texts', meant: 'text?' },
  'graph-expected': { graphs: 'texts' },
  'some-expected': { names: 'texts' },
} as const satisfies Kinds;

/** Why the live page's server does not answer a request. */
export const REQUEST_ERRORS = {
  'other-host': {},
  'other-origin': {},
  'only-get': {},
  'no-token': {},
  'other-site': {},
  'no-such-page': {},
  'too-many-pages': {},
} as const satisfies Kinds;
