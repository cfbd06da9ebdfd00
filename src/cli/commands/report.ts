/** `synfin report [FILE...]` */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { factsOf } from '../../files/facts.js';
import { nodeHost } from '../../files/host.js';
import { openCaptures } from '../../files/open-captures.js';
import { checkRights } from '../../files/writable.js';
import { collectPage } from '../../page/collect-page.js';
import { PAGE_BOUNDS, type PageData } from '../../page/page-data.js';
import { type AskFlags, askedExpression } from '../options/ask.js';
import { type AnalyzeFlags, textStyle } from '../options/options.js';
import { filterOf } from '../report/create.js';
import { pageText } from '../report/page-file.js';
import { DAMAGED, DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import { refuseOverwriting } from '../terminal/files.js';
import type { CliIo } from '../terminal/io.js';
import { openOutput } from '../terminal/output.js';
import { installation } from '../terminal/package-root.js';
import { NO_PROGRESS, type Progress, showProgress } from '../terminal/progress.js';

export interface ReportFlags extends AskFlags {
  output?: string;
  connection?: number[];
  segments?: number;
  maxConnections?: number;
  quiet?: boolean;
  progress?: boolean;
}

/** Options of `analyze` that a page has no place for. */
const NOT_OF_A_PAGE = [
  'packets',
  'table',
  'sort',
  'by',
  'histogram',
  'columns',
  'limit',
  'write',
  'follow',
  'partial',
  'part',
  'count',
  'graph',
  'theme',
] as const;

/** `synfin analyze --format html`. Throws UserError for options that say what a table is to show. */
export function reportAsFormat(files: readonly string[], flags: AnalyzeFlags, io: CliIo): Promise<number> {
  for (const option of NOT_OF_A_PAGE) {
    if (flags[option] !== undefined)
      throw new UserError({ kind: 'not-with', option: `--${option}`, other: '--format html' });
  }
  return report(files, flags, io);
}

export async function report(files: readonly string[], flags: ReportFlags, io: CliIo): Promise<number> {
  const path = outputPath(files, flags, io);
  if (path !== undefined) {
    checkRights(path);
    refuseOverwriting(path, files);
  }
  const read = files.length === 0 ? null : await readCaptures(files, flags, io);
  const data = read?.data ?? null;
  const text = await pageText(data);
  const output = await openOutput(path, io);
  await output.write(text);
  await output.end();
  for (const warning of data?.capture.warnings ?? [])
    io.stderr.write(`synfin: ${escapeText(phrases.warningSentence(warning))}\n`);
  if (path !== undefined && flags.quiet !== true)
    io.stderr.write(`synfin: ${writtenText(path, text, data)}\n`);
  if (read !== null && flags.quiet !== true) io.stderr.write(read.hint);
  if (io.signal.aborted) return INTERRUPTED;
  return data?.capture.warnings.some(({ damage }) => damage) === true ? DAMAGED : DONE;
}

/** The file to write; undefined for standard output. On a terminal the default is a file named after the capture. */
function outputPath(files: readonly string[], flags: ReportFlags, io: CliIo): string | undefined {
  if (flags.output !== undefined) return flags.output === '-' ? undefined : flags.output;
  if (!io.terminal) return undefined;
  const [first] = files;
  const name =
    first === undefined || first === '-' ? 'synfin' : basename(first).replace(/(\.\w{1,8}){1,2}$/, '');
  const path = `${name}.html`;
  if (factsOf(path) !== null && !isReport(path))
    throw new UserError({ kind: 'of-file', path, why: { kind: 'not-a-report' } });
  return path;
}

/** An earlier report may be written over. */
function isReport(path: string): boolean {
  const head = Buffer.alloc(400);
  try {
    const file = openSync(path, 'r');
    readSync(file, head, 0, head.length, 0);
    closeSync(file);
  } catch {
    return false;
  }
  return head.includes('name="generator" content="synfin"');
}

async function readCaptures(
  files: readonly string[],
  flags: ReportFlags,
  io: CliIo,
): Promise<{ data: PageData; hint: string }> {
  const where = expressionOf(flags);
  const filter = await filterOf({ where, written: flags.where ?? [] });
  const watch = filter === null ? null : (await import('../../where/watched.js')).watched(filter);
  let progress: Progress = NO_PROGRESS;
  try {
    const data = await collectPage(
      {
        open: async () => {
          const capture = await openCaptures(files, { signal: io.signal });
          progress.end();
          if (flags.quiet !== true && flags.progress !== false)
            progress = showProgress(capture, textStyle({ color: 'auto', format: 'table' }, io).unicode, io);
          return capture;
        },
        twice: files.every(isFileOrFolder),
      },
      {
        version: installation().manifest.version,
        where,
        filter: watch?.filter ?? null,
        host: nodeHost,
        signal: io.signal,
        progress: () => progress.look(),
        bounds: { ...PAGE_BOUNDS, segments: flags.segments ?? PAGE_BOUNDS.segments },
        ...(flags.maxConnections === undefined ? {} : { maxConnections: flags.maxConnections }),
      },
    );
    const hint = watch === null ? '' : (await import('../report/seen-text.js')).seenText(watch.seen());
    return { data, hint };
  } finally {
    progress.end();
  }
}

function expressionOf(flags: ReportFlags): string | null {
  const asked = askedExpression(flags);
  if (flags.connection === undefined) return asked;
  const chosen = `protocol == "tcp" && index in [${flags.connection.join(', ')}]`;
  return asked === null ? chosen : `(${asked}) && ${chosen}`;
}

/** What can be read twice. */
function isFileOrFolder(path: string): boolean {
  const facts = path === '-' ? null : factsOf(path);
  return facts !== null && (facts.isFile() || facts.isDirectory());
}

function writtenText(path: string, text: string, data: PageData | null): string {
  const bytes = Buffer.byteLength(text);
  if (data === null) return `${escapeText(path)}: ${phrases.pageText(bytes, null)}`;
  const { connections, left } = data;
  const count = connections.length;
  const shown = left.ladders > 0 ? count - left.ladders : null;
  return `${escapeText(path)}: ${phrases.pageText(bytes, { count, shown, left: left.connections })}`;
}
