/** The columns of lists by name: those that lists have, and every field of a connection or a UDP flow (fields/). */
import { UserError } from '../errors.js';
import { phrases } from '../explain/phrases.js';
import { CONNECTION_COLUMNS, connectionRow } from '../fields/connection.js';
import type { ConnectionRow } from '../fields/connection-row.js';
import { type Field, type FieldType, NO_PHRASES } from '../fields/field.js';
import { UDP_FLOW_COLUMNS, type UdpFlowRow } from '../fields/udp.js';
import type { ConnectionReport } from '../verdict/report.js';
import type { UdpFlowReport } from '../verdict/udp.js';
import { nearest } from '../where/suggest.js';
import { CONNECTION_LIST, type Form, type ListColumn, UDP_LIST } from './list-columns.js';

/** One kind of rows: its list, its fields, and what these take of it. */
interface Kind<Row, FieldRow> {
  list: readonly ListColumn<Row>[];
  fields: readonly Field<FieldRow>[];
  row(row: Row): FieldRow;
}

const CONNECTIONS: Kind<ConnectionReport, ConnectionRow> = {
  list: CONNECTION_LIST,
  fields: CONNECTION_COLUMNS,
  row: connectionRow,
};
const FLOWS: Kind<UdpFlowReport, UdpFlowRow> = {
  list: UDP_LIST,
  fields: UDP_FLOW_COLUMNS,
  row: (flow) => ({ flow, findingCount: flow.findings.length }),
};

export interface ChosenColumns {
  connections: ListColumn<ConnectionReport>[];
  flows: ListColumn<UdpFlowReport>[];
}

/**
 * Of connections and of UDP flows those that each has.
 *
 * @throws UserError for a name that neither has.
 */
export function chosenColumns(names: readonly string[]): ChosenColumns {
  const chosen: ChosenColumns = { connections: [], flows: [] };
  for (const name of names) {
    const connections = columnsOf(name, CONNECTIONS);
    const flows = columnsOf(name, FLOWS);
    if (connections.length + flows.length === 0) {
      throw new UserError({ kind: 'no-column', name, meant: nearest(name, columnNames()) });
    }
    chosen.connections.push(...connections);
    chosen.flows.push(...flows);
  }
  return chosen;
}

function columnsOf<Row, FieldRow>(
  name: string,
  { list, fields, row }: Kind<Row, FieldRow>,
): ListColumn<Row>[] {
  if (name === 'all') return list.map(lasting);
  const listed = list.find((column) => column.name === name);
  if (listed !== undefined) return [lasting(listed)];
  const field = fields.find(
    ({ path, name: snake }) => path === name || snake === name || path.split('.').at(-1) === name,
  );
  return field === undefined ? [] : [columnOf(field, row)];
}

/** A column chosen by name is always shown, even without room. */
function lasting<Row>(column: ListColumn<Row>): ListColumn<Row> {
  return { ...column, rank: 0, optional: false };
}

const FORMS: Readonly<Record<FieldType, Form>> = {
  text: 'text',
  integer: 'count',
  double: 'count',
  boolean: 'text',
  timestamp: 'time',
};

function columnOf<Row, FieldRow>(field: Field<FieldRow>, row: (of: Row) => FieldRow): ListColumn<Row> {
  return {
    name: field.name,
    head: () => field.path.split('.').at(-1) ?? field.name,
    form: field.unit ?? FORMS[field.type],
    rank: 0,
    value: (of) => field.value(row(of), NO_PHRASES),
  };
}

export function columnNames(): string[] {
  const listed = [...CONNECTION_LIST, ...UDP_LIST].map(({ name }) => name);
  return [
    ...new Set([
      ...listed,
      ...CONNECTION_COLUMNS.map(({ path }) => path),
      ...UDP_FLOW_COLUMNS.map(({ path }) => path),
    ]),
  ];
}

/** What `--columns help` prints. */
export function columnsHelp(): string {
  const all = [...CONNECTION_COLUMNS, ...UDP_FLOW_COLUMNS];
  const width = Math.max(...all.map(({ path }) => path.length));
  const usual = (list: readonly { name: string }[]): string => list.map(({ name }) => name).join(', ');
  const lines = (fields: readonly (Described & { path: string })[]): string =>
    fields.map((field) => `  ${field.path.padEnd(width)}  ${meaningOf(field)}\n`).join('');
  const { listingText } = phrases;
  const [table, json, flows] = [
    'Columns of the table',
    'Fields, by their names in the JSON',
    'of UDP flows',
  ].map((text) => listingText(text));
  return (
    `${table}:\n  ${usual(CONNECTION_LIST)}\n${flows}:\n  ${usual(UDP_LIST)}\n\n` +
    `${json}:\n${lines(CONNECTION_COLUMNS)}\n${flows}:\n${lines(UDP_FLOW_COLUMNS)}`
  );
}

type Described = Pick<Field<never>, 'meaning' | 'words'>;

/** In the language in use; its possible values are codes, which are not translated. */
export function meaningOf({ meaning, words }: Described): string {
  const codes = words?.join(', ') ?? '';
  if (codes === '') return phrases.listingText(meaning);
  return meaning === codes ? codes : `${phrases.listingText(meaning.slice(0, -codes.length - 2))}: ${codes}`;
}
