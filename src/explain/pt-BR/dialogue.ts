/** Not translated so far. */
export * from '../en/dialogue.js';
