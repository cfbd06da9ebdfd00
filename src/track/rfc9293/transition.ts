/**
 * The states of one end of a connection and how they follow from what an observer sees.
 * To read first: RFC 9293 3.3.2 (the state diagram, Figure 5), 3.5, 3.6 and 3.10.7.
 *
 * Each end has a state of its own. "unseen" is an end of which nothing is known: the capture began late. An
 * observer cannot see calls (OPEN, CLOSE), only their segments; so an end's own segments move it just as those
 * that it receives and accepts.
 */

export const STATES = [
  'unseen',
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
] as const;

export type StateName = (typeof STATES)[number];

export const UNSEEN = 0;
export const CLOSED = 1;
export const LISTEN = 2;
export const SYN_SENT = 3;
export const SYN_RECEIVED = 4;
export const ESTABLISHED = 5;
export const FIN_WAIT_1 = 6;
export const FIN_WAIT_2 = 7;
export const CLOSE_WAIT = 8;
export const CLOSING = 9;
export const LAST_ACK = 10;
export const TIME_WAIT = 11;

export const EVENTS = [
  'sends SYN',
  'sends SYN-ACK',
  'sends ACK',
  'sends data',
  'sends FIN',
  'sends RST',
  'receives SYN',
  'receives SYN-ACK',
  'receives ACK of its SYN',
  'receives FIN',
  'receives ACK of its FIN',
  'receives RST',
] as const;

export type EventName = (typeof EVENTS)[number];

export const SENDS_SYN = 0;
export const SENDS_SYN_ACK = 1;
export const SENDS_ACK = 2;
export const SENDS_DATA = 3;
export const SENDS_FIN = 4;
export const SENDS_RST = 5;
export const RECEIVES_SYN = 6;
export const RECEIVES_SYN_ACK = 7;
export const RECEIVES_ACK_OF_SYN = 8;
export const RECEIVES_FIN = 9;
export const RECEIVES_ACK_OF_FIN = 10;
export const RECEIVES_RST = 11;

export interface Arm {
  from: StateName;
  event: EventName;
  to: StateName;
  /** Section of RFC 9293, or the reason where the observer infers. */
  because: string;
}

/** Every arm that changes a state. What is not listed leaves the state as it is. */
export const ARMS: readonly Arm[] = [
  // not seen before
  { from: 'unseen', event: 'sends SYN', to: 'SYN-SENT', because: '3.10.1 active OPEN' },
  { from: 'unseen', event: 'sends SYN-ACK', to: 'SYN-RECEIVED', because: '3.10.7.2' },
  {
    from: 'unseen',
    event: 'sends data',
    to: 'ESTABLISHED',
    because: 'data follows a handshake not captured',
  },
  {
    from: 'unseen',
    event: 'sends ACK',
    to: 'ESTABLISHED',
    because: 'it acknowledges data that was captured; the handshake was not',
  },
  { from: 'unseen', event: 'sends FIN', to: 'FIN-WAIT-1', because: '3.10.4 CLOSE' },
  { from: 'unseen', event: 'sends RST', to: 'CLOSED', because: '3.5.2' },
  { from: 'unseen', event: 'receives SYN', to: 'LISTEN', because: '3.10.7.2, until it answers otherwise' },
  { from: 'unseen', event: 'receives SYN-ACK', to: 'ESTABLISHED', because: '3.10.7.3, its SYN not captured' },
  { from: 'unseen', event: 'receives FIN', to: 'CLOSE-WAIT', because: '3.10.7.4' },
  { from: 'unseen', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  // opening
  { from: 'CLOSED', event: 'sends SYN', to: 'SYN-SENT', because: '3.10.1 active OPEN' },
  { from: 'CLOSED', event: 'sends SYN-ACK', to: 'SYN-RECEIVED', because: '3.10.7.2, it listens by now' },
  { from: 'LISTEN', event: 'sends SYN-ACK', to: 'SYN-RECEIVED', because: '3.10.7.2' },
  { from: 'LISTEN', event: 'sends SYN', to: 'SYN-SENT', because: '3.10.1, both ends open at once' },
  { from: 'LISTEN', event: 'sends ACK', to: 'ESTABLISHED', because: 'its SYN-ACK was not captured' },
  { from: 'LISTEN', event: 'sends data', to: 'ESTABLISHED', because: 'its SYN-ACK was not captured' },
  { from: 'LISTEN', event: 'sends FIN', to: 'FIN-WAIT-1', because: 'its SYN-ACK was not captured' },
  { from: 'LISTEN', event: 'sends RST', to: 'CLOSED', because: '3.5.2 group 1: nothing listens' },
  { from: 'SYN-SENT', event: 'receives SYN', to: 'SYN-RECEIVED', because: '3.10.7.3, Figure 7' },
  { from: 'SYN-SENT', event: 'receives SYN-ACK', to: 'ESTABLISHED', because: '3.10.7.3' },
  { from: 'SYN-SENT', event: 'sends SYN-ACK', to: 'SYN-RECEIVED', because: '3.10.7.3, it received a SYN' },
  { from: 'SYN-SENT', event: 'sends ACK', to: 'ESTABLISHED', because: 'the SYN-ACK was not captured' },
  { from: 'SYN-SENT', event: 'sends data', to: 'ESTABLISHED', because: 'the SYN-ACK was not captured' },
  { from: 'SYN-SENT', event: 'sends FIN', to: 'FIN-WAIT-1', because: 'the SYN-ACK was not captured' },
  { from: 'SYN-SENT', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'SYN-SENT', event: 'receives RST', to: 'CLOSED', because: '3.10.7.3: connection refused' },
  { from: 'SYN-RECEIVED', event: 'receives ACK of its SYN', to: 'ESTABLISHED', because: '3.10.7.4' },
  { from: 'SYN-RECEIVED', event: 'receives SYN-ACK', to: 'ESTABLISHED', because: '3.10.7.4, Figure 7' },
  { from: 'SYN-RECEIVED', event: 'sends FIN', to: 'FIN-WAIT-1', because: '3.10.4 CLOSE' },
  { from: 'SYN-RECEIVED', event: 'receives FIN', to: 'CLOSE-WAIT', because: '3.10.7.4' },
  { from: 'SYN-RECEIVED', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'SYN-RECEIVED', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  // closing
  { from: 'ESTABLISHED', event: 'sends FIN', to: 'FIN-WAIT-1', because: '3.10.4 CLOSE' },
  { from: 'ESTABLISHED', event: 'receives FIN', to: 'CLOSE-WAIT', because: '3.10.7.4' },
  { from: 'FIN-WAIT-1', event: 'receives ACK of its FIN', to: 'FIN-WAIT-2', because: '3.10.7.4' },
  { from: 'FIN-WAIT-1', event: 'receives FIN', to: 'CLOSING', because: '3.10.7.4, Figure 13' },
  { from: 'FIN-WAIT-2', event: 'receives FIN', to: 'TIME-WAIT', because: '3.10.7.4' },
  { from: 'CLOSE-WAIT', event: 'sends FIN', to: 'LAST-ACK', because: '3.10.4 CLOSE' },
  { from: 'CLOSING', event: 'receives ACK of its FIN', to: 'TIME-WAIT', because: '3.10.7.4' },
  { from: 'LAST-ACK', event: 'receives ACK of its FIN', to: 'CLOSED', because: '3.10.7.4' },
  // resets
  { from: 'ESTABLISHED', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'FIN-WAIT-1', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'FIN-WAIT-2', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'CLOSE-WAIT', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'CLOSING', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'LAST-ACK', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'TIME-WAIT', event: 'sends RST', to: 'CLOSED', because: '3.10.5 ABORT' },
  { from: 'ESTABLISHED', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  { from: 'FIN-WAIT-1', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  { from: 'FIN-WAIT-2', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  { from: 'CLOSE-WAIT', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  { from: 'CLOSING', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  { from: 'LAST-ACK', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4' },
  { from: 'TIME-WAIT', event: 'receives RST', to: 'CLOSED', because: '3.10.7.4; RFC 1337 warns of it' },
];

const TABLE = new Uint8Array(STATES.length * EVENTS.length);
for (let cell = 0; cell < TABLE.length; cell++) TABLE[cell] = Math.floor(cell / EVENTS.length);
for (const arm of ARMS) {
  TABLE[STATES.indexOf(arm.from) * EVENTS.length + EVENTS.indexOf(arm.event)] = STATES.indexOf(arm.to);
}

/** The state after an event; pure. */
export function transition(state: number, event: number): number {
  return TABLE[state * EVENTS.length + event] ?? state;
}

/** The state of an end where the FIN that seemed to reach it did not: what RECEIVES_FIN did is undone. */
export function withoutFin(state: number): number {
  switch (state) {
    case CLOSE_WAIT:
      return ESTABLISHED;
    case CLOSING:
    case LAST_ACK:
      return FIN_WAIT_1;
    case TIME_WAIT:
      return FIN_WAIT_2;
    default:
      return state;
  }
}

/** Both ends have exchanged SYNs and know each other's numbers (RFC 9293 3.4.1 and 3.10.7.4). */
export function synchronised(state: number): boolean {
  return state >= ESTABLISHED;
}

export function stateName(state: number): StateName {
  return STATES[state] ?? 'unseen';
}
