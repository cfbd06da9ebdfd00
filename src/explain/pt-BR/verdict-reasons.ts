/** Not translated so far. */
export * from '../en/verdict-reasons.js';
