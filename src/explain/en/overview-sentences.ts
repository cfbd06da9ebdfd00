/** The outcomes of a capture's connections, in words. */
import type { StandOut, StandOutFailure } from '../../group/failures.js';
import type { FailureKind, Overview } from '../../group/overview.js';
import { RESET_CAUSES, type ResetCause } from '../../verdict/catalogue.js';
import { resetCauseWords } from './causes.js';
import { findingName } from './finding-names.js';
import { outcomeWords } from './outcomes.js';
import { count, durationCell, durationText, grouped } from './quantities.js';

/** `6.1 %`, `27 %`, `< 0.1 %`. */
export function shareText(part: number, all: number): string {
  const share = (100 * part) / all;
  if (part > 0 && share < 0.1) return '< 0.1 %';
  // what is not all of them is never 100 %
  if (share >= 99.5 && part < all) return `${(Math.floor(share * 10) / 10).toFixed(1)} %`;
  return `${share >= 10 ? share.toFixed(0) : share.toFixed(1)} %`;
}

/** A round time: `2 s`, `5 min`, `1 d`. */
export function stepText(seconds: number): string {
  const [unit, size] = STEP_UNITS.find(([, least]) => seconds >= least) ?? ['ms', 1e-3];
  return `${Math.round(seconds / size)} ${unit}`;
}

const STEP_UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

export function failureName({ kind, by }: Pick<FailureKind, 'kind' | 'by'>): string {
  return outcomeWords({ kind, by });
}

/** Why, where the packets say it: the causes by their number, as many as there is room for. */
export function failureCause(
  { kind, count: all, causes, mostSyns, longest }: FailureKind,
  most: number,
): string {
  if (kind === 'no-answer') {
    if (mostSyns === 1) return 'no reply to the SYN';
    const syns = `up to ${count(mostSyns, 'SYN')}`;
    const whole = `${syns} in ${durationText(longest)}, no reply`;
    return whole.length <= most ? whole : syns;
  }
  const [main] = causes;
  if (main === undefined) return '';
  if (causes.length === 1 && main[1] === all) return causeNames(main[0], kind, most);
  let text = '';
  for (const [cause, n] of causes) {
    const more = `${text === '' ? '' : `${text}, `}${causeNames(cause, kind)} (${grouped(n)})`;
    if (more.length > most) break;
    text = more;
  }
  return text === '' ? `mostly ${causeNames(main[0], kind, most - 7)}` : text;
}

/** A cause and those that the packets do not exclude; the first alone where there is no room for all. */
function causeNames(causes: string, kind: FailureKind['kind'], most = Number.POSITIVE_INFINITY): string {
  const [first = '', ...others] = causes.split(' ').map((cause) => causeName(cause, kind));
  const all = [first, ...others].join(' or ');
  return others.length === 0 || all.length <= most ? all : `${first} or …`;
}

function causeName(cause: string, kind: FailureKind['kind']): string {
  if (Object.hasOwn(RESET_CAUSES, cause)) return resetCauseWords(cause as ResetCause);
  return kind === 'refused' ? 'ICMP error' : 'SYN-ACK not acknowledged';
}

/** `closed 58,000, still open 12`. */
export function notFailed(outcomes: Overview['outcomes']): string {
  return outcomes
    .filter(([kind, n]) => n > 0 && !['refused', 'no-answer', 'not-completed', 'reset'].includes(kind))
    .map(([kind, n]) => `${grouped(n)} ${outcomeWords({ kind, by: null })}`)
    .join(', ');
}

/** What an interrupted reading leaves open. */
export function unfinishedText(outcomes: Overview['outcomes']): string {
  const open = outcomes.find(([kind]) => kind === 'open')?.[1] ?? 0;
  return `Reading was interrupted: ${grouped(open)} are still open because of it, and some that seem to have no answer may have one.`;
}

export function slowConnectsText({ slowConnects }: Overview): string {
  return slowConnects === 0 ? '' : `${grouped(slowConnects)} over 1 s`;
}

/** A group that fails, or is slow, as a name and what is said of it. */
export function standOutLines(
  stands: StandOut,
  timeOf: (at: number) => string,
): { name: string; lines: string[] } {
  if (stands.what === 'response')
    return {
      name: stands.name,
      lines: [
        `response p50 ${durationCell(stands.median)} of ${count(stands.connections, 'connection')} (all: ${durationCell(stands.ofAll)})`,
      ],
    };
  const { dimension, name, failed, total, elsewhere, interval } = stands;
  const rate = `${failureName(stands)} ${grouped(failed)} of ${grouped(total)} (${shareText(failed, total)}, elsewhere ${shareText(elsewhere, 1)})`;
  const when =
    interval === null
      ? []
      : [`${timeOf(interval.from)} to ${timeOf(interval.to)}: ${grouped(interval.failed)} of them`];
  return { name: groupName(dimension, name, timeOf), lines: [rate, ...when] };
}

function groupName(
  dimension: StandOutFailure['dimension'],
  name: string,
  timeOf: (at: number) => string,
): string {
  switch (dimension) {
    case 'client':
      return `client ${name}`;
    case 'network':
      return `clients in ${name}`;
    case 'port':
      return `server port ${name}`;
    case 'second':
      return `in the second from ${timeOf(Number(name) * 1e9)}`;
    default:
      return name;
  }
}

export const NOTHING_STANDS_OUT: string =
  'Nothing stands out: no server, client, network, port, or second fails more than chance explains.';
export const TOO_MANY_GROUPS: string =
  'What stands out was not looked for: there are too many clients or failures.';

/** `retransmission 4,532, lost segment 2,849`. */
export function codesText(codes: Overview['codes'], most: number): string {
  return codes
    .slice(0, most)
    .map(([code, n]) => `${findingName(code)} ${grouped(n)}`)
    .join(', ');
}

/** What the examples are. */
export function examplesText(shown: number, all: number, perFailure: number, slowest: boolean): string {
  const parts = [
    ...(perFailure > 0 ? [`up to ${perFailure} of each failure`] : []),
    ...(slowest ? ['the slowest to connect'] : []),
  ];
  const which = parts.length === 0 ? '' : `: ${parts.join(', then ')}`;
  return `${grouped(shown)} of ${count(all, 'connection')}${which}`;
}
