/** Options that do not go together, what is asked for that there is not, and what values should be. */
import type { Sentences } from '../../error-kinds/all.js';
import type { COMMAND_ERRORS, OPTION_ERRORS, REQUEST_ERRORS, VALUE_ERRORS } from '../../error-kinds/usage.js';

/** "csv", "csv or parquet", "ndjson, csv or parquet" */
function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

const MEANINGS = {
  'sequence-numbers': 'raw sequence numbers',
  'stop-after': 'stop after N connections are over',
};

export const OPTIONS: Sentences<typeof OPTION_ERRORS> = {
  'goes-with': ({ option, other }) => `${option} goes with ${other}`,
  'not-with': ({ option, other }) => `${option} does not go with ${other}`,
  'with-formats': ({ option, formats }) => `${option} goes with --format ${orList(formats)}`,
  'with-text-formats': ({ option }) => `${option} goes with the text formats`,
  'not-with-groups': ({ option, format }) => `${option} does not go with --by and --format ${format}`,
  'html-of-analyze': () => '--format html goes with synfin analyze; synfin report writes the same page',
  'sort-not-json': () => '--sort goes with the other formats: json is always by start',
  'sort-by-time': ({ format }) =>
    `--sort end and --sort start go with --format ${format}; the other keys with --format table`,
  'file-needed': ({ format }) =>
    `--format ${format} writes a file, not to standard output: -o FILE.${format}`,
  'theme-of-svg': () => '--theme auto goes with --format svg: a PNG is light or dark',
  'picture-narrow': ({ width, least }) => `--width ${width}: a picture is at least ${least} pixels wide`,
  'columns-of-groups': () => '--columns does not go with --by: groups have columns of their own',
  'explain-or-dialogue': () => '--explain and --dialogue do not go together',
  'packets-of-segments': ({ table }) => `--packets goes with --table segments, not ${table}`,
  'one-table': () => 'standard output takes one table: --table segments, or -o FILE for all of them',
  'one-format': () => 'one format at a time: --format, --json or --ndjson',
  'same-file': ({ option, other }) => `${option} and ${other} are the same file`,
  'rotate-without-write': () => '--rotate goes with --write FILE',
  'keep-without-write': () => '--keep goes with --write FILE and --rotate',
  'name-needed': ({ option }) => `${option} needs the name of a file: standard output has the results`,
  'partial-of-whole': () => '--partial is of a whole capture: it does not go with --write and --connection',
  'process-in-tables': () =>
    '--process goes with the text formats, json and ndjson: tables have no column for it',
  'only-in-tables': ({ format }) =>
    `--only goes with the text formats: ${format} has no lines (--where selects)`,
  'follow-one-file': () => '--follow goes with one file',
  'write-of-growing': () =>
    '--write with --connection reads a file twice, so that it cannot be one that grows',
  'filter-without-interface': ({ option }) => `${option} goes with -i INTERFACE`,
  'file-or-interface': () => 'a file or an interface: synfin browse FILE, or synfin browse -i NAME',
  'count-of-file': () => '-c goes with a file: a live capture ends when you leave',
  'page-as-root': () => '--no-drop does not go with --web: a page is never served as root',
  'write-as-root': ({ option }) => [
    `${option} does not go with --web for root itself, which is given up for the user nobody`,
    'run it with sudo from your own account',
  ],
  'filter-twice': ({ words, filter }) => [
    `a filter is given twice: '${words}' and --filter '${filter}'`,
    'Leave one of them out.',
  ],
  'interface-as-filter': ({ name }) => `'${name}' is an interface, not a filter`,
  renamed: ({ before, now, meaning }) => `${before} is now ${now}: ${MEANINGS[meaning]}`,
};

const orMeant = (name: string | null): string => (name === null ? '' : `; did you mean '${name}'?`);
const NO_TERMINAL = {
  output: 'standard output is not a terminal',
  input: 'standard input is not a terminal',
};
const without = (instead: string): string =>
  `Without one: ${instead} for the overview, and with --limit 0 for the list, --connection N for a ladder.`;
const TWICE = {
  write: '--write with --connection',
  where: '--where with the packets of what matches',
  browse: 'synfin browse',
};

export const COMMANDS: Sentences<typeof COMMAND_ERRORS> = {
  'no-capture-named': ({ command }) => [
    'missing the name of a capture',
    command === 'browse' ? 'synfin browse FILE' : 'synfin FILE, or: tcpdump -w - | synfin',
  ],
  'no-language': ({ name, meant, languages }) => [
    `--lang: there is no language '${name}'${orMeant(meant)}`,
    `There are: ${languages.join(', ')}`,
  ],
  'no-column': ({ name, meant }) => [
    `--columns: there is no column '${name}'${orMeant(meant)}`,
    'synfin FILE --columns help lists them.',
  ],
  'only-udp': () => '--where: this asks what only UDP flows have; synfin browse lists connections',
  'parts-from-input': () => 'parts are read from files, or pipes that have a name, not from standard input',
  'no-tcp-connection': () => 'no TCP connection to ask about',
  'no-connection': ({ index, path }) => [`no connection ${index}`, `synfin ${path} lists its connections`],
  'demo-not-recorded': () => 'the recording of the demo is missing from this installation',
  'not-installed': ({ name }) => [`${name} is missing from this installation`, 'install synfin again'],
  'no-resvg': ({ system }) => [
    `--format png: @resvg/resvg-js cannot be loaded (${system})`,
    'npm install @resvg/resvg-js, or --format svg',
  ],
  'no-terminal-kit': () => [
    'synfin browse needs the package terminal-kit, which was left out of this installation',
    'npm install terminal-kit next to synfin; or without it: synfin FILE --limit 0, synfin FILE --connection N',
  ],
  'no-terminal': ({ missing, instead }) => [
    `synfin browse needs a terminal: ${NO_TERMINAL[missing]}`,
    without(instead),
  ],
  'no-cursor': ({ term, instead }) => [
    `synfin browse needs a terminal: this terminal cannot move its cursor (TERM=${term})`,
    without(instead),
  ],
  'read-twice': ({ what }) => [
    `${TWICE[what]} reads the capture twice, which a pipe does not allow`,
    what === 'browse'
      ? 'Save it to a file first, then: synfin browse FILE'
      : 'Save it to a file first, e.g. with --write ALL.pcapng without --connection.',
  ],
};

/** Behind "is invalid: ". */
export const VALUES: Sentences<typeof VALUE_ERRORS> = {
  'address-expected': () => 'an address, a network (10.0.0.0/8), or either with :PORT is expected.',
  'port-expected': () => 'a port from 0 to 65535 is expected.',
  'time-expected': () => 'a time is expected: 200ms, 1.5s, 5min.',
  'two-times-expected': () => 'two times are expected: 08:53:20 08:54:00, or both with their date.',
  'no-time-of-day': ({ written }) => `'${written}' is no time of day.`,
  'no-moment': ({ written }) => `'${written}' is no time such as 08:53:20 or 2026-11-28T08:53:20Z.`,
  'indices-expected': () => 'numbers of connections in the table are expected, from 0: 3 or 3,7-9.',
  'least-expected': ({ least, whole }) =>
    `a ${whole ? 'whole ' : ''}number of at least ${least} is expected.`,
  'limit-expected': () => 'a size (B, kB, MB, GB, MiB) or a time (s, min, h) is expected.',
  'one-expected': ({ names, meant }) =>
    `one of ${names.join(', ')} is expected.${meant === null ? '' : `\n(Did you mean ${meant}?)`}`,
  'graph-expected': ({ graphs }) =>
    `one of ${graphs.join(', ')} is expected, or one of them with :client or :server.`,
  'some-expected': ({ names }) => `${names.join(', ')} are expected.`,
};

export const REQUESTS: Sentences<typeof REQUEST_ERRORS> = {
  'other-host': () => 'another host name',
  'other-origin': () => 'another origin',
  'only-get': () => 'only GET',
  'no-token': () => 'no token, or another: open the address that synfin printed',
  'other-site': () => 'another site',
  'no-such-page': () => 'no such page',
  'too-many-pages': () => 'too many pages',
};
