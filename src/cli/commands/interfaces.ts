/** `synfin interfaces`: what there is to capture on, and whether capturing would work here. */
import { linkTypeName } from '../../decode/formats.js';
import { escapeText, jsonText } from '../../escape.js';
import { type InterfaceReport, listInterfaces } from '../../live/interfaces.js';
import { DONE } from '../terminal/exit-codes.js';
import { type CliIo, write } from '../terminal/io.js';

export async function interfaces(flags: { json?: boolean }, io: CliIo): Promise<number> {
  const reports = await listInterfaces();
  if (flags.json === true) {
    await write(io.stdout, `${jsonText({ schema: 'synfin/1', interfaces: reports })}\n`);
    return DONE;
  }
  await write(io.stdout, `${describeInterfaces(reports)}\n`);
  return DONE;
}

/** A line for each, and below them what is in the way and how to mend it: once for all that it concerns. */
export function describeInterfaces(reports: readonly InterfaceReport[]): string {
  const width = Math.max(9, ...reports.map((report) => report.name.length));
  const lines = reports.map((report) => {
    const link = report.linkType === null ? '-' : linkTypeName(report.linkType);
    const state = `${report.up ? 'up' : 'down'}${report.loopback ? ', loopback' : ''}`;
    const works = report.problem === null ? `can capture (${report.backend})` : 'cannot capture';
    const name = escapeText(report.name).padEnd(width);
    return `${name}  ${state.padEnd(14)}  ${works.padEnd(22)}  ${link.padEnd(15)}  ${report.addresses.join(' ')}`.trimEnd();
  });
  const groups = new Map<string, InterfaceReport[]>();
  for (const report of reports) {
    if (report.problem === null) continue;
    const key = sameForAll(report) ? String(report.failure) : report.problem;
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  for (const group of groups.values()) lines.push('', ...howToFix(group));
  return lines.join('\n');
}

/** Rights and libraries are a matter of this user and this machine, not of the interface. */
function sameForAll({ failure }: InterfaceReport): boolean {
  return failure === 'not-permitted' || failure === 'unavailable' || failure === 'interface-down';
}

function howToFix(group: readonly InterfaceReport[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const names = group.map(({ name }) => escapeText(name)).join(', ');
  if (first.failure === 'interface-down') {
    const lines = [`${names}: down.`];
    for (const { command } of group) if (command !== null) lines.push(`  ${command}`);
    return lines;
  }
  const reason = first.problem?.match(/ \((.*)\)\.$/)?.[1];
  const sentence =
    first.failure === 'not-permitted'
      ? `${names}: not permitted for this user${reason === undefined ? '' : ` (${reason})`}.`
      : (first.problem ?? '');
  if (first.advice !== null) return [sentence, first.advice];
  return first.command === null ? [sentence] : [sentence, `  ${first.command}`];
}
