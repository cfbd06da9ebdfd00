/**
 * The file of a part: gzip around a line of JSON (PartHeader), blocks of a packet log, each after its length in four
 * bytes, lowest first, and after a length of 0 lines of JSON: a PartEdge for each connection that was open at an edge,
 * and last the PartFacts.
 */

import type { PartTotals } from '../analysis/capture-tally.js';
import type { CaptureTime, FileSummary } from '../analysis/summary.js';
import { isContinuation, isProblem } from '../capture/problem.js';
import type { CaptureWarning, Drops } from '../capture/reader.js';
import type { StateName } from '../track/rfc9293/transition.js';

export const PART_FORMAT = 'synfin-part';
export const PART_VERSION = 5;

export interface PartHeader {
  format: typeof PART_FORMAT;
  version: number;
  /** Its place among the parts, where it was given. */
  part: number | null;
  /** Time of its first packet; null where it has none. */
  first: CaptureTime | null;
}

/** A connection that began before the part, or was not over at its end. */
export interface PartEdge {
  edge: 'left' | 'right';
  client: { address: string; port: number };
  server: { address: string; port: number };
  firstPacket: number;
  states: { client: StateName; server: StateName };
}

export interface PartFacts extends PartTotals {
  files: FileSummary[];
  warnings: CaptureWarning[];
  drops: Drops | null;
  /** Number of its last frame, which may be more than the packets in it. */
  frames: number;
  /** Packets that were earlier than all before them in the part, with their second: the first one, mostly alone. */
  lows: [packet: number, seconds: number, nanoseconds: number][];
  /** Packets of which a copy may still come, and the time that their ages count back from. */
  marks: number[][];
  markedAt: CaptureTime;
  /** All of them; lines there are of the first ones. */
  connectionsAtEdges: { left: number; right: number };
}

const isTime = (value: unknown): boolean => {
  const time = value as Partial<CaptureTime> | null;
  return Number.isSafeInteger(time?.seconds) && Number.isSafeInteger(time?.nanoseconds);
};
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const allNumbers = (value: unknown): boolean => Array.isArray(value) && value.every(Number.isFinite);

/** Whether what was read can be the header of a part. */
export function isPartHeader({ part, first }: PartHeader): boolean {
  return (part === null || Number.isSafeInteger(part)) && (first === null || isTime(first));
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isCountOrNull = (value: unknown): boolean => value === null || isCount(value);
const isText = (value: unknown): boolean => typeof value === 'string';

/** Whether what was read can be the facts of a part. */
export function isPartFacts(value: unknown): value is PartFacts {
  const { files, warnings, packets, frames, others, start, end, backwards, lows, marks, markedAt, drops } =
    (value as Partial<PartFacts> | null) ?? {};
  return (
    [files, warnings, others].every((list) => Array.isArray(list) && list.every(isObject)) &&
    isCount(packets) &&
    isCount(frames) &&
    isCount(backwards) &&
    (packets === 0 ? start === null && end === null : isTime(start) && isTime(end)) &&
    isTime(markedAt) &&
    (drops === null ||
      (isObject(drops) && isCountOrNull(drops?.kernel) && isCountOrNull(drops?.interface))) &&
    [lows, marks].every((list) => Array.isArray(list) && list.every(allNumbers)) &&
    (others ?? []).every((other) => isText(other.what) && isCount(other.packets)) &&
    (files ?? []).every(
      ({ path, format, packets, bytes, damaged }) =>
        isText(path) && isText(format) && isCount(packets) && isCount(bytes) && typeof damaged === 'boolean',
    ) &&
    (warnings ?? []).every(
      ({ problem, continued, code, file, packet, offset }) =>
        isProblem(problem) &&
        (continued === null || isContinuation(continued)) &&
        isText(code) &&
        (file === null || isText(file)) &&
        isCountOrNull(packet) &&
        isCountOrNull(offset),
    )
  );
}
