/** Warnings and errors, which are made where no language is known: what reads, captures and checks says them in English. */

/** `english`: a sentence or several, with what to do. */
export function messageText(english: string): string {
  return english;
}
