/** The capture in a few lines: what was in it, when, and what puts the rest in doubt. */

import type { CaptureSummary, LiveFacts } from '../../analysis/summary.js';
import type { Drops } from '../../capture/reader.js';
import { escapeText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { secondsBetween, zoneText } from '../../time.js';
import { NO_BREAK, paint, plain, type TextStyle, unbroken, wrap } from './style.js';
import { clockStyle, type TimeStyle, timeText } from './times.js';

/** What was read, and when; then what puts the rest in doubt, and what shows over many connections. */
export function renderOverview(summary: CaptureSummary, style: TextStyle, time: TimeStyle): string {
  const interrupted = summary.warnings.find(({ code }) => code === 'interrupted');
  const partial =
    interrupted === undefined ? [] : wrap(capitalized(phrases.warningText(interrupted)), style.width, 2);
  const lines = partial.map((line) => paint(style, 'yellow', line));
  lines.push(
    ...wrap(phrases.contentsText(names(summary), contents(summary)), style.width, 2).map((line) =>
      line.replaceAll(NO_BREAK, ' '),
    ),
  );
  const when = whenText(summary, time);
  if (when !== '') lines.push(...wrap(when, style.width, 2));
  if (summary.live !== null) lines.push(...wrap(liveText(summary.live, summary.drops), style.width, 2));
  const lost = losses(summary);
  if (lost !== '') lines.push(...wrap(lost, style.width, 2).map((line) => paint(style, 'yellow', line)));
  for (const text of patternTexts(summary))
    lines.push(...wrap(text, style.width, 2).map((line) => paint(style, 'yellow', line)));
  for (const { server, clients } of summary.oneToMany.slice(0, MAX_SERVERS)) {
    lines.push(...wrap(phrases.oneToManyText(clients, server), style.width, 2));
  }
  return lines.map((line) => plain(line, style)).join('\n');
}

/** `2025-10-09 08:53:20.021 to 08:54:08.124 UTC (48.1 s), 908 MB`. */
function whenText({ start, end, files, live }: CaptureSummary, time: TimeStyle): string {
  if (start === null || end === null) return '';
  const full = { ...clockStyle(time), detail: 'full' } as const;
  const zone = time.how === 'local' ? ` ${zoneText(start.seconds)}` : ' UTC';
  const texts = [timeText(start, full), timeText(end, full)];
  const isDated = texts.every((text) => text.includes('T'));
  const [from = '', to = ''] = isDated ? texts.map(dated) : texts;
  const sameDay = isDated && from.slice(0, 10) === to.slice(0, 10);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const size = live === null && bytes > 0 ? `, ${phrases.byteAmount(bytes)}` : '';
  const range = phrases.fromTo(from, sameDay ? to.slice(11) : to);
  return `${range}${isDated ? zone : ''} (${phrases.durationText(secondsBetween(start, end))})${size}`;
}

function dated(rfc3339: string): string {
  return rfc3339.replace('T', ' ').slice(0, 23);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Patterns that are named. */
const MAX_PATTERNS = 10;

function patternTexts({ patterns }: CaptureSummary): string[] {
  const texts = patterns.slice(0, MAX_PATTERNS).map((pattern) => phrases.patternSentence(pattern));
  const more = patterns.length - texts.length;
  return more > 0 ? [...texts, phrases.morePatternsText(more)] : texts;
}

/** UDP servers with several clients that are named. */
const MAX_SERVERS = 5;

function names(summary: CaptureSummary): string {
  const [first] = summary.files;
  if (first === undefined) return phrases.NOTHING_READ;
  if (summary.live !== null && summary.files.length === 1)
    return phrases.liveCaptureOn(escapeText(summary.live.interface));
  return summary.files.length === 1 ? escapeText(first.path) : phrases.filesText(summary.files.length);
}

function contents(summary: CaptureSummary): string[] {
  // a number stays with what it counts
  const parts = [unbroken(phrases.count(summary.packets, 'packet'))];
  if (summary.connections > 0) parts.push(unbroken(phrases.count(summary.connections, 'TCP connection')));
  if (summary.udpFlows > 0) parts.push(unbroken(phrases.count(summary.udpFlows, 'UDP flow')));
  if (summary.connections + summary.udpFlows === 0) parts.push(phrases.NO_TCP_OR_UDP);
  if (summary.other > 0) parts.push(othersText(summary));
  return parts;
}

function othersText({ other, others }: CaptureSummary): string {
  const most = 4;
  const shown = others.slice(0, most).map(({ packets, what }) => ({ packets, what: escapeText(what) }));
  return phrases.othersText(other, shown, others.length > most);
}

/** How a live capture was made: whose clock, how fine, and what was lost. */
function liveText(live: LiveFacts, drops: Drops | null): string {
  const precision = live.clock === 'kernel' ? String(live.precision) : null;
  return phrases.capturedText(escapeText(live.interface), live.backend, precision, drops?.kernel ?? null);
}

function losses(summary: CaptureSummary): string {
  const parts: string[] = [];
  const caveat = phrases.dropsCaveat(summary.drops);
  if (caveat !== null) parts.push(caveat);
  const evicted = phrases.evictionCaveat(summary.evicted);
  if (evicted !== null) parts.push(evicted);
  return parts.join('; ');
}
