/** `synfin analyze FILE...` */
import { Analysis } from '../analyze.js';
import { openCaptures } from '../capture/merge.js';
import { UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import { warningSentence } from '../explain/sentences.js';
import { DAMAGED, DONE, INTERRUPTED } from './exit-codes.js';
import type { CliIo } from './io.js';
import type { OutputFlags } from './options.js';
import { createReporter } from './reporter.js';

export async function analyze(files: readonly string[], flags: OutputFlags, io: CliIo): Promise<number> {
  const capture = await openCaptures(files);
  try {
    const reporter = await createReporter(flags, io, files);
    const analysis = new Analysis(reporter.sink, {
      signal: io.signal,
      ...reporter.wants,
      ...(flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections }),
    });
    reporter.attach(analysis);
    await analysis.read({
      fill: async () => {
        await reporter.flush();
        return capture.fill();
      },
      next: (frame) => capture.next(frame),
    });
    const summary = analysis.finish(capture);
    await reporter.finish(summary);
    for (const warning of summary.warnings) {
      io.stderr.write(`synfin: ${escapeText(warningSentence(warning))}\n`);
    }
    checkChosen(flags, summary.connections);
    if (io.signal.aborted) return INTERRUPTED;
    return summary.warnings.some((warning) => warning.damage) ? DAMAGED : DONE;
  } finally {
    await capture.close();
  }
}

/** Throws UserError where a connection was asked for that is not there. */
function checkChosen(flags: OutputFlags, found: number): void {
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
