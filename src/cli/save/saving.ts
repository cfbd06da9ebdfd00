/** `synfin analyze --write FILE`: writes what is read, or with `--connection` only those connections, as a new capture. */
import type { Analysis } from '../../analysis/analysis.js';
import type { FrameStream } from '../../capture/reader.js';
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { type CaptureWriter, createCaptureWriter, formatForName } from '../../files/writer.js';
import type { AnalyzeFlags } from '../options/options.js';
import { checkApart } from '../options/table-files.js';
import { cutSentence, writerOptions } from '../options/writer-options.js';
import type { Reporter } from '../report/reporter.js';
import { refuseOverwriting } from '../terminal/files.js';
import type { CliIo } from '../terminal/io.js';
import type { Progress } from '../terminal/progress.js';
import { type ConnectionExtract, planCut } from './extract.js';
import { Tee } from './tee.js';

/** Throws UserError where the file cannot be written to. */
export function planSaving(path: string, files: readonly string[], flags: AnalyzeFlags, io: CliIo): Saving {
  if (path === '-') throw new UserError({ kind: 'name-needed', option: '--write' });
  checkApart(path, flags);
  refuseOverwriting(path, files);
  const wanted = flags.matched ?? flags.connection;
  const cut = wanted === undefined ? null : planCut(files, wanted, flags.matchedFlows ?? []);
  return new Saving(path, files, cut, io);
}

export class Saving {
  constructor(
    private readonly path: string,
    private readonly files: readonly string[],
    /** The connections and flows that are wanted, which takes a second reading; null where all frames are. */
    readonly cut: ConnectionExtract | null,
    private readonly io: CliIo,
  ) {}

  /** Analyses and writes every frame; resolves to why it could not be written to its end, or null. */
  async read(
    capture: FrameStream,
    reporter: Reporter,
    analysis: Analysis,
    count = Number.POSITIVE_INFINITY,
  ): Promise<Error | null> {
    const { path } = this;
    const writer = await createCaptureWriter(path, formatForName(path), writerOptions(capture));
    const tee = new Tee(capture, writer, count, () => reporter.flush());
    await analysis.read(tee);
    await tee.close(capture.drops);
    if (tee.failure === null) this.report(writer);
    return tee.failure;
  }

  /** Writes the connections and flows that are wanted, now that their frames are known. */
  async writeCut(progress: (again: FrameStream) => Progress): Promise<void> {
    if (this.cut === null) return;
    this.report(await this.cut.write(this.files, this.path, this.io.signal, progress));
  }

  /** Says what the file does not keep as it was. */
  private report(writer: CaptureWriter): void {
    const { clipped } = writer;
    if (writer.cut > 0) this.say(cutSentence(this.path, writer));
    if (clipped === 0) return;
    const format = formatForName(this.path);
    const last = format === 'pcap' ? 2106 : 2554;
    const why = { kind: 'times-moved', packets: clipped, format, first: 1970, last } as const;
    this.say(phrases.errorText({ kind: 'of-file', path: this.path, why }));
  }

  private say(text: string): void {
    this.io.stderr.write(`synfin: ${escapeText(text)}\n`);
  }
}
