/** What is wrong with an expression of `--where`: each kind of sentence, put into Portuguese. */

import type { Pattern } from './message-pattern.js';

/** Behind `não compara` or `é um valor do tipo`: a type, as where/problem.ts names it. */
const typed = (name: string): RegExp => new RegExp(`(?<=não compara .*|do tipo )\\b${name}\\b`, 'g');

export const EXPRESSION_PATTERNS: readonly Pattern[] = [
  [/; a text has quotes: (.*)$/m, '; um texto tem aspas: $1'],
  [/unknown field '(.*?)'/, "campo desconhecido: '$1'"],
  [/unknown finding '(.*?)'/, "achado desconhecido: '$1'"],
  [/unknown unit '(.*?)'; there are (.*)$/m, "unidade desconhecida: '$1'; há $2"],
  [/; docs\/findings\.md lists them/, '; docs/findings.md tem a lista'],
  [/(\S+) is never '(.*?)'; /, "$1 nunca é '$2'; "],
  [/; it is one of (.*)$/m, '; é um destes: $1'],
  [/too many terms within terms/, 'há termos demais dentro de termos'],
  [/this number is too large/, 'este número é grande demais'],
  [/something is missing at the end/, 'falta algo no fim'],
  [/a '\)' is missing/, "falta um ')'"],
  [/'=' is no operator; '==' compares/, "'=' não é um operador; '==' compara"],
  [/'(.)' is not expected here/, "'$1' não é esperado aqui"],
  [/it is a (.*), not a condition/, 'é um valor do tipo $1, não uma condição'],
  [/'(.*?)' cannot compare (.*) with (.*)$/m, "'$1' não compara $2 com $3"],
  [typed('text'), 'texto'],
  [typed('number'), 'número'],
  [typed('true or false'), 'verdadeiro ou falso'],
  [typed('time'), 'tempo'],
  [typed('group of fields'), 'grupo de campos'],
  [/'(.*?)' is no network, such as (\S+) or (\S+)/, "'$1' não é uma rede, como $2 ou $3"],
  [/'(.*?)' is no time, such as (\S+)/, "'$1' não é uma data e hora, como $2"],
  [/'(.*?)' is no regular expression/, "'$1' não é uma expressão regular"],
];
