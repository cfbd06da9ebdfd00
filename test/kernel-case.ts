/** A run of fixtures/path: what both kernels recorded, and what synfin says of the capture at each end. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Analysis,
  analyze,
  type ConnectionRow,
  type End,
  type KernelConnection,
  type Oracle,
  type PacketRow,
  pairs,
  readOracle,
  withServer,
} from './kernel-record.js';

export const POINTS = ['client', 'server'] as const;

const FOLDER = resolve(import.meta.dirname, '..', 'fixtures', 'path');
const END = '.states.json';
export const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith(END))
  .map((name) => name.slice('path-'.length, -END.length))
  .sort();

/** Captures of one direction only. */
export const ONE_DIRECTION = /^one-direction/;
/** Captures that began when the connection was open. */
export const LATE = /^late-start/;
/** Of the server: its own, and the one that is translated to it. */
const SERVER_PORTS = [7777, 80];

export interface Case {
  name: string;
  oracle: Oracle;
  at: Record<End, Analysis>;
}

const known = new Map<string, Promise<Case>>();

export function read(name: string): Promise<Case> {
  const stem = join(FOLDER, `path-${name}`);
  const reading =
    known.get(name) ??
    (async () => {
      const [client, server] = await Promise.all(
        POINTS.map(async (point) => withServer(await analyze(`${stem}.${point}.pcap`), SERVER_PORTS)),
      );
      if (client === undefined || server === undefined) throw new Error(name);
      return { name, oracle: readOracle(stem + END), at: { client, server } };
    })();
  known.set(name, reading);
  return reading;
}

export function* connections(
  { oracle, at }: Case,
  point: End,
): Generator<[KernelConnection, ConnectionRow, string]> {
  const paired = pairs(oracle, at[point].connections);
  for (const [nth, kernel] of oracle.connections.entries()) {
    const row = paired[nth];
    if (row !== undefined) yield [kernel, row, oracle.connections.length > 1 ? `connection ${nth}: ` : ''];
  }
}

export const rowsOf = ({ packets }: Analysis, { index }: ConnectionRow): PacketRow[] =>
  packets.filter((packet) => packet.connection === index);
