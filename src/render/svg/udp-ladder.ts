/** A UDP flow as a picture: datagrams between two ends that have no states, as a standalone SVG. */
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { UdpDatagram } from '../../track/udp/flow.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { type TimeColumn, timeColumn } from '../picture/time-column.js';
import { drawFrame } from './draw-frame.js';
import { drawArrow, drawColumns, drawTime, inner } from './draw-segment.js';
import { drawBreaks } from './draw-states.js';
import { type Geometry, geometryOf, span, withRoomForTimes } from './geometry.js';
import { LABEL_SIZE } from './label-room.js';
import type { PictureOptions } from './ladder.js';
import { NOTE_SIZE } from './ladder-layout.js';
import { Lifelines } from './lifelines.js';
import { element, line, text } from './markup.js';
import { wrapText } from './text-width.js';

/** With more datagrams a picture only says how many there are. */
const MOST = 40;
/** The travel time of a datagram is not known. */
const SLOPES = { near: null, oneWay: 0, drop: 12 };
const NOTE_LINE = 15;
const TAIL = 20;

interface PlacedDatagram {
  datagram: UdpDatagram;
  row: { fromClient: boolean };
  /** Seconds since the flow began. */
  time: number;
  client: number;
  server: number;
}

export function udpSvg(flow: UdpFlowReport, options: Omit<PictureOptions, 'absolute' | 'open'>): string {
  const datagrams = (flow.datagrams ?? []).slice(0, MOST);
  const packets = flow.traffic.client.packets + flow.traffic.server.packets;
  const shown = [...datagrams.map(({ at }) => at), ...(flow.icmpAt === null ? [] : [flow.icmpAt])];
  const times = timeColumn(shown.map((at) => since(at, flow)));
  const geometry = withRoomForTimes(geometryOf(options.width, false), times.longest);
  const frame = drawFrame({
    title: phrases.flowHeadline(flow),
    subtitle: [
      ...(options.file === null ? [] : [options.file]),
      phrases.flowName(flow.index),
      phrases.packetsIn(packets, flow.duration),
      phrases.slopesText(null),
    ].join(' · '),
    client: endpointText(flow.client.address, flow.client.port),
    server: endpointText(flow.server.address, flow.server.port),
    unit: times.unit,
    geometry,
    footer: [
      phrases.UDP_STANDS_ALONE,
      ...(options.caveat === null ? [] : [phrases.noteText(options.caveat)]),
    ],
    theme: options.theme,
    description: datagrams.map((datagram) => titleOf(datagram, flow, times)).join('. '),
    idPrefix: options.idPrefix ?? 'synfin',
  });
  const lifelines = new Lifelines(frame.top + 16, geometry, SLOPES);
  const { placed, breaks, notes } = layOut(flow, datagrams, packets, lifelines, geometry);
  const bottom = lifelines.bottom + TAIL;
  return frame.close(
    [
      drawLifelines(frame.top, bottom, geometry),
      drawBreaks({ breaks }, geometry),
      ...placed.map((each) => drawDatagram(each, titleOf(each.datagram, flow, times), times, geometry)),
      ...notes.map((note) => drawNote(note, times, geometry)),
    ].join('\n'),
    bottom,
  );
}

interface Note {
  lines: readonly string[];
  y: number;
  color: 'ink' | 'bad';
  /** Of an ICMP error. */
  packet: number | null;
  time: number;
}

function layOut(
  flow: UdpFlowReport,
  datagrams: readonly UdpDatagram[],
  packets: number,
  lifelines: Lifelines,
  geometry: Geometry,
): { placed: PlacedDatagram[]; breaks: { y: number; seconds: number }[]; notes: Note[] } {
  const placed: PlacedDatagram[] = [];
  const breaks: { y: number; seconds: number }[] = [];
  const notes: Note[] = [];
  const [left, right] = span(geometry);
  let before: number | null = null;
  const pause = (time: number): void => {
    if (before !== null && time - before > Math.max(flow.duration / 20, 0.001)) {
      const y = lifelines.bottom + geometry.turn;
      breaks.push({ y, seconds: time - before });
      lifelines.keepBelow(y + 7);
    }
    before = time;
  };
  const note = (said: string, color: Note['color'], packet: number | null, time: number): void => {
    const lines = wrapText(said, NOTE_SIZE, right - left - 40);
    const y = lifelines.bottom + geometry.turn + 2;
    notes.push({ lines, y, color, packet, time });
    lifelines.keepBelow(y + 4 + (lines.length - 1) * NOTE_LINE);
  };
  const { icmp, icmpAt } = flow;
  const error = (): void => {
    if (icmp === null || icmpAt === null) return;
    const time = since(icmpAt, flow);
    pause(time);
    note(phrases.icmpFrom(icmp.from, phrases.udpIcmpText(icmp, flow)), 'bad', icmp.packet, time);
  };
  const answered = datagrams.findIndex(({ packet }) => packet > (icmp?.packet ?? Number.POSITIVE_INFINITY));
  datagrams.forEach((datagram, index) => {
    if (index === answered) error();
    const time = since(datagram.at, flow);
    pause(time);
    const fromClient = datagram.side === 0;
    const { leaves, arrives } = lifelines.place(
      {
        fromClient,
        time,
        numbers: { sequence: 0, acknowledgement: null },
        length: datagram.length,
        flags: [],
      },
      null,
    );
    const [client, server] = fromClient ? [leaves, arrives] : [arrives, leaves];
    placed.push({ datagram, row: { fromClient }, time, client, server });
  });
  if (packets > datagrams.length)
    note(phrases.moreDatagrams(packets - datagrams.length), 'ink', null, flow.duration);
  if (answered < 0) error();
  return { placed, breaks, notes };
}

function since(at: number, { startedAt }: UdpFlowReport): number {
  return (at - startedAt) / 1e9;
}

function titleOf({ packet, at, side, length }: UdpDatagram, flow: UdpFlowReport, times: TimeColumn): string {
  const time = `${times.text(since(at, flow))} ${times.unit}`;
  return phrases.datagramTitle(packet, time, side === 0 ? 'client' : 'server', length);
}

/** Hairlines where a connection has bars: there is no state to show. */
function drawLifelines(top: number, bottom: number, { bars, bar }: Geometry): string {
  return bars
    .map((x) =>
      element('path', {
        class: 's-faint',
        d: line([x + bar / 2, top], [x + bar / 2, bottom]),
        'stroke-width': 2,
      }),
    )
    .join('');
}

function drawDatagram(placed: PlacedDatagram, title: string, times: TimeColumn, geometry: Geometry): string {
  const { datagram, row, client, server } = placed;
  const [left, right] = span(geometry);
  const [from, to] = row.fromClient
    ? ([
        [left, client],
        [right, server],
      ] as const)
    : ([
        [right, server],
        [left, client],
      ] as const);
  const time =
    geometry.columns === null ? `${times.text(placed.time)} ${times.unit}` : times.text(placed.time);
  return element(
    'g',
    { class: 'row', 'data-packet': datagram.packet },
    element('title', {}, text(title)),
    drawArrow({ from, to }, 'accepted'),
    element(
      'text',
      {
        x: inner(from[0], row),
        y: from[1] - 6,
        'font-size': LABEL_SIZE,
        'text-anchor': row.fromClient ? undefined : 'end',
      },
      element('tspan', { class: 'ink', 'font-weight': 600 }, text(phrases.byteCount(datagram.length))),
    ),
    drawColumns(datagram.packet, time, client, geometry),
    drawTime(placed, time, geometry),
  );
}

function drawNote({ lines, y, color, packet, time }: Note, times: TimeColumn, geometry: Geometry): string {
  const [left, right] = span(geometry);
  const x = (left + right) / 2;
  const said = lines.map((part, at) =>
    element(
      'text',
      { x, y: y + 4 + at * NOTE_LINE, class: color, 'font-size': NOTE_SIZE, 'text-anchor': 'middle' },
      text(part),
    ),
  );
  if (packet === null) return said.join('');
  return element(
    'g',
    { class: 'row', 'data-packet': packet },
    drawColumns(packet, times.text(time), y, geometry),
    ...said,
  );
}
