/** A live capture from its opening to its verdicts: shared by `synfin live` and `synfin demo`. */

import { Analysis } from '../../analysis/analysis.js';
import type { AnalysisOptions } from '../../analysis/sink.js';
import type { CaptureSummary } from '../../analysis/summary.js';
import type { CaptureReader } from '../../capture/open.js';
import type { CaptureWarning, Drops } from '../../capture/reader.js';
import { CaptureError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { nodeHost } from '../../files/host.js';
import { openStream } from '../../files/open.js';
import type { WriterOptions } from '../../files/writer.js';
import { giveUpOwnRights } from '../../live/privileges.js';
import { type LiveSource, WHOLE_PACKETS } from '../../live/source.js';
import { cutSentence, headerLinkType } from '../options/writer-options.js';
import type { Reporter } from '../report/reporter.js';
import { stacked } from '../report/stacked.js';
import { type WriteFlags, writerFor } from '../save/rotate.js';
import { Tee } from '../save/tee.js';
import type { CliIo } from '../terminal/io.js';

export interface SessionPlan {
  /** Give up root for the caller of sudo, as the helper has. */
  drop: boolean;
  files: WriteFlags;
  /** Called once root is given up, so that what it opens belongs to the caller. */
  reporter(): Promise<Reporter>;
  /** Called once what is written to is open, with what the source says of itself. */
  opened?(info: LiveSource['info']): Promise<void>;
  limits?: {
    /** Packets. */
    count?: number | undefined;
    /** Connections that are over. */
    connections?: number | undefined;
  };
  settings?: AnalysisOptions;
  /** Shows a message, without newline. */
  say(line: string): void;
}

export interface Session {
  /** When the last packet came (milliseconds since 1970), for idle limits. */
  lastPacketAt(): number;
  /** Packets captured so far. */
  packets(): number;
  /** Ends the capture; what was captured before is still reported. */
  stop(): void;
  /** Resolves when everything is reported. */
  done: Promise<SessionEnd>;
}

export interface SessionEnd {
  summary: CaptureSummary;
  /** Why the file could not be written to its end. */
  writeFailure: Error | null;
}

/** How often connections are checked for what time alone decides, and how far behind the clock the last packets may be. */
const TICK_MS = 1000;
const LATE_SECONDS = 2;
/** How often losses are asked for while nothing comes. */
const COUNTERS_MS = 200;

/** Starts the analysis of a source; rejects with UserError, the source stopped, where a file cannot be opened. */
export async function startSession(source: LiveSource, plan: SessionPlan, io: CliIo): Promise<Session> {
  try {
    return await begin(source, plan, io);
  } catch (error) {
    source.stream.resume();
    await source.stop();
    throw error;
  }
}

async function begin(source: LiveSource, plan: SessionPlan, io: CliIo): Promise<Session> {
  if (plan.drop) await giveUpOwnRights(io.env);
  const { info } = source;
  const { limits = {} } = plan;
  const lost = (): Drops | null => dropsOf(source);
  let reader: CaptureReader | null = null;
  const options: WriterOptions = {
    snaplen: info.snaplen,
    interfaceName: info.interface,
    application: 'synfin',
    linkType: (ended) =>
      reader === null ? (ended ? info.linkType : null) : headerLinkType(reader.files, ended),
  };
  const writer = await writerFor(plan.files, options, lost);
  const reporter = await plan.reporter();
  await plan.opened?.(info);
  for (const note of info.notes) plan.say(`synfin: ${escapeText(phrases.errorText(note))}`);
  if (writer !== null && info.snaplen < WHOLE_PACKETS)
    plan.say(`synfin: ${phrases.savedBytesText(info.snaplen)}`);
  let over = 0;
  let lastPacketAt = Date.now();
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void source.stop();
  };
  const sink = stacked(reporter.sink, {
    step(step) {
      if (step === 'closed' || step === 'failed') over++;
      if (limits.connections !== undefined && over >= limits.connections) stop();
    },
  });
  let seen = 0;
  const analysis = new Analysis(sink, {
    host: nodeHost,
    ...plan.settings,
    ...reporter.wants,
    ...(reporter.recorder === undefined ? {} : { recorder: reporter.recorder }),
    rowsAtOnce: true,
    progress() {
      if (analysis.packets > seen) lastPacketAt = Date.now();
      seen = analysis.packets;
      analysis.drops = lost();
    },
  });
  reporter.attach?.(analysis);
  const counting = setInterval(() => {
    analysis.drops = lost();
  }, COUNTERS_MS);
  const ticking = setInterval(() => {
    analysis.tick(Date.now() / 1000 - LATE_SECONDS);
    // an output that failed fails again at the next flush, which is waited for
    reporter.flush().catch(() => {});
  }, TICK_MS);

  const endTimers = (): void => {
    clearInterval(counting);
    clearInterval(ticking);
  };

  const run = async (): Promise<SessionEnd> => {
    const warnings: CaptureWarning[] = [];
    reader = await openLiveStream(source, warnings);
    const noFrames = { fill: async () => false, next: () => false };
    const tee = new Tee(
      reader ?? noFrames,
      writer,
      limits.count,
      () => reporter.flush(),
      (failure) =>
        plan.say(`synfin: ${phrases.withoutWriting(escapeText(phrases.thrownText(failure).message))}`),
    );
    await analysis.read(tee);
    stop();
    // packets still in the pipe are not wanted any more (--count)
    if (reader === null) source.stream.resume();
    else await reader.close();
    const end = await source.ended;
    endTimers();
    const drops = lost();
    await tee.close(drops);
    warnings.push(...(reader?.warnings ?? []));
    if (end.why !== null) {
      const code = end.reason === 'interface-gone' ? 'interface-gone' : 'capture-failed';
      const problem = { kind: 'error', error: end.why } as const;
      warnings.push({ code, problem, continued: null, file: null, packet: null, offset: null, damage: true });
    }
    const { backend, clock, precision, snaplen } = info;
    const live = { backend, interface: info.interface, clock, precision, snaplen };
    const facts = { files: reader?.files ?? [], warnings, drops };
    const summary = await analysis.conclude(facts, reporter, live);
    await reporter.finish(summary);
    for (const warning of warnings) plan.say(`synfin: ${escapeText(phrases.warningSentence(warning))}`);
    if (writer !== null && writer.cut > 0)
      plan.say(`synfin: ${escapeText(cutSentence(plan.files.write ?? '', writer))}`);
    return { summary, writeFailure: tee.failure };
  };
  const done = run().finally(() => {
    endTimers();
    stop();
  });
  // a failure is reported when it is waited for
  done.catch(() => {});
  return { lastPacketAt: () => lastPacketAt, packets: () => analysis.packets, stop, done };
}

/** Null where the source ended before it wrote so much as a header: the end says why. */
async function openLiveStream(source: LiveSource, warnings: CaptureWarning[]): Promise<CaptureReader | null> {
  try {
    return await openStream(source.stream, `live capture on ${source.info.interface}`, { knownWriter: true });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    if (error.code !== 'empty') {
      const { code, path, values: why, offset } = error;
      const problem = { kind: 'error', error: { kind: 'of-file', path, why } } as const;
      warnings.push({ code, problem, continued: null, file: null, packet: null, offset, damage: true });
    }
    return null;
  }
}

function dropsOf(source: LiveSource): Drops | null {
  const { dropped, interfaceDropped } = source.counters();
  return dropped === null ? null : { kernel: dropped, interface: interfaceDropped };
}
