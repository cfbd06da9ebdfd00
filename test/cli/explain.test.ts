/** `synfin explain`: what it prints, in both languages, and how it fits the terminal. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/explain/languages.js';
import { loadTermTexts } from '../../src/explain/term-texts.js';
import { LISTS, TERMS } from '../../src/explain/terms/lookup.js';
import { CONNECTION_COLUMNS } from '../../src/fields/connection.js';
import { UDP_FLOW_COLUMNS } from '../../src/fields/udp.js';
import { fieldCommands, fieldsNamed, fieldsPage } from '../../src/render/terms/fields.js';
import { termPage } from '../../src/render/terms/page.js';
import { compileFilter } from '../../src/where/filter.js';
import { runCli } from '../run-cli.js';

const GOLDEN = join(import.meta.dirname, '../explain/explained.txt');

const SHOWN = [
  'TIME-WAIT',
  'SYN',
  'handshake',
  'accept queue',
  'sequence number',
  'MSS',
  'reset',
  'unread-data',
  'zero-window',
  'port-scan',
  'rst-in-window',
  'S0',
  'history w',
  'completeness',
  '37',
  'ShADaFf',
];

const explain = (...words: string[]): ReturnType<typeof runCli> => runCli(['explain', ...words]);

it('some terms are explained as in explained.txt (UPDATE_GOLDENS=1 renews it)', async () => {
  const parts: string[] = [];
  for (const term of SHOWN)
    for (const language of LANGUAGES) {
      const { code, stdout } = await explain(term, '--lang', language);
      expect(code).toBe(0);
      parts.push(`$ synfin explain ${term} --lang ${language}\n${stdout}`);
    }
  const text = parts.join('\n');
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(GOLDEN, text);
  expect(text).toBe(readFileSync(GOLDEN, 'utf8'));
});

describe.each(LANGUAGES)('in %s', (language) => {
  it('every term fits a terminal of 80 columns and 24 lines', async () => {
    const texts = await loadTermTexts(language);
    const style = { width: 80, color: false, unicode: true, absolute: false };
    for (const term of TERMS) {
      const lines = termPage(term.name, [term], texts, style).trimEnd().split('\n');
      expect(lines.length, `${term.kind} ${term.name}`).toBeLessThanOrEqual(23);
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });

  it.each([80, 60, 40])('the list fits %i columns', async (width) => {
    const { code, stdout } = await explain('--list', '--lang', language, '--width', String(width));
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.length).toBeGreaterThan(TERMS.length);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width);
  });

  it('narrow terminals get the text without the picture', async () => {
    const { stdout } = await explain('handshake', '--lang', language, '--width', '40');
    expect(stdout).not.toContain('─');
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(40);
  });
});

describe('fields of the JSON', () => {
  const fields = [...CONNECTION_COLUMNS, ...UDP_FLOW_COLUMNS];

  it.each(LANGUAGES)('each is explained, in %s', async (language) => {
    const { labels } = await loadTermTexts(language);
    const style = { width: 80, color: false, unicode: true, absolute: false };
    for (const { path, name } of fields) {
      const named = [path, name].map((typed) => fieldsNamed(typed));
      for (const found of named) expect(found.map(({ field }) => field.path)).toContain(path);
      for (const line of fieldsPage(named[0] ?? [], labels, style).split('\n'))
        if (!line.startsWith('  synfin ')) expect(line.length, line).toBeLessThanOrEqual(80);
      const { code, stdout } = await explain(path, '--lang', language);
      expect(code, path).toBe(0);
      expect(stdout.length).toBeGreaterThan(40);
    }
  });

  it('its filters are right', () => {
    const written = fields
      .flatMap(fieldCommands)
      .flatMap((command) => /--where '(.*)'$/.exec(command)?.[1] ?? []);
    expect(written.length).toBeGreaterThan(fields.length / 2);
    for (const expression of written) expect(() => compileFilter(expression), expression).not.toThrow();
  });

  it('a last part alone names all that end in it, by what they are fields of', async () => {
    const { stdout } = await explain('bytes');
    expect(stdout).toMatch(
      /^Fields of a connection\n(?: .*\n)+\nFields of a UDP flow\n {2}traffic\.client\.bytes/,
    );
    expect((await explain('reset', 'by')).stdout).toContain('closing.reset.by (field of a connection)');
  });

  it('gives JSON, and suggests names', async () => {
    const [record] = JSON.parse((await explain('server.port', '--format', 'json')).stdout);
    expect(record).toMatchObject({
      term: 'server.port',
      kind: 'connection-field',
      type: 'integer',
      unit: null,
    });
    const { code, stderr } = await explain('closing.reset.bye');
    expect(code).toBe(2);
    expect(stderr).toContain('closing.reset.by');
  });
});

describe('the command', () => {
  it('joins words, and ignores case and punctuation', async () => {
    const { stdout } = await explain('accept', 'queue');
    expect((await explain('Accept_Queue')).stdout).toBe(stdout);
    expect((await explain('BACKLOG')).stdout).toBe(stdout);
  });

  it('alone says what it does, and how to list all', async () => {
    const { code, stdout } = await explain();
    expect(code).toBe(0);
    expect(stdout).toContain('synfin explain --list');
  });

  it('lists one kind', async () => {
    const { stdout } = await explain('--list', 'states');
    expect(stdout).toContain('SYN-RECEIVED');
    expect(stdout).not.toContain('keep-alive');
    expect((await explain('states')).stdout).toBe(stdout);
  });

  it.each([
    ['tiem-wait', 'TIME-WAIT'],
    ['handshaek', 'handshake'],
    ['zero', 'zero-window'],
    ['retransmision', 'retransmission'],
    ['challange-ack', 'challenge-ack'],
  ])('does not know %s, and suggests %s', async (typed, meant) => {
    const { code, stdout, stderr } = await explain(typed);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`'${typed}'`);
    expect(stderr).toMatch(new RegExp(`did you mean .*\\b${meant}\\b.*\\?`));
  });

  it('suggests nothing where nothing is similar', async () => {
    const { code, stderr } = await explain('xyzzyplugh');
    expect(code).toBe(2);
    expect(stderr).toBe("synfin: unknown term 'xyzzyplugh'\nsynfin explain --list shows all words\n");
  });

  it('escapes control characters of the typed words', async () => {
    const { stderr } = await explain('a\u001b[31m');
    expect(stderr).not.toContain('\u001b');
  });

  it('has colors on a terminal, and none in a pipe', async () => {
    expect((await explain('SYN')).stdout).not.toContain('\u001b');
    expect((await explain('SYN', '--color', 'always')).stdout).toContain('\u001b[1mSYN\u001b[0m');
    const { stdout } = await runCli(['explain', 'SYN'], { terminal: true, columns: 100 });
    expect(stdout).toContain('\u001b[1mSYN');
  });

  it('keeps to ASCII where it is asked to', async () => {
    const { stdout } = await explain('TIME-WAIT', '--ascii');
    expect(stdout).toMatch(/^[\n -~]*$/);
  });

  it('gives JSON', async () => {
    const [record] = JSON.parse((await explain('TIME-WAIT', '--format', 'json')).stdout);
    expect(record).toMatchObject({
      term: 'TIME-WAIT',
      kind: 'state',
      commands: ['synfin demo tcp', expect.any(String)],
    });
    const bits = JSON.parse((await explain('37', '--format', 'json')).stdout);
    expect(bits.map(({ term }: { term: string }) => term)).toEqual(['1', '4', '32']);
    const all = JSON.parse((await explain('--list', '--format', 'json')).stdout);
    expect(all).toHaveLength(TERMS.length);
  });

  it('refuses an unknown language', async () => {
    const { code, stderr } = await explain('SYN', '--lang', 'xx');
    expect(code).toBe(2);
    expect(stderr).toContain('en, pt-BR');
  });

  it('accepts the language in the form of locales', async () => {
    expect((await explain('SYN', '--lang', 'pt_BR.UTF-8')).stdout).toContain('O que é');
  });
});

describe('odd words', () => {
  it.each([
    [['::1'], /^loopback \(general\)/],
    [['127.0.0.1'], /^loopback \(general\)/],
    // of Wireshark's completeness, whatever addresses are written alike
    [['1'], /^1 \(completeness\)/],
    [['  TIME-WAIT  '], /^TIME-WAIT \(state\)/],
    [[''], /^Explains a word/],
  ])('%o', async (words, said) => {
    const { code, stdout } = await explain(...words);
    expect(code).toBe(0);
    expect(stdout).toMatch(said);
  });

  it.each([
    [['0'], "synfin: unknown term '0'\nsynfin explain --list shows all words\n"],
    [['é'], "synfin: unknown term 'é'\nsynfin explain --list shows all words\n"],
    [['x'.repeat(500)], `synfin: unknown term '${'x'.repeat(60)}…'\nsynfin explain --list shows all words\n`],
    [
      ['tiem-wait'],
      "synfin: unknown term 'tiem-wait'\ndid you mean TIME-WAIT?\nsynfin explain --list shows all words\n",
    ],
    [['--list', 'stats'], /^synfin: unknown term 'stats'\nsynfin explain --list takes: words, states, /],
    [['\u001b[31mred'], /^synfin: unknown term '\\x1b\[31mred'/],
  ])('%o is not known', async (words, said) => {
    const { code, stdout, stderr } = await explain(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    if (typeof said === 'string') expect(stderr).toBe(said);
    else expect(stderr).toMatch(said);
  });

  it('each list that is named there is one', async () => {
    for (const list of Object.values(LISTS)) expect((await explain('--list', list)).code, list).toBe(0);
  });
});
