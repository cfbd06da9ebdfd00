/**
 * All text for people, in the chosen language. English is always loaded; another language is a folder next to `en/` with
 * the same functions, which the compiler checks (`Phrases`), and is loaded when it is needed.
 */
import * as en from './en/index.js';

export type * from './en/index.js';

/** Every phrase there is, as a function over plain values. */
export type Phrases = typeof en;

/** The phrases where no other language is chosen. */
export const ENGLISH: Phrases = en;

/** The phrases of the language in use. A live binding: read it where a phrase is needed, and keep no copy of it. */
export let phrases: Phrases = en;

export function speak(language: Phrases): void {
  phrases = language;
}
