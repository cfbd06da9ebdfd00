/** Every key and what it does: the help on the screen, and the table of docs/browse.md. Names are those of terminal-kit. */

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

export interface Binding {
  readonly action: Action;
  readonly keys: readonly string[];
  /** As it is written in the help, and what it does; null for keys that need no word. */
  readonly help: readonly [string, string] | null;
}

export const BINDINGS: readonly Binding[] = [
  {
    action: 'down',
    keys: ['j', 'DOWN', 'CTRL_N'],
    help: ['j k, arrows', 'next and previous row or segment'],
  },
  { action: 'up', keys: ['k', 'UP', 'CTRL_P'], help: null },
  {
    action: 'page-down',
    keys: ['PAGE_DOWN', 'CTRL_F', ' '],
    help: ['PgDn PgUp, Space b', 'a page; Ctrl-D and Ctrl-U half of one'],
  },
  { action: 'page-up', keys: ['PAGE_UP', 'CTRL_B', 'b'], help: null },
  { action: 'half-down', keys: ['CTRL_D'], help: null },
  { action: 'half-up', keys: ['CTRL_U'], help: null },
  { action: 'first', keys: ['g', 'HOME'], help: ['g G, Home End', 'first and last'] },
  { action: 'last', keys: ['G', 'END'], help: null },
  {
    action: 'open',
    keys: ['ENTER', 'KP_ENTER', 'l', 'RIGHT'],
    help: ['Enter', 'list: the ladder of the connection; ladder: the whole explanation'],
  },
  { action: 'back', keys: ['ESCAPE', 'h', 'LEFT'], help: ['Esc', 'back; ends what is being read'] },
  { action: 'filter', keys: ['/'], help: ['/', 'filter, as --where; empty shows all'] },
  { action: 'sort', keys: ['s'], help: ['s r', 'the next order; turned round'] },
  { action: 'reverse', keys: ['r'], help: null },
  { action: 'next', keys: ['n'], help: ['n p', 'ladder: next and previous connection of the list'] },
  { action: 'previous', keys: ['p'], help: null },
  { action: 'fold', keys: ['z'], help: ['z', 'ladder: fold long runs of data, or show each segment'] },
  { action: 'copy', keys: ['y', 'c'], help: ['y, c', 'show and copy the command that prints the same'] },
  {
    action: 'reload',
    keys: ['R', 'CTRL_L'],
    help: ['R', 'read again: of a live capture or a file that grows'],
  },
  { action: 'help', keys: ['?'], help: ['?', 'this help'] },
  { action: 'suspend', keys: ['CTRL_Z'], help: null },
  { action: 'quit', keys: ['q'], help: ['q', 'back from the ladder; from the list, quit'] },
  { action: 'interrupt', keys: ['CTRL_C'], help: ['Ctrl-C', 'quit'] },
];

const ACTIONS: ReadonlyMap<string, Action> = new Map(
  BINDINGS.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)),
);

export function actionOf(key: string): Action | null {
  return ACTIONS.get(key) ?? null;
}
