/** Listings (formats, columns, other packets) in Portuguese: nothing is left in English. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listingText } from '../../src/explain/pt-BR/listing-words.js';
import { otherPacketName } from '../../src/explain/pt-BR/other-packets.js';
import { CONNECTION_COLUMNS } from '../../src/fields/connection.js';
import { ROOT } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';
import { BANNED } from './banned.js';

const ENGLISH =
  /(?<![\p{L}\d./_-])(?:the|from|with|without|and|or|of|is|are|not|by|to|it|its|on|in|at|all|any|other|others|packets?|headers?|file|files|fragments?|malformed|over|ports?|data|too|many|first|last|segments?|connections?|windows?|whether|who|where|how|read|written|link types)(?![\p{L}\d/_-])/iu;
/** The same in both languages. */
const SAME = new Set(['timestamps', 'Multipath TCP', 'keep-alives', 'SYNs']);

it('every field has its meaning in Portuguese', () => {
  for (const { meaning, words } of CONNECTION_COLUMNS) {
    const codes = words?.join(', ') ?? '';
    const text = codes === '' ? meaning : meaning.slice(0, -codes.length - (meaning === codes ? 0 : 2));
    if (text === '' || SAME.has(text)) continue;
    expect(listingText(text), text).not.toBe(text);
    expect(listingText(text)).not.toMatch(BANNED);
  }
});

it.each([
  [['formats'], 'Tipos de enlace'],
  [['interfaces'], 'capturar'],
  [['analyze', 'captures/demo-tcp.pcap', '--columns', 'help'], 'número da conexão, a partir de 0'],
])('synfin %o', async (argv, said) => {
  const { code, stdout } = await runCli([...argv, '--lang', 'pt-BR']);
  expect(code).toBe(0);
  expect(stdout).toContain(said);
  const lines = stdout
    .split('\n')
    // commands, names of fields, and lists of codes stay
    .map((line) =>
      line.replace(
        /ssh HOST .*|^any |^ {2}index, .*|^ {2}[a-z]\w*(?:\.\w+)* {2,}|--\w+|(?<=\s)[a-z-]+(?:, [a-z-]+)+(?: ou [a-z-]+)?$/g,
        '',
      ),
    );
  expect(lines.filter((line) => ENGLISH.test(line) || BANNED.test(line))).toEqual([]);
});

it('every packet that is counted by its kind', () => {
  const folder = join(ROOT, 'src/decode');
  const source = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const kinds = source.flatMap((text) =>
    [...text.matchAll(/stopAt\(packet, '([^']+)'/g)].map(([, kind = '']) => kind),
  );
  expect(kinds.length).toBeGreaterThan(80);
  for (const kind of [...kinds, 'ICMP error', 'ICMPv6 error'])
    for (const packets of [1, 4]) expect(otherPacketName(kind, packets)).not.toMatch(ENGLISH);
  expect(otherPacketName('IPv4 fragment', 4)).toBe('fragmentos IPv4');
});
