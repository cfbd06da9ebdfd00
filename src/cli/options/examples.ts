/** Examples of commands, for their help; `-h` shows them alone, in one screen. That of '' is of synfin itself. */
import type { Command } from 'commander';
import { wrap } from '../../wrap.js';
import type { HelpWords } from './help-words.js';

const EXAMPLES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  analyze: [
    ['synfin trace.pcap', 'what failed, what stands out, how long it took'],
    ['synfin trace.pcap --failed --by server', 'which servers refuse or do not answer'],
    ['synfin trace.pcap --slow 500ms --sort connect', 'what is slow to connect or to answer'],
    ['synfin trace.pcap --connection 30', 'one connection, segment by segment'],
    ["synfin trace.pcap --where 'server.port == 443' -w web.pcap", 'cut out what matches'],
    ['tcpdump -w - | synfin', 'read what another program captures'],
  ],
  merge: [
    ['synfin analyze part1.pcap --partial 1.part', 'each part, on any machine'],
    ['synfin merge *.part --by server', 'joined as if it had been one'],
  ],
  browse: [
    ['synfin browse trace.pcap', 'the list; Enter for a ladder, / to filter, ? for all keys'],
    ['synfin browse trace.pcap --failed --sort connect', 'begin with these, in this order'],
    ['sudo synfin browse -i eth0', 'connections as they come'],
  ],
  report: [
    ['synfin report trace.pcap -o trace.html', 'a page that needs no network, for all connections'],
    ['synfin report trace.pcap --failed -o failed.html', 'those that failed'],
    ['synfin report -o synfin.html', 'a page that takes captures dropped on it'],
  ],
  live: [
    ['sudo synfin live', 'the loopback, until Ctrl-C'],
    ['sudo synfin live -i eth0 port 443', 'an interface, with a filter of tcpdump'],
    ['sudo synfin live --only failed,slow', 'only what fails or takes a second'],
    ['sudo synfin live -w saved.pcapng --stop-after 10', 'save it, and end after 10 connections'],
  ],
  explain: [
    ['synfin explain TIME-WAIT', 'a state; case, spaces, - and _ do not matter'],
    ['synfin explain 31', "a number of Wireshark's completeness"],
    ['synfin explain ShADadFf', "Zeek's history, letter by letter"],
    ['synfin explain --list causes', 'all words of a kind'],
  ],
  '': [
    ['synfin trace.pcap', 'what failed, what stands out, how long it took'],
    ['synfin trace.pcap --connection 30', 'one connection, segment by segment'],
    ['sudo synfin live -i eth0 port 443', 'an interface, with a filter of tcpdump'],
    ['sudo synfin demo tcp', 'a handshake and a close, as they are captured'],
    ['synfin explain TIME-WAIT', 'what a word means'],
  ],
  demo: [
    ['sudo synfin demo tcp', 'a handshake and a close, as they are captured'],
    ['synfin demo --list', 'the other scenarios'],
    ['synfin demo tcp --recording', 'without the right to capture'],
  ],
};

const EXIT_CODES = 'Exit codes: 0 done, 2 wrong use or unreadable, 3 damaged, 70 a fault, 130 Ctrl-C';

function examplesText(name: string, { text }: HelpWords): string | null {
  const examples = EXAMPLES[name];
  if (examples === undefined) return null;
  const lines = examples.map(([command, what]) => `  ${command}\n      ${text(what)}`);
  return `${text('Examples:')}\n${lines.join('\n')}\n`;
}

/** Adds them to the help of the commands that have some. */
export function addExamples(program: Command, words: HelpWords): void {
  for (const command of program.commands) {
    const name = command.name();
    if (name in EXAMPLES)
      command.addHelpText('after', () => `\n${examplesText(name, words)}\n${words.text(EXIT_CODES)}`);
  }
}

/** `synfin -h`: what it is for, examples, and the names of the commands, on a screen of 24 lines. */
export function firstHelp(program: Command, words: HelpWords): string {
  const names = program.commands.map((command) => command.name()).join(', ');
  const parts = [
    `${words.text('Usage:')} synfin ${words.text('FILE... | COMMAND')}`,
    wrap(program.description(), WIDTH).join('\n'),
    `${examplesText('', words)}`.trimEnd(),
    wrap(`${words.text('Commands:')} ${names}`, WIDTH, 2).join('\n'),
    `${words.text('What each does:')} synfin --help, synfin help analyze`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const WIDTH = 80;

/** `synfin COMMAND -h`: what it is for, and examples; null where there are none. */
export function shortHelp(program: Command, name: string, words: HelpWords): string | null {
  const command = program.commands.find((each) => each.name() === name);
  const text = examplesText(name, words);
  if (command === undefined || text === null) return null;
  return `${words.text('Usage:')} synfin ${name} ${command.usage()}\n\n${command.description()}\n\n${text}\n${words.text('All options:')} synfin ${name} --help\n`;
}
