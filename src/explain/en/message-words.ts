/** Warnings and errors: the code that reads, captures and checks does not know the language, and makes them in English. */

/** `english`: a sentence or several, with what to do. */
export function messageText(english: string): string {
  return english;
}
