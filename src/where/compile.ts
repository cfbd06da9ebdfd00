/**
 * An expression of the Common Expression Language over the fields of a row. A value that is not known makes a comparison
 * neither true nor false, as CEL's errors do; only what is certainly true matches.
 */
import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import { Network } from '../decode/network.js';
import type { Field, FieldType } from '../fields/field.js';
import {
  type Certain,
  type Holder,
  isKnown,
  type Section,
  sectionsOf,
  UNKNOWN,
  type View,
  viewOf,
} from './catalogue.js';
import { type Comparison, comparisonsOf } from './comparisons.js';
import { asksFor, isTooDeep, unknownName, unknownWord, withoutNull } from './names.js';
import { type Problem, problemOf, TOO_DEEP, typeOf as valueType } from './problem.js';

export interface Compiled<Row> {
  /** A value that is not known makes it false; null where a field decides that the row does not have yet. */
  decide(row: Row): boolean | null;
  /** It asks for round trips, all of which are kept only where somebody wants them. */
  readonly asksRoundTrips: boolean;
  /** What it compares with a constant. */
  readonly comparisons: readonly Comparison<Row>[];
}

/** What is asked of the findings of a row. */
export type CountFindings<Row> = (row: Row, code: string) => number;

const CEL_TYPES: Readonly<Record<FieldType, string>> = {
  text: 'string',
  integer: 'double',
  double: 'double',
  boolean: 'bool',
  timestamp: 'google.protobuf.Timestamp',
};

/**
 * `expression` in plain CEL (literals.ts). `certain`: the fields that rows have yet, where they do not have all; findings
 * are not among them.
 */
export function compile<Row>(
  expression: string,
  fields: readonly Field<Row>[],
  countFindings: CountFindings<Row>,
  certain: Certain = null,
): Compiled<Row> | Problem {
  const root = sectionsOf(fields);
  const holder: Omit<Holder<Row>, 'row'> & { row: Row | null } = { row: null, uncertain: false };
  const current = (): Row => {
    if (holder.row === null) throw UNKNOWN;
    return holder.row;
  };
  const classes = new Map<string, View<Row>>();
  const Root = viewOf(root, classes, certain);
  const environment = environmentOf(root, classes, current, countFindings, certain, () => {
    holder.uncertain = true;
  });
  let parsed: ReturnType<Environment['parse']>;
  let asksRoundTrips = false;
  let comparisons: Comparison<Row>[] = [];
  try {
    const { ast } = environment.parse(expression);
    if (isTooDeep(ast)) return TOO_DEEP;
    const wrong = unknownName(ast, root) ?? unknownWord(ast, root);
    if (wrong !== null) return wrong;
    asksRoundTrips = asksFor(ast, (path) => path.split('.').includes('rtt'));
    comparisons = comparisonsOf(ast, root);
    parsed = environment.parse(withoutNull(expression, ast));
  } catch (error) {
    return problemOf(error);
  }
  const { valid, type, error } = parsed.check();
  if (!valid) return problemOf(error);
  if (type !== 'bool' && type !== 'dyn')
    return {
      error: { kind: 'not-a-condition', type: valueType(type ?? '') },
      position: 0,
      unknownName: null,
    };
  const view: object = new Root(holder as Holder<Row>);
  return {
    asksRoundTrips,
    comparisons,
    decide(row) {
      holder.row = row;
      holder.uncertain = false;
      try {
        return parsed(view) === true;
      } catch (failure) {
        if (failure === UNKNOWN || failure instanceof EvaluationError) return holder.uncertain ? null : false;
        throw failure;
      }
    },
  };
}

function environmentOf<Row>(
  root: Section<Row>,
  classes: ReadonlyMap<string, View<Row>>,
  current: () => Row,
  countFindings: CountFindings<Row>,
  certain: Certain,
  uncertain: () => void,
): Environment {
  const counted = (code: string): number => {
    if (certain !== null) {
      uncertain();
      throw UNKNOWN;
    }
    return countFindings(current(), code);
  };
  const known = (path: string): boolean => {
    if (certain !== null && !certain.has(path)) {
      uncertain();
      throw UNKNOWN;
    }
    return isKnown(root, path, current());
  };
  const environment = new Environment();
  registerSection(environment, root, classes);
  for (const [name, field] of root.fields) environment.registerVariable(name, CEL_TYPES[field.type]);
  for (const [name, { path }] of root.sections) environment.registerVariable(name, typeOf(path));
  const networks = new Map<string, Network | null>();
  return environment
    .registerFunction('known(string): bool', known)
    .registerFunction('found(string): bool', (code: string) => counted(code) > 0)
    .registerFunction('count(string): double', counted)
    .registerFunction('timeOfDay(google.protobuf.Timestamp): double', secondsOfDay)
    .registerOperator('double % double', (a: number, b: number) => a % b)
    .registerType('Network', { ctor: Network, fields: {} })
    .registerFunction('cidr(string): Network', (text: string) => {
      const network = networks.get(text) ?? Network.parse(text);
      networks.set(text, network);
      if (network === null) throw UNKNOWN;
      return network;
    })
    .registerFunction('Network.contains(string): bool', (network: Network, address: string) =>
      network.contains(address),
    );
}

/** Since midnight UTC. */
function secondsOfDay(time: Date): number {
  return (time.getTime() % 86_400_000) / 1000;
}

/** Sections become types of CEL, the inner ones first. */
function registerSection<Row>(
  environment: Environment,
  section: Section<Row>,
  classes: ReadonlyMap<string, View<Row>>,
): void {
  for (const inner of section.sections.values()) registerSection(environment, inner, classes);
  const ctor = classes.get(section.path);
  if (section.path === '' || ctor === undefined) return;
  const fields: Record<string, string> = {};
  for (const [name, field] of section.fields) fields[name] = CEL_TYPES[field.type];
  for (const [name, { path }] of section.sections) fields[name] = typeOf(path);
  environment.registerType(typeOf(section.path), { ctor, fields });
}

/** `opening.options` as the name of a type. */
function typeOf(path: string): string {
  return path.replaceAll(/(?:^|\.)(.)/g, (_, letter: string) => letter.toUpperCase());
}
