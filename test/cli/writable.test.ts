/** A file that cannot be written is refused before anything is read or captured for it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { ROOT } from './fixtures.js';

const MANY = resolve(ROOT, 'fixtures/kernel/many.pcap');
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'synfin-writable-'));
  mkdirSync(at('there'));
  writeFileSync(at('file'), 'kept');
  symlinkSync('gone/x.pcap', at('lost.pcap'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Each command with each option that names a file to write; no input is there, so that reading it would fail. */
const WRITING: readonly (readonly string[])[] = [
  ['analyze', 'none.pcap', '-o'],
  ['analyze', 'none.pcap', '--write'],
  ['analyze', 'none.pcap', '--failed', '--write'],
  ['analyze', 'none.pcap', '--partial'],
  ['analyze', 'none.pcap', '--format', 'csv', '-o'],
  ['analyze', 'none.pcap', '--format', 'svg', '-o'],
  ['analyze', 'none.pcap', '--format', 'html', '-o'],
  ['analyze', 'none.pcap', '--by', 'server', '-o'],
  ['merge', 'none.part', '-o'],
  ['report', 'none.pcap', '-o'],
  ['live', '--write'],
  ['live', '-o'],
  ['live', '--rotate', '1MB', '--write'],
  ['demo', 'tcp', '--write'],
  ['browse', '-i', 'lo', '--write'],
];

it.each(WRITING)('a folder that does not exist: %s %s %s %s %s', async (...words) => {
  const argv = words.filter((word) => word !== undefined);
  const run = await runCli([...argv, at('gone/deep/x')]);
  const reason = `its folder ${at('gone/deep')} does not exist; create it first (mkdir -p), or name another`;
  const stderr = `synfin: ${at('gone/deep/x')}: cannot be written: ${reason}\n`;
  expect(run).toMatchObject({ code: 2, stdout: '', stderr });
  expect(existsSync(at('gone'))).toBe(false);
});

it.each([
  ['file/x.pcap', /cannot be written: .*\/file is a file, not a folder\n$/],
  ['file/deep/x.pcap', /cannot be written: .*\/file is a file, not a folder\n$/],
  ['there', /there: cannot be written: it is a folder\n$/],
  ['there/', /there\/: cannot be written: it is a folder\n$/],
  ['gone/', /gone\/: cannot be written: it is a folder\n$/],
  ['lost.pcap', /lost\.pcap: cannot be written: it is a link into a folder that does not exist\n$/],
])('%s is no place for a capture', async (name, message) => {
  // not with join, which takes the slash away
  const run = await runCli(['analyze', MANY, '--write', `${folder}/${name}`]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(message);
});

it('a link into a folder that does not exist is replaced by results', async () => {
  symlinkSync('gone/x.txt', at('lost.txt'));
  expect(await runCli([MANY, '-o', at('lost.txt')])).toMatchObject({ code: 0, stderr: '' });
});

it('a name that is empty', async () => {
  const run = await runCli([MANY, '-o', '']);
  expect(run).toMatchObject({ code: 2, stderr: 'synfin: the name of the file to write is empty\n' });
});

it('in Portuguese', async () => {
  const run = await runCli(['--lang', 'pt-BR', 'analyze', MANY, '-o', at('gone/x.txt')]);
  expect(run.stderr).toBe(
    `synfin: ${at('gone/x.txt')}: não é possível gravar: a pasta ${at('gone')} não existe; ` +
      'crie-a antes (mkdir -p), ou indique outra\n',
  );
  const taken = await runCli(['--lang', 'pt-BR', 'analyze', MANY, '-o', at('there')]);
  expect(taken.stderr).toBe(`synfin: ${at('there')}: não é possível gravar: é uma pasta\n`);
  const other = await runCli(['--lang', 'pt-BR', 'analyze', MANY, '-o', at('file/x.txt')]);
  expect(other.stderr).toBe(
    `synfin: ${at('file/x.txt')}: não é possível gravar: ${at('file')} é um arquivo, não uma pasta\n`,
  );
});

it('a new file in a folder that is there, and one in the present folder, are written', async () => {
  expect(await runCli([MANY, '--write', at('there/x.pcap')])).toMatchObject({ code: 0 });
  expect(await runCli([MANY, '-o', at('there/x.txt')])).toMatchObject({ code: 0 });
  expect(readdirSync(at('there')).sort()).toEqual(['x.pcap', 'x.txt']);
  const run = await runCli([MANY, '--quiet', '--write', '/dev/null', '-o', '/dev/null']);
  expect(run.stderr).toBe('synfin: /dev/null: --write and --output are the same file\n');
});
