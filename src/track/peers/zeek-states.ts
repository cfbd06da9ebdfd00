/** Zeek's endpoint states and how segments move them (TCP_Endpoint.h, TCPSessionAdapter.cc); it looks at no numbers. */
import { ACK, FIN, RST, SYN } from '../../decode/packet.js';
import type { EndpointCursor } from '../memory/connection.js';
import { EARLY_ACK, LIVE, PREVIOUS_SHIFT, STATE } from './zeek-bits.js';

export const INACTIVE = 0;
export const ZEEK_SYN_SENT = 1;
export const SYN_ACK_SENT = 2;
export const PARTIAL = 3;
export const ZEEK_ESTABLISHED = 4;
export const ZEEK_CLOSED = 5;
export const RESET = 6;

export function zeekState(endpoint: EndpointCursor): number {
  return endpoint.zeek & STATE;
}

export function previousState(endpoint: EndpointCursor): number {
  return (endpoint.zeek >>> PREVIOUS_SHIFT) & STATE;
}

export function enter(endpoint: EndpointCursor, state: number): void {
  const old = zeekState(endpoint);
  if (old === state) return;
  const others = endpoint.zeek & ~(STATE | (STATE << PREVIOUS_SHIFT) | LIVE);
  endpoint.zeek = others | (old << PREVIOUS_SHIFT) | state | (state === RESET ? 0 : LIVE);
}

/** Established, or closed by a FIN after that: only then Zeek believes that a gap is one. */
export function isClean(endpoint: EndpointCursor): boolean {
  const state = zeekState(endpoint);
  return (
    state === ZEEK_ESTABLISHED || (state === ZEEK_CLOSED && previousState(endpoint) === ZEEK_ESTABLISHED)
  );
}

/** Where Zeek never believes in a gap. */
export function neverClean(endpoint: EndpointCursor): boolean {
  const state = zeekState(endpoint);
  return state === PARTIAL || state === RESET;
}

/** The other end of a socket that is connected to itself: it never sends. */
const NOBODY = INACTIVE;

/**
 * Moves the states by a segment; true where it shows that the roles are swapped. `originator`: its
 * sender is the originator; `alone`: both ends are one.
 */
export function step(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  flags: number,
  length: number,
  originator: boolean,
  alone: boolean,
): boolean {
  const peer = alone ? NOBODY : zeekState(receiver);
  switch (zeekState(sender)) {
    case INACTIVE:
      return begin(sender, receiver, flags, length, originator, peer);
    case ZEEK_SYN_SENT:
    case SYN_ACK_SENT:
      if ((flags & FIN) !== 0) enter(sender, ZEEK_CLOSED);
      if ((flags & RST) !== 0) enter(sender, RESET);
      return false;
    case PARTIAL:
      if ((flags & (SYN | ACK)) === SYN && peer === INACTIVE) enter(sender, ZEEK_SYN_SENT);
      close(sender, receiver, flags, peer);
      return false;
    case ZEEK_ESTABLISHED:
      close(sender, receiver, flags, peer);
      return false;
    case ZEEK_CLOSED:
      if ((flags & RST) !== 0 && peer !== ZEEK_CLOSED) enter(sender, RESET);
      return false;
    default:
      return false;
  }
}

/** The first segment of an end, or another one after an early ACK. SYN, FIN and RST count all, one after the other. */
function begin(
  sender: EndpointCursor,
  receiver: EndpointCursor,
  flags: number,
  length: number,
  originator: boolean,
  peer: number,
): boolean {
  let turned = false;
  if ((flags & SYN) !== 0) {
    if (originator) enter(sender, (flags & ACK) !== 0 ? SYN_ACK_SENT : ZEEK_SYN_SENT);
    else {
      // the SYN-ACK was captured before the SYN that it answers
      turned = (flags & ACK) === 0 && peer === SYN_ACK_SENT;
      if (turned || peer === ZEEK_SYN_SENT) enter(receiver, ZEEK_ESTABLISHED);
      enter(sender, ZEEK_ESTABLISHED);
    }
  }
  if ((flags & FIN) !== 0) enter(sender, ZEEK_CLOSED);
  if ((flags & RST) !== 0) enter(sender, RESET);
  if (zeekState(sender) !== INACTIVE) return turned;
  if (!originator && length === 0 && peer === ZEEK_SYN_SENT) sender.zeek |= EARLY_ACK;
  else enter(sender, (flags & ACK) !== 0 && peer === ZEEK_ESTABLISHED ? ZEEK_ESTABLISHED : PARTIAL);
  return false;
}

function close(sender: EndpointCursor, receiver: EndpointCursor, flags: number, peer: number): void {
  if ((flags & RST) !== 0) enter(sender, RESET);
  else if ((flags & FIN) !== 0) {
    enter(sender, ZEEK_CLOSED);
    // the other end sent a FIN, then an RST: this FIN makes it a normal termination
    if (peer === RESET && previousState(receiver) === ZEEK_CLOSED) enter(receiver, ZEEK_CLOSED);
  }
}
