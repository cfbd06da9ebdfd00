/** Warnings and errors, which are made in English where no language is known: each kind of sentence, put into Portuguese. */
import { CAPTURING_MESSAGES } from './capturing-messages.js';
import { EXPRESSION_PATTERNS } from './expression-words.js';
import { READING_MESSAGES, WRITING_MESSAGES } from './file-messages.js';
import { withPatterns } from './message-pattern.js';
import { USAGE_MESSAGES } from './usage-messages.js';

const PATTERNS = [
  ...CAPTURING_MESSAGES,
  ...READING_MESSAGES,
  ...WRITING_MESSAGES,
  ...USAGE_MESSAGES,
  ...EXPRESSION_PATTERNS,
];

/** `english`: a sentence or several, with what to do. What has no translation stays in English (a test finds it). */
export function messageText(english: string): string {
  return withPatterns(english, PATTERNS);
}
