/** `synfin analyze FILE...` */

import { Analysis } from '../../analysis/analysis.js';
import type { FrameSource } from '../../analysis/sink.js';
import type { CaptureSummary } from '../../analysis/summary.js';
import type { Frame } from '../../capture/frame.js';
import type { FrameStream } from '../../capture/reader.js';
import { UserError } from '../../errors.js';
import { factsOf } from '../../files/facts.js';
import { nodeHost } from '../../files/host.js';
import { openCaptures } from '../../files/open-captures.js';
import { checkRights } from '../../files/writable.js';
import { type AnalyzeFlags, textStyle } from '../options/options.js';
import { type OutputPlan, planOutput } from '../options/plan.js';
import { checkChosen, reportWarnings } from '../report/conclude.js';
import { createReporter, filterOf } from '../report/create.js';
import type { Reporter } from '../report/reporter.js';
import type { ConnectionExtract } from '../save/extract.js';
import { countsMatching, withIndices } from '../save/indices.js';
import type { OpenedPart } from '../save/part.js';
import { Tee } from '../save/tee.js';
import { DAMAGED, DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import { type CliIo, write } from '../terminal/io.js';
import { behind, NO_PROGRESS, showProgress } from '../terminal/progress.js';

export async function analyze(files: readonly string[], given: AnalyzeFlags, io: CliIo): Promise<number> {
  if (given.columns?.includes('help') === true) {
    const { columnsHelp } = await import('../../render/chosen-columns.js');
    await write(io.stdout, columnsHelp());
    return DONE;
  }
  if (given.format === 'html') {
    const { reportAsFormat } = await import('./report.js');
    return reportAsFormat(files, given, io);
  }
  for (const path of [given.write, given.output]) if (path !== undefined) checkRights(path);
  const { flags, sentences, ofFlows, seen } = await withIndices(files, given, io);
  const plan = planOutput(flags, io, flags, flags.follow === true);
  const counts = countsMatching(plan, ofFlows);
  const seenHint =
    seen === null || !plan.hints ? '' : (await import('../report/seen-text.js')).seenText(seen);
  if (plan.hints && !counts)
    io.stderr.write(sentences.map((text) => `synfin: ${text}\n`).join('') + seenHint);
  // what few ask for is loaded where it is asked for: loading takes longer than a short capture
  const saving =
    flags.write === undefined
      ? null
      : (await import('../save/saving.js')).planSaving(flags.write, files, flags, io);
  const cut = saving?.cut ?? null;
  const partial = flags.partial === undefined && flags.part === undefined ? null : await partOf(files, flags);
  if (flags.follow === true) checkFollow(files, flags);
  const reading = untilInterrupted(files, io);
  let capture: FrameStream;
  try {
    capture = await openCaptures(files, {
      comments: flags.verbose === true,
      signal: reading.signal,
      follow: flags.follow === true,
    });
  } catch (error) {
    reading.done();
    // Ctrl-C before anything had come
    if (io.signal.aborted) return INTERRUPTED;
    throw error;
  }
  const { unicode } = textStyle(flags, io);
  const hasBar = flags.follow !== true && flags.quiet !== true && flags.progress !== false;
  const progress = !hasBar ? NO_PROGRESS : showProgress(capture, unicode, io);
  let summary: CaptureSummary;
  try {
    const reporting = await makeReporter(files, flags, plan, cut, behind(progress, io));
    const part = (await partial?.open()) ?? null;
    const reporter = part === null ? reporting : withPart(reporting, part);
    const analysis = new Analysis(reporter.sink, {
      host: nodeHost,
      signal: reading.signal,
      progress: progress.look,
      ...reporter.wants,
      ...(part === null ? {} : { recorder: part.recorder }),
      ...(flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections }),
    });
    reporter.attach?.(analysis);
    let failure: Error | null = null;
    if (saving !== null && cut === null)
      failure = await saving.read(capture, reporter, analysis, flags.count);
    else await analysis.read(flushing(capture, reporter, cut, flags.count));
    const interrupted = reading.signal.aborted && flags.follow !== true;
    const { files: read, warnings, drops, progress: extent } = capture;
    const facts = { files: read, warnings, drops, interrupted: interrupted ? extent : null };
    summary = await analysis.conclude(facts, reporter);
    progress.end();
    await reporter.finish(summary);
    if (counts) io.stderr.write(seenHint);
    await part?.close(capture, interrupted);
    reportWarnings(summary, plan, io);
    if (flags.verbose === true) io.stderr.write(await factsText(capture));
    checkChosen(plan, analysis);
    if (failure !== null) throw failure;
  } finally {
    progress.end();
    reading.done();
    await capture.close();
  }
  if (io.signal.aborted) return INTERRUPTED;
  await saving?.writeCut((again) => showProgress(again, unicode, io));
  if (io.signal.aborted) return INTERRUPTED;
  return summary.warnings.some((warning) => warning.damage) ? DAMAGED : DONE;
}

async function partOf(
  files: readonly string[],
  flags: AnalyzeFlags,
): Promise<{ open(): Promise<OpenedPart> } | null> {
  const { openPart, planPart } = await import('../save/part.js');
  const plan = planPart(files, flags);
  return plan === null ? null : { open: () => openPart(plan) };
}

async function factsText(capture: FrameStream): Promise<string> {
  const { captureFacts } = await import('../terminal/capture-facts.js');
  return captureFacts(capture);
}

/** How long the writer of a pipe may take to flush its buffer, after Ctrl-C has reached both. */
const PIPE_GRACE_MS = 1000;

/**
 * Ctrl-C ends the reading at once; of a pipe, when its writer, which got the same Ctrl-C, has ended too:
 * tcpdump writes most of what it captured only then.
 */
function untilInterrupted(files: readonly string[], io: CliIo): { signal: AbortSignal; done(): void } {
  const reading = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    if (!files.includes('-')) reading.abort();
    else timer = setTimeout(() => reading.abort(), PIPE_GRACE_MS);
  };
  if (io.signal.aborted) interrupt();
  else io.signal.addEventListener('abort', interrupt, { once: true });
  return {
    signal: reading.signal,
    done() {
      clearTimeout(timer);
      io.signal.removeEventListener('abort', interrupt);
    },
  };
}

/** The part is written whenever results are. */
function withPart(reporter: Reporter, part: OpenedPart): Reporter {
  return {
    ...reporter,
    async flush() {
      await part.flush();
      await reporter.flush();
    },
  };
}

async function makeReporter(
  files: readonly string[],
  flags: AnalyzeFlags,
  plan: OutputPlan,
  cut: ConnectionExtract | null,
  io: CliIo,
): Promise<Reporter> {
  const reporter = await createReporter(plan, io, files);
  if (cut !== null) return cut.watch(reporter);
  if (flags.follow !== true) return reporter;
  const { watching } = await import('../watch/watcher.js');
  return watching(reporter, flags, io, await filterOf(plan));
}

/** The capture as the analysis reads it: shows results that are ready before it waits for more. `count`: packets to read. */
function flushing(
  capture: FrameStream,
  reporter: Reporter,
  cut: ConnectionExtract | null,
  count: number | undefined,
): FrameSource {
  const next =
    cut === null ? (frame: Frame) => capture.next(frame) : (frame: Frame) => cut.next(capture, frame);
  const fill = (): Promise<boolean> => capture.fill();
  if (count !== undefined) return new Tee({ fill, next }, null, count, () => reporter.flush());
  return {
    fill: async () => {
      await reporter.flush();
      return fill();
    },
    next,
  };
}

function checkFollow(files: readonly string[], flags: AnalyzeFlags): void {
  const [path = '-'] = files;
  const isFolder = path !== '-' && factsOf(path)?.isDirectory() === true;
  if (files.length > 1 || isFolder) throw new UserError({ kind: 'follow-one-file' });
  if (flags.write !== undefined && (flags.matched ?? flags.connection) !== undefined) {
    throw new UserError({ kind: 'write-of-growing' });
  }
}
