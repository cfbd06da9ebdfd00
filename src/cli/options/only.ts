/** What `--only` takes. */
export const ONLY = ['failed', 'reset', 'slow'] as const;
export type Only = (typeof ONLY)[number];
