/** The reporter of a plan; each is loaded only where it is asked for. */

import type { Filter } from '../../where/filter.js';
import type { OutputPlan } from '../options/plan.js';
import { refuseOverwriting } from '../terminal/files.js';
import type { CliIo } from '../terminal/io.js';
import { openOutput } from '../terminal/output.js';
import type { Reporter } from './reporter.js';
import { speaker } from './speaker.js';

/** `inputs`: files that are being read, which must not be written over. */
export async function createReporter(
  plan: OutputPlan,
  io: CliIo,
  inputs: readonly string[] = [],
  /** Further members of a connection in JSON, by its index. */
  more?: (index: number) => object,
): Promise<Reporter> {
  // what is wrong with an expression is reported before a file is written over
  const filter = await filterOf(plan);
  const reporter = await reporterOf(plan, io, inputs, more);
  if (filter === null) return reporter;
  const { selecting } = await import('./selected.js');
  return selecting(reporter, filter, plan, io);
}

/** What a plan picks; null for all. Each caller gets its own filter: a filter keeps the row that it looks at. */
export async function filterOf({
  where,
  written,
}: Pick<OutputPlan, 'where' | 'written'>): Promise<Filter | null> {
  if (where === null) return null;
  const { compileAsked } = await import('../options/asked-filter.js');
  return compileAsked(written, where);
}

async function reporterOf(
  plan: OutputPlan,
  io: CliIo,
  inputs: readonly string[],
  more?: (index: number) => object,
): Promise<Reporter> {
  if (plan.groups !== null) {
    if (plan.output !== undefined) refuseOverwriting(plan.output, inputs);
    const { groupsReporter } = await import('./groups.js');
    return groupsReporter(plan, plan.groups, io);
  }
  if (plan.form === 'tables') {
    const { columnsReporter } = await import('./columns.js');
    return columnsReporter(plan, io, inputs);
  }
  if (plan.output !== undefined) refuseOverwriting(plan.output, inputs);
  if (plan.form === 'picture') {
    const { pictureReporter } = await import('./picture.js');
    return pictureReporter(plan, io);
  }
  const output = await openOutput(plan.output, io, plan.growing);
  switch (plan.form) {
    case 'json': {
      const { jsonReporter } = await import('./json.js');
      return jsonReporter(output, isWantedBy(plan), more);
    }
    case 'ndjson': {
      const { ndjsonReporter } = await import('./ndjson.js');
      return ndjsonReporter(plan, output, isWantedBy(plan), more);
    }
    case 'text': {
      if (plan.list !== null) {
        const { listReporter } = await import('./list.js');
        return listReporter(plan, plan.list, output, io);
      }
      const { textReporter } = await import('./text.js');
      const browsable = io.terminal && inputs.length > 0 && !inputs.includes('-') && plan.hints;
      return textReporter(plan, output, speaker(plan, output, io), browsable && plan.output === undefined);
    }
  }
}

export function isWantedBy({ connections }: OutputPlan): (index: number) => boolean {
  return (index) => connections === null || connections.has(index);
}
