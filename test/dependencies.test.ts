/** docs/dependencies.md names every package that is installed with synfin, its version and its licence. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

interface Locked {
  version: string;
  license?: string;
  dev?: boolean;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
);
const installed = Object.entries(lock.packages)
  .filter(([path, { dev }]) => path !== '' && dev !== true)
  .map(([path, locked]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...locked }));

const rows = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [@\w]/.test(line) && !line.startsWith('| package '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', version = '', , licence = '', where = '']) => ({ name, version, licence, where }));

/** A row whose name ends with * stands for all that begin so. */
const stands = (row: string, name: string): boolean =>
  row.endsWith('*') ? name.startsWith(row.slice(0, -1)) : row === name;

/** Packages without a licence in their package.json, and the file that says it. */
const IN_A_FILE: Readonly<Record<string, string>> = { cap: 'LICENSE', 'node-bitmap': 'README.md' };

describe('each package that is installed with synfin', () => {
  it.each(installed)('$name', ({ path, name, version, license }) => {
    const row = rows.find((each) => stands(each.name, name));
    expect(row).toMatchObject({ version });
    // as the package says itself; some only say it in a file
    if (license !== undefined) expect(row?.licence).toBe(license);
    else expect(IN_A_FILE[name]).toBe(row?.where);
    if (!existsSync(join(ROOT, path))) return;
    for (const file of row?.where.split(', ') ?? [])
      expect(existsSync(join(ROOT, path, file)), file).toBe(true);
  });
});

it.each(rows)('$name is one of them', ({ name }) => {
  expect(installed.some((each) => stands(name, each.name))).toBe(true);
});

it('node-bitmap says its licence in its README', () => {
  const path = join(ROOT, 'node_modules/node-bitmap/README.md');
  if (!existsSync(path)) return;
  expect(readFileSync(path, 'utf8')).toMatch(/licen[cs]e[\s\S]{0,40}MIT/i);
});

it('the licence of cap is that of its file', () => {
  const path = join(ROOT, 'node_modules/cap/LICENSE');
  if (!existsSync(path)) return;
  expect(readFileSync(path, 'utf8')).toContain('Permission is hereby granted, free of charge');
});

describe('each run-time dependency has its reason in ARCHITECTURE.md', () => {
  const manifest: Record<'dependencies' | 'optionalDependencies', Record<string, string>> = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const reasons = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const wanted = [
    ...Object.keys(manifest.dependencies).map((name) => [name, name] as const),
    ...Object.keys(manifest.optionalDependencies).map((name) => [name, `${name} (optional)`] as const),
  ];

  it.each(wanted)('%s', (_, cell) => {
    const row = reasons.find(([, name]) => name === cell);
    expect(row?.[2]?.length).toBeGreaterThan(3);
    expect(row?.[3]?.length).toBeGreaterThan(20);
  });
});
