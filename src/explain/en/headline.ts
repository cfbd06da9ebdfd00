/** The verdict on a connection in a line: the title of its picture. */
import type { ConnectionReport } from '../../verdict/report.js';
import { resetCausesWords } from './causes.js';
import { count, durationText, grouped } from './quantities.js';
import { stillOpen } from './sentences.js';
import { capitalized } from './words.js';

/** `Opened in 26.3 µs; closed in four steps, client first`. */
export function headline(report: ConnectionReport): string {
  const parts = [openingPart(report), ...troubles(report), closingPart(report)];
  return capitalized(parts.filter((part) => part !== '').join('; '));
}

function openingPart({ opening, findingCounts }: ConnectionReport): string {
  const time = opening.connectTime === null ? '' : ` in ${durationText(opening.connectTime)}`;
  switch (opening.kind) {
    case 'three-way':
      return `opened${time}`;
    case 'simultaneous':
      return findingCounts['split-handshake'] === undefined
        ? `opened by both ends at once${time}`
        : `opened by a split handshake${time}`;
    case 'fast-open':
      return `opened${time} with data in the SYN (Fast Open)`;
    case 'refused':
      return 'refused';
    case 'no-answer':
      return `no answer to ${count(opening.synCount, 'SYN')}`;
    case 'not-completed':
      return 'handshake not completed';
    case 'not-captured':
      return 'opening not captured';
  }
}

/** What happened in between that a healthy connection does not have. */
function troubles({ opening, traffic, findings, findingCounts }: ConnectionReport): string[] {
  const parts: string[] = [];
  const retransmissions = traffic.client.retransmissions + traffic.server.retransmissions;
  if (retransmissions > 0 && opening.complete) parts.push(count(retransmissions, 'retransmission'));
  const ignored = findingCounts['ignored-segment'] ?? 0;
  const resets = findings.filter(isIgnoredReset).length;
  if (resets > 0) parts.push(resets === 1 ? 'an RST was ignored' : `${resets} RSTs were ignored`);
  if (ignored > resets) parts.push(`${count(ignored - resets, 'segment')} ignored`);
  for (const [side, { zeroWindows }] of Object.entries(traffic)) {
    if (zeroWindows > 0) parts.push(`the ${side} closed its window${times(zeroWindows)}`);
  }
  return parts;
}

function isIgnoredReset({ code, values }: ConnectionReport['findings'][number]): boolean {
  return code === 'ignored-segment' && String(values?.because).startsWith('rst-');
}

function times(n: number): string {
  return n === 1 ? '' : ` ${n === 2 ? 'twice' : `${grouped(n)} times`}`;
}

const STEPS = {
  'four-step': 'in four steps',
  'three-step': 'in three steps',
  simultaneous: 'by both ends at once',
};

function closingPart(report: ConnectionReport): string {
  const { opening, closing } = report;
  switch (closing.kind) {
    case 'four-step':
    case 'three-step':
    case 'simultaneous': {
      const first =
        closing.initiator === null || closing.kind === 'simultaneous' ? '' : `, ${closing.initiator} first`;
      return `closed ${STEPS[closing.kind]}${first}${closing.complete ? '' : ', not completed'}`;
    }
    case 'reset': {
      const { by, cause, alternatives } = closing.reset;
      const causes = resetCausesWords([cause, ...alternatives]);
      if (opening.kind === 'refused') return causes;
      return `reset by the ${by}: ${causes}`;
    }
    case 'half-closed':
      return `half-closed${closing.initiator === null ? '' : ` by the ${closing.initiator}`}`;
    case 'open':
      return stillOpen(report);
    case 'none':
      return '';
  }
}
