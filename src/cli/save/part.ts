/** `synfin analyze --partial PART`: the part is written next to the results. */

import { resolve } from 'node:path';
import type { FrameStream } from '../../capture/reader.js';
import { UserError } from '../../errors.js';
import { cannotWrite } from '../../files/writable.js';
import type { PartWriter } from '../../partial/part-writer.js';
import type { AnalyzeFlags } from '../options/options.js';
import { checkApart } from '../options/table-files.js';
import { refuseOverwriting } from '../terminal/files.js';
import { type ReplacedFile, replacedFile } from '../terminal/replaced-file.js';

/**
 * Null without `--partial`. Nothing is opened yet: the options of all files are checked before one is written over.
 *
 * @throws UserError where the options do not go together.
 */
export function planPart(files: readonly string[], flags: AnalyzeFlags): PartPlan | null {
  const { partial: path, part } = flags;
  if (path === undefined) {
    if (part !== undefined) throw new UserError({ kind: 'goes-with', option: '--part', other: '--partial' });
    return null;
  }
  if (path === '-') throw new UserError({ kind: 'name-needed', option: '--partial' });
  checkApart(path, flags, '--partial');
  if (flags.write !== undefined && resolve(flags.write) === resolve(path)) {
    const why = { kind: 'same-file', option: '--partial', other: '--write' } as const;
    throw new UserError({ kind: 'of-file', path, why });
  }
  if ((flags.matched ?? flags.connection) !== undefined && flags.write !== undefined)
    throw new UserError({ kind: 'partial-of-whole' });
  refuseOverwriting(path, files);
  return { path, part: part ?? null };
}

export interface PartPlan {
  path: string;
  /** Its place among the parts, where one was given. */
  part: number | null;
}

/** Throws UserError where the file cannot be written. */
export async function openPart({ path, part }: PartPlan): Promise<OpenedPart> {
  const { PartWriter } = await import('../../partial/part-writer.js');
  const file = replacedFile(path, false);
  const opened = new OpenedPart(path, new PartWriter(file.path, part, file.flags), file);
  await opened.ready();
  return opened;
}

export class OpenedPart {
  constructor(
    private readonly path: string,
    readonly recorder: PartWriter,
    private readonly file: ReplacedFile,
  ) {}

  async ready(): Promise<void> {
    await this.telling(this.recorder.opened());
  }

  async flush(): Promise<void> {
    await this.telling(this.recorder.flush());
  }

  /** After `Analysis.conclude`. `interrupted`: before the end of the capture, which the part then records. */
  async close(capture: FrameStream, interrupted: boolean): Promise<void> {
    const { files, drops, frames } = capture;
    const file = files.at(-1)?.path ?? null;
    const problem = { kind: 'part-interrupted' } as const;
    const place = { file, packet: null, offset: null };
    const warning = { code: 'interrupted', problem, continued: null, ...place, damage: true };
    const warnings = interrupted ? [...capture.warnings, warning] : capture.warnings;
    await this.telling(this.recorder.close({ files, drops, frames, warnings }).then(() => this.file.keep()));
  }

  private async telling(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.file.drop();
      throw cannotWrite(this.path, error);
    }
  }
}
