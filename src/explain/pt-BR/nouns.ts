/** What is counted, by its English name: noun-forms.ts has how it is said. */
export type { Noun } from '../en/nouns.js';
