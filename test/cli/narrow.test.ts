/** From 40 columns up no line is wider than the terminal, and no word is broken. */
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';

const CASES: readonly (readonly string[])[] = [
  ['captures/demo-tcp.pcap'],
  ['captures/demo-tcp.pcap', '--explain'],
  ['captures/demo-tcp.pcap', '--dialogue'],
  ['captures/demo-tcp.pcap', '--time', 'delta'],
  ['captures/demo-tcp-reset.pcap'],
  ['captures/demo-udp.pcap'],
  ['captures/demo-udp.pcap', '--explain'],
  ['captures/demo-udp.pcap', '--dialogue'],
  ['captures/demo-udp.pcap', '--time', 'delta'],
  ['captures/demo-udp-one-to-many.pcap'],
  ['captures/demo-udp-port-unreachable.pcap'],
  ['fixtures/kernel/many.pcap', '--connection', '1-3'],
  ['fixtures/kernel'],
  ['fixtures/kernel', '--failed', '--limit', '0'],
  ['captures', '--sort', 'response'],
  ['captures', '--by', 'server'],
  ['captures', '--by', 'pair', '--histogram', 'connect'],
  ['captures', '--by', 'minute', '--time', 'local'],
  ['captures', '--histogram', 'response'],
  ['captures', '--by', 'outcome', '--lang', 'pt-BR'],
  ['captures/demo-tcp.pcap', '--lang', 'pt-BR'],
];

const given = { terminal: true, env: { NO_COLOR: '1' } };

/** Words of letters alone. */
const words = (text: string): Set<string> =>
  new Set(text.match(/(?<=^|\s)[A-Za-zÀ-ÿ]{4,}(?=[\s,.:;]|$)/gm) ?? []);

/** Those of the widest page of a command. */
const widest = new Map<string, Promise<Set<string>>>();
function wordsOfWidest(argv: readonly string[]): Promise<Set<string>> {
  const key = argv.join(' ');
  const known =
    widest.get(key) ??
    runCli(['analyze', ...argv], { ...given, columns: 200 }).then(({ stdout }) => words(stdout));
  widest.set(key, known);
  return known;
}

describe.each([40, 52, 59, 60, 80])('%i columns', (columns) => {
  it.each(CASES)('%s %s %s %s', async (...argv) => {
    const { code, stdout } = await runCli(['analyze', ...argv], { ...given, columns });
    expect([0, 3]).toContain(code);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    // each word of a wide page that is one of letters alone is whole in the narrow one, unless there was no room for it at all
    const known = await wordsOfWidest(argv);
    const states = /SYN|ACK|FIN|WAIT|CLOSE|LISTEN/;
    const broken = [...words(stdout)].filter(
      (word) => !known.has(word) && !states.test(word) && [...known].some((long) => long.startsWith(word)),
    );
    expect(broken).toEqual([]);
  });
});
