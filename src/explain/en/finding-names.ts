/** Findings as names, where there is no room for a sentence. */

/** `code`: as the JSON has it. */
export function findingName(code: string): string {
  return code.replaceAll('-', ' ');
}
