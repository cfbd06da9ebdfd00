/** Characters that text for people must not have. */
import { expectThat } from './target.js';

/** Control characters but newline, bidirectional controls, and what has no width. Tabs are not written either. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const COLORS = /\u001b\[\d+m/g;
const LEAKED = /\bundefined\b|\bNaN\b|\[object |\bInfinity\b/;

export function expectClean(text: string, what: string, colors = false): void {
  const plain = colors ? text.replaceAll(COLORS, '') : text;
  const found = UNSAFE.exec(plain);
  expectThat(found === null, () => {
    const around = plain.slice(Math.max(0, (found?.index ?? 0) - 60), (found?.index ?? 0) + 20);
    return `${what}: a character that is not for a terminal: ${JSON.stringify(around)}`;
  });
}

/** A value of the program that was never meant to be written. */
export function expectMeant(text: string, what: string): void {
  const found = LEAKED.exec(text);
  expectThat(
    found === null,
    () => `${what}: ${text.slice(Math.max(0, (found?.index ?? 0) - 80)).slice(0, 160)}`,
  );
}
