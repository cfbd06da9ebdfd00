/** What is wrong with an expression of `--where`. */
import type { Sentences } from '../../error-kinds/all.js';
import type { EXPRESSION_ERRORS, ExpressionType } from '../../error-kinds/expression.js';

const TYPES: Readonly<Record<ExpressionType, string>> = {
  text: 'text',
  number: 'number',
  truth: 'true or false',
  time: 'time',
  group: 'group of fields',
};

const orMeant = (name: string): string => `; did you mean '${name}'?`;

export const EXPRESSION: Sentences<typeof EXPRESSION_ERRORS> = {
  where: ({ why }, said) => `--where: ${said(why)}`,
  'or-meant': ({ why, meant }, said) => `${said(why)}${orMeant(meant)}`,
  'unknown-field': ({ path }) => `unknown field '${path}'`,
  'unquoted-text': ({ path }) => `unknown field '${path}'; a text has quotes: "${path}"`,
  'unknown-finding': ({ code, meant }) =>
    `unknown finding '${code}'${meant === null ? '; docs/findings.md lists them' : orMeant(meant)}`,
  'unknown-unit': ({ unit, units }) => `unknown unit '${unit}'; there are ${units.join(', ')}`,
  'never-that-word': ({ path, word, words, meant }) =>
    `${path} is never '${word}'${meant === null ? `; it is one of ${words.join(', ')}` : orMeant(meant)}`,
  'number-too-large-here': () => 'this number is too large',
  'too-deep': () => 'too many terms within terms',
  'something-missing': () => 'something is missing at the end',
  'parenthesis-missing': () => "a ')' is missing",
  'single-equals': () => "'=' is no operator; '==' compares",
  'unexpected-character': ({ character }) => `'${character}' is not expected here`,
  'not-a-condition': ({ type }) => `it is a ${TYPES[type]}, not a condition`,
  'cannot-compare': ({ operator, left, right }) =>
    `'${operator}' cannot compare ${TYPES[left]} with ${TYPES[right]}`,
  'not-a-network': ({ text }) => `'${text}' is no network, such as 10.0.0.0/8 or 2001:db8::/32`,
  'not-a-time': ({ text }) => `'${text}' is no time, such as 2026-11-28T08:00:00Z`,
  'not-a-pattern': ({ text }) => `'${text}' is no regular expression`,
};
