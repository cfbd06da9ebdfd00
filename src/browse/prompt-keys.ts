/** Keys while a filter is typed. */

import { phrases } from '../explain/phrases.js';
import { compileFilter, WhereError } from '../where/filter.js';
import { type EditedLine, editedLine, editLine } from './line-edit.js';
import { only, type State, type Updated } from './state.js';

const MAX_HISTORY = 100;

export function promptKey(state: State, prompt: EditedLine, key: string): Updated {
  switch (key) {
    case 'ENTER':
    case 'KP_ENTER':
      return applied(state, prompt.text.trim());
    case 'ESCAPE':
      return only({ ...state, prompt: null, message: null });
    case 'UP':
    case 'DOWN':
      return only(recalled(state, key === 'UP' ? 1 : -1));
  }
  const edited = key === 'BACKSPACE' && prompt.text === '' ? null : editLine(prompt, key);
  if (edited !== null) return only({ ...state, prompt: edited, message: null });
  return only(key === 'BACKSPACE' ? { ...state, prompt: null, message: null } : state);
}

/** Shows what is wrong with an expression, which stays in the prompt to be corrected. */
function applied(state: State, where: string): Updated {
  const wrong = where === '' ? null : problemOf(where);
  if (wrong !== null) return only({ ...state, message: { text: wrong, tone: 'bad' } });
  const history = where === '' ? state.history : [where, ...state.history.filter((each) => each !== where)];
  const done = { ...state, prompt: null, message: null, history: history.slice(0, MAX_HISTORY) };
  return where === state.where ? only(done) : only(done, { do: 'load', where });
}

function problemOf(where: string): string | null {
  try {
    return compileFilter(where).of.connections ? null : phrases.ONLY_UDP_FILTER;
  } catch (error) {
    if (!(error instanceof WhereError)) throw error;
    return phrases.errorText(error.why);
  }
}

function recalled(state: State, step: number): State {
  const at = Math.max(-1, Math.min(state.recalled + step, state.history.length - 1));
  return { ...state, recalled: at, prompt: editedLine(at < 0 ? state.where : (state.history[at] ?? '')) };
}
