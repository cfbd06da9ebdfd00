/** What is wrong with an expression of `--where`. */
import type { Sentences } from '../../error-kinds/all.js';
import type { EXPRESSION_ERRORS, ExpressionType } from '../../error-kinds/expression.js';

const TYPES: Readonly<Record<ExpressionType, string>> = {
  text: 'texto',
  number: 'número',
  truth: 'verdadeiro ou falso',
  time: 'tempo',
  group: 'grupo de campos',
};

const orMeant = (name: string): string => `; você quis dizer '${name}'?`;

export const EXPRESSION: Sentences<typeof EXPRESSION_ERRORS> = {
  where: ({ why }, said) => `--where: ${said(why)}`,
  'or-meant': ({ why, meant }, said) => `${said(why)}${orMeant(meant)}`,
  'unknown-field': ({ path }) => `campo desconhecido: '${path}'`,
  'unquoted-text': ({ path }) => `campo desconhecido: '${path}'; um texto tem aspas: "${path}"`,
  'unknown-finding': ({ code, meant }) =>
    `achado desconhecido: '${code}'${meant === null ? '; docs/findings.md tem a lista' : orMeant(meant)}`,
  'unknown-unit': ({ unit, units }) => `unidade desconhecida: '${unit}'; há ${units.join(', ')}`,
  'never-that-word': ({ path, word, words, meant }) =>
    `${path} nunca é '${word}'${meant === null ? `; é um destes: ${words.join(', ')}` : orMeant(meant)}`,
  'number-too-large-here': () => 'este número é grande demais',
  'too-deep': () => 'há termos demais dentro de termos',
  'something-missing': () => 'falta algo no fim',
  'parenthesis-missing': () => "falta um ')'",
  'single-equals': () => "'=' não é um operador; '==' compara",
  'unexpected-character': ({ character }) => `'${character}' não é esperado aqui`,
  'not-a-condition': ({ type }) => `é um valor do tipo ${TYPES[type]}, não uma condição`,
  'cannot-compare': ({ operator, left, right }) =>
    `'${operator}' não compara ${TYPES[left]} com ${TYPES[right]}`,
  'not-a-network': ({ text }) => `'${text}' não é uma rede, como 10.0.0.0/8 ou 2001:db8::/32`,
  'not-a-time': ({ text }) => `'${text}' não é uma data e hora, como 2026-11-28T08:00:00Z`,
  'not-a-pattern': ({ text }) => `'${text}' não é uma expressão regular`,
};
