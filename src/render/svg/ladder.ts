/**
 * The ladder of a connection as a picture: a standalone SVG whose arrows slope with the time that segments travel, with the
 * states of both ends as bars along their lifelines. Shows the same rows as the ladder in text.
 */
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { LadderRow } from '../ladder-rows.js';
import { type Label, labelOf } from '../picture/labels.js';
import type { Theme } from '../picture/names.js';
import type { OpenFolds } from '../picture/open-folds.js';
import type { Original } from '../picture/originals.js';
import { pictureOf } from '../picture/picture.js';
import { type Slopes, slopesOf } from '../picture/slopes.js';
import { timeColumn } from '../picture/time-column.js';
import type { SegmentLine } from '../segment-line.js';
import { drawFrame } from './draw-frame.js';
import { drawBetween, drawPhases, drawTies } from './draw-phases.js';
import { drawSegment, type Fate, rowTitle } from './draw-segment.js';
import { drawBreaks, drawStates } from './draw-states.js';
import { geometryOf, withRoomForTimes } from './geometry.js';
import { fitLabel, labelRooms } from './label-room.js';
import { layOutLadder } from './ladder-layout.js';

export interface PictureOptions {
  /** In pixels: 920 with the phases at the side, 560 to 859 with phases as headings, less for a phone. */
  width: number;
  theme: Theme;
  /** The name of the capture; null where it has none. */
  file: string | null;
  /** Raw sequence numbers in place of relative ones. */
  absolute: boolean;
  /** What puts the verdict in doubt; null for nothing. */
  caveat: string | null;
  /** Two pictures in one page have two prefixes. */
  idPrefix?: string;
  /** What a reader opened. */
  open?: OpenFolds;
}

export function ladderSvg(report: ConnectionReport, options: PictureOptions): string {
  const { rows, steps, originals: ties } = pictureOf(report, options.absolute, options.open);
  const slopes = slopesOf(report);
  const lost = lostSegments(ties);
  const segments = rows.filter((row) => row.row === 'segment');
  const labels = new Map(segments.map((row) => [row, labelOf(row, steps.get(row))]));
  const times = timeColumn(segments.map(({ time }) => time));
  const geometry = withRoomForTimes(geometryOf(options.width), times.longest);
  // without a column, each has its unit
  const timeText = (time: number): string =>
    geometry.columns === null ? `${times.text(time)} ${times.unit}` : times.text(time);
  const frame = drawFrame({
    title: phrases.headline(report),
    subtitle: subtitle(report, options.file, slopes),
    client: endpointText(report.client.address, report.client.port),
    server: endpointText(report.server.address, report.server.port),
    unit: times.unit,
    geometry,
    footer: footer(report, options.caveat),
    theme: options.theme,
    description: description(rows, labels),
    idPrefix: options.idPrefix ?? 'synfin',
  });
  const layout = layOutLadder(rows, report, geometry, slopes, frame.top, (row) =>
    notesOf(row, lost.get(row), ties.get(row)),
  );
  const rooms = labelRooms(layout.segments, geometry);
  const arrows = layout.segments.map((placed) => {
    const { row } = placed;
    const label = fitLabel(labelOf(row, steps.get(row)), rooms.get(row) ?? 0);
    return drawSegment(placed, label, fateOf(row, lost.has(row)), timeText(row.time), geometry);
  });
  const phases = drawPhases(layout, geometry);
  const body = [
    drawStates(layout, geometry),
    drawBreaks(layout, geometry),
    drawTies(layout, ties, geometry),
    ...arrows,
    drawBetween(layout, geometry, timeText),
    phases.markup,
  ];
  return frame.close(body.join('\n'), Math.max(layout.bottom, phases.bottom));
}

function fateOf(row: SegmentLine, isLost: boolean): Fate {
  if (row.codes.includes('capture-duplicate')) return 'copy';
  if (row.ignored) return 'ignored';
  if (isLost) return 'lost';
  return row.again ? 'again' : 'accepted';
}

/** Those that never arrived, each with the packet that repeats it. */
function lostSegments(ties: ReadonlyMap<SegmentLine, Original>): ReadonlyMap<SegmentLine, number> {
  const found = new Map<SegmentLine, number>();
  for (const [row, original] of ties) if (original.lost) found.set(original.row, row.packet);
  return found;
}

/** Notes below an arrow leave out what its label says. */
function notesOf(row: SegmentLine, repeatedAs: number | undefined, tie: Original | undefined): string[] {
  const said = [
    phrases.RETRANSMITTED,
    phrases.duplicateAckText(row.duplicate),
    ...IN_LABELS.map((code) =>
      phrases.findingSentence({ code, packet: row.packet, by: 0 }, { clientSide: 0 }),
    ),
  ];
  const notes = row.notes.filter((note) => !said.includes(note));
  if (repeatedAs !== undefined) notes.push(phrases.lostBehindText(repeatedAs));
  if (tie === undefined) return notes;
  const after = phrases.afterText(row.time - tie.row.time, tie.row.packet);
  const [first, ...rest] = notes;
  return first === undefined ? [after] : [`${after}; ${first}`, ...rest];
}

const IN_LABELS = ['retransmission', 'capture-duplicate', 'syn-retry', 'syn-ack-retry', 'fin-retry'];

function subtitle(report: ConnectionReport, file: string | null, { near }: Slopes): string {
  const packets = report.traffic.client.packets + report.traffic.server.packets;
  return [
    ...(file === null ? [] : [file]),
    phrases.connectionName(report.index),
    phrases.packetsIn(packets, report.duration),
    phrases.slopesText(near),
  ].join(' · ');
}

function footer(report: ConnectionReport, caveat: string | null): string[] {
  const texts = [
    phrases.agreedSentence(report),
    phrases.performanceSentence(report),
    caveat === null ? '' : phrases.noteText(caveat),
  ];
  return texts.filter((line) => line !== '');
}

function description(rows: readonly LadderRow[], labels: ReadonlyMap<SegmentLine, Label>): string {
  return rows
    .map((row) => {
      if (row.row !== 'segment')
        return row.row === 'phase' ? `${phrases.phaseName(row.phase)}: ${row.text}` : row.text;
      const label = labels.get(row);
      return label === undefined ? '' : rowTitle(row, label);
    })
    .join('. ');
}
