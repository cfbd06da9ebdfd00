/** `synfin interfaces`: what there is to capture on, and whether capturing would work here. */
import { linkTypeName } from '../decode/formats.js';
import { type InterfaceReport, listInterfaces } from '../live/interfaces.js';
import { DONE } from './exit-codes.js';
import { type CliIo, write } from './io.js';

export async function interfaces(flags: { json?: boolean }, io: CliIo): Promise<number> {
  const reports = await listInterfaces();
  if (flags.json === true) {
    await write(io.stdout, `${JSON.stringify({ schema: 'synfin/1', interfaces: reports })}\n`);
    return DONE;
  }
  await write(io.stdout, `${describe(reports)}\n`);
  return DONE;
}

function describe(reports: readonly InterfaceReport[]): string {
  const width = Math.max(9, ...reports.map((report) => report.name.length));
  const lines = reports.map((report) => {
    const link = report.linkType === null ? '-' : linkTypeName(report.linkType);
    const state = `${report.up ? 'up' : 'down'}${report.loopback ? ', loopback' : ''}`;
    const works = report.problem === null ? `can capture (${report.backend})` : 'cannot capture';
    return `${report.name.padEnd(width)}  ${state.padEnd(14)}  ${works.padEnd(24)}  ${link}  ${report.addresses.join(' ')}`.trimEnd();
  });
  const said = new Set<string>();
  for (const { problem, command, advice } of reports) {
    // the way out is the same for most: it is told once
    const wayOut = advice ?? command ?? problem;
    if (problem === null || wayOut === null || said.has(wayOut)) continue;
    said.add(wayOut);
    lines.push('', problem);
    if (advice !== null) lines.push(advice);
    else if (command !== null) lines.push(`  ${command}`);
  }
  return lines.join('\n');
}
