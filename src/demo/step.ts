/** One step of a scenario: the call in the program, next to what it makes the system do. */
import { escapeText } from '../escape.js';
import { wrap } from '../wrap.js';

export interface Step {
  /** Whose program it is: `client`, `server 2`. */
  who: string;
  /** The line of program code: a call (`socket.end()`), or an event that came (`on('end')`). */
  call: string;
  /** Why it is done, or what it does on the wire. */
  why: string;
}

const WHO = 8;
const CALL = 31;
const INDENT = '  ';

/** Three columns of at most `width` characters, safe to print, without newline at the end. */
export function formatStep({ who, call, why }: Step, width = 80): string {
  const before = `${INDENT}${who.padEnd(WHO)}${INDENT}${escapeText(call).padEnd(CALL)}${INDENT}`;
  const margin = INDENT.length * 3 + WHO + CALL;
  const next = `\n${' '.repeat(margin)}`;
  const lines = wrap(escapeText(why), width - margin).join(next);
  return before.length > margin ? before.trimEnd() + next + lines : before + lines;
}
