/** The names in an expression, and how comparisons with null are rewritten. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { ErrorValues } from '../errors.js';
import type { Field } from '../fields/field.js';
import type { Section } from './catalogue.js';
import type { Problem } from './problem.js';
import { nearest } from './suggest.js';

/** Names of CEL itself: the types that an expression can name. */
const OF_CEL: ReadonlySet<string> = new Set([
  'bool',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'list',
  'map',
  'type',
]);

/** The path that a chain of `.` names, e.g. `opening.connectTime`; null for any other node. */
export function pathOf(node: ASTNode): string | null {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return null;
  const [left, name] = node.args;
  const path = pathOf(left);
  return path === null ? null : `${path}.${name}`;
}

export function childrenOf({ op, args }: ASTNode): readonly ASTNode[] {
  if (op === 'value' || op === 'id') return [];
  const found: ASTNode[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) look(each);
    else if (isNode(value)) found.push(value);
  };
  look(args);
  return found;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** Terms within terms, at most: what walks an expression calls itself for each. */
const DEEPEST = 1000;

/** Whether an expression has terms within terms beyond what can be walked. */
export function isTooDeep(root: ASTNode): boolean {
  let level: readonly ASTNode[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(childrenOf);
  }
  return false;
}

/** The first name that the rows do not have. */
export function unknownName<Row>(node: ASTNode, root: Section<Row>): Problem | null {
  const path = pathOf(node);
  if (path !== null) {
    if (OF_CEL.has(path) || has(root, path)) return null;
    return { error: unknownField(path, root), position: node.range.start, unknownName: path };
  }
  for (const child of childrenOf(node)) {
    const wrong = unknownName(child, root);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** A word that is a value of some field lacks its quotes, which a shell may have taken. */
function unknownField<Row>(path: string, root: Section<Row>): ErrorValues {
  return { kind: isWord(path, root) ? 'unquoted-text' : 'unknown-field', path };
}

/** Whether a node asks for a field that `matches` says. */
export function asksFor(node: ASTNode, matches: (path: string) => boolean): boolean {
  const path = pathOf(node);
  return path === null ? childrenOf(node).some((child) => asksFor(child, matches)) : matches(path);
}

/** The first text that a field is compared with and never has, as `opening.kind == "refuse"`. */
export function unknownWord<Row>(node: ASTNode, root: Section<Row>): Problem | null {
  if (node.op === '==' || node.op === '!=' || node.op === 'in') {
    const [left, right] = node.args;
    const wrong = wordProblem(left, right, root) ?? wordProblem(right, left, root);
    if (wrong !== null) return wrong;
  }
  for (const child of childrenOf(node)) {
    const wrong = unknownWord(child, root);
    if (wrong !== null) return wrong;
  }
  return null;
}

function wordProblem<Row>(side: ASTNode, other: ASTNode, root: Section<Row>): Problem | null {
  const path = pathOf(side);
  if (path === null) return null;
  const words = fieldAt(root, path)?.words ?? null;
  if (words === null) return null;
  for (const node of other.op === 'list' ? other.args : [other]) {
    if (node.op !== 'value' || typeof node.args !== 'string' || words.includes(node.args)) continue;
    const meant = nearest(node.args, words);
    const error: ErrorValues = { kind: 'never-that-word', path, word: node.args, words, meant };
    return { error, position: node.range.start, unknownName: null };
  }
  return null;
}

/** Whether it is a value of some field. */
function isWord<Row>(name: string, { fields, sections }: Section<Row>): boolean {
  return (
    [...fields.values()].some(({ words }) => words?.includes(name)) ||
    [...sections.values()].some((section) => isWord(name, section))
  );
}

function has<Row>(root: Section<Row>, path: string): boolean {
  const { section, last } = lookUp(root, path);
  return section !== undefined && (section.fields.has(last) || section.sections.has(last));
}

export function fieldAt<Row>(root: Section<Row>, path: string): Field<Row> | undefined {
  const { section, last } = lookUp(root, path);
  return section?.fields.get(last);
}

function lookUp<Row>(root: Section<Row>, path: string): { section: Section<Row> | undefined; last: string } {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let section: Section<Row> | undefined = root;
  for (const name of names) section = section?.sections.get(name);
  return { section, last };
}

/** `x == null` and `has(x)` asked of the fields themselves: `!known("x")`, `known("x")`. */
export function withoutNull(expression: string, ast: ASTNode): string {
  const changes: { start: number; end: number; text: string }[] = [];
  const look = (node: ASTNode): void => {
    const path = comparedWithNull(node) ?? presenceOf(node);
    if (path === null) for (const child of childrenOf(node)) look(child);
    else
      changes.push({
        start: node.range.start,
        end: node.range.end,
        text: `${node.op === '==' ? '!' : ''}known("${path}")`,
      });
  };
  look(ast);
  let text = expression;
  for (const { start, end, text: inserted } of changes.sort((a, b) => b.start - a.start))
    text = text.slice(0, start) + inserted + text.slice(end);
  return text;
}

function comparedWithNull(node: ASTNode): string | null {
  if (node.op !== '==' && node.op !== '!=') return null;
  const [left, right] = node.args;
  if (isNull(right)) return pathOf(left);
  return isNull(left) ? pathOf(right) : null;
}

function isNull(node: ASTNode): boolean {
  return node.op === 'value' && node.args === null;
}

function presenceOf(node: ASTNode): string | null {
  if (node.op !== 'call' || node.args[0] !== 'has') return null;
  const [only] = node.args[1];
  return only === undefined ? null : pathOf(only);
}
