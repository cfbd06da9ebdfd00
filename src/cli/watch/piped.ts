/**
 * Where standard output is a pipe or a file, it gets the lines, for `| grep` and `| tee`; the overview of the capture goes
 * to standard error then. Unless the options send something else to standard output: a list, groups, another format.
 */
import { phrases } from '../../explain/phrases.js';
import type { AskFlags } from '../options/ask.js';
import type { OutputFlags } from '../options/options.js';
import { planOutput } from '../options/plan.js';
import { createReporter, filterOf } from '../report/create.js';
import type { Reporter } from '../report/reporter.js';
import type { CliIo } from '../terminal/io.js';
import { terminalColumns } from '../terminal/status-line.js';

/** What is asked for at the end of the capture. */
const AT_THE_END = ['by', 'histogram', 'sort', 'limit', 'columns', 'connection'] as const;

export function linesArePiped(flags: OutputFlags, io: CliIo): boolean {
  if (io.terminal || flags.format !== 'table') return false;
  return flags.output !== undefined || AT_THE_END.every((option) => flags[option] === undefined);
}

/** What is printed at the end, where the lines went to standard output. */
export async function reporterBesideLines(flags: OutputFlags & AskFlags, io: CliIo): Promise<Reporter> {
  const columns = terminalColumns(io.stderr);
  // not copied: that would make standard input, which may not be wanted
  const aside: CliIo = Object.assign(Object.create(io), {
    stdout: io.stderr,
    terminal: columns !== null,
    columns,
  });
  const plan = planOutput(flags, aside, flags, true);
  const filter = plan.output === undefined ? await filterOf(plan) : null;
  if (filter === null) return createReporter(plan, aside);
  const { selecting } = await import('../report/selected.js');
  return selecting(countReporter(io), filter, plan, io);
}

/** The rows of a list were printed as lines: only their number is left to print. */
function countReporter(io: CliIo): Reporter {
  let matching = 0;
  return {
    wants: {},
    sink: { connection: () => void matching++ },
    async flush() {},
    async finish({ connections }) {
      io.stderr.write(`synfin: ${phrases.matchSentence(matching, connections, 'connection')}\n`);
    },
  };
}
