/** Every screen fits, and nothing from outside reaches the terminal unescaped. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ladderCommand, listCommand, shellWord } from '../../src/browse/command-line.js';
import { BINDINGS } from '../../src/browse/keys.js';
import { editedLine, editLine } from '../../src/browse/line-edit.js';
import { clip, selectedLine, stripped } from '../../src/browse/sgr.js';
import { view } from '../../src/browse/view.js';
import { escapeText } from '../../src/escape.js';
import { phrases } from '../../src/explain/phrases.js';
import { Model, ROOT, reportsOf } from './model.js';

const SIZES = [
  [1, 1],
  [10, 3],
  [40, 12],
  [59, 10],
  [80, 24],
  [160, 50],
] as const;

function checkScreen(model: Model): void {
  const { width, height } = model.state.size;
  const { lines } = view(model.state);
  expect(lines.length).toBe(height);
  for (const line of lines) {
    const text = stripped(line);
    expect([...text].length, text).toBeLessThanOrEqual(width);
    // no control sequence is left
    expect(escapeText(text)).toBe(text);
  }
}

describe('screens', () => {
  it.each(SIZES)('%i × %i', async (width, height) => {
    const model = new Model(await reportsOf('captures/demo-tcp-many.pcap'), width, height);
    for (const key of [
      'G',
      'ENTER',
      'G',
      'ENTER',
      'j',
      'ESCAPE',
      'ESCAPE',
      '?',
      '?',
      '/',
      'x',
      'ENTER',
      'ESCAPE',
      's',
    ]) {
      model.press(key);
      checkScreen(model);
    }
  });

  it('of connections of all kinds', async () => {
    const folder = resolve(ROOT, 'fixtures/cases');
    const names = readdirSync(folder)
      .filter((name) => name.endsWith('.pcap'))
      .slice(0, 40);
    for (const name of names) {
      const reports = await reportsOf(`fixtures/cases/${name}`).catch(() => []);
      const model = new Model(reports.slice(0, 3));
      model.press('ENTER');
      checkScreen(model);
      for (let row = 0; row < Math.min(20, model.state.ladder?.rows.length ?? 0); row++) {
        model.press('j');
        checkScreen(model);
      }
    }
  }, 30_000);

  it('typed and pasted text is escaped', () => {
    const model = new Model([]).press('/').type('a\u202eb').press('\u001b', '\u009b');
    expect(model.lines.at(-1)).toBe('/a\\u202eb');
    checkScreen(model);
  });
});

describe('lines with colours', () => {
  const style = { unicode: true };
  it('are cut by their visible width', () => {
    expect(clip('\u001b[31mred\u001b[0m plain', 20, style)).toBe('\u001b[31mred\u001b[0m plain');
    expect(stripped(clip('\u001b[31mred\u001b[0m plain', 6, style))).toBe('red p…');
    expect(selectedLine('\u001b[31mred\u001b[0m', 5, style)).toBe('\u001b[7mred  \u001b[0m');
  });
});

describe('the command that prints the same', () => {
  const shown = { files: ['a b.pcap'], options: ['-c', '100'] };
  it('of the list and of a ladder', () => {
    const where = "server.port == 443 && client.address == '10.0.0.1'";
    expect(listCommand(shown, where, { key: 'connect', reversed: true })).toBe(
      `synfin 'a b.pcap' -c 100 --where 'server.port == 443 && client.address == '\\''10.0.0.1'\\''' --sort=-connect --limit 0`,
    );
    expect(listCommand({ files: ['-x'], options: [] }, '', { key: 'start', reversed: false })).toBe(
      'synfin ./-x --limit 0',
    );
    expect(ladderCommand(shown, 3)).toBe("synfin 'a b.pcap' -c 100 --connection 3");
  });

  it.each(['plain', 'a b', "it's", '$(touch x) `y` "z" \\', 'new\nline \u001b[2J', 'é 日本', ''])(
    'bash reads %j unchanged',
    (word) => {
      const { stdout, status } = spawnSync('bash', ['-c', `printf %s ${shellWord(word)}`], {
        encoding: 'utf8',
      });
      expect([status, stdout]).toEqual([0, word]);
      expect(escapeText(shellWord(word))).toBe(shellWord(word));
    },
  );

  it('is shown and copied', async () => {
    const model = new Model(await reportsOf('captures/demo-tcp-many.pcap')).press('j', 'y', 'ENTER', 'c');
    expect(model.effects).toEqual([
      { do: 'copy', text: 'synfin a.pcap --limit 0' },
      { do: 'ladder', index: 1 },
      { do: 'copy', text: 'synfin a.pcap --connection 1' },
    ]);
  });
});

it('a line is edited as readline does', () => {
  const typed = [...'ab cd'].reduce((line, key) => editLine(line, key) ?? line, editedLine(''));
  const after = (...keys: string[]): string =>
    keys.reduce((line, key) => editLine(line, key) ?? line, typed).text;
  expect(after('CTRL_W')).toBe('ab ');
  expect(after('HOME', 'DELETE')).toBe('b cd');
  expect(after('LEFT', 'LEFT', 'CTRL_K')).toBe('ab ');
  expect(after('CTRL_U')).toBe('');
  expect(after('LEFT', 'x', 'END', 'y')).toBe('ab cxdy');
  expect(editLine(typed, 'F5')).toBe(null);
});

it('the screen in docs/browse.md is the real one', async () => {
  const path = resolve(ROOT, 'docs/browse.md');
  const text = readFileSync(path, 'utf8');
  const [, block = ''] = /```text\n([\s\S]*?)\n```/.exec(text) ?? [];
  const model = new Model(await reportsOf('captures/demo-tcp.pcap')).press('ENTER');
  for (let step = 0; step < 20 && !model.screen.includes('has no more to send'); step++) model.press('j');
  if (process.env.UPDATE_GOLDENS === '1') {
    writeFileSync(
      path,
      text.replace(block, () => model.screen),
    );
    return;
  }
  expect(block).toBe(model.screen);
});

it('no key has two meanings, and docs/browse.md has each that the help has', () => {
  const keys = BINDINGS.flatMap(({ keys: of }) => of);
  expect(new Set(keys).size).toBe(keys.length);
  const text = readFileSync(resolve(ROOT, 'docs/browse.md'), 'utf8');
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  for (const binding of BINDINGS)
    if (binding.names !== null)
      expect(text).toContain(row([`\`${binding.names}\``, phrases.keyHelp(binding.action)]));
});
