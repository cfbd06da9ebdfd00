/**
 * Zeek's view of a connection: endpoint states and the `history` string, by its own rules (conn/main.zeek,
 * TCP_Endpoint.cc, TCPSessionAdapter.cc), whether or not we agree with what they conclude. Checksums are not
 * judged (`zeek -C`): captures are full of segments that the network card was to finish.
 *
 * History strings repeat from connection to connection, so they are kept once, as nodes of a tree: a letter
 * leads from a node to the next, and a connection only holds the number of its node.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../decode/packet.js';
import { type ConnectionCursor, type EndpointCursor, ZEEK_FLIPPED } from './connection.js';

/** Zeek's endpoint states (TCP_Endpoint.h). */
export const INACTIVE = 0;
export const ZEEK_SYN_SENT = 1;
export const SYN_ACK_SENT = 2;
export const PARTIAL = 3;
export const ZEEK_ESTABLISHED = 4;
export const ZEEK_CLOSED = 5;
export const RESET = 6;

/** Within EndpointCursor.zeek: the state in the low bits, then which letters were recorded. */
const STATE_MASK = 7;
const SAW_SYN = 1 << 3;
const SAW_FIN = 1 << 4;
const SAW_RST = 1 << 5;
const SAW_DATA = 1 << 6;
const SAW_ACK = 1 << 7;
const SAW_BOTH = 1 << 8;
const SAW_OTHER = 1 << 9;
const COUNT_SHIFT = 10;

/** Letters of the history, as character codes. The children of a node are told apart by their low six bits. */
const S = 83;
const H = 72;
const A = 65;
const D = 68;
const F = 70;
const R = 82;
const I = 73;
const Q = 81;
const T = 84;
const W = 87;
const FLIP = 94;

/** The tree of histories: 64 children a node, by letter. Bounded: past it, histories grow no longer. */
const MOST_NODES = 50_000;
const CHILDREN = 64;
const texts: string[] = [''];
let children = new Int32Array(256 * CHILDREN);

function follow(node: number, letter: number): number {
  const at = node * CHILDREN + (letter & (CHILDREN - 1));
  const known = children[at] ?? 0;
  if (known !== 0) return known;
  if (texts.length >= MOST_NODES) return node;
  if (texts.length * CHILDREN === children.length) {
    const larger = new Int32Array(children.length * 2);
    larger.set(children);
    children = larger;
  }
  texts.push((texts[node] ?? '') + String.fromCharCode(letter));
  children[at] = texts.length - 1;
  return texts.length - 1;
}

export function zeekHistory(connection: ConnectionCursor): string {
  return texts[connection.history] ?? '';
}

export function zeekState(endpoint: EndpointCursor): number {
  return endpoint.zeek & STATE_MASK;
}

/** `letter` in upper case; the responder's are written in lower case. */
function record(connection: ConnectionCursor, originator: boolean, letter: number): void {
  connection.history = follow(connection.history, originator ? letter : letter + 32);
}

/** Ports at which Zeek expects a server (`likely_server_ports` as its default scripts fill it). */
const LIKELY_SERVER_PORTS = new Set([
  21, 22, 25, 53, 80, 81, 88, 102, 110, 123, 135, 137, 143, 389, 443, 445, 465, 502, 514, 554, 563, 585, 587,
  614, 631, 636, 989, 990, 992, 993, 994, 995, 1080, 1433, 1521, 1812, 1883, 3128, 3268, 3269, 3306, 3389,
  3478, 5060, 5061, 5072, 5223, 5432, 5900, 6379, 6443, 6666, 6667, 6668, 6669, 8000, 8008, 8080, 8443, 8883,
  8888, 11207, 20000, 27017,
]);

/** For the first packet of a connection: Zeek swaps the roles where the sender looks like a server. */
export function zeekBegin(connection: ConnectionCursor, packet: Packet): void {
  const flags = packet.flags;
  if ((flags & (SYN | ACK)) === SYN) return;
  const fromLikely = LIKELY_SERVER_PORTS.has(packet.sourcePort);
  if (!fromLikely) return;
  const toLikely = LIKELY_SERVER_PORTS.has(packet.targetPort);
  const synAck = (flags & (SYN | ACK)) === (SYN | ACK);
  if (!toLikely || (!synAck && packet.sourcePort < packet.targetPort)) flip(connection);
}

function flip(connection: ConnectionCursor): void {
  connection.bits ^= ZEEK_FLIPPED;
  connection.history = follow(connection.history, FLIP);
}

/** `side` of the sender; `advances` is false where the segment's end lies within what was sent before. */
export function zeekSegment(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  side: number,
  advances: boolean,
): void {
  const originator = (side === 1) === ((connection.bits & ZEEK_FLIPPED) !== 0);
  letterOf(connection, sender, receiver, packet, originator, advances);
  step(connection, sender, receiver, packet, originator);
}

function letterOf(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  originator: boolean,
  advances: boolean,
): void {
  const control = packet.flags & (SYN | FIN | RST);
  const seen = sender.zeek;
  if (control === 0) {
    if (packet.payloadLength > 0) {
      if (!advances) scaled(connection, sender, originator, T);
      if ((seen & SAW_DATA) === 0) {
        sender.zeek |= SAW_DATA;
        record(connection, originator, D);
      }
    } else if ((packet.flags & ACK) !== 0 && (seen & SAW_ACK) === 0) {
      sender.zeek |= SAW_ACK;
      record(connection, originator, A);
    }
    if (packet.window === 0 && zeekState(sender) !== RESET && zeekState(receiver) < ZEEK_CLOSED) {
      scaled(connection, sender, originator, W);
    }
    return;
  }
  if (control === SYN) {
    const number = (packet.sequence - sender.base) | 0;
    if ((seen & SAW_SYN) === 0 || number !== 0) {
      sender.zeek |= SAW_SYN;
      record(connection, originator, (packet.flags & ACK) !== 0 ? H : S);
    }
  } else if (control === FIN) {
    const end = (packet.sequence + packet.payloadLength) | 0;
    if ((seen & SAW_FIN) === 0 || end !== sender.finSequence) {
      sender.zeek |= SAW_FIN;
      record(connection, originator, F);
    }
  } else if (control === RST) {
    if ((seen & SAW_RST) === 0 || packet.sequence !== sender.zeekRstSequence) {
      sender.zeek |= SAW_RST;
      sender.zeekRstSequence = packet.sequence;
      record(connection, originator, R);
    }
  } else if (control === (FIN | RST)) {
    if ((seen & SAW_BOTH) === 0) record(connection, originator, I);
    sender.zeek |= SAW_BOTH;
  } else {
    if ((seen & SAW_OTHER) === 0) record(connection, originator, Q);
    sender.zeek |= SAW_OTHER;
  }
}

/** The letter of data that advances, or of a bare ACK, with an open window, of an endpoint that is not INACTIVE. */
export function plainLetter(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  side: number,
  length: number,
): void {
  const saw = length > 0 ? SAW_DATA : SAW_ACK;
  if ((sender.zeek & saw) !== 0) return;
  sender.zeek |= saw;
  record(connection, (side === 1) === ((connection.bits & ZEEK_FLIPPED) !== 0), length > 0 ? D : A);
}

/** Letters that are repeated at the 1st, 10th, 100th… occurrence. */
function scaled(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  originator: boolean,
  letter: number,
): void {
  const shift = letter === T ? COUNT_SHIFT : COUNT_SHIFT + 11;
  const width = 0x7ff;
  const count = ((sender.zeek >>> shift) & width) + 1;
  if (count > width) return;
  sender.zeek = (sender.zeek & ~(width << shift)) | (count << shift);
  if (count === 1 || count === 10 || count === 100 || count === 1000) record(connection, originator, letter);
}

/** Zeek's endpoint states; it validates no numbers here. */
function step(
  connection: ConnectionCursor,
  sender: EndpointCursor,
  receiver: EndpointCursor,
  packet: Packet,
  originator: boolean,
): void {
  const { flags } = packet;
  const own = zeekState(sender);
  const peer = zeekState(receiver);
  const syn = (flags & SYN) !== 0;
  const ack = (flags & ACK) !== 0;
  let next = own;
  switch (own) {
    case INACTIVE:
      if (syn) {
        if (originator) next = ack ? SYN_ACK_SENT : ZEEK_SYN_SENT;
        else {
          if (peer === ZEEK_SYN_SENT || peer === SYN_ACK_SENT) setState(receiver, ZEEK_ESTABLISHED);
          next = ZEEK_ESTABLISHED;
        }
      } else if ((flags & FIN) !== 0) next = ZEEK_CLOSED;
      else if ((flags & RST) !== 0) next = RESET;
      else if (!originator && peer === ZEEK_SYN_SENT && packet.payloadLength === 0) next = INACTIVE;
      else if (ack && peer === ZEEK_ESTABLISHED) next = ZEEK_ESTABLISHED;
      else {
        if (peer === SYN_ACK_SENT) {
          // it began with a SYN-ACK and its answer came: the sender of the SYN-ACK was the responder
          flip(connection);
          setState(receiver, ZEEK_ESTABLISHED);
          next = ZEEK_ESTABLISHED;
        } else next = PARTIAL;
      }
      break;
    case ZEEK_SYN_SENT:
    case SYN_ACK_SENT:
      if ((flags & FIN) !== 0) next = ZEEK_CLOSED;
      else if ((flags & RST) !== 0) next = RESET;
      break;
    case ZEEK_ESTABLISHED:
    case PARTIAL:
      if ((flags & RST) !== 0) next = RESET;
      else if ((flags & FIN) !== 0) {
        next = ZEEK_CLOSED;
        if (peer === RESET && (receiver.zeek & SAW_FIN) !== 0) setState(receiver, ZEEK_CLOSED);
      } else if (syn && !ack && own === PARTIAL && peer === INACTIVE) next = ZEEK_SYN_SENT;
      break;
    case ZEEK_CLOSED:
      if ((flags & RST) !== 0 && peer !== ZEEK_CLOSED) next = RESET;
      break;
    default:
      break;
  }
  if (next !== own) setState(sender, next);
}

function setState(endpoint: EndpointCursor, state: number): void {
  endpoint.zeek = (endpoint.zeek & ~STATE_MASK) | state;
}
