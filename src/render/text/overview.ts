/** The capture in a line or two: what was in it, and how its connections ended. */

import type { Drops } from '../../capture/reader.js';
import { escapeText } from '../../escape.js';
import { dropsCaveat, evictionCaveat } from '../../explain/en/caveats.js';
import { patternSentence } from '../../explain/en/pattern-sentences.js';
import { count, durationText } from '../../explain/en/quantities.js';
import type { CaptureSummary, LiveFacts } from '../../summary.js';
import { paint, plain, type TextStyle, wrap } from './style.js';

export function renderOverview(summary: CaptureSummary, style: TextStyle): string {
  const lines = wrap(`${names(summary)}: ${contents(summary)}`, style.width, 2).map((line) =>
    line.replaceAll(NO_BREAK, ' '),
  );
  const outcome = outcomes(summary);
  if (outcome !== '') lines.push(...wrap(outcome, style.width, 2));
  for (const text of patternTexts(summary))
    lines.push(...wrap(text, style.width, 2).map((line) => paint(style, 'yellow', line)));
  for (const { server, clients } of summary.oneToMany.slice(0, MAX_SERVERS)) {
    lines.push(...wrap(`one to many: ${count(clients, 'UDP client')} of ${server}`, style.width, 2));
  }
  if (summary.live !== null) lines.push(...wrap(liveText(summary.live, summary.drops), style.width, 2));
  const lost = losses(summary);
  if (lost !== '') lines.push(...wrap(lost, style.width, 2).map((line) => paint(style, 'yellow', line)));
  return lines.map((line) => plain(line, style)).join('\n');
}

/** Keeps a number and what it counts on one line. */
const NO_BREAK = '\u00a0';

function kept(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}

/** Patterns that are named. */
const MAX_PATTERNS = 10;

function patternTexts({ patterns }: CaptureSummary): string[] {
  const texts = patterns.slice(0, MAX_PATTERNS).map(patternSentence);
  const more = patterns.length - texts.length;
  return more > 0 ? [...texts, `${count(more, 'more pattern')} of this kind: --format json`] : texts;
}

/** UDP servers with several clients that are named. */
const MAX_SERVERS = 5;

function names(summary: CaptureSummary): string {
  const [first] = summary.files;
  if (first === undefined) return 'nothing read';
  return summary.files.length === 1 ? escapeText(first.path) : `${summary.files.length} files`;
}

function contents(summary: CaptureSummary): string {
  const parts = [kept(count(summary.packets, 'packet'))];
  if (summary.start !== null && summary.end !== null) {
    const span =
      summary.end.seconds -
      summary.start.seconds +
      (summary.end.nanoseconds - summary.start.nanoseconds) / 1e9;
    parts[0] += ` in ${kept(durationText(span))}`;
  }
  if (summary.connections > 0) parts.push(kept(count(summary.connections, 'TCP connection')));
  if (summary.udpFlows > 0) parts.push(kept(count(summary.udpFlows, 'UDP flow')));
  if (summary.connections + summary.udpFlows === 0) parts.push('no TCP or UDP');
  if (summary.other > 0) parts.push(`${count(summary.other, 'other packet')} (${othersText(summary)})`);
  return parts.join(', ');
}

function othersText(summary: CaptureSummary): string {
  const most = 4;
  const shown = summary.others.slice(0, most).map((other) => `${other.packets} ${escapeText(other.what)}`);
  if (summary.others.length > most) shown.push('…');
  return shown.join(', ');
}

/** How the connections opened and closed, where there is more than one. */
function outcomes(summary: CaptureSummary): string {
  if (summary.connections < 2) return '';
  const list = (counts: Partial<Record<string, number>>): string =>
    Object.entries(counts)
      .sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0))
      .map(([kind, n]) => `${n} ${kind}`)
      .join(', ');
  return `opened: ${list(summary.openings)} · closed: ${list(summary.closings)}`;
}

/** How a live capture was made: whose clock, how fine, and what was lost. */
function liveText(live: LiveFacts, drops: Drops | null): string {
  const clock =
    live.clock === 'kernel'
      ? `kernel timestamps (${live.precision})`
      : 'timestamps of a program, not of the kernel: short times are not to be trusted';
  const lost = drops?.kernel ?? null;
  return `captured on ${escapeText(live.interface)} by ${live.backend}: ${clock}, ${lost === null ? 'losses unknown' : `${count(lost, 'packet')} lost`}`;
}

function losses(summary: CaptureSummary): string {
  const parts: string[] = [];
  const caveat = dropsCaveat(summary.drops);
  if (caveat !== null) parts.push(caveat);
  const evicted = evictionCaveat(summary.evicted);
  if (evicted !== null) parts.push(evicted);
  return parts.join('; ');
}
