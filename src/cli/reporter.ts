/** Where results go: one reporter a format, each a sink of the analysis and a last word. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Analysis, AnalysisOptions, AnalysisSink, CaptureSummary } from '../analyze.js';
import { UserError } from '../errors.js';
import { cannotWrite, refuseOverwriting } from './files.js';
import type { CliIo } from './io.js';
import { type OutputFlags, textStyle } from './options.js';

export interface Reporter {
  sink: AnalysisSink;
  /** What the tracker must keep for this format. */
  wants: Pick<AnalysisOptions, 'ladders' | 'ladderOf'>;
  /** Called once, before anything is analysed. */
  attach(analysis: Analysis): void;
  /** Writes what is ready; waits while the reader of the output is slower. */
  flush(): Promise<void>;
  finish(summary: CaptureSummary): Promise<void>;
}

/** The output of a command: standard output, or the file of `-o`. */
export interface Output {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** `inputs`: files that are being read, which must not be written over. */
export async function createReporter(
  flags: OutputFlags,
  io: CliIo,
  inputs: readonly string[] = [],
  /** Further members of a connection in JSON, by its index. */
  more?: (index: number) => object,
): Promise<Reporter> {
  if (flags.packets === true && flags.format !== 'ndjson') {
    throw new UserError('--packets goes with --format ndjson');
  }
  if (flags.output !== undefined) refuseOverwriting(flags.output, inputs);
  const output = await openOutput(flags, io);
  const wanted = new Set(flags.connection ?? []);
  const isWanted = (index: number): boolean => wanted.size === 0 || wanted.has(index);
  if (flags.format === 'json' || flags.format === 'ndjson') {
    const { jsonReporter } = await import('./report-json.js');
    return jsonReporter(flags, output, isWanted, more);
  }
  const { textReporter } = await import('./report-text.js');
  return textReporter(flags, output, textStyle(flags, io), isWanted);
}

async function openOutput(flags: OutputFlags, io: CliIo): Promise<Output> {
  const { write } = await import('./io.js');
  if (flags.output === undefined) {
    return { write: (text) => write(io.stdout, text), end: async () => {} };
  }
  const path = flags.output;
  const stream: Writable = createWriteStream(path);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw cannotWrite(path, error);
  }
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  const check = (): void => {
    if (failure !== null) throw cannotWrite(path, failure);
  };
  return {
    async write(text) {
      await write(stream, text);
      check();
    },
    async end() {
      stream.end();
      await new Promise((resolve) => stream.once('close', resolve));
      check();
    },
  };
}
