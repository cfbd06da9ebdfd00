/**
 * What people read, in the language that was chosen. English is always there; another language is a folder beside `en/` with
 * the same functions, which the compiler holds (`Phrases`), and is loaded when it is asked for.
 */
import * as en from './en/index.js';

export type * from './en/index.js';

/** Every phrase there is, as a function over plain values. */
export type Phrases = typeof en;

/** What is said where no other language is chosen. */
export const ENGLISH: Phrases = en;

/** The phrases of the language in use. A live binding: read it where a phrase is needed, and keep no copy of it. */
export let phrases: Phrases = en;

export function speak(language: Phrases): void {
  phrases = language;
}
