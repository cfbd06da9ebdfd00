/** The columns of a list by name: those that lists have, and every field of a connection (fields/connection.ts). */
import { UserError } from '../errors.js';
import { phrases } from '../explain/phrases.js';
import { CONNECTION_COLUMNS, connectionRow } from '../fields/connection.js';
import type { ConnectionRow } from '../fields/connection-row.js';
import { type Field, type FieldType, NO_PHRASES } from '../fields/field.js';
import type { ConnectionReport } from '../verdict/report.js';
import { nearest } from '../where/suggest.js';
import { CONNECTION_LIST, type Form, type ListColumn } from './list-columns.js';

/** @throws UserError for a name that there is not. */
export function chosenColumns(names: readonly string[]): ListColumn<ConnectionReport>[] {
  return names.flatMap((name) => {
    if (name === 'all') return CONNECTION_LIST.map(lasting);
    const listed = CONNECTION_LIST.find((column) => column.name === name);
    if (listed !== undefined) return [lasting(listed)];
    const field = CONNECTION_COLUMNS.find(
      ({ path, name: snake }) => path === name || snake === name || path.split('.').at(-1) === name,
    );
    if (field !== undefined) return [columnOf(field)];
    const meant = nearest(name, columnNames());
    throw new UserError(
      `--columns: there is no column '${name}'${meant === null ? '' : `; did you mean '${meant}'?`}`,
      'synfin FILE --columns help lists them.',
    );
  });
}

/** One that was asked for by name stays, whatever the room. */
function lasting(column: ListColumn<ConnectionReport>): ListColumn<ConnectionReport> {
  return { ...column, rank: 0, optional: false };
}

const FORMS: Readonly<Record<FieldType, Form>> = {
  text: 'text',
  integer: 'count',
  double: 'count',
  boolean: 'text',
  timestamp: 'time',
};

function columnOf(field: Field<ConnectionRow>): ListColumn<ConnectionReport> {
  return {
    name: field.name,
    head: () => field.path.split('.').at(-1) ?? field.name,
    form: field.unit ?? FORMS[field.type],
    rank: 0,
    value: (report) => field.value(connectionRow(report), NO_PHRASES),
  };
}

export function columnNames(): string[] {
  return [...CONNECTION_LIST.map(({ name }) => name), ...CONNECTION_COLUMNS.map(({ path }) => path)];
}

/** What `--columns help` prints. */
export function columnsHelp(): string {
  const usual = CONNECTION_LIST.map(({ name }) => name).join(', ');
  const width = Math.max(...CONNECTION_COLUMNS.map(({ path }) => path.length));
  const { listingText } = phrases;
  const fields = CONNECTION_COLUMNS.map((field) => `  ${field.path.padEnd(width)}  ${meaningOf(field)}`);
  const [table, json] = ['Columns of the table', 'Fields, by their names in the JSON'].map(listingText);
  return `${table}:\n  ${usual}\n\n${json}:\n${fields.join('\n')}\n`;
}

/** In the language in use; the words that it can hold are codes, and stay. */
export function meaningOf({ meaning, words }: Pick<Field<ConnectionRow>, 'meaning' | 'words'>): string {
  const codes = words?.join(', ') ?? '';
  if (codes === '') return phrases.listingText(meaning);
  return meaning === codes ? codes : `${phrases.listingText(meaning.slice(0, -codes.length - 2))}: ${codes}`;
}
