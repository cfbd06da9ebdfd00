/** A field of a connection or a UDP flow, as `synfin explain` shows it: for names that are not words of TCP. */

import { normalized } from '../../explain/terms/lookup.js';
import type { TermLabels } from '../../explain/terms/names.js';
import { CONNECTION_COLUMNS } from '../../fields/connection.js';
import type { Field } from '../../fields/field.js';
import { UDP_FLOW_COLUMNS } from '../../fields/udp.js';
import { meaningOf } from '../chosen-columns.js';
import { paint, type TextStyle } from '../text/style.js';
import { commandLines, headed, joined, labelled, listed, usedWidth } from './layout.js';

/** What is the same of a field whatever its rows are. */
type Described = Pick<Field<never>, 'path' | 'name' | 'type' | 'unit' | 'words' | 'meaning'>;

export interface NamedField {
  of: 'connection' | 'flow';
  field: Described;
}

const ALL: readonly NamedField[] = [
  ...CONNECTION_COLUMNS.map((field): NamedField => ({ of: 'connection', field })),
  ...UDP_FLOW_COLUMNS.map((field): NamedField => ({ of: 'flow', field })),
];

/** With more, each has one line. */
const MOST_WHOLE = 3;

/** By its name in the JSON, in whole or its last part, or as a column; a field of both kinds of rows with one meaning comes once. */
export function fieldsNamed(typed: string): readonly NamedField[] {
  const wanted = normalized(typed);
  if (wanted === '') return [];
  const whole = ALL.filter(({ field }) =>
    [field.path, field.name].some((name) => normalized(name) === wanted),
  );
  const found =
    whole.length > 0
      ? whole
      : ALL.filter(({ field }) => endings(field.path).some((ending) => normalized(ending) === wanted));
  return found.filter(
    ({ field }, at) =>
      found.findIndex((other) => other.field.path === field.path && other.field.meaning === field.meaning) ===
      at,
  );
}

/** `a.b.c`, `b.c`, `c`. */
function endings(path: string): string[] {
  return path.split('.').map((_, at, parts) => parts.slice(at).join('.'));
}

/** Names for suggestions. */
export function fieldPaths(): string[] {
  return [...new Set(ALL.map(({ field }) => field.path))];
}

export function fieldsPage(fields: readonly NamedField[], labels: TermLabels, style: TextStyle): string {
  if (fields.length > MOST_WHOLE) return joined(listLines(fields, labels, style), style);
  return joined(
    fields.flatMap((named, at) => [...(at > 0 ? [''] : []), ...fieldLines(named, labels, style)]),
    style,
  );
}

function listLines(fields: readonly NamedField[], labels: TermLabels, style: TextStyle): string[] {
  const column = Math.min(
    Math.max(...fields.map(({ field }) => field.path.length)),
    Math.floor(usedWidth(style) / 2),
  );
  const line = ({ field }: NamedField): string[] => listed(field.path, column, meaningOf(field), style);
  return (['connection', 'flow'] as const)
    .map((of) => ({ of, lines: fields.filter((named) => named.of === of).flatMap(line) }))
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ of, lines }, at) => [
      ...(at > 0 ? [''] : []),
      paint(style, 'bold', labels.fieldTitles[of]),
      ...lines,
    ]);
}

function fieldLines({ of, field }: NamedField, labels: TermLabels, style: TextStyle): string[] {
  return [
    ...headed(field.path, ` (${labels.fieldKinds[of]})`, style),
    '',
    ...labelled('what', `${meaningOf(field)}.`, labels, style),
    ...labelled('source', labels.fieldSource(field.type, field.unit, field.name), labels, style),
    ...commandLines(fieldCommands(field), labels, style),
  ];
}

/** How to see it, and how to ask for it. */
export function fieldCommands(field: Described): string[] {
  const asked = condition(field);
  return [
    `synfin trace.pcap --columns client,server,${field.path}`,
    ...(asked === null ? [] : [`synfin trace.pcap --where '${asked}'`]),
  ];
}

function condition({ path, type, unit, words }: Described): string | null {
  const [word] = words ?? [];
  if (word !== undefined) return `${path} == "${word}"`;
  if (unit === 'seconds') return `${path} > 200ms`;
  if (unit === 'bytes') return `${path} > 1MB`;
  if (type === 'boolean') return path;
  if (type === 'integer') return path.endsWith('.port') ? `${path} == 443` : `${path} > 2`;
  return null;
}

/** For other programs. */
export function fieldRecords(fields: readonly NamedField[]): string {
  const records = fields.map(({ of, field }) => ({
    term: field.path,
    kind: of === 'connection' ? 'connection-field' : 'flow-field',
    what: meaningOf(field),
    type: field.type,
    unit: field.unit,
    column: field.name,
    commands: fieldCommands(field),
  }));
  return `${JSON.stringify(records, null, 2)}\n`;
}
