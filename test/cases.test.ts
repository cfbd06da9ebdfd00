/**
 * Captures of problems from the field, each with the right statements about it (fixtures/cases/truth.json): paths into
 * the JSON of `analyze`, `packets[N]` for the row of frame N, regular expressions on the text output. Each stands for
 * a kind; the scenarios in test/scenario/cases have the neighbours.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

const FOLDER = resolve(import.meta.dirname, '../fixtures/cases');

type Operation =
  | '=='
  | '!='
  | 'in'
  | 'not-in'
  | '~'
  | 'contains-code'
  | 'lacks-code'
  | 'matches'
  | 'lacks'
  | 'text-contains'
  | 'text-lacks';

interface Statement {
  path?: string;
  op: Operation;
  value: unknown;
  why: string;
}

type Tree = Record<string, unknown>;

const TRUTH = JSON.parse(readFileSync(resolve(FOLDER, 'truth.json'), 'utf8')) as Record<string, Statement[]>;

/** The output for one capture in the forms that statements need. */
class Output {
  private readonly made = new Map<string, Promise<string>>();

  constructor(private readonly name: string) {}

  private of(...options: string[]): Promise<string> {
    const key = options.join(' ');
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const made = runCli(['analyze', resolve(FOLDER, this.name), ...options]).then(({ code, stdout }) => {
      expect([0, 3]).toContain(code);
      return stdout.replaceAll(resolve(FOLDER, this.name), 'FILE');
    });
    this.made.set(key, made);
    return made;
  }

  async text(): Promise<string> {
    return (await this.of('--width', '100')).replaceAll(/\s+/g, ' ');
  }

  /** What a path begins in: the rows by frame number, or the document. */
  async root(path: string): Promise<unknown> {
    if (!path.startsWith('packets[')) return JSON.parse(await this.of('--format', 'json'));
    const packets: Tree = {};
    for (const line of (await this.of('--format', 'ndjson', '--packets')).split('\n')) {
      if (line === '') continue;
      const row = JSON.parse(line) as Tree;
      if (row.type === 'packet') packets[String(row.packet)] ??= row;
    }
    return { packets };
  }

  /** The value at a path; null where there is none. */
  async at(path: string): Promise<unknown> {
    let value = await this.root(path);
    for (const [, name, index] of path.matchAll(/([A-Za-z_]+)|\[(\d+)\]/g)) {
      if (value === null || value === undefined) return null;
      if (name === 'length' && (Array.isArray(value) || typeof value === 'string')) value = value.length;
      else value = (value as Tree)[name ?? index ?? ''];
    }
    return value ?? null;
  }
}

function codesOf(value: unknown): string[] {
  const { findingCounts, analysis } = value as { findingCounts?: Tree; analysis?: string[] };
  return findingCounts === undefined ? (analysis ?? []) : Object.keys(findingCounts);
}

async function check(output: Output, { path = '', op, value }: Statement): Promise<void> {
  if (op === 'text-contains') return expect(await output.text()).toMatch(new RegExp(String(value), 'i'));
  if (op === 'text-lacks') return expect(await output.text()).not.toMatch(new RegExp(String(value), 'i'));
  const actual = await output.at(path);
  switch (op) {
    case '==':
      return expect(actual).toEqual(value);
    case '!=':
      return expect(actual).not.toEqual(value);
    case 'in':
      return expect(value).toContainEqual(actual);
    case 'not-in':
      return expect(value).not.toContainEqual(actual);
    case '~':
      return expect(Math.abs(Number(actual) - Number(value))).toBeLessThanOrEqual(
        Math.abs(Number(value)) * 0.01,
      );
    case 'contains-code':
      return expect(codesOf(actual)).toContain(value);
    case 'lacks-code':
      return expect(codesOf(actual)).not.toContain(value);
    case 'matches':
      return expect(String(actual ?? '')).toMatch(new RegExp(String(value), 'i'));
    case 'lacks':
      return expect(String(actual ?? '')).not.toMatch(new RegExp(String(value), 'i'));
  }
}

describe.each(Object.entries(TRUTH))('%s', (name, statements) => {
  const output = new Output(name);
  it.each(
    statements.map(
      (statement) =>
        [
          `${statement.path ?? 'text'} ${statement.op} ${JSON.stringify(statement.value)}`,
          statement,
        ] as const,
    ),
  )('%s', async (_, statement) => {
    await check(output, statement);
  });
});
