/** What commander says of arguments, in Portuguese: its sentences are English, so that each is known by a pattern. */
import { describe, expect, it } from 'vitest';
import { OF_COMMANDER } from '../../src/explain/pt-BR/argument-errors.js';
import { runCli } from '../run-cli.js';

/** Arguments that are wrong in each way. */
const WRONG: readonly (readonly string[])[] = [
  ['nope'],
  ['analyze', 'x', '--nope'],
  ['analyze', 'x', '--limt', '3'],
  ['analyze', 'x', '--pirt', '3'],
  ['analyze', 'x', '--limit'],
  ['analyze', 'x', '--limit', 'x'],
  ['analyze', 'x', '--sort', 'conect'],
  ['analyze', 'x', '--between', '25:00', '26:00'],
  ['analyze', 'x', '--format', 'nope'],
  ['merge'],
  ['interfaces', 'x'],
  ['completion', 'nope'],
];

async function errorOf(argv: readonly string[], language: string): Promise<string> {
  const { code, stderr } = await runCli(argv, { env: { LC_ALL: `${language}.UTF-8` } });
  expect(code, argv.join(' ')).toBe(2);
  return stderr;
}

describe('wrong arguments', () => {
  it('use each pattern', async () => {
    const english = await Promise.all(WRONG.map((argv) => errorOf(argv, 'C')));
    // as commander has it
    const all = english.map((text) => text.replace(' is invalid: ', ' is invalid. ')).join('\n');
    for (const [pattern] of OF_COMMANDER) expect(all).toMatch(pattern);
  });

  it.each(WRONG.map((argv) => [argv.join(' '), argv] as const))('%s: not in English', async (_, argv) => {
    const said = await errorOf(argv, 'pt_BR');
    expect(said).not.toMatch(
      /\b(?:unknown|invalid|missing|expected|argument|arguments|choices|Did you mean|file|of|is|are|the)\b/,
    );
    expect(said).not.toBe(await errorOf(argv, 'C'));
  });
});
