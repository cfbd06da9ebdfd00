/** Watched captures without an interface: into streams that can act as terminals. */
import { resolve } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { Analysis } from '../../src/analysis/analysis.js';
import type { Reporter } from '../../src/cli/report/reporter.js';
import type { CliIo } from '../../src/cli/terminal/io.js';
import { Watcher, type WatchFlags, type WatchSettings } from '../../src/cli/watch/watcher.js';
import { openCapture } from '../../src/files/open.js';
import { type ConnectionReport, judgeConnection } from '../../src/verdict/report.js';

export function fixture(name: string): string {
  return resolve(import.meta.dirname, `../../fixtures/kernel/${name}.pcap`);
}

/** The reports of the connections of a capture, by index. */
export async function reportsOf(name: string): Promise<ConnectionReport[]> {
  const reports: ConnectionReport[] = [];
  const analysis = new Analysis({ connection: (snapshot) => void reports.push(judgeConnection(snapshot)) });
  const reader = await openCapture(fixture(name));
  await analysis.read(reader);
  analysis.finish(reader);
  await reader.close();
  return reports.sort((a, b) => a.index - b.index);
}

/** A stream that keeps each write; `columns`: those of a terminal. */
function stream(columns: number | null): Writable & { writes: string[] } {
  const writes: string[] = [];
  const writable = new Writable({
    write(chunk: Buffer, _encoding, done) {
      writes.push(chunk.toString());
      done();
    },
  });
  return Object.assign(writable, { writes, ...(columns === null ? {} : { isTTY: true, columns }) });
}

export interface Watched {
  /** All writes, piece by piece. */
  stdout: string[];
  stderr: string[];
  /** Indices that the reporter was given. */
  reported: number[];
}

export interface WatchOptions {
  flags?: Partial<WatchFlags>;
  settings?: Partial<WatchSettings>;
  env?: NodeJS.ProcessEnv;
  /** Columns of the terminal on standard error; null for none. */
  columns?: number | null;
  /** Which connections the reporter has judged; all where it is missing. */
  picks?: (index: number) => boolean;
}

/** Watches a capture from its first packet to its last. */
export async function watch(name: string, options: WatchOptions = {}): Promise<Watched> {
  const { flags = {}, settings = {}, env = {}, columns = null, picks = () => true } = options;
  const stdout = stream(null);
  const stderr = stream(columns);
  const io: CliIo = {
    stdin: new PassThrough().end(),
    stdout,
    stderr,
    env: { LC_ALL: 'C.UTF-8', NO_COLOR: '1', ...env },
    piped: false,
    terminal: columns !== null && settings.piped !== true,
    columns,
    rows: null,
    signal: new AbortController().signal,
  };
  const reported: number[] = [];
  const reporter: Reporter = {
    wants: {},
    sink: {
      picks: ({ index }) => picks(index),
      connection: ({ index }) => void reported.push(index),
    },
    async flush() {},
    async finish() {},
  };
  const watcher = new Watcher({ format: 'table', color: 'auto', ...flags }, io, {
    piped: false,
    filter: null,
    ...settings,
  });
  const watched = watcher.watch(reporter);
  const analysis = new Analysis(watched.sink, { ...watched.wants, rowsAtOnce: true });
  watched.attach?.(analysis);
  const reader = await openCapture(fixture(name));
  await analysis.read(reader);
  await watched.finish(await analysis.conclude(reader, watched));
  await reader.close();
  return { stdout: stdout.writes, stderr: stderr.writes, reported };
}
