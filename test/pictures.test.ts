/** The pictures of the documents are up to date (node scripts/pictures.mjs renews them), and all are shown. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './cli/fixtures.js';
import { runCli } from './run-cli.js';

const FOLDER = join(ROOT, 'docs/pictures');
const PICTURES: { name: string; args: string[] }[] = JSON.parse(
  readFileSync(join(FOLDER, 'pictures.json'), 'utf8'),
);
const LESSONS = ['docs/lessons/en', 'docs/lessons/pt-BR'];
const DOCUMENTS = ['README.md', 'captures/README.md', ...['docs', ...LESSONS].flatMap(documentsIn)];

function documentsIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** Names of pictures that a document refers to. */
function shownIn(document: string): string[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/pictures\/([\w-]+)\.svg/g)].map(([, name]) => name ?? '');
}

describe('pictures of the documents', () => {
  it.each(PICTURES)('$name', async ({ name, args }) => {
    const { code, stdout } = await runCli(
      args.map((part) => (part.endsWith('.pcap') ? join(ROOT, part) : part)),
    );
    expect(code).toBe(0);
    expect(readFileSync(join(FOLDER, `${name}.svg`), 'utf8')).toBe(stdout);
  });

  it('are all shown, and all that are shown are there', () => {
    const shown = new Set(DOCUMENTS.flatMap(shownIn));
    expect([...shown].sort()).toEqual(PICTURES.map(({ name }) => name).sort());
  });
});
