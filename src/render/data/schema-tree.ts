/** JSON Schema of an object from the paths of its members. */
import type { Field, FieldType, Unit } from '../../fields/field.js';

/** A JSON Schema, or a part of one. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** What the catalogue of fields says of a member. */
export type Described = Pick<Field<never>, 'path' | 'type' | 'unit' | 'words' | 'meaning'>;

export interface Shape {
  /** Members with one value. */
  fields: readonly Described[];
  /** Fields of tables that differ in the JSON: it has a list there, or nothing. */
  without?: readonly string[];
  /** By path: lists and objects, and values that the catalogue does not have, or has more of. */
  others: Readonly<Record<string, Schema>>;
  /** Paths of values and of objects that may be null. */
  nullable: readonly string[];
  /** Paths of members that are left out where there is nothing to say. */
  optional?: readonly string[];
}

/** RFC 3339 in UTC with nanoseconds, as rfc3339() writes it. */
export const TIME: Schema = {
  type: 'string',
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{9}Z$',
};

/** Nothing is negative: numbers are relative where they could be. */
const TYPES: Readonly<Record<FieldType, Schema>> = {
  text: { type: 'string' },
  integer: { type: 'integer', minimum: 0 },
  double: { type: 'number', minimum: 0 },
  boolean: { type: 'boolean' },
  timestamp: TIME,
};

export function orNull(schema: Schema): Schema {
  const { type, enum: words } = schema;
  const nullable = { ...schema, type: [type, 'null'].flat() };
  return Array.isArray(words) ? { ...nullable, enum: [...words, null] } : nullable;
}

export function listOf(items: Schema, description?: string): Schema {
  return { type: 'array', items, ...(description === undefined ? {} : { description }) };
}

/** An object all of whose members are there. */
export function objectOf(properties: Readonly<Record<string, Schema>>, optional: string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required };
}

export function oneOf(words: readonly string[], description?: string): Schema {
  return { type: 'string', enum: words, ...(description === undefined ? {} : { description }) };
}

function ofField({ type, unit, words, meaning }: Described): Schema {
  const counted: Readonly<Record<Unit, string>> = { seconds: ' (seconds)', bytes: ' (bytes)' };
  const description = `${meaning}${unit === null ? '' : counted[unit]}`;
  return { ...TYPES[type], ...(words === null ? {} : { enum: words }), description };
}

/** Of an object whose members are named by paths, `a.b` for the member `b` of the object `a`. */
export function schemaOf({ fields, without = [], others, nullable, optional = [] }: Shape): Schema {
  const members = new Map<string, Schema>();
  for (const field of fields) if (!without.includes(field.path)) members.set(field.path, ofField(field));
  for (const [path, schema] of Object.entries(others)) {
    const { description } = members.get(path) ?? {};
    members.set(path, description === undefined ? schema : { description, ...schema });
  }
  const isNullable = new Set(nullable);
  const isOptional = new Set(optional);
  const named = (path: string, schema: Schema): Schema => (isNullable.has(path) ? orNull(schema) : schema);
  const build = (prefix: string): Schema => {
    const properties: Record<string, Schema> = {};
    for (const [path, schema] of members) {
      if (!path.startsWith(prefix)) continue;
      const [name = '', ...deeper] = path.slice(prefix.length).split('.');
      const own = prefix + name;
      properties[name] ??= named(own, deeper.length === 0 ? schema : build(`${own}.`));
    }
    const required = Object.keys(properties).filter((name) => !isOptional.has(prefix + name));
    return { type: 'object', properties, required };
  };
  return build('');
}
