/** The outcome of a capture as a whole, in a sentence, and what puts it in doubt. */
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import type { Overview } from '../../group/overview.js';
import type { PageData } from '../../page/page-data.js';

export interface Remark {
  tag: string;
  severity: 'note' | 'warning' | 'bad';
  text: string;
}

/** `414 connections, 25 failed: 10 reset, 9 no answer, 6 refused`. */
export function overallSentence({ capture, overview }: PageData): string {
  if (overview === null) return nothingSentence(capture);
  const { connections, failed, outcomes } = overview;
  const failures = outcomes.filter(([kind]) => FAILED.has(kind));
  const others = outcomes.filter(([kind]) => !FAILED.has(kind));
  const list = (kinds: Overview['outcomes']): string =>
    kinds.map(([kind, n]) => `${phrases.grouped(n)} ${phrases.outcomeWords({ kind, by: null })}`).join(', ');
  const all = phrases.count(connections, 'connection');
  if (failed === 0) return `${all}, none failed: ${list(others)}`;
  if (others.length === 0) return `${all}, all failed: ${list(failures)}`;
  return `${all}, ${phrases.grouped(failed)} failed: ${list(failures)}`;
}

const FAILED: ReadonlySet<string> = new Set(['reset', 'refused', 'no-answer', 'not-completed']);

function nothingSentence({ packets, udpFlows, udpDatagrams }: PageData['capture']): string {
  if (packets === 0) return 'No packets in this capture';
  if (udpFlows === 0) return `No TCP in this capture: ${phrases.count(packets, 'packet')} of other kinds`;
  return `No TCP in this capture: ${phrases.count(udpDatagrams, 'UDP datagram')} in ${phrases.count(udpFlows, 'flow')}`;
}

/** Damage first, then what was lost, what stands out, and what the page leaves out. */
export function remarksOf({ capture, overview, left, where, files }: PageData): Remark[] {
  const remarks: Remark[] = capture.warnings.map((warning) => ({
    tag: warning.damage ? 'damage' : 'warning',
    severity: warning.damage ? 'bad' : 'warning',
    text: phrases.warningSentence(warning),
  }));
  const drops = phrases.dropsCaveat(capture.drops);
  if (drops !== null) remarks.push({ tag: 'dropped packets', severity: 'bad', text: drops });
  const evicted = phrases.evictionCaveat(capture.evicted);
  if (evicted !== null) remarks.push({ tag: 'left early', severity: 'warning', text: evicted });
  for (const pattern of capture.patterns.slice(0, 10))
    remarks.push({ tag: 'pattern', severity: 'warning', text: phrases.patternSentence(pattern) });
  for (const stands of overview?.standsOut ?? []) {
    const { name, lines } = phrases.standOutLines(stands, (at) => phrases.durationText(at / 1e9));
    remarks.push({ tag: 'stands out', severity: 'warning', text: `${name}: ${lines.join('; ')}` });
  }
  if (where !== null)
    remarks.push({ tag: 'selection', severity: 'note', text: `the list has those where ${where}` });
  // names of files and comments may contain what reorders a line
  return [...remarks, ...leftOut(left, files)].map((remark) => ({
    ...remark,
    text: escapeText(remark.text),
  }));
}

function leftOut({ connections, udpFlows, ladders }: PageData['left'], files: readonly string[]): Remark[] {
  const name = files.length === 1 ? (files[0] ?? 'FILE') : 'FILE...';
  const found: Remark[] = [];
  const add = (text: string): void => void found.push({ tag: 'not in this page', severity: 'note', text });
  if (connections > 0)
    add(`${phrases.count(connections, 'connection')}, for lack of room: synfin ${name} --limit 0`);
  if (udpFlows > 0) add(`${phrases.count(udpFlows, 'UDP flow')}, for lack of room: synfin ${name} --limit 0`);
  if (ladders > 0) add(`segments of ${phrases.count(ladders, 'connection')}: synfin ${name} --connection N`);
  return found;
}
