/** `synfin browse FILE...`: the connections of a capture on the whole terminal, one by one. */
import { UserError } from '../../errors.js';
import { escapeText } from '../../escape.js';
import { warningSentence } from '../../explain/en/sentences.js';
import { openCaptures } from '../../files/open-captures.js';
import { filterOf } from '../browse/reading.js';
import { Session } from '../browse/session.js';
import { askedExpression } from '../options/ask.js';
import type { BrowseFlags } from '../options/browse-options.js';
import { textStyle } from '../options/options.js';
import { listOrder } from '../options/sort-order.js';
import { checkReadableTwice } from '../save/extract.js';
import { DAMAGED, DONE, INTERRUPTED } from '../terminal/exit-codes.js';
import type { CliIo } from '../terminal/io.js';

export async function browse(files: readonly string[], flags: BrowseFlags, io: CliIo): Promise<number> {
  checkReadableTwice(files, 'synfin browse', 'Save it to a file first, then: synfin browse FILE');
  checkTerminal(files, io);
  const where = askedExpression(flags) ?? '';
  // what is wrong with it is said before the screen changes
  if (filterOf(where)?.of.connections === false)
    throw new UserError('--where: this asks what only UDP flows have; synfin browse lists connections');
  const sort = flags.sort === undefined ? { key: 'start' as const, reversed: false } : listOrder(flags.sort);
  if (sort === null) throw new UserError(`--sort ${flags.sort?.key} goes with --by`);
  const [first = ''] = files;
  const capture = await openCaptures(files, { signal: io.signal });
  const session = new Session({
    files,
    initial: {
      style: textStyle({ ...flags, format: 'table' }, io),
      time: { how: flags.time ?? 'utc', from: null, detail: 'milliseconds' },
      title: `synfin ${files.length === 1 ? escapeText(first) : `${files.length} files`}`,
      shown: { files, options: readOptions(flags) },
      where,
      sort,
    },
    settings: { count: flags.count, maxConnections: flags.maxConnections },
    mouse: flags.mouse,
    signal: io.signal,
  });
  await session.run(capture);
  if (io.signal.aborted) return INTERRUPTED;
  if (session.failure !== null) throw session.failure;
  const warnings = session.summary?.warnings ?? [];
  for (const warning of warnings) io.stderr.write(`synfin: ${escapeText(warningSentence(warning))}\n`);
  return warnings.some(({ damage }) => damage) ? DAMAGED : DONE;
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

function checkTerminal(files: readonly string[], io: CliIo): void {
  const hasKeys = 'isTTY' in io.stdin && io.stdin.isTTY === true;
  const { TERM: term = '' } = io.env;
  const missing = !io.terminal
    ? 'standard output is not a terminal'
    : !hasKeys
      ? 'standard input is not a terminal'
      : term === 'dumb' || (term === '' && process.platform !== 'win32')
        ? `this terminal cannot move its cursor (TERM=${escapeText(term)})`
        : null;
  if (missing === null) return;
  const name = files.length === 1 ? escapeText(files[0] ?? '') : 'FILE...';
  throw new UserError(
    `synfin browse needs a terminal: ${missing}`,
    `Without one: synfin ${name} for the overview, and with --limit 0 for the list, --connection N for a ladder.`,
  );
}
