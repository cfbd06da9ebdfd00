// Writes the manual page docs/synfin.1 from the help of all commands: node scripts/man.mjs; --check only compares.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = `${root}/docs/synfin.1`;
const { version, description } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const COMMANDS = [
  'analyze',
  'merge',
  'live',
  'browse',
  'report',
  'learn',
  'quiz',
  'demo tcp',
  'demo udp',
  'explain',
  'interfaces',
  'formats',
  'schema',
];

/** Characters that roff would interpret. */
const escaped = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');

/** The help of a command: what it is for, and its sections, each with its entries. */
function helpOf(command) {
  const run = spawnSync(process.execPath, [`${root}/dist/cli/main.js`, 'help', ...command.split(' ')], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' },
  });
  if (run.status !== 0) throw new Error(`synfin help ${command}: ${run.stderr}`);
  const help = { usage: '', purpose: [], sections: [] };
  for (const line of run.stdout.split('\n')) {
    const section = help.sections.at(-1);
    const entry = section?.entries.at(-1);
    if (line.startsWith('Usage: ')) help.usage = line.slice('Usage: '.length);
    else if (/^\S.*:$/.test(line)) help.sections.push({ name: line.slice(0, -1), entries: [] });
    else if (/^ {2}\S/.test(line)) {
      const [, term = '', meaning = ''] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
      section?.entries.push({ term, meaning: meaning === '' ? [] : [meaning] });
    } else if (/^ {3,}\S/.test(line)) entry?.meaning.push(line.trim());
    else if (line !== '' && section === undefined) help.purpose.push(line);
  }
  return help;
}

function commandText(command) {
  const { usage, purpose, sections } = helpOf(command);
  const lines = [
    `.SS "synfin ${escaped(command)}"`,
    escaped(`${purpose.join(' ')}.`),
    '.PP',
    '.nf',
    escaped(usage),
    '.fi',
  ];
  for (const { name, entries } of sections) {
    if (entries.length === 0) continue;
    lines.push('.PP', `.B ${escaped(name)}`);
    for (const { term, meaning } of entries)
      lines.push('.TP', `.B ${escaped(term)}`, escaped(meaning.join(' ')));
  }
  return lines;
}

const page = [
  `.TH SYNFIN 1 "" "synfin ${version}" "User Commands"`,
  '.SH NAME',
  `synfin \\- ${escaped(description.replace(/^From SYN to FIN: /, ''))}`,
  '.SH SYNOPSIS',
  '.nf',
  ...[
    'synfin FILE...',
    'synfin FILE... --failed --by server',
    'synfin FILE --connection N',
    'tcpdump -w - | synfin',
    'sudo synfin live -i INTERFACE [FILTER]',
    'synfin COMMAND -h',
  ].map(escaped),
  '.fi',
  '.SH DESCRIPTION',
  'Reads captures (pcap and pcapng, also packed by gzip, zstd or lz4), or captures on an interface, and shows how each TCP',
  'connection opened, lived and closed, and why: the states of both ends after each segment as RFC 9293 has them, who closed',
  'or reset it and for what cause, retransmissions, and what the capture cannot tell.',
  '.SH COMMANDS',
  ...COMMANDS.flatMap(commandText),
  '.SH EXIT STATUS',
  ...[
    ['0', 'done'],
    ['2', 'wrong use, or an input that could not be read at all'],
    ['3', 'read, but an input was damaged or cut short'],
    ['70', 'a fault of synfin itself'],
    ['130', 'ended by Ctrl-C (in live, Ctrl-C is the normal end: 0)'],
  ].flatMap(([code, meaning]) => ['.TP', `.B ${code}`, escaped(meaning)]),
  '.SH ENVIRONMENT',
  ...[
    ['COLUMNS', 'width of the output'],
    ['NO_COLOR', 'no colors, if set and not empty'],
    [
      'FORCE_COLOR, CLICOLOR_FORCE',
      'colors in a pipe or file too, if set to anything but 0; --color decides over all of them',
    ],
    ['LC_ALL, LC_CTYPE, LANG', 'ASCII instead of Unicode where the locale is not UTF-8'],
    ['LC_ALL, LC_MESSAGES, LANG', 'the language of the output, if there is no --lang'],
  ].flatMap(([name, meaning]) => ['.TP', `.B ${name}`, escaped(meaning)]),
  '.SH SEE ALSO',
  '.BR tcpdump (1),',
  '.BR tshark (1),',
  '.BR tcptrace (1)',
  '',
].join('\n');

if (!process.argv.includes('--check')) writeFileSync(path, page);
else if (readFileSync(path, 'utf8') !== page) {
  console.error('docs/synfin.1 is stale: node scripts/man.mjs renews it');
  process.exitCode = 1;
}
