/** The outcomes of a capture's connections, as text: failures over time, what stands out, how long opening and answering took. */
import { phrases } from '../../explain/phrases.js';
import type { Time } from '../../fields/field.js';
import type { Overview } from '../../group/overview.js';
import type { Distribution } from '../../group/quantiles.js';
import { entryOf } from '../../verdict/catalogue.js';
import { barsText } from './bars.js';
import { paint, plain, type TextStyle, wrap } from './style.js';
import { clockStyle, datePart, type TimeStyle, timeText } from './times.js';

/** From as many on, failures are shown over time and compared. */
export const MANY = 100;
/** Maximum number of bars. */
export const MOST_BARS = 25;
const CODES = 5;

export interface OutcomesOptions {
  style: TextStyle;
  time: TimeStyle;
  /** Reading was not interrupted. */
  complete: boolean;
  /** Of the capture; times of the overview count from its start. */
  start: Time;
  end: Time;
}

export function renderOutcomes(overview: Overview, options: OutcomesOptions): string {
  const { style } = options;
  const parts = [failureLines(overview, options)];
  const isMany = overview.connections >= MANY;
  const stands = (overview.standsOut?.length ?? 0) > 0;
  if (overview.failed > 0 && (isMany || stands)) parts.push(standOutBlock(overview, options));
  if (isMany) {
    parts.push(distributionLines(overview, style));
    const codes = overview.codes.filter(([code]) => entryOf(code)?.severity === 'warning');
    if (codes.length > 0)
      parts.push(wrap(phrases.connectionsWith(phrases.codesText(codes, CODES)), style.width, 2));
  }
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => plain(line, style)).join('\n'))
    .join('\n\n');
}

function failureLines(overview: Overview, { style, time, start, end, complete }: OutcomesOptions): string[] {
  const { connections, failed, failures, steps } = overview;
  const names = [phrases.CONNECTIONS_ROW, ...failures.map((failure) => `  ${phrases.failureName(failure)}`)];
  const nameWidth = Math.max(...names.map((name) => name.length));
  const countWidth = phrases.grouped(connections).length;
  const shares = failures.map(({ count }) => phrases.shareText(count, connections));
  const shareWidth = Math.max(
    ...[phrases.shareText(failed, connections), ...shares].map((text) => text.length),
  );
  // steps at the end in which nothing began have no bars
  const barCount = overview.timeline.findLastIndex((n) => n > 0) + 1;
  const textWidth = nameWidth + countWidth + shareWidth + 4;
  const barsFit = textWidth + 2 + barCount <= style.width;
  const hasBars = connections >= MANY && steps.count > 1 && barsFit;
  const row = (name: string, n: number, share: string, counts: readonly number[], more: string): string => {
    const bars = hasBars ? `  ${barsText(counts.slice(0, barCount), style)}  ` : '  ';
    return `${name.padEnd(nameWidth)}  ${phrases.grouped(n).padStart(countWidth)}  ${share.padStart(shareWidth)}${bars}${more}`.trimEnd();
  };
  const room = style.width - textWidth - (hasBars ? barCount + 4 : 2);
  const lines: string[] = [];
  if (hasBars) {
    const first = timeText(firstStep(overview, start), {
      ...clockStyle(time),
      detail: steps.width < 1 ? 'milliseconds' : 'seconds',
      date: datePart([start, end], clockStyle(time).how),
    });
    const head = phrases.barsHead(phrases.stepText(steps.width), first);
    const indent = Math.max(0, Math.min(textWidth + 2, style.width - head.length));
    lines.push(paint(style, 'dim', `${' '.repeat(indent)}${head}`));
  }
  lines.push(
    row(
      phrases.CONNECTIONS_ROW,
      connections,
      '',
      overview.timeline,
      fitted(phrases.notFailed(overview.outcomes), room),
    ),
  );
  if (!complete) lines.push(...wrap(phrases.unfinishedText(overview.outcomes), style.width, 2));
  if (failed === 0) return [...lines, paint(style, 'green', phrases.noFailuresText(connections))];
  const allFailed = overview.timeline.map((_, step) =>
    failures.reduce((sum, { timeline }) => sum + (timeline[step] ?? 0), 0),
  );
  lines.push(
    paint(
      style,
      'bold',
      row(phrases.FAILED_ROW, failed, phrases.shareText(failed, connections), allFailed, ''),
    ),
  );
  for (const failure of failures) {
    const cause = shortened(phrases.failureCause(failure, room), room);
    const text = row(
      `  ${phrases.failureName(failure)}`,
      failure.count,
      phrases.shareText(failure.count, connections),
      failure.timeline,
      cause,
    );
    lines.push(paint(style, failure.kind === 'reset' ? 'yellow' : 'red', text));
  }
  return lines;
}

/** A cause that does not fit ends in a mark. */
function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  return room < 8 ? '' : `${text.slice(0, room - 3)}…`;
}

function fitted(text: string, room: number): string {
  return text.length <= room ? text : '';
}

/** Where the first step begins. */
function firstStep({ steps }: Overview, start: Time): Time {
  const at = start.seconds + start.nanoseconds / 1e9 - steps.offset;
  const seconds = Math.floor(at + 1e-9);
  return { seconds, nanoseconds: Math.max(0, Math.round((at - seconds) * 1e9)) };
}

function standOutBlock({ standsOut }: Overview, { style, time, start, end }: OutcomesOptions): string[] {
  if (standsOut === null) return wrap(phrases.TOO_MANY_GROUPS, style.width, 0);
  if (standsOut.length === 0) return wrap(phrases.NOTHING_STANDS_OUT, style.width, 0);
  const timeOf = (at: number): string =>
    timeText(
      { seconds: start.seconds + Math.floor(at / 1e9), nanoseconds: Math.floor(at % 1e9) },
      { ...clockStyle(time), detail: 'seconds', date: datePart([start, end], clockStyle(time).how) },
    );
  const lines = [paint(style, 'bold', phrases.STANDS_OUT_HEAD)];
  for (const each of standsOut) {
    const { name, lines: said } = phrases.standOutLines(each, timeOf);
    const width = Math.max(20, name.length);
    const fits = name.length <= 28 && width + 6 + (said[0]?.length ?? 0) <= style.width;
    if (!fits) lines.push(paint(style, 'yellow', `  ${name}`));
    for (const [index, text] of said.entries()) {
      if (fits && index === 0) lines.push(paint(style, 'yellow', `  ${name.padEnd(width)}  ${text}`));
      else {
        const indent = ' '.repeat(fits ? width + 4 : 6);
        lines.push(...wrap(text, style.width - indent.length, 0).map((line) => indent + line));
      }
    }
  }
  return lines;
}

function distributionLines(overview: Overview, style: TextStyle): string[] {
  // four of them, behind the names
  const cellWidth = Math.min(10, Math.max(8, Math.floor((style.width - 8) / 4)));
  const rows: ['connect' | 'response' | 'duration', Distribution | null, string][] = [
    ['connect', overview.connect, phrases.slowConnectsText(overview)],
    ['response', overview.response, ''],
    ['duration', overview.duration, ''],
  ];
  const lines = rows.flatMap(([name, found, more]) => {
    if (found === null) return [];
    const cells = [found.p50, found.p95, found.p99, found.max].map((value) =>
      phrases.durationCell(value).padStart(cellWidth),
    );
    const row = `${phrases.distributionName(name).padEnd(8)}${cells.join('')}`;
    if (more === '' || row.length + 3 + more.length <= style.width) return [`${row}   ${more}`.trimEnd()];
    return [row, ...wrap(`  ${more}`, style.width, 2)];
  });
  const head = `${' '.repeat(8)}${['p50', 'p95', 'p99', phrases.MAX].map((name) => name.padStart(cellWidth)).join('')}`;
  return lines.length === 0 ? [] : [paint(style, 'dim', head), ...lines];
}
