/** Compares synfin's counts of retransmissions with those of the kernels (RetransSegs, tcpi_bytes_retrans). */

import { expect } from 'vitest';
import { type Case, connections, POINTS, rowsOf } from './kernel-case.js';
import type { End, PacketRow } from './kernel-record.js';
import { sentAgain } from './sent-again.js';

/** The server answered both copies of the SYN at once: its SYN-ACKs are the same byte by byte, as copies are. */
const SYN_ACKS_LIKE_COPIES = ['duplicated-all', 'duplicated-control'];

const keyOf = (row: PacketRow): string =>
  `${row.from} ${row.rawSeq} ${row.rawAck} ${row.length} ${row.flags.join()}`;

/** Without the copies that the network made: more of the same arrived than were sent. */
function withoutCopies(arrived: readonly PacketRow[], sent: readonly PacketRow[], from: End): PacketRow[] {
  const left = new Map<string, number>();
  for (const row of sent) left.set(keyOf(row), (left.get(keyOf(row)) ?? 0) + 1);
  return arrived.filter((row) => {
    const number = left.get(keyOf(row));
    if (row.from !== from || number === undefined) return true;
    left.set(keyOf(row), number - 1);
    return number > 0;
  });
}

/** Without what no TCP stack sent. */
function withoutForged(rows: readonly PacketRow[], { oracle }: Case): PacketRow[] {
  return rows.filter(
    (row) =>
      !oracle.forged?.some(
        ({ from, seq, length, flags }) =>
          from === row.from &&
          seq === row.rawSeq &&
          length === row.length &&
          flags.every((flag) => row.flags.includes(flag)) &&
          flags.length === row.flags.length,
      ),
  );
}

export function countProblems(found: Case, point: End): string[] {
  const { oracle, at } = found;
  const problems: string[] = [];
  for (const [kernel, row, label] of connections(found, point)) {
    const own = rowsOf(at[point], row);
    for (const end of POINTS) {
      const rows = end === point ? own : withoutCopies(own, at[end].packets, end);
      // bytes that were sent again, or that only a forger had sent before: both counts are right
      const right = [sentAgain(withoutForged(rows, found), end), sentAgain(rows, end)];
      const [all] = right;
      if (all !== undefined && end === 'server' && SYN_ACKS_LIKE_COPIES.includes(found.name)) {
        right.push({ ...all, segments: all.segments - 1 });
      }
      const { retransmissions, retransmittedBytes } = row.traffic[end];
      const described = right.map(
        ({ segments, bytes, packets }) => `${segments} (${packets}), ${bytes} bytes`,
      );
      if (
        !right.some(({ segments, bytes }) => segments === retransmissions && bytes === retransmittedBytes)
      ) {
        const were = [...new Set(described)].join(' or ');
        problems.push(
          `${label}sent again by ${end}: ${retransmissions}, ${retransmittedBytes} bytes; were ${were}`,
        );
      }
      const socket = oracle.sockets?.find(
        (entry) => entry.end === end && entry.clientPort === kernel.clientPort,
      );
      if (end === point && socket !== undefined && own.some(({ from }) => from === end)) {
        expect(right[0]?.bytes, `${label}tcpi_bytes_retrans`).toBe(socket.bytesRetransmitted);
      }
    }
  }
  return problems;
}

/** The reference, compared with the kernel by addresses and ports, however the capture is split into connections. */
export function retransmissionsOf(found: Case, point: End): number {
  const { packets, connections } = found.at[point];
  const tuples = new Map<string, PacketRow[]>();
  for (const packet of withoutForged(packets, found)) {
    const row = connections.find(({ index }) => index === packet.connection);
    const tuple = `${row?.client.port} ${row?.server.address}`;
    tuples.set(tuple, [...(tuples.get(tuple) ?? []), packet]);
  }
  return [...tuples.values()].reduce((sum, rows) => sum + sentAgain(rows, point).segments, 0);
}
