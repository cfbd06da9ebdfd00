/** Lines about connections as they come. */
import type { Step } from '../../track/results/sink.js';
import type { OutcomeKind } from '../../verdict/catalogue.js';
import { outcomeWords } from './outcomes.js';
import { count, durationText, grouped } from './quantities.js';

const STEPS: Readonly<Record<Step, string>> = {
  opening: 'opening',
  opened: 'opened',
  closing: 'closing',
  closed: 'closed',
  failed: 'failed',
};

export function stepName(step: Step): string {
  return STEPS[step];
}

/** The longest of them. */
export const STEP_NAME_WIDTH: number = 7;

/** What the kernel says of an end; `inferred`: what was inferred where that differs, with the sign between the two. */
export function kernelEnd(
  end: 'client' | 'server',
  state: string | null,
  inferred: { sign: string; state: string } | null,
): string {
  return `${end} ${state ?? 'no socket'}${inferred === null ? '' : ` ${inferred.sign} ${inferred.state}`}`;
}

export function kernelText(ends: readonly string[]): string {
  return `[kernel: ${ends.join(', ')}]`;
}

export function correctionText(before: OutcomeKind): string {
  return `before it seemed ${outcomeWords({ kind: before, by: null })}`;
}

export function slowestResponseText(seconds: number): string {
  return `slowest response ${durationText(seconds)}`;
}

/** `cell`: a time as columns have it. */
export function responseCell(cell: string): string {
  return `response ${cell}`;
}

export function leftOutFine(n: number): string {
  return `+ ${grouped(n)} closed without problems`;
}

export function leftOutLines(n: number): string {
  return `… ${grouped(n)} more lines left out: too many to read`;
}

export const CAPTURING: string = 'capturing…';

/** The status line. `lost`: packets, null where not known. */
export function watchStatus({
  open,
  over,
  failed,
  packets,
  lost,
}: {
  open: number;
  over: number;
  failed: number;
  packets: number;
  lost: number | null;
}): string {
  const bad = failed === 0 ? '' : ` (${grouped(failed)} failed)`;
  const losses = lost === null ? 'losses unknown' : `${grouped(lost)} lost`;
  return `${grouped(open)} open · ${grouped(over)} over${bad} · ${count(packets, 'packet')} · ${losses}`;
}

/**
 * Where nothing is captured. `filter`: empty for none; `name`: null for any interface; `busy`: other interfaces with traffic,
 * null where the system does not say; `hasOther`: this one has traffic that the filter leaves out.
 */
export function silenceText(
  filter: string,
  name: string | null,
  seconds: number,
  busy: readonly string[] | null,
  hasOther: boolean,
): string {
  const what = filter === '' ? 'no packets' : `no packets that match '${filter}'`;
  const where = name ?? 'any interface';
  const said = `${what} on ${where} for ${seconds} s`;
  if (busy === null) return `${said}; synfin interfaces lists the others`;
  const [first] = busy;
  if (name === null) return first === undefined ? said : `${said}; there is traffic on ${busy.join(', ')}`;
  const own = hasOther ? `; ${where} has other traffic` : '';
  if (first === undefined) return hasOther ? said + own : `${said}; no other interface has traffic`;
  return `${said}${own}; there is traffic on ${busy.join(', ')}: synfin live -i ${first}`;
}

/** How far a reading has come: `45.7 MB of 907.7 MB`; `size` null where it is not known. */
export function readText(read: string, size: string | null): string {
  return size === null ? read : `${read} of ${size}`;
}

export function speedText(packets: number): string {
  return `${grouped(packets)} packets/s`;
}

export function leftText(seconds: number): string {
  return `${durationText(seconds)} left`;
}
