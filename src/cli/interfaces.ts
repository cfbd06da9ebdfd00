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
  const problems = new Map(
    reports.filter((report) => report.problem !== null).map((report) => [report.problem, report]),
  );
  for (const [problem, report] of problems) {
    lines.push('', problem ?? '');
    if (report.command !== null) lines.push(`  ${report.command}`);
    if (report.advice !== null) lines.push(report.advice);
  }
  return lines.join('\n');
}
