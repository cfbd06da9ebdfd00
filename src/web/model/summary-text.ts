/** The outcome of a capture as a whole, in a sentence, and what puts it in doubt. */
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
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
  return phrases.overallText(connections, failed, failures, others);
}

const FAILED: ReadonlySet<string> = new Set(['reset', 'refused', 'no-answer', 'not-completed']);

function nothingSentence({ packets, udpFlows, udpDatagrams }: PageData['capture']): string {
  return packets === 0 ? phrases.NO_PACKETS : phrases.noTcpHere(packets, udpFlows, udpDatagrams);
}

/** Damage first, then what was lost, what stands out, and what the page leaves out. */
export function remarksOf({ capture, overview, left, where, files }: PageData): Remark[] {
  const remarks: Remark[] = capture.warnings.map((warning) => ({
    tag: phrases.remarkName(warning.damage ? 'damage' : 'warning'),
    severity: warning.damage ? 'bad' : 'warning',
    text: phrases.warningSentence(warning),
  }));
  const drops = phrases.dropsCaveat(capture.drops);
  if (drops !== null) remarks.push({ tag: phrases.remarkName('drops'), severity: 'bad', text: drops });
  const evicted = phrases.evictionCaveat(capture.evicted);
  if (evicted !== null)
    remarks.push({ tag: phrases.remarkName('evicted'), severity: 'warning', text: evicted });
  for (const pattern of capture.patterns.slice(0, 10))
    remarks.push({
      tag: phrases.remarkName('pattern'),
      severity: 'warning',
      text: phrases.patternSentence(pattern),
    });
  for (const stands of overview?.standsOut ?? []) {
    const { name, lines } = phrases.standOutLines(stands, (at) => phrases.durationText(at / 1e9));
    remarks.push({
      tag: phrases.remarkName('stands-out'),
      severity: 'warning',
      text: `${name}: ${lines.join('; ')}`,
    });
  }
  if (where !== null)
    remarks.push({
      tag: phrases.remarkName('selection'),
      severity: 'note',
      text: phrases.listOfThose(where),
    });
  // names of files and comments may contain what reorders a line
  return [...remarks, ...leftOut(left, files)].map((remark) => ({
    ...remark,
    text: escapeText(remark.text),
  }));
}

function leftOut({ connections, udpFlows, ladders }: PageData['left'], files: readonly string[]): Remark[] {
  const name = files.length === 1 ? (files[0] ?? phrases.FILE_NAME) : `${phrases.FILE_NAME}...`;
  const found: Remark[] = [];
  const tag = phrases.remarkName('left-out');
  const add = (text: string): void => void found.push({ tag, severity: 'note', text });
  const list = `synfin ${name} --limit 0`;
  if (connections > 0) add(phrases.noRoomFor(connections, 'connection', list));
  if (udpFlows > 0) add(phrases.noRoomFor(udpFlows, 'UDP flow', list));
  if (ladders > 0) add(phrases.segmentsLeftOut(ladders, `synfin ${name} --connection N`));
  return found;
}
