/** The screen of a state, line by line. */
import { phrases } from '../explain/phrases.js';
import { paint, plain, wrap } from '../render/text/style.js';
import { helpLines } from './help-view.js';
import { ladderBody, ladderTitle } from './ladder-screen.js';
import { listBody } from './list-view.js';
import { clip } from './sgr.js';
import type { State } from './state.js';
import { promptLine, statusLine } from './status.js';

export interface Screen {
  /** As many as the terminal has; none is longer. */
  readonly lines: readonly string[];
  /** Position of the cursor while a filter is typed, from 0; null where it is hidden. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
}

export function view(state: State): Screen {
  const { size, style } = state;
  const { width, height } = size;
  const room = Math.max(0, height - 2);
  const messages = messageLines(state).slice(0, Math.max(1, room - 1));
  const body = bodyLines(state).slice(0, room - messages.length);
  while (body.length < room - messages.length) body.push('');
  const { text, cursor } =
    state.prompt === null ? { text: statusLine(state), cursor: null } : promptLine(state.prompt, state);
  const title =
    state.ladder === null || state.help !== null ? listTitle(state) : ladderTitle(state, state.ladder);
  const lines = [title, ...body, ...messages, text].map((line) => clip(line, width, style));
  const shown = height < 2 ? lines.slice(-Math.max(1, height)) : lines;
  return { lines: shown, cursor: cursor === null ? null : { x: cursor, y: shown.length - 1 } };
}

function bodyLines(state: State): string[] {
  if (state.help !== null) return helpLines(state).slice(state.help);
  return state.ladder === null ? listBody(state) : ladderBody(state, state.ladder);
}

function listTitle(state: State): string {
  return paint(
    state.style,
    'bold',
    plain(state.help !== null ? phrases.KEYS_TITLE : state.title, state.style),
  );
}

/** The current message, above the status line. */
function messageLines({ message, style, size }: State): string[] {
  if (message === null) return [];
  const color = message.tone === 'bad' ? 'red' : 'yellow';
  return wrap(plain(message.text, style), size.width, 2).map((line) => paint(style, color, line));
}
