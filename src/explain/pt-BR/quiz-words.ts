/** Not translated so far. */
export * from '../en/quiz-words.js';
