/** The folders are the data flow: a later stage imports an earlier one, never the reverse (ARCHITECTURE.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../src');

/** What each part may import, apart from itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'error-kinds': [],
  // the English of an error: nothing else of explain, which a test below checks
  'errors.ts': ['error-kinds', 'explain'],
  'escape.ts': [],
  'time.ts': [],
  'wrap.ts': [],
  capture: ['error-kinds', 'errors.ts', 'escape.ts', 'time.ts'],
  files: ['errors.ts', 'escape.ts', 'time.ts', 'analysis', 'capture'],
  live: ['error-kinds', 'errors.ts', 'escape.ts', 'time.ts', 'capture', 'files'],
  decode: ['errors.ts', 'capture'],
  track: ['decode', 'capture'],
  verdict: ['track', 'decode'],
  analysis: ['verdict', 'track', 'decode', 'capture'],
  partial: ['files', 'analysis', 'track', 'decode', 'capture', 'errors.ts'],
  explain: ['error-kinds', 'group', 'verdict', 'track', 'decode', 'capture', 'escape.ts'],
  fields: ['group', 'explain', 'verdict', 'track', 'decode', 'time.ts'],
  where: ['error-kinds', 'fields', 'verdict', 'track', 'decode', 'errors.ts', 'escape.ts'],
  group: ['verdict', 'track', 'decode', 'time.ts'],
  render: [
    'wrap.ts',
    'group',
    'where',
    'errors.ts',
    'fields',
    'analysis',
    'explain',
    'verdict',
    'track',
    'decode',
    'capture',
    'escape.ts',
    'time.ts',
  ],
  browse: ['render', 'where', 'explain', 'verdict', 'track', 'decode', 'errors.ts', 'escape.ts'],
  page: ['analysis', 'group', 'verdict', 'track', 'decode', 'capture', 'time.ts'],
  web: [
    'errors.ts',
    'escape.ts',
    'time.ts',
    'analysis',
    'page',
    'where',
    'render',
    'explain',
    'group',
    'verdict',
    'track',
    'decode',
    'capture',
  ],
  learn: ['render', 'explain', 'verdict', 'track', 'decode', 'escape.ts'],
  demo: ['error-kinds', 'explain', 'wrap.ts', 'errors.ts', 'escape.ts'],
  'browser.ts': ['errors.ts', 'analysis', 'capture', 'render', 'verdict'],
  'index.ts': [
    'files',
    'errors.ts',
    'time.ts',
    'analysis',
    'render',
    'explain',
    'verdict',
    'track',
    'decode',
    'capture',
  ],
  cli: [
    'wrap.ts',
    'files',
    'errors.ts',
    'escape.ts',
    'time.ts',
    'analysis',
    'partial',
    'page',
    'where',
    'group',
    'render',
    'fields',
    'explain',
    'verdict',
    'track',
    'decode',
    'capture',
    'live',
    'demo',
    'browse',
    'learn',
  ],
};

/** The rooms of a part, and what each may import of the others; files of the part itself are in the room ''. */
const ROOMS: Record<string, Record<string, readonly string[]>> = {
  track: {
    memory: [],
    copies: ['memory'],
    rfc9293: ['memory'],
    peers: ['memory', 'rfc9293'],
    notes: ['memory', 'rfc9293', 'peers', 'copies'],
    results: ['memory', 'rfc9293', 'peers', 'notes'],
    revision: ['memory', 'rfc9293', 'peers', 'notes', 'results'],
    twins: ['memory', 'rfc9293'],
    udp: ['memory'],
    '': ['memory', 'copies', 'rfc9293', 'peers', 'notes', 'results', 'revision', 'twins'],
  },
  explain: {
    story: [],
    terms: [],
    shared: [],
    en: ['story', 'terms', 'shared'],
    'pt-BR': ['en', 'story', 'terms', 'shared'],
    '': ['en', 'pt-BR', 'terms'],
  },
  web: { styles: [], model: [], views: ['model'], '': ['model', 'views'] },
  render: {
    picture: [''],
    report: ['', 'picture'],
    text: ['', 'report'],
    terms: ['', 'text'],
    data: [''],
    svg: ['', 'picture', 'report'],
    markdown: ['', 'picture', 'report'],
    formats: ['report', 'svg', 'markdown'],
    '': [],
  },
  cli: {
    terminal: [],
    options: ['terminal'],
    report: ['terminal', 'options'],
    save: ['terminal', 'options', 'report'],
    watch: ['terminal', 'options', 'report'],
    browse: ['terminal', 'options', 'report', 'save'],
    serve: ['terminal', 'report'],
    commands: ['terminal', 'options', 'report', 'save', 'watch', 'browse', 'serve'],
    '': ['commands', 'options', 'terminal'],
  },
};

/** What may import from Node.js: the rest runs in a browser too (tsconfig.portable.json). */
const OF_NODE: readonly string[] = ['files', 'live', 'partial', 'demo', 'cli'];

/** Packages that may be imported at all, and where. */
const PACKAGES: Record<string, readonly string[]> = {
  commander: ['cli'],
  'cli-table3': ['render'],
  'hyparquet-writer': ['render'],
  'cli-progress': ['cli'],
  'terminal-kit': ['cli'],
  '@marcbachmann/cel-js': ['where'],
  '@datadog/sketches-js': ['group'],
  '@bomb.sh/tab/commander': ['cli'],
  preact: ['web'],
  'preact/hooks': ['web'],
  uplot: ['web'],
  cap: ['live'],
  koffi: ['live', 'demo'],
  '@resvg/resvg-js': ['cli'],
};

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function partOf(file: string): string {
  return relative(SOURCE, file).split('/')[0] ?? '';
}

/** Room of a file within its part. */
function roomOf(file: string): string {
  const [, room, more] = relative(SOURCE, file).split('/');
  return more === undefined ? '' : (room ?? '');
}

function importsOf(file: string): { specifier: string; dynamic: boolean }[] {
  const text = readFileSync(file, 'utf8');
  const found = [];
  for (const match of text.matchAll(/^(?:import|export)\s[^;]*?from '([^']+)'/gms))
    found.push({ specifier: match[1] ?? '', dynamic: false });
  for (const match of text.matchAll(/\bimport\('([^']+)'\)/g))
    found.push({ specifier: match[1] ?? '', dynamic: true });
  return found;
}

describe('the rooms of each part', () => {
  it.each(Object.keys(ROOMS))('%s: imports go one way', (part) => {
    const rooms = ROOMS[part] ?? {};
    const reached = (room: string, before: readonly string[]): void => {
      expect(before, `from ${room} back to itself`).not.toContain(room);
      for (const next of rooms[room] ?? []) reached(next, [...before, room]);
    };
    for (const room of Object.keys(rooms)) reached(room, []);
  });

  it('are those that are there', () => {
    for (const [part, rooms] of Object.entries(ROOMS)) {
      const found = readdirSync(join(SOURCE, part), { withFileTypes: true });
      const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      expect(folders.sort(), part).toEqual(
        Object.keys(rooms)
          .filter((room) => room !== '')
          .sort(),
      );
    }
  });
});

describe('import direction', () => {
  const files = sources(SOURCE).filter((file) => /\.tsx?$/.test(file));

  it('what comes after track reads named facts, not its bits', () => {
    for (const file of files) {
      if (partOf(file) === 'track') continue;
      const bits = importsOf(file).filter(({ specifier }) =>
        specifier.endsWith('track/memory/connection.js'),
      );
      expect(bits, relative(SOURCE, file)).toEqual([]);
    }
  });

  it('an error has the English of errors, and with it nothing else of explain', () => {
    const reached = (file: string, before: Set<string>): Set<string> => {
      if (before.has(file)) return before;
      before.add(file);
      for (const { specifier } of importsOf(file))
        reached(resolve(dirname(file), specifier.replace(/\.js$/, '.ts')), before);
      return before;
    };
    const all = [...reached(join(SOURCE, 'errors.ts'), new Set())].map((file) => relative(SOURCE, file));
    expect(all).toContain('explain/en/errors.ts');
    for (const file of all)
      expect(file).toMatch(
        /^(errors\.ts|error-kinds\/.*|explain\/en\/errors.*|explain\/shared\/errors\.ts)$/,
      );
  });

  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(files.map((file) => [relative(SOURCE, file), file] as const))('%s', (_name, file) => {
    const part = partOf(file);
    const allowed = MAY_IMPORT[part];
    expect(allowed, `${part} is in the list of parts`).toBeDefined();
    for (const { specifier, dynamic } of importsOf(file)) {
      if (specifier.startsWith('node:')) {
        expect(OF_NODE, `${part} imports ${specifier}`).toContain(part);
        continue;
      }
      if (!specifier.startsWith('.')) {
        expect(PACKAGES[specifier] ?? [], `${specifier} in ${part}`).toContain(part);
        const onDemand = [
          'cap',
          'koffi',
          'hyparquet-writer',
          'cli-progress',
          '@resvg/resvg-js',
          'terminal-kit',
        ].includes(specifier);
        if (onDemand && !readFileSync(file, 'utf8').includes(`import type`))
          expect(dynamic, `${specifier} is loaded on demand`).toBe(true);
        continue;
      }
      const path = resolve(dirname(file), specifier.replace(/\.js$/, '.ts'));
      const target = partOf(path);
      if (target === part) {
        const [from, to] = [roomOf(file), roomOf(path)];
        if (from !== to) expect(ROOMS[part]?.[from], `${from} of ${part} imports ${to}`).toContain(to);
        continue;
      }
      expect(allowed, `${relative(SOURCE, file)} imports ${specifier}`).toContain(target);
    }
  });
});
