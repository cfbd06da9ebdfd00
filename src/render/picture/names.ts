/** Names of what pictures are asked for by. */

/** `auto`: as the reader's system has it. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
