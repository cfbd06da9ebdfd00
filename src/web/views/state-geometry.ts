/** Where the states of RFC 9293 Figure 5 are drawn, and how the steps between them go. All lengths are in pixels. */
import type { End } from '../model/state-path.js';

type Point = readonly [number, number];

export interface Node {
  name: string;
  x: number;
  y: number;
  /** The second CLOSED, where an end is over. */
  last: boolean;
}

export interface Diagram {
  height: number;
  /** Width of a node. */
  node: number;
  isNarrow: boolean;
  nodes: readonly Node[];
  path(from: string, to: string, end: End | null): string;
  /** The head of the arrow. */
  tip(from: string, to: string, end: End): string;
  label(from: string, to: string, end: End): { x: number; y: number; anchor: 'start' | 'end' };
}

/** Column (0 to 2) and height of each. */
const PLACES: readonly (readonly [string, 0 | 1 | 2, number])[] = [
  ['CLOSED', 1, 18],
  ['LISTEN', 2, 62],
  ['SYN-SENT', 0, 118],
  ['SYN-RECEIVED', 2, 118],
  ['ESTABLISHED', 1, 182],
  ['FIN-WAIT-1', 0, 246],
  ['CLOSE-WAIT', 2, 246],
  ['FIN-WAIT-2', 0, 306],
  ['CLOSING', 1, 306],
  ['LAST-ACK', 2, 306],
  ['TIME-WAIT', 0, 366],
  ['CLOSED', 1, 366],
];
const HALF = 14;

/** What is drawn faintly where no end took it. */
export const EDGES: readonly (readonly [string, string])[] = [
  ['CLOSED', 'SYN-SENT'],
  ['CLOSED', 'LISTEN'],
  ['LISTEN', 'SYN-RECEIVED'],
  ['SYN-SENT', 'SYN-RECEIVED'],
  ['SYN-SENT', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'ESTABLISHED'],
  ['ESTABLISHED', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', 'FIN-WAIT-2'],
  ['FIN-WAIT-1', 'CLOSING'],
  ['FIN-WAIT-2', 'TIME-WAIT'],
  ['CLOSING', 'TIME-WAIT'],
  ['CLOSE-WAIT', 'LAST-ACK'],
  ['LAST-ACK', 'CLOSED'],
  ['TIME-WAIT', 'CLOSED'],
];

export function diagramOf(width: number): Diagram {
  const isNarrow = width < 400;
  const node = isNarrow ? 88 : 108;
  const columns = [node / 2 + 10, width / 2, width - node / 2 - 10] as const;
  const nodes = PLACES.map(([name, column, y], at) => ({
    name,
    x: columns[column],
    y,
    last: at === PLACES.length - 1,
  }));
  const pointsOf = (from: string, to: string, end: End | null): Point[] => route(nodes, node, from, to, end);
  return {
    height: 386,
    node,
    isNarrow,
    nodes,
    path: (from, to, end) =>
      pointsOf(from, to, end)
        .map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`)
        .join(''),
    tip: (from, to, end) => headOf(pointsOf(from, to, end)),
    label: (from, to, end) => labelPlace(pointsOf(from, to, end), end, width / 2),
  };
}

/** Two ends that take the same step go next to each other. */
const APART = 3;

function route(nodes: readonly Node[], width: number, from: string, to: string, end: End | null): Point[] {
  const a = nodes.find(({ name }) => name === from) ?? { x: 0, y: 0, name: from, last: false };
  const b = nodes.findLast(({ name }) => name === to) ?? a;
  const half = width / 2;
  const shift = end === null ? 0 : end === 'client' ? -APART : APART;
  const middle = nodes[0]?.x ?? 0;
  const key = `${from} ${to}`;
  const side = (point: Node, towards: number): number => point.x + (towards > point.x ? half : -half);
  if (a.x === b.x && Math.abs(a.y - b.y) <= 64)
    return [
      [a.x + shift, a.y + HALF],
      [b.x + shift, b.y - HALF],
    ];
  switch (key) {
    case 'CLOSED SYN-SENT':
    case 'CLOSED LISTEN':
      return [
        [side(a, b.x), a.y],
        [b.x + shift, a.y],
        [b.x + shift, b.y - HALF],
      ];
    case 'SYN-SENT ESTABLISHED':
    case 'SYN-RECEIVED ESTABLISHED':
    case 'LAST-ACK CLOSED':
      return [
        [a.x + shift, a.y + HALF],
        [a.x + shift, b.y + shift],
        [side(b, a.x), b.y + shift],
      ];
    case 'ESTABLISHED FIN-WAIT-1':
    case 'ESTABLISHED CLOSE-WAIT': {
      const x = a.x + (b.x < a.x ? -22 : 22) + shift;
      return [
        [x, a.y + HALF],
        [x, b.y + shift],
        [side(b, a.x), b.y + shift],
      ];
    }
    case 'FIN-WAIT-1 CLOSING':
      return [
        [a.x + half - 12, a.y + HALF],
        [b.x - half + 12 + shift, b.y - HALF],
      ];
    case 'CLOSING TIME-WAIT':
      return [
        [a.x - half + 12 + shift, a.y + HALF],
        [b.x + half, b.y - 6],
      ];
    case 'SYN-SENT SYN-RECEIVED':
    case 'TIME-WAIT CLOSED':
      return [
        [side(a, b.x), a.y + shift],
        [side(b, a.x), b.y + shift],
      ];
    default: {
      // along the free room between the columns
      const left = a.x < middle || (a.x === middle && (b.x < middle || end !== 'server'));
      const channel = middle + (left ? -1 : 1) * (half + 12) + shift;
      return [
        [side(a, channel), a.y + shift],
        [channel, a.y + shift],
        [channel, b.y + shift],
        [side(b, channel), b.y + shift],
      ];
    }
  }
}

function headOf(points: readonly Point[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [0, 0];
  const angle = Math.atan2(y - fromY, x - fromX);
  const corner = (turn: number): string =>
    `${(x - 8 * Math.cos(angle) + turn * 3.5 * Math.sin(angle)).toFixed(1)} ${(y - 8 * Math.sin(angle) - turn * 3.5 * Math.cos(angle)).toFixed(1)}`;
  return `M${x} ${y}L${corner(1)}L${corner(-1)}z`;
}

/** At the longest upright part, on the side that is free. */
function labelPlace(points: readonly Point[], end: End, middle: number): ReturnType<Diagram['label']> {
  const [[, start] = [0, 0], [channel] = [0, 0]] = points;
  // along a channel, outside of it, where no state is
  if (points.length === 4)
    return channel < middle
      ? { x: channel - 6, y: start + 36, anchor: 'end' }
      : { x: channel + 6, y: start + 36, anchor: 'start' };
  let best: { x: number; y: number; length: number } | null = null;
  points.forEach(([x, y], at) => {
    const [nextX, nextY] = points[at + 1] ?? [x, y];
    const length = Math.abs(nextY - y);
    if (Math.abs(nextX - x) < 1 && length > (best?.length ?? 12)) best = { x, y: (y + nextY) / 2, length };
  });
  const down = end === 'server' ? 8 : 0;
  const found: { x: number; y: number } | null = best;
  if (found === null) {
    const [x, y] = points[0] ?? [0, 0];
    const [toX, toY] = points.at(-1) ?? [x, y];
    return { x: (x + toX) / 2 + 6, y: (y + toY) / 2 - 6 + down, anchor: 'start' };
  }
  const { x, y } = found as { x: number; y: number };
  const isInner = Math.abs(x - middle) < 60;
  const toRight = isInner ? x > middle : x < middle;
  return {
    x: x + (toRight ? 6 : -6),
    y: y + 4 + (isInner ? 2 * down : 0),
    anchor: toRight ? 'start' : 'end',
  };
}
