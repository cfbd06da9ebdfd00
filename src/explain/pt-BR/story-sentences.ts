/** Not translated so far. */
export * from '../en/story-sentences.js';
