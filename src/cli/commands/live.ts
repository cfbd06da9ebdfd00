/** `synfin live`: capture on an interface, show connections as they come and go, and the verdicts at the end. */

import { networkInterfaces } from 'node:os';
import { UserError } from '../../errors.js';
import { phrases } from '../../explain/phrases.js';
import { interfaceStates } from '../../live/interface-state.js';
import { type LiveOptions, liveOptions, openLive, WHOLE_PACKETS } from '../../live/source.js';
import { zoneText } from '../../time.js';
import type { AskFlags } from '../options/ask.js';
import { captureFilter } from '../options/capture-filter.js';
import type { Only } from '../options/only.js';
import { isForPeople, isTabular, type OutputFlags } from '../options/options.js';
import { type OutputPlan, planOutput } from '../options/plan.js';
import type { RotateLimits } from '../options/rotate-limits.js';
import { createReporter, filterOf } from '../report/create.js';
import { checkWriteFlags } from '../save/rotate.js';
import type { Web } from '../serve/web.js';
import { DAMAGED, DONE, WRONG_USE } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';
import { linesArePiped, reporterBesideLines } from '../watch/piped.js';
import { reportSilence, type SilenceSettings } from '../watch/silence.js';
import { wantedBy } from '../watch/wanted.js';
import { Watcher } from '../watch/watcher.js';
import { startSession } from './live-session.js';

export interface LiveFlags extends OutputFlags, AskFlags {
  only?: Only[];
  interface?: string;
  filter?: string;
  count?: number;
  duration?: number;
  stopAfter?: number;
  untilIdle?: number;
  write?: string;
  rotate?: RotateLimits;
  keep?: number;
  backend: LiveOptions['backend'];
  snaplen?: number;
  buffer?: number;
  promiscuous?: boolean;
  direction: LiveOptions['direction'];
  drop: boolean;
  ladder?: boolean;
  process?: boolean;
  kernel?: boolean;
  web?: boolean;
  open?: boolean;
}

/** `silence`: when a message says that no packets come. */
export async function live(
  words: readonly string[],
  flags: LiveFlags,
  io: CliIo,
  silence?: SilenceSettings,
): Promise<number> {
  checkWriteFlags(flags);
  if (flags.process === true && isTabular(flags.format)) throw new UserError({ kind: 'process-in-tables' });
  if (flags.only !== undefined && !isForPeople(flags.format))
    throw new UserError({ kind: 'only-in-tables', format: flags.format });
  const piped = linesArePiped(flags, io);
  // people compare with a local clock, programs with other logs
  const shown = { ...flags, time: flags.time ?? (io.terminal ? 'local' : 'utc') };
  const plan = planOutput(shown, io, flags, true);
  const wanted = await filterOf(plan);
  const filter = captureFilter(words, flags, interfaceNames);
  const name = flags.interface ?? loopbackName();
  const options = liveOptions(name, {
    filter,
    backend: flags.backend,
    promiscuous: flags.promiscuous === true,
    direction: flags.direction,
    dropPrivileges: flags.drop,
    ...snaplenOf(flags),
    ...(flags.buffer === undefined ? {} : { bufferMegabytes: flags.buffer }),
  });
  // errors in options are reported before anything is opened
  const web = flags.web === true ? await webPage(name, flags, plan, io) : null;
  const source = await openLive(options);
  const watcher = new Watcher(shown, io, { piped, filter: wanted });
  const say = (line: string): void => watcher.say(line);
  try {
    const session = await startSession(
      source,
      {
        drop: flags.drop,
        files: flags,
        reporter: async () => {
          const reporter = watcher.watch(
            piped ? await reporterBesideLines(shown, io) : await createReporter(plan, io, [], watcher.more),
          );
          return web === null ? reporter : web.watch(reporter);
        },
        opened: async (info) => web?.begin(info, say),
        limits: { count: flags.count, connections: flags.stopAfter },
        settings: flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections },
        say,
      },
      io,
    );
    say(`synfin: ${phrases.capturingText(name, source.info.backend, zoneShown(shown, io))}`);
    if (flags.process === true && source.info.droppedTo !== null)
      say(`synfin: ${phrases.processesText(source.info.droppedTo.uid)}`);
    const captured = { interface: name, filter, packets: session.packets };
    const endSilence = flags.quiet === true ? () => {} : reportSilence(captured, say, silence);
    const timers: NodeJS.Timeout[] = [];
    io.signal.addEventListener('abort', session.stop);
    // the reader of standard error is gone
    io.stderr.once('error', session.stop);
    if (io.signal.aborted) session.stop();
    if (flags.duration !== undefined) timers.push(setTimeout(session.stop, flags.duration * 1000));
    if (flags.untilIdle !== undefined) {
      const limit = flags.untilIdle * 1000;
      const look = (): void => {
        if (Date.now() - session.lastPacketAt() > limit) session.stop();
      };
      timers.push(setInterval(look, 100));
    }
    try {
      const { summary, writeFailure } = await session.done;
      if (writeFailure !== null) return WRONG_USE;
      return summary.warnings.some((warning) => warning.damage) ? DAMAGED : DONE;
    } finally {
      endSilence();
      for (const timer of timers) clearTimeout(timer);
      io.signal.removeEventListener('abort', session.stop);
      io.stderr.off('error', session.stop);
    }
  } finally {
    watcher.end();
    await web?.close();
  }
}

/** Loaded where it is asked for. */
async function webPage(name: string, flags: LiveFlags, plan: OutputPlan, io: CliIo): Promise<Web> {
  const { Web } = await import('../serve/web.js');
  const filter = await filterOf(plan);
  const matches = wantedBy(undefined, filter);
  const wanted =
    filter === null || matches === null || plan.where === null
      ? null
      : { where: plan.where, connection: matches, udpFlow: filter.udpFlow };
  return new Web(phrases.liveCaptureOn(name), flags, io, wanted);
}

/** A file is for others to read too, so that it gets whole packets; the analysis needs only the headers. */
export function snaplenOf({ snaplen, write }: Pick<LiveFlags, 'snaplen' | 'write'>): { snaplen?: number } {
  if (snaplen !== undefined) return { snaplen: snaplen === 0 ? WHOLE_PACKETS : snaplen };
  return write === undefined ? {} : { snaplen: WHOLE_PACKETS };
}

/** The zone of the times that lines show, where they do not say it themselves. */
function zoneShown({ format, time }: LiveFlags, io: CliIo): string | null {
  if (!io.terminal || !isForPeople(format) || (time !== 'local' && time !== 'utc')) return null;
  return time === 'utc' ? '+00:00' : zoneText(Math.floor(Date.now() / 1000));
}

function interfaceNames(): string[] {
  return [...interfaceStates().map(({ name }) => name), 'any'];
}

/** The loopback as this system names it. */
export function loopbackName(): string {
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (addresses?.some((address) => address.internal)) return name;
  }
  return 'lo';
}
