/** The kernel's account of its sockets during a recording (NAME.states.json), and synfin's verdicts on the recording. */
import { readFileSync } from 'node:fs';
import { runCli } from './run-cli.js';

export type End = 'client' | 'server';

export interface KernelConnection {
  clientPort: number;
  client: string[];
  server: string[];
  changes: { end: End; time: string | null; state: string }[];
}

export interface Oracle {
  connections: KernelConnection[];
  resetsSent: { time: string; from: string; to: string; reason: string; state: string | null }[];
  resetsAccepted: { time: string; by: End; clientPort: number }[];
  moments: { connections?: { clientPort: number; client: string; server: string }[] }[];
  /** Of fixtures/path: what each host's kernel counted. */
  counters?: Record<End, { OutRsts: number; RetransSegs: number; TCPFastOpenPassive?: number }>;
  /** Of fixtures/path: segments that no TCP stack sent, and their supposed sender. */
  forged?: { from: End; flags: string[]; seq: number; length: number }[];
  /** Of fixtures/path: TCP_INFO of sockets before they closed. */
  sockets?: { end: End; clientPort: number; bytesSent: number; bytesRetransmitted: number }[];
}

export interface PacketRow {
  type: 'packet';
  packet: number;
  connection: number;
  from: End;
  time: string;
  flags: string[];
  rawSeq: number;
  rawAck: number | null;
  length: number;
  states: Record<End, string>;
  accepted: boolean;
  analysis: string[];
}

export interface ConnectionRow {
  type: 'connection';
  index: number;
  firstPacket: number;
  start: string;
  client: { address: string; port: number };
  server: { address: string; port: number };
  states: Record<End, string>;
  opening: { kind: string; complete: boolean };
  closing: {
    kind: string;
    complete: boolean;
    initiator: End | null;
    timeWait: End | 'both' | null;
    reset: ResetRow | null;
  };
  traffic: Record<End, { retransmissions: number; retransmittedBytes: number }>;
  findings: { code: string; packet: number }[];
  findingCounts: Record<string, number>;
}

export interface ResetRow {
  by: End;
  packet: number;
  accepted: boolean;
  cause: string;
  alternatives?: string[];
  confidence: string;
  evidence: number[];
}

export const milliseconds = (time: string): number =>
  Date.parse(`${time.slice(0, 19)}Z`) + Number(time.slice(20, -1)) / 1e6;

export const other = (end: End): End => (end === 'client' ? 'server' : 'client');

export interface Analysis {
  packets: PacketRow[];
  connections: ConnectionRow[];
}

export function readOracle(path: string): Oracle {
  return JSON.parse(readFileSync(path, 'utf8')) as Oracle;
}

export async function analyze(path: string): Promise<Analysis> {
  const run = await runCli(['analyze', path, '--format', 'ndjson', '--packets']);
  const rows = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PacketRow | ConnectionRow | { type: 'capture' | 'udpFlow' });
  return {
    packets: rows.filter((row): row is PacketRow => row.type === 'packet'),
    connections: rows
      .filter((row): row is ConnectionRow => row.type === 'connection')
      .sort((a, b) => a.index - b.index),
  };
}

/** With the end that has one of these ports as the server: a capture may take the other end for it. */
export function withServer({ packets, connections }: Analysis, ports: readonly number[]): Analysis {
  const swapped = new Set(
    connections.filter(({ client }) => ports.includes(client.port)).map(({ index }) => index),
  );
  const turn = <T extends End | 'both' | null>(end: T): T | End =>
    end === 'client' || end === 'server' ? other(end) : end;
  return {
    packets: packets.map((packet) =>
      swapped.has(packet.connection)
        ? { ...packet, from: other(packet.from), states: crossed(packet.states) }
        : packet,
    ),
    connections: connections.map((row) => {
      if (!swapped.has(row.index)) return row;
      const { closing } = row;
      const reset = closing.reset === null ? null : { ...closing.reset, by: other(closing.reset.by) };
      return {
        ...row,
        client: row.server,
        server: row.client,
        states: crossed(row.states),
        traffic: crossed(row.traffic),
        closing: { ...closing, reset, initiator: turn(closing.initiator), timeWait: turn(closing.timeWait) },
      };
    }),
  };
}

function crossed<T>({ client, server }: Record<End, T>): Record<End, T> {
  return { client: server, server: client };
}

/** Which connection of the recording is the kernel's nth; by port and time, as ports are used again. */
export function pairs(oracle: Oracle, connections: readonly ConnectionRow[]): (ConnectionRow | undefined)[] {
  const taken = new Set<number>();
  return oracle.connections.map((kernel) => {
    const port = clientPort(kernel, oracle);
    const began = milliseconds(kernel.changes.find((change) => change.time !== null)?.time ?? '');
    const [connection] = connections
      .filter((row) => !taken.has(row.index) && (row.client.port === port || row.server.port === port))
      .sort((a, b) => Math.abs(milliseconds(a.start) - began) - Math.abs(milliseconds(b.start) - began));
    if (connection !== undefined) taken.add(connection.index);
    return connection;
  });
}

/** Rule 11: a socket that had no port yet when it was traced is the one that connects at a later moment. */
export function clientPort(connection: KernelConnection, oracle: Oracle): number {
  if (connection.clientPort !== 0) return connection.clientPort;
  const later = oracle.moments.flatMap((moment) => moment.connections ?? []);
  return later.find((entry) => entry.client !== 'CLOSED')?.clientPort ?? 0;
}
