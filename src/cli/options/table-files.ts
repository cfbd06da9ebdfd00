/** Which tables are written, and to which files. */

import { join, parse, resolve } from 'node:path';
import { UserError } from '../../errors.js';
import type { TableName } from '../../fields/table-names.js';
import { factsOf } from '../../files/facts.js';
import { isTabular, type OutputFlags } from './options.js';

export interface TableFile {
  table: TableName;
  /** Undefined for standard output. */
  path: string | undefined;
}

/** Connections go to the file that was named, the other tables next to it: `NAME.findings.csv`. */
export function tableFiles({ format, output, packets, table }: OutputFlags): TableFile[] {
  if (table !== undefined || output === undefined) return [{ table: table ?? 'connections', path: output }];
  const { dir, name } = parse(output);
  const nextTo = (further: TableName): TableFile => ({
    table: further,
    path: join(dir, `${name}.${further}.${format}`),
  });
  return [
    { table: 'connections', path: output },
    nextTo('findings'),
    nextTo('udp_flows'),
    ...(packets === true ? [nextTo('segments')] : []),
  ];
}

/** Throws UserError where the options do not go together. */
export function checkTables({ format, output, packets, table }: OutputFlags): void {
  if (format === 'parquet' && output === undefined) throw new UserError({ kind: 'file-needed', format });
  if (packets === true && table !== undefined && table !== 'segments')
    throw new UserError({ kind: 'packets-of-segments', table });
  if (output === undefined) {
    if (packets === true && table === undefined) throw new UserError({ kind: 'one-table' });
    return;
  }
  const facts = factsOf(output);
  const special = facts !== null && !facts.isFile() && !facts.isDirectory();
  if (special && table === undefined)
    throw new UserError({ kind: 'of-file', path: output, why: { kind: 'table-not-chosen' } });
}

/** Throws UserError where packets and results would go to the same file. */
export function checkApart(write: string, flags: OutputFlags, option = '--write'): void {
  const { format, output } = flags;
  if (output === undefined) return;
  const outputs = isTabular(format) ? tableFiles(flags).map(({ path }) => path ?? output) : [output];
  if (!outputs.some((path) => resolve(path) === resolve(write))) return;
  const why = { kind: 'same-file', option, other: '--output' } as const;
  throw new UserError({ kind: 'of-file', path: write, why });
}
