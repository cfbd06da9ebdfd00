/** What is said and checked once the results of a capture are written. */

import { UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import { warningSentence } from '../explain/sentences.js';
import type { CaptureSummary } from '../summary.js';
import { DAMAGED, DONE } from './exit-codes.js';
import type { CliIo } from './io.js';
import type { OutputFlags } from './options.js';

/** Tells the warnings; returns the exit code. Throws UserError where a connection was asked for that is not there. */
export function conclude(summary: CaptureSummary, flags: OutputFlags, io: CliIo): number {
  tellWarnings(summary, io);
  checkChosen(flags, summary.connections);
  return summary.warnings.some((warning) => warning.damage) ? DAMAGED : DONE;
}

export function tellWarnings(summary: CaptureSummary, io: CliIo): void {
  for (const warning of summary.warnings) {
    io.stderr.write(`synfin: ${escapeText(warningSentence(warning))}\n`);
  }
}

export function checkChosen(flags: OutputFlags, found: number): void {
  const missing = flags.connection?.find((index) => index >= found);
  if (missing === undefined) return;
  const there =
    found === 1
      ? 'only connection 0 was found'
      : found === 0
        ? 'none was found'
        : `0 to ${found - 1} were found`;
  throw new UserError(`there is no connection ${missing}: ${there}`);
}
