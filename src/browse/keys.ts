/** Every key and what it does: the help on the screen, and the table of docs/browse.md. Names are those of terminal-kit. */

import type { KeyHelp } from '../explain/phrases.js';

export type Action =
  | 'down'
  | 'up'
  | 'page-down'
  | 'page-up'
  | 'half-down'
  | 'half-up'
  | 'first'
  | 'last'
  | 'open'
  | 'back'
  | 'filter'
  | 'sort'
  | 'reverse'
  | 'next'
  | 'previous'
  | 'fold'
  | 'copy'
  | 'reload'
  | 'help'
  | 'suspend'
  | 'quit'
  | 'interrupt';

/** `names`: the keys as the help shows them, with what they do; null for keys that need no explanation. */
export type Binding = { readonly keys: readonly string[] } & (
  | { readonly action: KeyHelp; readonly names: string }
  | { readonly action: Action; readonly names: null }
);

export const BINDINGS: readonly Binding[] = [
  {
    action: 'down',
    keys: ['j', 'DOWN', 'CTRL_N'],
    names: 'j k, arrows',
  },
  { action: 'up', keys: ['k', 'UP', 'CTRL_P'], names: null },
  {
    action: 'page-down',
    keys: ['PAGE_DOWN', 'CTRL_F', ' '],
    names: 'PgDn PgUp, Space b',
  },
  { action: 'page-up', keys: ['PAGE_UP', 'CTRL_B', 'b'], names: null },
  { action: 'half-down', keys: ['CTRL_D'], names: null },
  { action: 'half-up', keys: ['CTRL_U'], names: null },
  { action: 'first', keys: ['g', 'HOME'], names: 'g G, Home End' },
  { action: 'last', keys: ['G', 'END'], names: null },
  {
    action: 'open',
    keys: ['ENTER', 'KP_ENTER', 'l', 'RIGHT'],
    names: 'Enter',
  },
  { action: 'back', keys: ['ESCAPE', 'h', 'LEFT'], names: 'Esc' },
  { action: 'filter', keys: ['/'], names: '/' },
  { action: 'sort', keys: ['s'], names: 's r' },
  { action: 'reverse', keys: ['r'], names: null },
  { action: 'next', keys: ['n'], names: 'n p' },
  { action: 'previous', keys: ['p'], names: null },
  { action: 'fold', keys: ['z'], names: 'z' },
  { action: 'copy', keys: ['y', 'c'], names: 'y, c' },
  {
    action: 'reload',
    keys: ['R', 'CTRL_L'],
    names: 'R',
  },
  { action: 'help', keys: ['?'], names: '?' },
  { action: 'suspend', keys: ['CTRL_Z'], names: null },
  { action: 'quit', keys: ['q'], names: 'q' },
  { action: 'interrupt', keys: ['CTRL_C'], names: 'Ctrl-C' },
];

const ACTIONS: ReadonlyMap<string, Action> = new Map(
  BINDINGS.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)),
);

export function actionOf(key: string): Action | null {
  return ACTIONS.get(key) ?? null;
}
