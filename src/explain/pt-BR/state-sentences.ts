/** Not translated so far. */
export * from '../en/state-sentences.js';
