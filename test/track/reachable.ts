/** Which state an end may be in after a segment: by the table's arms, or by one of the corrections named here. */
import { ACK, FIN, RST, SYN } from '../../src/decode/packet.js';
import type { SegmentRow } from '../../src/track/results/sink.js';
import {
  CLOSE_WAIT,
  CLOSED,
  CLOSING,
  ESTABLISHED,
  FIN_WAIT_1,
  FIN_WAIT_2,
  LAST_ACK,
  LISTEN,
  RECEIVES_ACK_OF_FIN,
  RECEIVES_ACK_OF_SYN,
  RECEIVES_FIN,
  RECEIVES_RST,
  RECEIVES_SYN,
  RECEIVES_SYN_ACK,
  SENDS_ACK,
  SENDS_DATA,
  SENDS_FIN,
  SENDS_RST,
  SENDS_SYN,
  SENDS_SYN_ACK,
  SYN_RECEIVED,
  SYN_SENT,
  TIME_WAIT,
  transition,
  UNSEEN,
} from '../../src/track/rfc9293/transition.js';

/** What a segment may mean to its sender and to its receiver. */
function eventsOf(row: SegmentRow): { sender: number[]; receiver: number[] } {
  const { flags } = row;
  if ((flags & RST) !== 0) return { sender: [SENDS_RST], receiver: [RECEIVES_RST] };
  if ((flags & (SYN | ACK)) === (SYN | ACK)) {
    // its FIN counts once the receiver has reached ESTABLISHED (RFC 9293 3.10.7.3)
    const fin = (flags & FIN) !== 0;
    return {
      sender: fin ? [SENDS_SYN_ACK, SENDS_FIN] : [SENDS_SYN_ACK],
      receiver: fin ? [RECEIVES_SYN_ACK, RECEIVES_FIN] : [RECEIVES_SYN_ACK],
    };
  }
  // where both ends send a SYN, the other's was on its way already
  if ((flags & SYN) !== 0) return { sender: [SENDS_SYN, RECEIVES_SYN], receiver: [RECEIVES_SYN] };
  // what an end sends proves what it received; a FIN without ACK counts once it is acknowledged
  const sender = [SENDS_ACK, SENDS_DATA, RECEIVES_ACK_OF_SYN, RECEIVES_FIN];
  const receiver = [RECEIVES_ACK_OF_SYN, RECEIVES_ACK_OF_FIN, RECEIVES_FIN, SENDS_FIN];
  return { sender: (flags & FIN) !== 0 ? [...sender, SENDS_FIN] : sender, receiver };
}

/** All states that some of the events lead to, in any order. */
function closure(from: Iterable<number>, events: readonly number[]): Set<number> {
  const reached = new Set(from);
  for (const state of reached) for (const event of events) reached.add(transition(state, event));
  return reached;
}

/** States that the tracker sets past the table, each with its reason in lifecycle.ts or tracker.ts. */
function corrected(row: SegmentRow, isSender: boolean, before: number): number[] {
  const states: number[] = [];
  const { flags } = row;
  if (isSender && (flags & FIN) !== 0) {
    // the FINs crossed (Figure 13)
    states.push(CLOSING);
    // a FIN sent again although it was acknowledged
    if (before === CLOSED) states.push(LAST_ACK);
    if (before === FIN_WAIT_2) states.push(FIN_WAIT_1);
  }
  // a SYN or SYN-ACK sent again by an end that was taken to be beyond it
  if (isSender && (flags & SYN) !== 0 && (before === ESTABLISHED || before === CLOSE_WAIT)) {
    states.push((flags & ACK) !== 0 ? SYN_RECEIVED : SYN_SENT);
  }
  // a RST that ends what was captured in one direction only: the other end had answered
  if (!isSender && (flags & RST) !== 0 && before === LISTEN) states.push(CLOSED);
  // an end that fell silent need not have had the RST of the one that gave up
  if (!isSender && (flags & RST) !== 0) states.push(UNSEEN);
  // an answer refused by an end that still waits for its own (Figures 8 and 9)
  if (!isSender && (flags & RST) !== 0 && before === SYN_RECEIVED) states.push(LISTEN);
  return states;
}

/** Before a FIN that did not arrive: the end that goes on without acknowledging it never received it. */
function withoutFin(row: SegmentRow, before: number): number[] {
  if ((row.flags & (SYN | RST | ACK)) !== ACK) return [];
  if (before === CLOSE_WAIT) return [ESTABLISHED];
  if (before === LAST_ACK || before === CLOSING) return [FIN_WAIT_1];
  return before === TIME_WAIT ? [FIN_WAIT_2] : [];
}

function isEnded(state: number): boolean {
  return state === CLOSED || state === UNSEEN;
}

/** The states before each accepted RST, to which an end returns where it proves not to have been taken. */
export class History {
  private readonly states = new Map<number, [number, number]>();
  private readonly beforeResets = new Map<number, [Set<number>, Set<number>]>();

  /** What is wrong with a row's states, or null. Rows in the order in which they are reported. */
  add(row: SegmentRow): string | null {
    const before = this.states.get(row.connection) ?? [0, 0];
    const restored = this.beforeResets.get(row.connection) ?? [new Set<number>(), new Set<number>()];
    this.states.set(row.connection, [row.states[0], row.states[1]]);
    const events = eventsOf(row);
    for (const side of [0, 1] as const) {
      const isSender = side === row.side;
      const starts = [before[side], ...(isEnded(before[side]) ? restored[side] : [])];
      if (isSender) for (const start of [...starts]) starts.push(...withoutFin(row, start));
      const possible =
        row.ignored === null ? closure(starts, isSender ? events.sender : events.receiver) : new Set(starts);
      if (row.ignored === null)
        for (const start of starts) for (const state of corrected(row, isSender, start)) possible.add(state);
      if (!possible.has(row.states[side])) return `side ${side}: ${before[side]} to ${row.states[side]}`;
    }
    if ((row.flags & RST) !== 0 && row.ignored === null) {
      restored[0].add(before[0]);
      restored[1].add(before[1]);
      this.beforeResets.set(row.connection, restored);
    }
    return null;
  }
}
