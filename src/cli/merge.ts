/** `synfin merge PART...` */
import { Analysis } from '../analyze.js';
import { PartsMerger } from '../partial/merge-parts.js';
import { conclude, tellWarnings } from './conclude.js';
import { INTERRUPTED } from './exit-codes.js';
import type { CliIo } from './io.js';
import type { OutputFlags } from './options.js';
import { createReporter } from './reporter.js';

export async function merge(paths: readonly string[], flags: OutputFlags, io: CliIo): Promise<number> {
  const parts = await PartsMerger.open(paths);
  try {
    const reporter = await createReporter(flags, io, paths);
    const analysis = new Analysis(reporter.sink, {
      ...reporter.wants,
      ...(flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections }),
    });
    reporter.attach(analysis);
    await parts.read(analysis, io.signal, () => reporter.flush());
    const summary = await analysis.conclude(parts, () => reporter.flush());
    await reporter.finish(summary);
    if (!io.signal.aborted) return conclude(summary, analysis, flags, io);
    tellWarnings(summary, io);
    return INTERRUPTED;
  } finally {
    await parts.close();
  }
}
