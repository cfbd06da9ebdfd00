/**
 * The lessons (docs/lessons): their outputs are those of the commands, both languages have the same steps, and links lead
 * somewhere. Commands run in this process; one page is checked by scripts/readme.mjs too, which runs them in a shell.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../src/learn/command.js';
import { type Block, lessonOf } from '../src/learn/lesson.js';
import { BANNED } from './explain/banned.js';
import { runCli } from './run-cli.js';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'docs/lessons');
const LANGUAGES = ['en', 'pt-BR'] as const;
const NAMES = readdirSync(join(FOLDER, 'en')).sort();
const PAGES = LANGUAGES.flatMap((language) => NAMES.map((name) => `${language}/${name}`));
/** Comments in quoted source, by folder and by what the source says. */
const COMMENTS: Record<string, Record<string, string> | undefined> = JSON.parse(
  readFileSync(join(ROOT, 'scripts/quoted-comments.json'), 'utf8'),
);
const read = (page: string): string => readFileSync(join(FOLDER, page), 'utf8');

function blocksOf(page: string): Block[] {
  return lessonOf(read(page)).sections.flatMap(({ blocks }) => blocks);
}

/** The marks of a page, in order: commands, quoted source, pictures. */
function marksOf(page: string): string[] {
  const marks = read(page).matchAll(/^<!-- (.*) -->$|^!\[.*\]\((.*)\)$/gm);
  return [...marks].map(([, mark, picture]) =>
    mark === undefined
      ? `picture ${picture?.replace(/-pt-br(?=\.svg)/, '')}`
      : // lines differ where sentences do
        mark.replaceAll(/ \| (?:sed -n \d+,\d+p|tail -\d+)(?= |$)/g, ' | cut'),
  );
}

/** Source that a page quotes: its file, and the lines as the page has them. */
function quotesOf(page: string): { file: string; quoted: string }[] {
  const quotes = read(page).matchAll(/^<!-- source: (\S+) from .* -->\n\n```ts\n([\s\S]*?)\n```/gm);
  return [...quotes].map(([, file = '', quoted = '']) => ({ file, quoted }));
}

describe.each(PAGES)('%s', (page) => {
  it('shows what its commands print (node scripts/readme.mjs renews it)', async () => {
    const language = dirname(page);
    for (const block of blocksOf(page)) {
      if (block.is !== 'output') continue;
      const command = commandOf(block.command);
      if (command === null) throw new Error(`not of a lesson: ${block.command}`);
      const { code, stdout, stderr } = await runCli(['--lang', language, ...command.argv]);
      const lines = (command.silent ? '' : stdout).trimEnd().split('\n');
      const cut = command.cuts.reduce<readonly string[]>((kept, each) => each(kept), lines);
      const exit = command.exitCode?.replace('$?', String(code)) ?? '';
      const shown = `${stderr}${cut.join('\n')}\n${exit}`.replace(/^\n/, '').trimEnd();
      expect(block.lines.join('\n'), block.command).toBe(shown.replace('\n\nexit', '\nexit'));
      expect(cut.filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('quotes the present source, with comments in its language', () => {
    const translated = COMMENTS[join('docs/lessons', dirname(page))];
    for (const { file, quoted } of quotesOf(page)) {
      const source = readFileSync(join(ROOT, file), 'utf8').replaceAll(/^ +/gm, '');
      const english = quoted.replaceAll(/\/\/ (.+)$/gm, (_, comment: string) => {
        if (translated === undefined) return `// ${comment}`;
        const of = Object.entries(translated).find(([, said]) => said === comment);
        expect(of, comment).toBeDefined();
        return `// ${of?.[0]}`;
      });
      expect(source).toContain(english.replaceAll(/^ +/gm, ''));
      // the only form that has translations
      expect(quoted).not.toMatch(/\/\*|\*\//);
    }
  });

  it('quotes source that fits a terminal of 80 columns', () => {
    for (const { quoted } of quotesOf(page))
      expect(quoted.split('\n').filter((line) => line.length > 78)).toEqual([]);
  });

  it('links to existing files', () => {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)]+)\)/g))
      if (!/^https?:/.test(target))
        expect(existsSync(resolve(FOLDER, dirname(page), target)), target).toBe(true);
  });

  it('has only output of commands, and its files come with the package', () => {
    const text = read(page);
    const marked = text.match(/^<!-- run(?:: .+| the program above) -->\n\n```console$/gm) ?? [];
    expect(marked).toHaveLength(text.match(/^```console$/gm)?.length ?? 0);
    const { files }: { files: string[] } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const [path] of text.matchAll(/\bfixtures\/[\w./-]+\.pcap/g)) expect(files).toContain(path);
  });
});

describe('comments of quoted source', () => {
  it.each(Object.entries(COMMENTS))('%s: each translation is in use', (folder, translated) => {
    const pages = PAGES.filter((page) => join('docs/lessons', dirname(page)) === folder);
    const quoted = pages.flatMap((page) => quotesOf(page).map((quote) => quote.quoted)).join('\n');
    expect(Object.values(translated ?? {}).filter((said) => !quoted.includes(`// ${said}`))).toEqual([]);
  });
});

describe('both languages', () => {
  it('have the same lessons', () => {
    expect(readdirSync(join(FOLDER, 'pt-BR')).sort()).toEqual(NAMES);
    expect(NAMES.length).toBeGreaterThan(10);
    for (const name of NAMES)
      for (const language of LANGUAGES) expect(read('README.md')).toContain(`(${language}/${name})`);
  });

  it.each(NAMES)('%s: the same steps, commands, sources and pictures', (name) => {
    const [english = '', portuguese = ''] = LANGUAGES.map((language) => `${language}/${name}`);
    expect(marksOf(portuguese)).toEqual(marksOf(english));
    const shape = (page: string): string[] =>
      lessonOf(read(page)).sections.map(({ title, blocks }) => {
        const kinds = blocks.map((block) => block.is).filter((is) => is !== 'text');
        return `${/^\d+\./.exec(title)?.[0] ?? ''} ${kinds.join(' ')}`;
      });
    expect(shape(portuguese)).toEqual(shape(english));
  });

  it.each(NAMES)('%s: Portuguese has no word that Brazil does not use', (name) => {
    const prose = read(`pt-BR/${name}`).replaceAll(/^```(?!console)[\s\S]*?^```/gm, '');
    expect(BANNED.exec(prose)?.[0]).toBeUndefined();
  });
});

it('a shell prints the same', () => {
  const page = 'docs/lessons/pt-BR/13-ci.md';
  const run = spawnSync(process.execPath, ['scripts/readme.mjs', '--check', page], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
}, 120_000);
