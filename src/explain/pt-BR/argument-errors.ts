/** What commander says is wrong with the arguments of a command, in Portuguese: its sentences are English alone. */

/** What each of its sentences is recognized by, and the same in Portuguese. What a value should be is of errors-usage.ts. */
export const OF_COMMANDER: readonly (readonly [RegExp, string])[] = [
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

/** Each in turn, so that one goes before another that is part of it. */
export function usageError(english: string): string {
  return OF_COMMANDER.reduce((text, [pattern, said]) => text.replace(pattern, said), english);
}
