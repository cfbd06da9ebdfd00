/** Messages and checks after the results of a capture are written. */

import type { Analysis } from '../../analysis/analysis.js';
import type { CaptureSummary } from '../../analysis/summary.js';
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import type { OutputPlan } from '../options/plan.js';
import { DAMAGED, DONE } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';

/** Prints the warnings; returns the exit code. Throws UserError where a requested connection does not exist. */
export function conclude(summary: CaptureSummary, analysis: Analysis, plan: OutputPlan, io: CliIo): number {
  reportWarnings(summary, plan, io);
  checkChosen(plan, analysis);
  return summary.warnings.some((warning) => warning.damage) ? DAMAGED : DONE;
}

export function reportWarnings(summary: CaptureSummary, plan: OutputPlan, io: CliIo): void {
  for (const warning of summary.warnings) {
    io.stderr.write(`synfin: ${escapeText(phrases.warningSentence(warning))}\n`);
  }
  // tables have no place for it
  const evicted = plan.form === 'tables' ? phrases.evictionCaveat(summary.evicted) : null;
  if (evicted !== null) io.stderr.write(`synfin: ${evicted}\n`);
}

export function checkChosen(plan: OutputPlan, analysis: Analysis): void {
  const missing = [...(plan.named ?? [])].find((index) => !analysis.hasConnection(index));
  if (missing === undefined) return;
  const { connections, lastConnection: last } = analysis;
  throw new UserError(phrases.noSuchConnection(missing, connections, last));
}
