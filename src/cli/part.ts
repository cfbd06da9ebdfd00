/** `synfin analyze --partial PART`: the part is written beside the results. */
import { resolve } from 'node:path';
import type { CaptureFacts } from '../analyze.js';
import { UserError } from '../errors.js';
import type { PartWriter } from '../partial/part-writer.js';
import { cannotWrite, refuseOverwriting } from './files.js';
import type { AnalyzeFlags } from './options.js';

/** Throws UserError where the options do not go together. */
export async function openPart(files: readonly string[], flags: AnalyzeFlags): Promise<OpenedPart | null> {
  const { partial: path, part } = flags;
  if (path === undefined) {
    if (part !== undefined) throw new UserError('--part goes with --partial');
    return null;
  }
  if (path === '-')
    throw new UserError('--partial needs the name of a file: standard output has the results');
  for (const [name, other] of [
    ['--output', flags.output],
    ['--write', flags.write],
  ] as const) {
    if (other !== undefined && resolve(other) === resolve(path))
      throw new UserError(`${path}: --partial and ${name} are the same file`);
  }
  if (flags.connection !== undefined && flags.write !== undefined)
    throw new UserError('--partial is of a whole capture: it does not go with --write and --connection');
  refuseOverwriting(path, files);
  const { PartWriter } = await import('../partial/part-writer.js');
  return new OpenedPart(path, new PartWriter(path, part ?? null));
}

export class OpenedPart {
  constructor(
    private readonly path: string,
    readonly recorder: PartWriter,
  ) {}

  async flush(): Promise<void> {
    await this.telling(this.recorder.flush());
  }

  /** After `Analysis.finish`. */
  async close(capture: CaptureFacts): Promise<void> {
    await this.telling(this.recorder.close(capture));
  }

  private async telling(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      throw cannotWrite(this.path, error);
    }
  }
}
