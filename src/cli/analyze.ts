/** `synfin analyze FILE...` */
import { Analysis, type CaptureSummary, type FrameSource } from '../analyze.js';
import { openCaptures } from '../capture/merge.js';
import type { FrameStream } from '../capture/reader.js';
import { type CaptureWriter, createCaptureWriter, formatForName } from '../capture/writer.js';
import { UserError } from '../errors.js';
import { escapeText } from '../escape.js';
import { captureFacts } from './capture-facts.js';
import { checkApart } from './column-files.js';
import { checkChosen, tellWarnings } from './conclude.js';
import { type ConnectionCut, planCut, writerOptions } from './cut.js';
import { DAMAGED, DONE, INTERRUPTED } from './exit-codes.js';
import { factsOf, refuseOverwriting } from './files.js';
import type { CliIo } from './io.js';
import { type AnalyzeFlags, textStyle } from './options.js';
import { type OpenedPart, openPart } from './part.js';
import { NO_PROGRESS, showProgress } from './progress.js';
import { createReporter, type Reporter } from './reporter.js';
import { Tee } from './tee.js';

export async function analyze(files: readonly string[], flags: AnalyzeFlags, io: CliIo): Promise<number> {
  const { write } = flags;
  if (write !== undefined) checkWrite(write, files, flags);
  if (flags.follow === true) checkFollow(files, flags);
  const cut = write !== undefined && flags.connection !== undefined ? planCut(files, flags.connection) : null;
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
  const progress = flags.follow === true ? NO_PROGRESS : showProgress(capture, unicode, io);
  let summary: CaptureSummary;
  try {
    const part = await openPart(files, flags);
    // not copied: that would make standard input, which may not be wanted
    const shown: CliIo = io.terminal
      ? Object.assign(Object.create(io), { beforeResults: progress.hide })
      : io;
    const reporter = await reporterFor(files, flags, cut, part, shown);
    const analysis = new Analysis(reporter.sink, {
      signal: reading.signal,
      progress: progress.look,
      ...reporter.wants,
      ...(part === null ? {} : { recorder: part.recorder }),
      ...(flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections }),
    });
    reporter.attach(analysis);
    let failure: Error | null = null;
    if (write !== undefined && cut === null)
      failure = await readAndWrite(capture, write, reporter, analysis, io);
    else await analysis.read(flushing(capture, reporter, cut));
    summary = analysis.finish(capture);
    progress.end();
    await reporter.finish(summary);
    await part?.close(capture);
    tellWarnings(summary, io);
    if (flags.verbose === true) io.stderr.write(captureFacts(capture));
    checkChosen(flags, summary.connections);
    if (failure !== null) throw failure;
  } finally {
    progress.end();
    reading.done();
    await capture.close();
  }
  if (io.signal.aborted) return INTERRUPTED;
  if (cut !== null && write !== undefined) {
    const written = await cut.write(files, write, io.signal, (again) => showProgress(again, unicode, io));
    tellClipped(written, write, io);
  }
  return summary.warnings.some((warning) => warning.damage) ? DAMAGED : DONE;
}

/** How long the writer of a pipe may take to write what it holds, after Ctrl-C has reached both. */
const LAST_WORDS_MS = 1000;

/**
 * Ctrl-C ends the reading at once; that of a pipe when its writer, which had the same Ctrl-C, has ended too:
 * tcpdump writes most of what it captured only then.
 */
function untilInterrupted(files: readonly string[], io: CliIo): { signal: AbortSignal; done(): void } {
  const reading = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    if (!files.includes('-')) reading.abort();
    else timer = setTimeout(() => reading.abort(), LAST_WORDS_MS);
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

async function reporterFor(
  files: readonly string[],
  flags: AnalyzeFlags,
  cut: ConnectionCut | null,
  part: OpenedPart | null,
  io: CliIo,
): Promise<Reporter> {
  const reporter = await shownAs(files, flags, cut, io);
  if (part === null) return reporter;
  return {
    ...reporter,
    async flush() {
      await part.flush();
      await reporter.flush();
    },
  };
}

async function shownAs(
  files: readonly string[],
  flags: AnalyzeFlags,
  cut: ConnectionCut | null,
  io: CliIo,
): Promise<Reporter> {
  const reporter = await createReporter(flags, io, files);
  if (cut !== null) return cut.watch(reporter);
  if (flags.follow !== true) return reporter;
  const { watching } = await import('./watch.js');
  return watching(reporter, flags, io);
}

/** The capture as the analysis reads it: what is ready is shown before more is waited for. */
function flushing(capture: FrameStream, reporter: Reporter, cut: ConnectionCut | null): FrameSource {
  return {
    fill: async () => {
      await reporter.flush();
      return capture.fill();
    },
    next: cut === null ? (frame) => capture.next(frame) : (frame) => cut.next(capture, frame),
  };
}

/** Analyses and writes every frame; resolves to why it could not be written to its end, or null. */
async function readAndWrite(
  capture: FrameStream,
  path: string,
  reporter: Reporter,
  analysis: Analysis,
  io: CliIo,
): Promise<Error | null> {
  const writer = await createCaptureWriter(path, formatForName(path), writerOptions(capture));
  const tee = new Tee(capture, writer, Number.POSITIVE_INFINITY, () => reporter.flush());
  await analysis.read(tee);
  await tee.close(capture.drops);
  if (tee.failure === null) tellClipped(writer, path, io);
  return tee.failure;
}

function tellClipped(writer: Pick<CaptureWriter, 'clipped'>, path: string, io: CliIo): void {
  if (writer.clipped === 0) return;
  const format = formatForName(path);
  const years = format === 'pcap' ? '1970 to 2106' : '1970 to 2554';
  const text = `${path}: ${writer.clipped} packets have times that ${format} cannot hold (${years}); they got the nearest`;
  io.stderr.write(`synfin: ${escapeText(text)}\n`);
}

function checkWrite(path: string, files: readonly string[], flags: AnalyzeFlags): void {
  if (path === '-') throw new UserError('--write needs the name of a file: standard output has the results');
  checkApart(path, flags);
  refuseOverwriting(path, files);
}

function checkFollow(files: readonly string[], flags: AnalyzeFlags): void {
  const [path = '-'] = files;
  const isFolder = path !== '-' && factsOf(path)?.isDirectory() === true;
  if (files.length > 1 || isFolder) throw new UserError('--follow goes with one file');
  if (flags.write !== undefined && flags.connection !== undefined) {
    throw new UserError('--write with --connection reads a file twice, so that it cannot be one that grows');
  }
}
