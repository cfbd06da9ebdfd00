/** README.md and docs cannot go stale: their output is that of the commands, their links lead somewhere, their commands exist. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const LISTED: { withOutput: string[]; others: string[] } = JSON.parse(
  readFileSync(resolve(ROOT, 'scripts/documents.json'), 'utf8'),
);
/** Those with output of commands. */
const WITH_OUTPUT = LISTED.withOutput;
const DOCUMENTS = [...WITH_OUTPUT, ...LISTED.others];
const read = (name: string): string => readFileSync(resolve(ROOT, name), 'utf8');

/** Of all commands, asked for once. */
let knownHelp: string | null = null;
function helpOfAll(): string {
  if (knownHelp !== null) return knownHelp;
  const help = [
    'analyze',
    'live',
    'demo tcp',
    'tcp server',
    'tcp client',
    'udp server',
    'udp client',
    'interfaces',
  ]
    .map((command) => {
      const argv = ['dist/cli/main.js', ...command.split(' '), '--help'];
      return spawnSync(process.execPath, argv, { cwd: ROOT, encoding: 'utf8' }).stdout;
    })
    .join('\n');
  knownHelp = help;
  return help;
}

describe('README.md', () => {
  it('shows what the commands print (node scripts/readme.mjs renews it)', () => {
    const run = spawnSync(process.execPath, ['scripts/readme.mjs', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(run.stderr.replaceAll(/^skipped: .*\n/gm, '')).toBe('');
    expect(run.status).toBe(0);
  }, 180_000);

  it.each(WITH_OUTPUT)('%s has only output of commands', (name) => {
    const text = read(name);
    const blocks = text.match(/^```console$/gm) ?? [];
    const marked = text.match(/^<!-- run(: .+| the (program|query) above) -->\n\n```console$/gm) ?? [];
    expect(marked).toHaveLength(blocks.length);
    expect(marked.length).toBeGreaterThan(name === 'README.md' || name === 'docs/reading.md' ? 3 : 0);
  });

  it('opens with one sentence, a picture and a ladder', () => {
    const [title, , sentence, , ...rest] = read('README.md').split('\n');
    expect(title).toBe('# synfin');
    expect(sentence).toMatch(/^[^.]+\.$/);
    expect(rest[0]).toBe('<picture>');
    const marker = rest.find((line) => line.startsWith('<!-- run:'));
    expect(marker).toBe('<!-- run: synfin analyze captures/demo-tcp.pcap -->');
  });

  it.each(WITH_OUTPUT)('%s names existing options', (name) => {
    const prose = read(name).replaceAll(/^```console[\s\S]*?^```/gm, '');
    // of npm, tcpdump and parallel, of the program itself, and future ones
    const missing = ['--omit', '--global', '--prefix', '--version', '--lang', '--nano'];
    for (const [option] of prose.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)) {
      if (!missing.includes(option)) expect(helpOfAll()).toContain(option);
    }
  });
});

describe('the documents', () => {
  it.each(DOCUMENTS)('%s: links to files lead somewhere', (name) => {
    const folder = dirname(resolve(ROOT, name));
    for (const [, target = ''] of read(name).matchAll(/\]\(([^)]+)\)/g)) {
      if (/^(https?:|#)/.test(target)) continue;
      expect(existsSync(resolve(folder, target.replace(/#.*/, ''))), target).toBe(true);
    }
  });

  it.each(DOCUMENTS)('%s: files and scripts that it names exist', (name) => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    for (const [, script = ''] of read(name).matchAll(/npm run ([\w:-]+)/g))
      expect(scripts).toContain(script);
    for (const [, path = ''] of read(name).matchAll(
      /`((?:src|test|scripts|fixtures|captures|bench)\/[\w./-]+)`/g,
    )) {
      expect(existsSync(resolve(ROOT, path)), path).toBe(true);
    }
  });
});
