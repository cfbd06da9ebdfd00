/** The lines of a capture as a whole. */
import { count } from './quantities.js';

export const NOTHING_READ: string = 'nothing read';
export const NO_TCP_OR_UDP: string = 'no TCP or UDP';

export function filesText(n: number): string {
  return `${n} files`;
}

/** The capture's name is `what`; then what was in it. */
export function contentsText(what: string, parts: readonly string[]): string {
  return `${what}: ${parts.join(', ')}`;
}

/** Packets of other kinds; `kinds`: the most frequent ones. */
export function othersText(
  packets: number,
  kinds: readonly { packets: number; what: string }[],
  more: boolean,
): string {
  const shown = kinds.map((kind) => `${kind.packets} ${kind.what}`);
  return `${count(packets, 'other packet')} (${[...shown, ...(more ? ['…'] : [])].join(', ')})`;
}

/** Two times of the day, or of `--time`. */
export function fromTo(from: string, to: string): string {
  return `${from} to ${to}`;
}

export function oneToManyText(clients: number, server: string): string {
  return `one to many: ${count(clients, 'UDP client')} of ${server}`;
}

export function morePatternsText(n: number): string {
  return `${count(n, 'more pattern')} of this kind: --format json`;
}

/** How a live capture was made. `precision`: of the kernel's timestamps, null for those of a program; `lost`: null where not known. */
export function capturedText(
  name: string,
  backend: string,
  precision: string | null,
  lost: number | null,
): string {
  const clock =
    precision === null
      ? 'timestamps of a program, not of the kernel: short times are not to be trusted'
      : `kernel timestamps (${precision})`;
  return `captured on ${name} by ${backend}: ${clock}, ${lostText(lost)}`;
}

/** Packets that the capture lost; null where that is not known. */
export function lostText(lost: number | null): string {
  return lost === null ? 'losses unknown' : `${count(lost, 'packet')} lost`;
}

/** Names of the rows of a page of outcomes. */
export const CONNECTIONS_ROW: string = 'connections';
export const FAILED_ROW: string = 'failed';

export function noFailuresText(connections: number): string {
  return connections === 1 ? 'It did not fail.' : 'No failures.';
}

export const STANDS_OUT_HEAD: string = 'What stands out';

/** Above bars: how long each is, and when the first begins. */
export function barsHead(step: string, from: string): string {
  return `every ${step} from ${from}`;
}

/** `codes`: as `codesText` has them. */
export function connectionsWith(codes: string): string {
  return `Connections with: ${codes}`;
}

const DISTRIBUTIONS: Readonly<Record<'connect' | 'response' | 'duration', string>> = {
  connect: 'connect',
  response: 'response',
  duration: 'duration',
};

/** At most eight letters: the name of a line of quantiles. */
export function distributionName(of: 'connect' | 'response' | 'duration'): string {
  return DISTRIBUTIONS[of];
}

/** Where quantiles lie in a histogram, and the ranges of its lines. */
export function rangeText(from: string, to: string): string {
  return `${from} to ${to}`;
}
