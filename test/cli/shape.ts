/** Shows where a value differs from an expected shape: the fields and types of CONTRACT.md, written down once. */

export type Check = (value: unknown, path: string) => string[];

const fail = (path: string, expected: string, value: unknown): string[] => [
  `${path}: ${expected} expected, ${JSON.stringify(value)} found`,
];

const type =
  (name: string, accepts: (value: unknown) => boolean): Check =>
  (value, path) =>
    accepts(value) ? [] : fail(path, name, value);

export const text = type('text', (value) => typeof value === 'string' && value !== '');
/** A string that may be empty. */
export const anyText = type('a string', (value) => typeof value === 'string');
export const flag = type('true or false', (value) => typeof value === 'boolean');
export const number = type('a number', (value) => typeof value === 'number' && Number.isFinite(value));
export const count = type(
  'a whole number from 0',
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
);
/** A 1-based position in the capture. */
export const packet = type('a packet number', (value) => Number.isSafeInteger(value) && Number(value) >= 1);
export const uint32 = type(
  'a 32-bit number',
  (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32,
);
export const port = type(
  'a port',
  (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 16,
);
/** RFC 3339 in UTC with nanoseconds. */
export const time = type(
  'a time as text',
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/.test(value),
);

export const oneOf =
  (...words: readonly string[]): Check =>
  (value, path) =>
    typeof value === 'string' && words.includes(value) ? [] : fail(path, words.join(' | '), value);

export const orNull =
  (check: Check): Check =>
  (value, path) =>
    value === null ? [] : check(value, path);

export const list =
  (check: Check, most = Number.POSITIVE_INFINITY): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return fail(path, 'a list', value);
    const problems = value.length > most ? [`${path}: at most ${most} expected, ${value.length} found`] : [];
    return value.reduce(
      (all: string[], item, index) => all.concat(check(item, `${path}[${index}]`)),
      problems,
    );
  };

export const mapOf =
  (check: Check): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return fail(path, 'an object', value);
    return Object.entries(value).flatMap(([key, item]) => check(item, `${path}.${key}`));
  };

/** All of `fields`; of `optional`, those that are there. Others may be added without a new schema version. */
export const object =
  (fields: Record<string, Check>, optional: Record<string, Check> = {}): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return fail(path, 'an object', value);
    const entries = new Map(Object.entries(value));
    return Object.entries({ ...optional, ...fields }).flatMap(([name, check]) => {
      if (entries.has(name)) return check(entries.get(name), `${path}.${name}`);
      return name in fields ? [`${path}.${name}: missing`] : [];
    });
  };
