/** `synfin browse FILE...`: the connections of a capture on the whole terminal, one by one. */
import type { Sort } from '../../browse/row.js';
import type { State } from '../../browse/state.js';
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { openCaptures } from '../../files/open-captures.js';
import { Session } from '../browse/session.js';
import { askedExpression } from '../options/ask.js';
import { compileAsked } from '../options/asked-filter.js';
import type { BrowseFlags } from '../options/browse-options.js';
import { textStyle } from '../options/options.js';
import { listOrder } from '../options/sort-order.js';
import { checkReadableTwice } from '../save/extract.js';
import { DAMAGED, DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';

/** What was asked for, checked. */
export interface BrowsePlan {
  flags: BrowseFlags;
  where: string;
  sort: Sort;
}

export async function browse(files: readonly string[], flags: BrowseFlags, io: CliIo): Promise<number> {
  const plan = { flags, where: checkedWhere(flags), sort: sortOf(flags) };
  if (flags.interface !== undefined) {
    const { browseLive, checkLive } = await import('./browse-live.js');
    checkLive(files, flags.count);
    checkTerminal('synfin live', io);
    return browseLive(plan, io);
  }
  for (const option of ['filter', 'write'] as const)
    if (flags[option] !== undefined)
      throw new UserError({ kind: 'filter-without-interface', option: `--${option}` });
  const [first] = files;
  if (first === undefined) throw new UserError({ kind: 'no-capture-named', command: 'browse' });
  checkReadableTwice(files, 'browse');
  checkTerminal(`synfin ${files.length === 1 ? escapeText(first) : 'FILE...'}`, io);
  const capture = await openCaptures(files, { signal: io.signal });
  const session = new Session({
    files,
    initial: {
      ...sessionLook(flags, io),
      title: files.length === 1 ? `synfin ${escapeText(first)}` : phrases.browseTitle(files.length),
      shown: { files, options: readOptions(flags) },
      where: plan.where,
      sort: plan.sort,
    },
    settings: { count: flags.count, maxConnections: flags.maxConnections },
    mouse: flags.mouse,
    signal: io.signal,
  });
  await session.run(capture);
  if (io.signal.aborted) return INTERRUPTED;
  if (session.failure !== null) throw session.failure;
  const warnings = session.summary?.warnings ?? [];
  for (const warning of warnings)
    io.stderr.write(`synfin: ${escapeText(phrases.warningSentence(warning))}\n`);
  return warnings.some(({ damage }) => damage) ? DAMAGED : DONE;
}

/** Errors in it are reported before the screen changes. */
function checkedWhere(flags: BrowseFlags): string {
  const where = askedExpression(flags) ?? '';
  if (where !== '' && !compileAsked(flags.where ?? [], where).of.connections)
    throw new UserError({ kind: 'only-udp' });
  return where;
}

function sortOf({ sort }: BrowseFlags): Sort {
  const order = sort === undefined ? { key: 'start' as const, reversed: false } : listOrder(sort);
  if (order === null)
    throw new UserError({ kind: 'goes-with', option: `--sort ${sort?.key}`, other: '--by' });
  return order;
}

/** Colours, characters and times. */
export function sessionLook(flags: BrowseFlags, io: CliIo): Pick<State, 'style' | 'time'> {
  const how = flags.time ?? (flags.interface === undefined ? 'utc' : 'local');
  return {
    style: textStyle({ ...flags, format: 'table' }, io),
    time: { how, from: null, detail: 'milliseconds' },
  };
}

/** Options that decide what is read, for the command that prints the same. */
function readOptions({ count, maxConnections, time, absoluteSeq }: BrowseFlags): string[] {
  return [
    ...(count === undefined ? [] : ['-c', String(count)]),
    ...(maxConnections === undefined ? [] : ['--max-connections', String(maxConnections)]),
    ...(time === undefined ? [] : ['--time', time]),
    ...(absoluteSeq === true ? ['--absolute-seq'] : []),
  ];
}

/** `instead`: the command that prints the same. */
function checkTerminal(instead: string, io: CliIo): void {
  const hasKeys = 'isTTY' in io.stdin && io.stdin.isTTY === true;
  const { TERM: term = '' } = io.env;
  if (!io.terminal || !hasKeys)
    throw new UserError({ kind: 'no-terminal', missing: io.terminal ? 'input' : 'output', instead });
  if (term === 'dumb' || (term === '' && process.platform !== 'win32'))
    throw new UserError({ kind: 'no-cursor', term: escapeText(term), instead });
}
