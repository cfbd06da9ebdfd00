/** Exit codes of every command (CONTRACT.md). */

export const DONE = 0;
/** Wrong use, or an input that could not be read at all. */
export const WRONG_USE = 2;
/** Read, but an input was damaged or cut short. */
export const DAMAGED = 3;
export const INTERRUPTED = 130;
