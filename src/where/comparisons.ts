/** Which fields an expression compares with a constant. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Field } from '../fields/field.js';
import type { Section } from './catalogue.js';
import { asksFor, childrenOf, fieldAt, pathOf } from './names.js';

export interface Comparison<Row> {
  readonly field: Field<Row>;
  /** What it is compared with for equality; empty where other things are asked, such as `<` or a network. */
  readonly equals: readonly unknown[];
  /** All comparisons ask for more or less. */
  readonly ordered: boolean;
}

const ORDERED: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

/** Each field once, in the order of the expression. */
export function comparisonsOf<Row>(ast: ASTNode, root: Section<Row>): Comparison<Row>[] {
  const found = new Map<string, Comparison<Row>>();
  const look = (node: ASTNode): void => {
    for (const [side, other] of sidesOf(node)) {
      const path = side === undefined || other === undefined || !isConstant(other) ? null : askedPath(side);
      const field = path === null ? undefined : fieldAt(root, path);
      if (field === undefined || other === undefined) continue;
      const before = found.get(field.path);
      const ordered = ORDERED.has(node.op);
      found.set(field.path, {
        field,
        equals: [...(before?.equals ?? []), ...(ordered ? [] : valuesOf(other))],
        ordered: ordered && before?.ordered !== false,
      });
    }
    for (const child of childrenOf(node)) look(child);
  };
  look(ast);
  return [...found.values()];
}

/** What may be a field, and what it is then compared with. */
function sidesOf(node: ASTNode): readonly (readonly [ASTNode | undefined, ASTNode | undefined])[] {
  if (node.op === '==' || node.op === '!=' || node.op === 'in' || ORDERED.has(node.op)) {
    const [left, right] = node.args as [ASTNode, ASTNode];
    return [
      [left, right],
      [right, left],
    ];
  }
  // cidr("10.0.0.0/8").contains(client.address), client.address.startsWith("10.")
  if (node.op !== 'rcall') return [];
  const [, receiver, [argument]] = node.args;
  return [
    [receiver, argument],
    [argument, receiver],
  ];
}

/** `start`, also of `timeOfDay(start)`. */
function askedPath(node: ASTNode): string | null {
  if (node.op !== 'call') return pathOf(node);
  const [name, [only]] = node.args;
  return name === 'timeOfDay' && only !== undefined ? pathOf(only) : null;
}

function isConstant(node: ASTNode): boolean {
  return !(node.op === 'value' && node.args === null) && !asksFor(node, () => true);
}

function valuesOf(node: ASTNode): unknown[] {
  if (node.op === 'list') return node.args.flatMap(valuesOf);
  return node.op === 'value' ? [node.args] : [];
}
