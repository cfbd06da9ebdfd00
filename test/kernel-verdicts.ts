/** Compares synfin's verdicts on opening and closing, and on each RST that arrived, with the kernels. */
import { type Case, connections, LATE, ONE_DIRECTION, POINTS, rowsOf } from './kernel-case.js';
import {
  type ConnectionRow,
  type End,
  type KernelConnection,
  milliseconds,
  type PacketRow,
} from './kernel-record.js';
import { keyOf, resetsSent } from './kernel-resets.js';

/** The only FIN was forged on the client's own host, and nothing distinguishes it from the client's own. */
const FORGED_FIN = ['fin-gap'];
/** Of one direction: no verdict may claim an event that did not happen, and no end may have a state that it never had. */
export function oneDirectionProblems(found: Case, point: End): string[] {
  const problems: string[] = [];
  for (const [kernel, row, label] of connections(found, point)) {
    for (const end of POINTS) {
      const inferred = row.states[end];
      const had: readonly string[] = kernel[end].slice(kernel[end].indexOf('ESTABLISHED'));
      if (inferred !== 'unseen' && !had.includes(inferred)) {
        problems.push(`${label}${end} left ${inferred}; kernel: ${had.join(' ')}`);
      }
    }
  }
  return problems;
}

/**
 * Whose FIN came first, or whose RST, where a kernel sent it and the capture has it; null: no kernel sent any.
 */
function firstToClose(
  kernel: KernelConnection,
  row: ConnectionRow,
  found: Case,
  point: End,
): End | 'crossed' | null {
  if (kernel.client.includes('CLOSING')) return 'crossed';
  const sent = resetsSent(found.oracle, found.at);
  const resets = rowsOf(found.at[point], row).flatMap((packet) => {
    const reset = packet.flags.includes('RST') ? sent.get(keyOf(packet, packet.from)) : undefined;
    return reset?.reason == null ? [] : [{ end: packet.from, at: milliseconds(reset.row.time), reset: true }];
  });
  const fins = kernel.changes
    .filter(({ state }) => state === 'FIN-WAIT-1' || state === 'LAST-ACK')
    .map(({ end, time }) => ({ end, at: milliseconds(time ?? ''), reset: false }));
  const [first, second] = [...fins, ...resets].sort((a, b) => a.at - b.at);
  const both = first?.reset && second?.reset && first.end !== second.end && second.at - first.at < 5;
  return both ? 'crossed' : (first?.end ?? null);
}

export function closingProblems(found: Case, point: End): string[] {
  const problems: string[] = [];
  for (const [kernel, row, label] of connections(found, point)) {
    const { closing, states } = row;
    const first = firstToClose(kernel, row, found, point);
    const looksSo = FORGED_FIN.includes(found.name) && closing.initiator === 'client';
    if (closing.initiator !== null && first !== 'crossed' && closing.initiator !== first && !looksSo) {
      problems.push(`${label}closed by ${closing.initiator}; it was ${first ?? 'neither'}`);
    }
    // reuse of the ports ends TIME-WAIT without a packet of this connection, a RST by one
    const reset = rowsOf(found.at[point], row).some(({ flags }) => flags.includes('RST'));
    const waits = POINTS.filter((end) =>
      reset ? kernel[end].at(-1) === 'TIME-WAIT' : kernel[end].includes('TIME-WAIT'),
    );
    const said = closing.timeWait === 'both' ? POINTS : POINTS.filter((end) => closing.timeWait === end);
    if (said.some((end) => !waits.includes(end))) {
      problems.push(`${label}TIME-WAIT: ${closing.timeWait}; kernel: ${waits.join(' and ') || 'neither'}`);
    }
    for (const end of POINTS) {
      if (states[end] === 'TIME-WAIT' && !waits.includes(end)) {
        problems.push(`${label}${end} left in TIME-WAIT; kernel: ${kernel[end].at(-1)}`);
      }
    }
    const accepted = found.oracle.resetsAccepted.filter(({ clientPort }) => clientPort === kernel.clientPort);
    const established = kernel.client.includes('ESTABLISHED') && kernel.server.includes('ESTABLISHED');
    if (accepted.length === 0 && closing.kind === 'reset' && established && waits.length === 0) {
      const died = POINTS.some((end) => kernel[end].at(-1) === 'CLOSED');
      if (!died) problems.push(`${label}closing reset; no kernel took one`);
    }
  }
  return problems;
}

export function openingProblems(found: Case, point: End): string[] {
  const { name, oracle } = found;
  const problems: string[] = [];
  for (const [kernel, { opening }, label] of connections(found, point)) {
    const open = kernel.client.includes('ESTABLISHED');
    // the client's third segment, refused by the server
    const half = open && !kernel.server.includes('ESTABLISHED');
    const fast = (oracle.counters?.server.TCPFastOpenPassive ?? 0) > 0;
    let right: string[] = fast ? ['fast-open'] : ['three-way'];
    if (kernel.client.includes('SYN-RECEIVED')) right = ['simultaneous'];
    if (LATE.test(name)) right = ['not-captured'];
    else if (ONE_DIRECTION.test(name)) right = ['three-way', 'not-captured'];
    else if (half) right = ['three-way', 'not-completed'];
    else if (!open) right = ['refused', 'no-answer', 'not-completed'];
    if (!right.includes(opening.kind))
      problems.push(`${label}opening ${opening.kind}; it was ${right.join(' or ')}`);
    if (opening.complete && !open) problems.push(`${label}opening complete; it never was`);
    if (!opening.complete && !half && right.includes('three-way'))
      problems.push(`${label}opening not complete; it was`);
  }
  return problems;
}

/** At the end that it reaches: a RST that the kernel accepted, or ignored, while it had a full socket. */
export function acceptanceProblems(found: Case, point: End): string[] {
  const { oracle, at } = found;
  const problems: string[] = [];
  for (const [kernel, row, label] of connections(found, point)) {
    const arrived = rowsOf(at[point], row).filter(
      ({ from, flags }) => from !== point && flags.includes('RST'),
    );
    const taken = oracle.resetsAccepted
      .filter(({ by, clientPort }) => by === point && clientPort === kernel.clientPort)
      .map(({ time }) => nearest(arrived, milliseconds(time)));
    for (const packet of arrived) {
      const state = stateAt(kernel, point, milliseconds(packet.time));
      const took = taken.includes(packet.packet);
      if (took && !packet.accepted)
        problems.push(`${label}packet ${packet.packet} not accepted; the kernel took it`);
      // the kernel reports full sockets only: not TIME-WAIT, and no unfinished handshake
      if (!took && packet.accepted && WHOLE.includes(state)) {
        problems.push(`${label}packet ${packet.packet} accepted; the kernel, in ${state}, did not take it`);
      }
    }
  }
  return problems;
}

const WHOLE = ['SYN-SENT', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'FIN-WAIT-1', 'CLOSING'];

/** The packet nearest to a time, if there is one near. */
function nearest(rows: readonly PacketRow[], at: number): number | null {
  const distance = ({ time }: PacketRow): number => Math.abs(milliseconds(time) - at);
  const [row] = rows.toSorted((a, b) => distance(a) - distance(b));
  return row !== undefined && distance(row) < 30 ? row.packet : null;
}

/** Of whole sockets; a moment later, as the capture comes first. */
function stateAt(kernel: KernelConnection, end: End, at: number): string {
  const past = kernel.changes.filter(
    (change) => change.end === end && change.time !== null && milliseconds(change.time) <= at + 5,
  );
  return past.at(-1)?.state ?? '';
}
