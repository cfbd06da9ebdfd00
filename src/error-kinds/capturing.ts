/** Why nothing can be captured here, what to do about it, and what is said of a capture that runs. */
import type { Errors, Kinds } from './shapes.js';

/** Why a capture source cannot start, or ended. `why`: what the source itself says. */
export const SOURCE_ERRORS = {
  'helper-not-compiled': {},
  'helper-slow': { seconds: 'number' },
  'helper-no-pipe': {},
  'helper-ended': {},
  'helper-not-started': { why: 'error' },
  'helper-no-answer': {},
  'no-stop-thread': { why: 'error' },
  /** `program`: null for the helper itself. */
  'ended-with-code': { program: 'text?', code: 'number?', why: 'error?' },
  'ended-by-signal': { program: 'text?', signal: 'text', why: 'error?' },
  'ended-without-a-word': { program: 'text' },
  'package-missing': { name: 'text' },
  'package-not-built': { name: 'text' },
  'package-no-build': { name: 'text' },
  'program-missing': { name: 'text' },
  'program-forbidden': { path: 'text' },
  'not-on-platform': { platform: 'text' },
  'no-libpcap': {},
  'no-direction': { source: 'text' },
  'direction-refused': { why: 'error' },
  'filter-not-set': { why: 'error' },
  'no-stream': {},
  'interface-taken-down': { name: 'text' },
  'interface-gone': { name: 'text' },
} as const satisfies Kinds;

/** Errors of `synfin live`. `advice`: what to do; `notes`: which other sources were tried. */
export const CAPTURING_ERRORS = {
  'no-way-to-capture': {},
  'not-permitted': { name: 'text', why: 'error', advice: 'errors', notes: 'errors' },
  'no-interface': { name: 'text', others: 'texts' },
  /** `command`: null where none is known. */
  'interface-down': { name: 'text', command: 'text?', notes: 'errors' },
  'bad-filter': { filter: 'text', why: 'error', notes: 'errors' },
  'source-unusable': { source: 'text', why: 'error', advice: 'errors', notes: 'errors' },
  'source-cannot': { source: 'text', why: 'error', notes: 'errors' },
  'capturing-failed': { name: 'text', source: 'text', why: 'error', notes: 'errors' },
  'root-not-given-up': { uid: 'number?' },
  'root-not-nobody': {},
} as const satisfies Kinds;

/** What is said of a source, or of one that was not taken. */
export const CAPTURING_NOTES = {
  skipped: { source: 'text', why: 'error' },
  /** `program`: null for libpcap. */
  'losses-halved': { program: 'text?' },
  'direction-ignored': {},
  'capabilities-kept': {},
  'root-kept-from-user': { uid: 'number' },
  'root-kept-without-setpriv': {},
  'losses-unknown': {},
  'no-kernel-times': {},
  'dumpcap-late': {},
} as const satisfies Kinds;

/** What to do. `untried`: a command from the documentation of a system. */
export const ADVICE = {
  'install-npcap': {},
  'give-container-right': {},
  'root-without-right': {},
  /** `kept`: root is not given up. */
  'run-as-root': { command: 'text', kept: 'flag', untried: 'flag' },
  'install-chmodbpf': {},
  'join-group': { commands: 'texts', asks: 'flag' },
  install: { command: 'text', untried: 'flag' },
  'install-on': { commands: 'texts' },
  'build-cap': {},
  'built-here': { advice: 'error' },
  'brought-along': { system: 'text' },
} as const satisfies Kinds;

export type CapturingNote = Errors<typeof CAPTURING_NOTES>;
export type Advice = Errors<typeof ADVICE>;
