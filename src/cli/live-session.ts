/** A live capture from its opening to its verdicts: shared by `synfin live` and `synfin demo`. */
import { Analysis, type AnalysisOptions, type CaptureSummary } from '../analyze.js';
import { CaptureReader } from '../capture/open.js';
import { type CaptureWriter, createCaptureWriter, formatForName } from '../capture/writer.js';
import { escapeText } from '../escape.js';
import { dropPrivileges } from '../live/privileges.js';
import { type LiveOptions, type LiveSource, openLive } from '../live/source.js';
import type { CliIo } from './io.js';
import type { Reporter } from './reporter.js';
import { Tee } from './tee.js';

export interface SessionLimits {
  /** Packets. */
  count?: number | undefined;
  /** Connections that are over. */
  connections?: number | undefined;
}

export interface Session {
  source: LiveSource;
  /** Nanoseconds-free wall clock of the last packet, for idle limits (milliseconds since 1970). */
  lastPacketAt(): number;
  /** Connections that are over so far. */
  over(): number;
  /** Ends the capture; what was captured before is still reported. */
  stop(): void;
  /** Resolves when everything is reported. */
  done: Promise<CaptureSummary>;
}

/** Starts capturing; rejects with UserError where that is not possible. */
export async function startSession(
  options: LiveOptions,
  write: string | undefined,
  reporter: Reporter,
  limits: SessionLimits,
  settings: AnalysisOptions,
  io: CliIo,
): Promise<Session> {
  const source = await openLive(options);
  if (options.dropPrivileges) dropPrivileges(io.env);
  for (const note of source.info.notes) io.stderr.write(`synfin: ${escapeText(note)}\n`);
  let writer: CaptureWriter | null = null;
  try {
    writer =
      write === undefined
        ? null
        : await createCaptureWriter(write, formatForName(write), {
            snaplen: source.info.snaplen,
            interfaceName: source.info.interface,
            application: 'synfin',
          });
  } catch (error) {
    source.stream.resume();
    await source.stop();
    throw error;
  }
  let over = 0;
  let lastPacketAt = Date.now();
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void source.stop();
  };
  const sink: Reporter['sink'] = {
    ...reporter.sink,
    step(step, snapshot) {
      if (step === 'closed' || step === 'failed') over++;
      if (limits.connections !== undefined && over >= limits.connections) stop();
      reporter.sink.step?.(step, snapshot);
    },
  };
  const analysis = new Analysis(sink, {
    ...settings,
    ...reporter.wants,
    progress() {
      lastPacketAt = Date.now();
    },
  });
  reporter.attach(analysis);
  const done = (async (): Promise<CaptureSummary> => {
    const reader = await CaptureReader.fromStream(source.stream, `live capture on ${source.info.interface}`);
    const tee = new Tee(reader, writer, limits.count, () => reporter.flush());
    let told = false;
    await analysis.read({
      fill: async () => {
        if (tee.failure !== null && !told) {
          told = true;
          io.stderr.write(
            `synfin: ${escapeText(tee.failure.message)}; the analysis goes on without writing\n`,
          );
        }
        return tee.fill();
      },
      next: (frame) => tee.next(frame),
    });
    stop();
    source.stream.resume();
    const end = await source.ended;
    if (end.message !== null) io.stderr.write(`synfin: ${escapeText(end.message)}\n`);
    const counters = source.counters();
    const drops =
      counters.dropped === null ? null : { kernel: counters.dropped, interface: counters.interfaceDropped };
    await tee.close(drops);
    const { backend, clock, precision, snaplen } = source.info;
    const facts = { files: reader.files, warnings: reader.warnings, drops };
    const live = { backend, interface: source.info.interface, clock, precision, snaplen };
    const summary = analysis.finish(facts, live);
    await reporter.finish(summary);
    return summary;
  })();
  return { source, lastPacketAt: () => lastPacketAt, over: () => over, stop, done };
}
