/**
 * Captures of the same connections at both ends, with what really happened (SYNFIN_VANTAGE; no part of the project):
 * the other end and the kernels' counters must not contradict the verdicts on one capture alone.
 *
 * - A host that sent no RST (OutRsts 0) must not be reported to have aborted, refused or forgotten; and a real RST must
 *   not be reported as forged. Which RSTs were forged is known frame by frame.
 * - Retransmissions: at the sender's side as many as its kernel counted (RetransSegs), at the receiver's side those
 *   whose bytes came twice; a copy that the network made never counts.
 * - Who closed, who is left in TIME-WAIT, how it opened: as it was, or null.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  type Analysis,
  analyze,
  type ConnectionRow,
  type End,
  other,
  type PacketRow,
} from './kernel-record.js';
import { sentAgain } from './sent-again.js';

const SIBLING = resolve(import.meta.dirname, '../../shared/vantage');
/** Not where the suite is run again on a further version of Node. */
const FOUND = existsSync(SIBLING) ? SIBLING : '';
const FOLDER = process.env.SYNFIN_VANTAGE ?? FOUND;
const scenarios =
  FOLDER === ''
    ? []
    : readdirSync(FOLDER, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort();
const POINTS = ['client', 'server'] as const;
type Point = (typeof POINTS)[number];

interface View {
  client: string;
  server: string;
  packets: number;
  isnClient: number;
}

interface TrueConnection {
  protocol: 'tcp' | 'udp';
  atClient: View | null;
  atServer: View | null;
  forged: { point: string; frame: number; claimsToBeFrom: End }[];
  modified: { field: string }[];
  duplicated: { direction: string; inFile: string; copiesInFile: string; copies: number[] }[];
  closedBy: End | 'middlebox' | null;
  closing: string | null;
}

interface Truth {
  points: Record<Point, { file: string; packetsNotInFile?: unknown }>;
  kernelCounters: Record<Point, { OutRsts: number; RetransSegs: number }>;
  connections: TrueConnection[];
}

/** Causes of a host that knows, or once knew, the connection or its own port. */
const ACTED = [
  'aborted',
  'accept-queue-overflow',
  'connect-cancelled',
  'data-after-close',
  'gave-up',
  'gone-after-close',
  'half-open-discovered',
  'listener-closed',
  'refused',
  'rejected-syn-ack',
  'scan',
  'time-wait-assassination',
  'unread-data',
];
/** Causes that leave it open whether the host sent it. */
const BY_OTHERS = ['injected', 'firewall', 'state-lost', 'cannot-tell', 'ignored'];

function viewAt(connection: TrueConnection, point: Point): View | null {
  return point === 'client' ? connection.atClient : connection.atServer;
}

const written = ({ address, port }: { address: string; port: number }): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** The connection of the capture that a true one is, by its addresses and first frame. */
function rowOf(
  view: View & { firstFrame?: number },
  rows: readonly ConnectionRow[],
): ConnectionRow | undefined {
  const same = rows.filter((row) => {
    const ends = [written(row.client), written(row.server)];
    return ends.includes(view.client) && ends.includes(view.server);
  });
  return same.find((row) => row.firstPacket === view.firstFrame) ?? same[0];
}

interface Case {
  truth: Truth;
  point: Point;
  analysis: Analysis;
  /** Of both files, for what each host sent. */
  both: Record<Point, Analysis>;
}

const known = new Map<string, Promise<Record<Point, Analysis>>>();

async function read(name: string, point: Point): Promise<Case> {
  const folder = join(FOLDER, name);
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
  const reading =
    known.get(name) ??
    (async () => ({
      client: await analyze(join(folder, truth.points.client.file)),
      server: await analyze(join(folder, truth.points.server.file)),
    }))();
  known.set(name, reading);
  const both = await reading;
  return { truth, point, analysis: both[point], both };
}

/** Whether the file has all packets that passed its point. */
const whole = ({ truth, point }: Case): boolean => truth.points[point].packetsNotInFile === undefined;

function* tcp(found: Case): Generator<[TrueConnection, ConnectionRow, string]> {
  for (const connection of found.truth.connections) {
    const view = viewAt(connection, found.point);
    if (connection.protocol !== 'tcp' || view === null) continue;
    const row = rowOf(view, found.analysis.connections);
    expect(row, `${view.client} - ${view.server}`).toBeDefined();
    if (row !== undefined) yield [connection, row, `connection ${row.index}`];
  }
}

function resetProblems(found: Case): string[] {
  const problems: string[] = [];
  const { truth, point, analysis } = found;
  if (whole(found)) {
    const forged = truth.connections.flatMap((connection) =>
      connection.forged.filter((entry) => entry.point === point).map(({ frame }) => frame),
    );
    const sent = analysis.packets.filter(
      ({ from, flags, packet }) => from === point && flags.includes('RST') && !forged.includes(packet),
    );
    expect(sent.length, 'OutRsts').toBe(truth.kernelCounters[point].OutRsts);
  }
  for (const [connection, row, label] of tcp(found)) {
    const { reset } = row.closing;
    if (reset === null) continue;
    const said = `${label}: ${reset.cause} (${reset.confidence}${reset.accepted ? '' : ', ignored'}) by ${reset.by}, packet ${reset.packet}`;
    const forged = connection.forged.some(
      ({ point, frame }) => point === found.point && frame === reset.packet,
    );
    if (!forged) {
      if (reset.cause === 'injected') problems.push(`${said}; but ${reset.by} did send it`);
      continue;
    }
    const causes = [reset.cause, ...(reset.alternatives ?? [])];
    if (ACTED.includes(reset.cause)) problems.push(`${said}; but it was forged`);
    else if (!causes.some((cause) => BY_OTHERS.includes(cause))) {
      problems.push(`${said}; but it was forged, which it does not leave open`);
    }
  }
  return problems;
}

/** Rows without the copies that the network made of one packet: these were sent once. */
function withoutCopies(rows: readonly PacketRow[], { truth, point }: Case): PacketRow[] {
  const copies = new Set<number>();
  for (const { duplicated } of truth.connections) {
    for (const entry of duplicated) {
      if (entry.copiesInFile.startsWith(point)) for (const frame of entry.copies.slice(1)) copies.add(frame);
    }
  }
  return rows.filter((row) => !copies.has(row.packet));
}

function countProblems(found: Case): string[] {
  const problems: string[] = [];
  const { truth, point, analysis } = found;
  let ofHost = 0;
  for (const [, row, label] of tcp(found)) {
    const own = analysis.packets.filter((packet) => packet.connection === row.index);
    for (const end of POINTS) {
      const right = sentAgain(withoutCopies(own, found), end);
      const { retransmissions, retransmittedBytes } = row.traffic[end];
      if (end === point) ofHost += right.segments;
      if (retransmissions !== right.segments) {
        problems.push(
          `${label}: ${retransmissions} retransmissions by ${end}, ${right.segments} were (${right.packets})`,
        );
      }
      if (retransmittedBytes !== right.bytes) {
        problems.push(`${label}: ${retransmittedBytes} bytes sent again by ${end}, ${right.bytes} were`);
      }
    }
  }
  // the reference above against the kernel, where the file has all
  if (whole(found)) expect(ofHost, 'RetransSegs').toBe(truth.kernelCounters[point].RetransSegs);
  return problems;
}

/** Raw number of the FIN that a host sent, by its own file or else the other's. */
function finNumber(connection: TrueConnection, end: End, { both }: Case): number | null {
  for (const point of [end, other(end)]) {
    const view = viewAt(connection, point);
    const row = view === null ? undefined : rowOf(view, both[point].connections);
    const fin = both[point].packets.find(
      (packet) => packet.connection === row?.index && packet.from === end && packet.flags.includes('FIN'),
    );
    if (fin !== undefined) return (fin.rawSeq + fin.length) >>> 0;
  }
  return null;
}

const beyond = (number: number | null, bound: number | null): boolean =>
  number !== null && bound !== null && ((number - bound) | 0) > 0;

/**
 * Who closed first as far as this file goes: a FIN or a RST that the host did send, or a number that only follows a
 * FIN, the sender's own or, acknowledged, the other's. null: no such thing in the file.
 */
function firstToClose(connection: TrueConnection, row: ConnectionRow, found: Case): End | null {
  const forged = connection.forged.filter(({ point }) => point === found.point).map(({ frame }) => frame);
  const shifted = connection.modified.some(({ field }) => field.startsWith('seq') || field.startsWith('ack'));
  const fins = shifted
    ? { client: null, server: null }
    : { client: finNumber(connection, 'client', found), server: finNumber(connection, 'server', found) };
  for (const packet of found.analysis.packets) {
    if (packet.connection !== row.index || forged.includes(packet.packet)) continue;
    const { from, flags } = packet;
    if (flags.includes('SYN')) continue;
    if (beyond(packet.rawAck, fins[other(from)])) return other(from);
    if (flags.includes('FIN') || flags.includes('RST') || beyond(packet.rawSeq, fins[from])) return from;
  }
  return null;
}

/** Both FINs were delivered and acknowledged. */
const inOrder = (connection: TrueConnection): boolean =>
  connection.closing?.startsWith('FIN each way') === true;

function closingProblems(found: Case): string[] {
  const problems: string[] = [];
  for (const [connection, row, label] of tcp(found)) {
    const { closing, states } = row;
    const { closedBy } = connection;
    const initiator = firstToClose(connection, row, found);
    if (closing.initiator !== null && closing.initiator !== initiator) {
      problems.push(
        `${label}: closed by ${closing.initiator}; it was ${initiator ?? 'neither'} (${closedBy})`,
      );
    }
    const waits = inOrder(connection) && closedBy !== 'middlebox' ? closedBy : null;
    if (closing.timeWait !== null && closing.timeWait !== waits) {
      problems.push(`${label}: ${closing.timeWait} in TIME-WAIT; it was ${waits ?? 'neither'}`);
    }
    for (const end of POINTS) {
      if (states[end] === 'TIME-WAIT' && end !== waits) problems.push(`${label}: TIME-WAIT at ${end}`);
    }
    if (!inOrder(connection) && closing.complete && ['four-step', 'three-step'].includes(closing.kind)) {
      problems.push(`${label}: ${closing.kind}, complete; ${connection.closing}`);
    }
    if (!whole(found) || !inOrder(connection)) continue;
    if (closing.initiator === null)
      problems.push(`${label}: initiator null; the file has all, it was ${closedBy}`);
    if (!closing.complete || !['four-step', 'three-step'].includes(closing.kind)) {
      problems.push(`${label}: ${closing.kind}, complete ${closing.complete}; ${connection.closing}`);
    }
  }
  return problems;
}

function openingProblems(found: Case): string[] {
  const problems: string[] = [];
  const { point, analysis } = found;
  for (const [connection, row, label] of tcp(found)) {
    const { kind, complete } = row.opening;
    const never = connection.closing?.startsWith('never opened') === true;
    // the SYN is in the file where its number is the one that the connection began with
    const view = viewAt(connection, point);
    const own = analysis.packets.filter((packet) => packet.connection === row.index);
    const syn = own.some((packet) => packet.flags.includes('SYN') && packet.rawSeq === view?.isnClient);
    const right = never ? 'no-answer' : syn ? 'three-way' : 'not-captured';
    if (kind !== right) problems.push(`${label}: opening ${kind}; it was ${right}`);
    if (complete ? never : right === 'three-way') problems.push(`${label}: opening complete ${complete}`);
  }
  return problems;
}

describe.skipIf(scenarios.length === 0)('captures of both ends', () => {
  describe.each(scenarios)('%s', (name) => {
    it.each(POINTS)('%s: resets', async (point) => {
      expect(resetProblems(await read(name, point))).toEqual([]);
    });
    it.each(POINTS)('%s: what was sent again', async (point) => {
      expect(countProblems(await read(name, point))).toEqual([]);
    });
    it.each(POINTS)('%s: closings', async (point) => {
      expect(closingProblems(await read(name, point))).toEqual([]);
    });
    it.each(POINTS)('%s: openings', async (point) => {
      expect(openingProblems(await read(name, point))).toEqual([]);
    });
  });
});

test.skipIf(scenarios.length > 0)(
  'captures of both ends are read where SYNFIN_VANTAGE names their folder',
  (context) => {
    context.skip('SYNFIN_VANTAGE is not set');
  },
);
