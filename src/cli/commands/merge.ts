/** `synfin merge PART...` */

import { Analysis } from '../../analysis/analysis.js';
import { UserError } from '../../errors.js';
import { nodeHost } from '../../files/host.js';
import { PartsMerger } from '../../partial/merge-parts.js';
import type { AskFlags } from '../options/ask.js';
import { type OutputFlags, textStyle } from '../options/options.js';
import { planOutput } from '../options/plan.js';
import { conclude, reportWarnings } from '../report/conclude.js';
import { createReporter } from '../report/create.js';
import { INTERRUPTED } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';
import { behind, NO_PROGRESS, showProgress } from '../terminal/progress.js';

export async function merge(
  paths: readonly string[],
  flags: OutputFlags & AskFlags,
  io: CliIo,
): Promise<number> {
  if (paths.includes('-')) throw new UserError({ kind: 'parts-from-input' });
  const plan = planOutput(flags, io, flags);
  const parts = await PartsMerger.open(paths);
  const hasBar = flags.quiet !== true && flags.progress !== false;
  const progress = !hasBar ? NO_PROGRESS : showProgress(parts, textStyle(flags, io).unicode, io);
  try {
    const shown = await createReporter(plan, behind(progress, io), paths);
    const reporter = {
      ...shown,
      async flush() {
        await shown.flush();
        progress.look();
      },
    };
    const analysis = new Analysis(reporter.sink, {
      host: nodeHost,
      ...reporter.wants,
      ...(flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections }),
    });
    reporter.attach?.(analysis);
    await parts.read(analysis, io.signal, reporter.flush);
    const summary = await analysis.conclude(parts, reporter);
    progress.end();
    await reporter.finish(summary);
    if (!io.signal.aborted) return conclude(summary, analysis, plan, io);
    reportWarnings(summary, plan, io);
    return INTERRUPTED;
  } finally {
    progress.end();
    await parts.close();
  }
}
