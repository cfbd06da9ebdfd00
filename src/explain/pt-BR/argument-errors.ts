/** What is wrong with the arguments of a command, in Portuguese: what commander says, and what values should be. */
import { type Pattern, withPatterns } from './message-pattern.js';

/** What follows "is invalid." */
const EXPECTED: readonly Pattern[] = [
  [
    /an address, a network \((.*?)\), or either with :PORT is expected\./,
    'Esperado: um endereço, uma rede ($1), ou um deles com :PORTA.',
  ],
  [/a port from 0 to 65535 is expected\./, 'Esperada: uma porta de 0 a 65535.'],
  [/a time is expected: /, 'Esperado: um tempo, '],
  [
    /two times are expected: (\S+ \S+), or both with their date\./,
    'Esperados: dois horários, $1, ou ambos com a data.',
  ],
  [/('.*') is no time of day\./, '$1 não é um horário do dia.'],
  [/('.*') is no time such as (\S+) or (\S+)\.$/m, '$1 não é um horário como $2 ou $3.'],
  [
    /numbers of connections in the table are expected, from 0: 3 or 3,7-9\./,
    'Esperados: números de conexões da tabela, a partir de 0: 3 ou 3,7-9.',
  ],
  [/a whole number of at least (\d+) is expected\./, 'Esperado: um número inteiro de ao menos $1.'],
  [/a number of at least (\d+) is expected\./, 'Esperado: um número de ao menos $1.'],
  [/a size \((.*?)\) or a time \((.*?)\) is expected\./, 'Esperado: um tamanho ($1) ou um tempo ($2).'],
  [
    /one of (.*) is expected, or one of them with :client or :server\./,
    'Esperado: um destes: $1; ou um deles com :client ou :server.',
  ],
  [/one of (.*) is expected\./, 'Esperado: um destes: $1.'],
  [/((?:[a-z-]+, )+[a-z-]+|7) are expected\./, 'Esperados: $1.'],
];

const OF_COMMANDER: readonly Pattern[] = [
  [/neither a file nor a command: /, 'nem arquivo nem comando: '],
  [/unknown option /, 'opção desconhecida '],
  [/missing required argument /, 'falta o argumento '],
  [/option (.*) argument missing$/m, 'falta o valor da opção $1'],
  [/option ('.*?') argument ('.*') is invalid\. /s, 'o valor $2 da opção $1 não é válido. '],
  [/Allowed choices are /, 'Valores possíveis: '],
  [
    /too many arguments(?: for '(.*?)')?\. Expected (\d+) arguments? but got (\d+)\./,
    "argumentos demais para '$1': esperados $2, recebidos $3.",
  ],
  [/\(Did you mean one of (.*)\?\)/, '(Você quis dizer um destes: $1?)'],
  [/\(Did you mean (.*)\?\)/, '(Você quis dizer $1?)'],
  [
    /command-argument value ('.*') is invalid for argument ('.*?')\. /s,
    'o valor $1 do argumento $2 não é válido. ',
  ],
];

export function usageError(english: string): string {
  return withPatterns(english, [...EXPECTED, ...OF_COMMANDER]);
}
