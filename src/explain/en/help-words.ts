/** The help of commands and what is wrong with their arguments: in English as the command line has them. */

/** A description, a heading or an example of the help. */
export function helpText(english: string): string {
  return english;
}

/** What the parser of arguments says of them, without its prefix. */
export function usageError(english: string): string {
  return english;
}
