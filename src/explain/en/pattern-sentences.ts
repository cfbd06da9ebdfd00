/** What shows over many connections, in words; part of the same English phrase table. */
import type { AttemptOutcome, Outcomes } from '../../verdict/attempt-outcomes.js';
import type { Pattern } from '../../verdict/patterns.js';
import { count, durationText, grouped } from './quantities.js';

const NAMES: Readonly<Record<Pattern['code'], string>> = {
  'port-scan': 'port scan',
  'ack-scan': 'ACK scan',
  'syn-scan': 'SYN scan',
  'connect-scan': 'port scan by full connections',
  'fin-scan': 'FIN scan',
  'null-scan': 'NULL scan',
  'xmas-scan': 'Xmas scan',
  'host-sweep': 'host sweep',
  'syn-flood': 'SYN flood',
  'health-checks': 'health checks',
};

const WORDS: readonly [AttemptOutcome, string][] = [
  ['refused', 'refused'],
  ['noAnswer', 'unanswered'],
  ['notCompleted', 'answered by SYN-ACK and not opened'],
  ['reset', 'opened and reset without data'],
  ['closed', 'opened and closed without data'],
  ['used', 'used'],
];

/** Ports above those of system services: a client that tries many hosts at one of them may have a list of peers. */
const FIRST_USER_PORT = 1024;

/** What shows over many connections, in one line. */
export function patternSentence(pattern: Pattern): string {
  const { code, address } = pattern;
  const name = NAMES[code];
  const first = `first in packet ${pattern.firstPacket}`;
  switch (code) {
    case 'syn-flood':
      return `${name} at ${address} port ${pattern.port}: ${grouped(pattern.count)} openings were never completed (${first})`;
    case 'health-checks':
      return `${name} from ${address} of ${pattern.target} port ${pattern.port}: ${checks(pattern)} (${first})`;
    case 'host-sweep': {
      const ports = pattern.port === null ? count(pattern.ports, 'port') : `port ${pattern.port}`;
      const lookalike =
        pattern.port !== null && pattern.port >= FIRST_USER_PORT
          ? '; a client that asks a list of peers looks the same'
          : '';
      return `${name} from ${address}: ${ports} on ${atLeast(pattern)}${count(pattern.hosts, 'host')}, ${outcome(pattern.outcomes)}${lookalike} (${first})`;
    }
    default: {
      const whom = pattern.target ?? count(pattern.hosts, 'host');
      return `${name} from ${address}: ${atLeast(pattern)}${count(pattern.ports, 'port')} of ${whom} tried, ${outcome(pattern.outcomes)} (${first})`;
    }
  }
}

function checks({ count: checked, interval, outcomes, exact }: Pattern): string {
  const how =
    outcomes.closed === 0
      ? 'each reset without data'
      : outcomes.reset === 0
        ? 'each closed without data'
        : `${grouped(outcomes.closed)} closed and ${grouped(outcomes.reset)} reset without data`;
  const often = interval === null ? '' : `, every ${durationText(interval)}`;
  return `${exact ? '' : 'at least '}${count(checked, 'connection')}${often}, ${how}`;
}

function atLeast({ exact }: Pattern): string {
  return exact ? '' : 'at least ';
}

/** `none answered`, or how many had which outcome. */
function outcome(outcomes: Outcomes): string {
  const parts = WORDS.filter(([name]) => outcomes[name] > 0);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined)
    return only[0] === 'noAnswer' ? 'none answered' : `all ${only[1]}`;
  return parts.map(([name, words]) => `${grouped(outcomes[name])} ${words}`).join(', ');
}
