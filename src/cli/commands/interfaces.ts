/** `synfin interfaces`: what there is to capture on, and whether capturing would work here. */
import { linkTypeName } from '../../decode/formats.js';
import { escapeText, jsonText } from '../../escape.js';
import { ENGLISH, type Phrases, phrases } from '../../explain/phrases.js';
import { type InterfaceReport, listInterfaces } from '../../live/interfaces.js';
import { DONE } from '../terminal/exit-codes.js';
import { type CliIo, write } from '../terminal/io.js';

export async function interfaces(flags: { json?: boolean }, io: CliIo): Promise<number> {
  const reports = await listInterfaces();
  if (flags.json === true) {
    await write(io.stdout, `${jsonText({ schema: 'synfin/1', interfaces: reports.map(inEnglish) })}\n`);
    return DONE;
  }
  await write(io.stdout, `${describeInterfaces(reports)}\n`);
  return DONE;
}

/** For programs: what is wrong as a sentence, and what to do, which may have several lines. */
function inEnglish(report: InterfaceReport): object {
  const { problem } = report;
  const text = problem === null ? null : ENGLISH.errorText(problem);
  return { ...report, problem: text, advice: adviceText(report, ENGLISH) };
}

function adviceText({ problem, advice }: InterfaceReport, words: Phrases): string | null {
  if (advice !== null) return advice.map((each) => words.errorText(each)).join('\n');
  return problem === null ? null : words.errorHint(problem);
}

/** Columns of name, state, what works, and link type. */
const LEAST = [9, 14, 22, 15];

/** A line for each, and below them each problem with what to do about it: once for all interfaces that have it. */
export function describeInterfaces(reports: readonly InterfaceReport[]): string {
  const rows = reports.map((report) => [
    escapeText(report.name),
    phrases.interfaceStateText(report.up, report.loopback),
    phrases.canCaptureText(report.problem === null ? report.backend : null),
    report.linkType === null ? '-' : phrases.listingText(linkTypeName(report.linkType)),
    report.addresses.join(' '),
  ]);
  const widths = LEAST.map((least, at) => Math.max(least, ...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const groups = new Map<string, InterfaceReport[]>();
  for (const report of reports) {
    if (report.problem === null) continue;
    const key = sameForAll(report) ? String(report.failure) : phrases.errorText(report.problem);
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
  if (first === undefined || first.problem === null) return [];
  const { problem } = first;
  const names = group.map(({ name }) => escapeText(name)).join(', ');
  if (first.failure === 'interface-down') {
    const lines = [phrases.interfacesDown(names)];
    for (const { command } of group) if (command !== null) lines.push(`  ${command}`);
    return lines;
  }
  const sentence =
    problem.kind === 'not-permitted'
      ? phrases.interfacesNotPermitted(names, phrases.errorText(problem.why).replace(/\.$/, ''))
      : phrases.errorText(problem);
  const advice = adviceText(first, phrases);
  if (advice !== null) return [sentence, advice];
  return first.command === null ? [sentence] : [sentence, `  ${first.command}`];
}
