/** The English texts of all errors in the source, read from its syntax tree, with 7 for inserted values. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { ROOT } from '../cli/fixtures.js';

export interface ErrorText {
  /** Of what kind of error. */
  thrown: string;
  where: string;
  text: string;
}

/** Of each class, the places of its arguments that people read. */
const CLASSES: Readonly<Record<string, readonly number[]>> = {
  UserError: [0, 1],
  StartFailure: [1],
  InvalidArgumentError: [0],
};
/** Members of objects that become errors. */
const MEMBERS: readonly unknown[] = ['reason', 'hint'];

/** Folders whose errors are all kinds with values. */
const READING = /^src\/(?:capture|partial|files)\//;

function isSentence(text: string): boolean {
  return /^[a-z7][\w,:;()' -]* [\w,:;()' -]* [\w,:;()' -]*$/.test(text);
}

/** A node of the syntax tree (ESTree). */
type Node = Readonly<Record<string, unknown>> & { type: string; start: number };

export function errorTexts(): ErrorText[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.startsWith('explain/') && !file.startsWith('web/'))
    .flatMap((file) => textsOf(join(ROOT, 'src', file)));
}

function textsOf(path: string): ErrorText[] {
  const source = readFileSync(path, 'utf8');
  const nodes = [...nodesIn(parseSync(path, source).program)];
  const constants = constantsIn(nodes);
  const found: ErrorText[] = [];
  const add = (thrown: string, node: unknown): void => {
    if (!isNode(node)) return;
    const line = source.slice(0, node.start).split('\n').length;
    for (const text of variants(node, constants))
      found.push({ thrown, where: `${relative(ROOT, path)}:${line}`, text });
  };
  // a problem of a file is joined from several texts
  const isReading = READING.test(relative(ROOT, path));
  for (const node of nodes) {
    if (node.type === 'NewExpression') {
      for (const place of CLASSES[nameOf(node.callee)] ?? [])
        add(nameOf(node.callee), listOf(node.arguments)[place]);
    } else if (isReading && (node.type === 'Literal' || node.type === 'TemplateLiteral')) {
      if (isSentence(variants(node, constants)[0] ?? '')) add('', node);
    } else if (node.type === 'Property' && MEMBERS.includes(nameOf(node.key))) add('', node.value);
  }
  return found;
}

/** Every text that an expression can have; none where its words come from elsewhere. */
function variants(node: unknown, constants: ReadonlyMap<string, readonly Node[]>): string[] {
  if (!isNode(node)) return [];
  const inside = (part: unknown): string[] => variants(part, constants);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'ConditionalExpression':
      return [...inside(node.consequent), ...inside(node.alternate)];
    case 'TemplateLiteral': {
      const [head = '', ...rest] = listOf(node.quasis).map(cooked);
      let texts = [head];
      for (const [at, after] of rest.entries()) {
        const words = inside(listOf(node.expressions)[at]);
        const filled = words.length > 0 ? words : ['7'];
        texts = texts.flatMap((text) => filled.map((word) => `${text}${word}${after}`));
      }
      return texts;
    }
    // hint(a, b): lines below each other
    case 'CallExpression':
      return nameOf(node.callee) === 'hint' ? listOf(node.arguments).flatMap(inside) : [];
    case 'Identifier':
      return (constants.get(nameOf(node)) ?? []).flatMap(inside);
    default:
      return [];
  }
}

/** The constants of a file, by name. */
function constantsIn(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const all = new Map<string, Node[]>();
  for (const node of nodes) {
    if (node.type !== 'VariableDeclarator' || !isNode(node.init)) continue;
    all.set(nameOf(node.id), [...(all.get(nameOf(node.id)) ?? []), node.init]);
  }
  return all;
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesIn(each);
  if (!isNode(value)) return;
  yield value;
  for (const part of Object.values(value)) if (typeof part === 'object') yield* nodesIn(part);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node.name === 'string' ? node.name : '';
}

function cooked(quasi: unknown): string {
  if (!isNode(quasi)) return '';
  const { value } = quasi;
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : '';
}
