/** Which connections and UDP flows an expression picks. */

import { Network } from '../decode/network.js';
import { type ErrorValues, UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import { CONNECTION_COLUMNS, connectionRow } from '../fields/connection.js';
import type { ConnectionRow } from '../fields/connection-row.js';
import { type Field, fieldsOf } from '../fields/field.js';
import { UDP_FLOW_COLUMNS, type UdpFlowRow } from '../fields/udp.js';
import type { LocatedFacts } from '../track/results/snapshot.js';
import { FINDING_CODES } from '../verdict/catalogue.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { UdpFlowReport } from '../verdict/udp.js';
import { type Compiled, compile } from './compile.js';
import { EARLY_PATHS, earlyFields, earlyOf } from './early.js';
import { LiteralError, plainExpression } from './literals.js';
import type { Problem } from './problem.js';
import { nearest } from './suggest.js';
import { type SeenValues, ValueTally } from './value-tally.js';

export interface Filter {
  /**
   * The same of what is known of a connection before it is judged: null where that does not decide. Saves judging those
   * that do not match.
   */
  facts(facts: LocatedFacts): boolean | null;
  connection(report: ConnectionReport): boolean;
  udpFlow(flow: UdpFlowReport): boolean;
  /** Round trips of all connections are to be kept for it. */
  readonly asksRoundTrips: boolean;
  /** False where no connection can match, as the expression asks what only UDP flows have; and the other way round. */
  readonly of: { readonly connections: boolean; readonly udpFlows: boolean };
  /** Counts the values of what it compares with a constant. */
  tally(): ReportTally;
}

export interface ReportTally {
  /** Another report would be counted. */
  readonly wants: boolean;
  connection(report: ConnectionReport): void;
  udpFlow(flow: UdpFlowReport): void;
  seen(): SeenValues;
}

const CONNECTION_FIELDS: readonly Field<ConnectionRow>[] = [
  ...CONNECTION_COLUMNS,
  fieldsOf<ConnectionRow>().text('protocol', 'protocol', 'tcp', () => 'tcp'),
];
const FLOW_FIELDS: readonly Field<UdpFlowRow>[] = [
  ...UDP_FLOW_COLUMNS,
  fieldsOf<UdpFlowRow>().text('protocol', 'protocol', 'udp', () => 'udp'),
];

/** An expression that is wrong. `why`: without the option that has it; the hint shows where. */
export class WhereError extends UserError {
  constructor(
    readonly why: ErrorValues,
    hint: string,
  ) {
    super({ kind: 'where', why }, hint);
  }
}

/** Every name that an expression can ask for. */
export function filterNames(): string[] {
  return [...new Set([...CONNECTION_FIELDS, ...FLOW_FIELDS].map(({ path }) => path))];
}

/** @throws WhereError that names what is wrong and where, and what may be meant. */
export function compileFilter(written: string): Filter {
  const plain = plainOf(written);
  checkConstants(written);
  const connections = compile(
    plain.text,
    CONNECTION_FIELDS,
    ({ report }, code) => report.findingCounts[code] ?? 0,
  );
  const flows = compile(
    plain.text,
    FLOW_FIELDS,
    ({ flow }, code) => flow.findings.filter((finding) => finding.code === code).length,
  );
  if (isProblem(connections) && (isProblem(flows) || connections.unknownName === null))
    throw refused(written, furthest(connections, flows), plain.origin);
  const forConnections = isProblem(connections) ? null : connections;
  const forFlows = isProblem(flows) ? null : flows;
  const early = compile(plain.text, earlyFields(CONNECTION_FIELDS), () => 0, EARLY_PATHS);
  const forFacts = isProblem(early) ? null : early;
  return {
    asksRoundTrips: forConnections?.asksRoundTrips === true,
    of: { connections: forConnections !== null, udpFlows: forFlows !== null },
    facts: (facts) => (forConnections === null ? false : (forFacts?.decide(earlyOf(facts)) ?? null)),
    connection: (report) => forConnections?.decide(connectionRow(report)) === true,
    udpFlow: (flow) => forFlows?.decide(flowRow(flow)) === true,
    tally() {
      const tally = new ValueTally(forConnections?.comparisons ?? [], forFlows?.comparisons ?? []);
      return {
        get wants() {
          return tally.wants;
        },
        connection: (report) => tally.connection(connectionRow(report)),
        udpFlow: (flow) => tally.udpFlow(flowRow(flow)),
        seen: () => tally.seen(),
      };
    },
  };
}

function flowRow(flow: UdpFlowReport): UdpFlowRow {
  return { flow, findingCount: flow.findings.length };
}

function isProblem<Row>(result: Compiled<Row> | Problem): result is Problem {
  return 'error' in result;
}

/** Of two attempts, the error of the one whose names are known is more useful. */
function furthest(connections: Problem, flows: Compiled<UdpFlowRow> | Problem): Problem {
  if (!isProblem(flows)) return connections;
  return connections.unknownName !== null && flows.unknownName === null ? flows : connections;
}

function plainOf(written: string): ReturnType<typeof plainExpression> {
  try {
    return plainExpression(written);
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    const { error: values, position } = error;
    throw refused(written, { error: values, position, unknownName: null }, (at) => at);
  }
}

/** What a constant argument of a function must be: what is wrong with it, null where nothing is. */
const CONSTANTS: readonly [RegExp, (constant: string) => ErrorValues | null][] = [
  [/\b(?:has|count)\(\s*(["'])([^"']*)\1\s*\)/g, codeProblem],
  [
    /\bcidr\(\s*(["'])([^"']*)\1\s*\)/g,
    (text) => (Network.parse(text) === null ? { kind: 'not-a-network', text } : null),
  ],
  [
    /\btimestamp\(\s*(["'])([^"']*)\1\s*\)/g,
    (text) => (Number.isNaN(Date.parse(text)) ? { kind: 'not-a-time', text } : null),
  ],
  [
    /\bmatches\(\s*(["'])([^"']*)\1\s*\)/g,
    (text) => (isPattern(text) ? null : { kind: 'not-a-pattern', text }),
  ],
];

/** Constants that could never match are refused. */
function checkConstants(written: string): void {
  for (const [pattern, problem] of CONSTANTS) {
    for (const match of written.matchAll(pattern)) {
      const constant = match[2] ?? '';
      const error = problem(constant);
      if (error === null) continue;
      const position = match.index + match[0].indexOf(constant);
      throw refused(written, { error, position, unknownName: null }, (at) => at);
    }
  }
}

function codeProblem(code: string): ErrorValues | null {
  if (Object.hasOwn(FINDING_CODES, code)) return null;
  return { kind: 'unknown-finding', code, meant: nearest(code, Object.keys(FINDING_CODES)) };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** Characters of a long expression that are shown, and how many of them come before the place of the error. */
const MOST_SHOWN = 1000;
const SHOWN_BEFORE = 500;

function refused(
  written: string,
  { error, position, unknownName }: Problem,
  origin: (position: number) => number,
): WhereError {
  const meant = unknownName === null ? null : nearest(unknownName, filterNames());
  const column = origin(position);
  const from = Math.max(0, column - SHOWN_BEFORE);
  const to = from + MOST_SHOWN;
  const shown = (text: string): string => escapeText(text.replaceAll(/\s/g, ' '));
  const [before, after] = [from > 0 ? '…' : '', to < written.length ? '…' : ''];
  return new WhereError(
    meant === null ? error : { kind: 'or-meant', why: error, meant },
    `  ${before}${shown(written.slice(from, to))}${after}\n  ${' '.repeat(before.length + shown(written.slice(from, column)).length)}^`,
  );
}
