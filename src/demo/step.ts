/** One step of a scenario: the call in the program, next to what it makes the system do. */
import { escapeText } from '../escape.js';
import { type DemoRole, demoTexts, type StepText } from '../explain/demo-texts.js';
import { wrap } from '../wrap.js';

export interface Step {
  /** Whose program it is. */
  who: DemoRole;
  /** Which of several, from 1; null or nothing where there is one. */
  number?: number | null;
  /** The line of program code: a call (`socket.end()`), or an event that came (`on('end')`). */
  call: string;
  /** The reason for it, or its effect on the wire. */
  why: StepText;
}

const CALL = 31;
const INDENT = '  ';

/** Three columns of at most `width` characters, safe to print, without newline at the end. */
export function formatStep(step: Step, width = 80): string {
  const { call, why } = step;
  const names = Math.max(...(['client', 'server'] as const).map((who) => whoText({ who, number: 1 }).length));
  const before = `${INDENT}${whoText(step).padEnd(names)}${INDENT}${escapeText(call).padEnd(CALL)}${INDENT}`;
  const margin = INDENT.length * 3 + names + CALL;
  const next = `\n${' '.repeat(margin)}`;
  const lines = wrap(escapeText(why), width - margin).join(next);
  return before.length > margin ? before.trimEnd() + next + lines : before + lines;
}

/** `client`, `server 2`. */
export function whoText({ who, number = null }: Pick<Step, 'who' | 'number'>): string {
  const name = demoTexts.roles[who];
  return number === null ? name : `${name} ${number}`;
}
