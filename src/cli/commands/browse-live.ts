/**
 * `synfin browse -i INTERFACE`: connections as they come. The packets' headers go to a file, which is read again for ladders
 * and filters, like a saved capture; without `-w FILE` it is removed at the end.
 */

import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Analysis } from '../../analysis/analysis.js';
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { liveOptions, openLive } from '../../live/source.js';
import { lostPackets } from '../../verdict/losses.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { filterOf } from '../browse/reading.js';
import { Session } from '../browse/session.js';
import { captureFilter } from '../options/capture-filter.js';
import type { Reporter } from '../report/reporter.js';
import { DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';
import { type BrowsePlan, sessionLook } from './browse.js';
import { snaplenOf } from './live.js';
import { startSession } from './live-session.js';

const DELIVER_MS = 250;
/** The file of a capture that is not kept grows to this; then the capture ends, and browsing goes on. */
const MAX_FILE_BYTES = 1_000_000_000;

export async function browseLive({ flags, where, sort }: BrowsePlan, io: CliIo): Promise<number> {
  const { interface: name = 'lo', write } = flags;
  const filter = captureFilter([], flags, () => []);
  const source = await openLive(
    liveOptions(name, {
      filter,
      backend: 'auto',
      promiscuous: false,
      direction: 'both',
      dropPrivileges: true,
      ...snaplenOf(write === undefined ? {} : { write }),
    }),
  );
  const folder = write === undefined ? mkdtempSync(join(tmpdir(), 'synfin-browse-live-')) : null;
  const remove = (): void => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', remove);
  try {
    const { droppedTo } = source.info;
    // root rights are given up before the file is made
    if (folder !== null && droppedTo !== null) chownSync(folder, droppedTo.uid, droppedTo.gid);
    const path = write ?? join(folder ?? '', 'live.pcap');
    const files = [path];
    const session = new Session({
      files,
      initial: {
        ...sessionLook(flags, io),
        title: phrases.browseLiveTitle(escapeText(name)),
        shown: { files, options: [] },
        where,
        sort,
      },
      settings: { count: undefined, maxConnections: flags.maxConnections },
      mouse: flags.mouse,
      signal: io.signal,
      live: write === undefined,
    });
    let analysis: Analysis | null = null;
    const reporter = liveRows(
      (report) => session.seen(report),
      filterOf(where)?.asksRoundTrips === true,
      (running) => {
        analysis = running;
      },
    );
    const said: string[] = [];
    const say = (line: string): void => {
      // of no interest for a file that is not kept
      if (folder === null || !line.includes('snap length')) said.push(line);
    };
    const capture = await startSession(
      source,
      {
        drop: true,
        files: { write: path },
        reporter: async () => reporter,
        say,
      },
      io,
    );
    let over = false;
    const done = capture.done.then(
      () => {
        over = true;
      },
      (error: unknown) => {
        over = true;
        const text = error instanceof Error ? phrases.thrownText(error).message : String(error);
        session.say(escapeText(text), 'bad');
      },
    );
    const timer = setInterval(() => {
      session.deliver(analysis?.connections ?? 0, statusText(analysis, over));
      for (const line of said.splice(0)) session.say(line.replace(/^synfin: /, ''), 'notice');
      if (folder === null || over || sizeOf(path) < MAX_FILE_BYTES) return;
      capture.stop();
      session.say(phrases.captureEndedAt(MAX_FILE_BYTES), 'notice');
    }, DELIVER_MS);
    try {
      await session.run(null);
    } finally {
      clearInterval(timer);
      capture.stop();
      await done;
    }
    return io.signal.aborted ? INTERRUPTED : DONE;
  } finally {
    await source.stop();
    remove();
    process.off('exit', remove);
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

function statusText(analysis: Analysis | null, over: boolean): string {
  if (analysis === null) return phrases.CAPTURING;
  const { drops, packets } = analysis;
  return phrases.liveStatus(over, packets, drops === null ? null : lostPackets(drops));
}

/** Each connection at each of its steps, and when it is over. */
function liveRows(
  seen: (report: ConnectionReport) => void,
  roundTrips: boolean,
  attach: (analysis: Analysis) => void,
): Reporter {
  return {
    wants: {},
    sink: {
      times: () => (roundTrips ? 'all' : 'responses'),
      wantsUdpFlow: () => false,
      step: (_, snapshot) => seen(judgeConnection(snapshot())),
      connection: (snapshot) => seen(judgeConnection(snapshot)),
    },
    attach,
    flush: async () => {},
    finish: async () => {},
  };
}

/** @throws UserError for what only files have. */
export function checkLive(files: readonly string[], count: number | undefined): void {
  if (files.length > 0) throw new UserError({ kind: 'file-or-interface' });
  if (count !== undefined) throw new UserError({ kind: 'count-of-file' });
}
