/** What a proof (revision.ts) and the timestamps of accepted segments change in a connection's record. */
import { HAS_TIMESTAMPS } from '../../decode/tcp-options.js';
import {
  type ConnectionCursor,
  type EndpointCursor,
  FAST_OPEN_ACCEPTED,
  FIN_ACKED,
  FIN_FROM_SIDE_1,
  FIN_RECEIVED,
  FIN_SENT,
  FINS_CROSSED,
  HAS_BASE,
  HAS_CONTIGUOUS,
  HAS_TIMESTAMP,
  LAST_HAD_ACK,
  LAST_WAS_SYN_ACK,
  NEXT_KNOWN,
  SENT_SYN,
  SENT_SYN_ACK,
  SYN_ACK_SEEN,
  TTL,
  UNRELIABLE,
} from '../memory/connection.js';
import type { Focus } from '../memory/focus.js';
import { whyIgnored } from '../rfc9293/acceptance.js';
import { before } from '../rfc9293/sequence.js';
import {
  CLOSE_WAIT,
  CLOSING,
  ESTABLISHED,
  FIN_WAIT_1,
  FIN_WAIT_2,
  LAST_ACK,
  LISTEN,
  SYN_SENT,
  TIME_WAIT,
  withoutFin,
} from '../rfc9293/transition.js';
import { refuteFin } from './fin-rows.js';
import type { Known } from './revision.js';

/** Before a segment is processed of which later packets have shown more. */
export function applyKnown(focus: Focus, known: Known): void {
  const { connection, sender, receiver } = focus;
  if (known.forget === 'syn-ack') {
    noteSecondSynAck(focus, sender.synPacket);
    forgetSynAck(connection, sender, receiver);
  }
  if (known.forget === 'fin') {
    noteRefutedFin(focus, known);
    forgetFin(connection, sender, receiver);
  }
  if (known.ignored !== null) {
    noteRefuted(focus, known);
    return;
  }
  // its windows, or timestamps that it received, were not all captured: from here on nothing is judged by them
  const because = whyIgnored(focus);
  if (because === 'outside-window' || because === 'old-timestamp') receiver.bits |= UNRELIABLE;
}

/** An RST that both ends refute leaves a finding with its proof, whatever comes after. */
function noteRefuted(focus: Focus, { ignored, proof }: Known): void {
  if (ignored !== 'rst-refuted') return;
  const [goesOn = 0, answered = 0] = proof;
  focus.ensureExtras().find('rst-refuted', focus.number, focus.side, { goesOn, answered });
}

/** A FIN beyond which its receiver acknowledges had not been taken. */
function noteRefutedFin(focus: Focus, { proof }: Known): void {
  const { sender, side } = focus;
  const { finPacket } = sender;
  if ((sender.bits & FIN_SENT) === 0) return;
  const extras = focus.ensureExtras();
  extras.find('ignored-segment', finPacket, side, { because: 'fin-refuted' });
  for (const entry of extras.ladder ?? [])
    if ('packet' in entry && entry.packet === finPacket) refuteFin(entry, proof);
}

/** Two SYN-ACKs of different numbers answer one SYN. */
export function noteSecondSynAck(focus: Focus, first: number): void {
  const extras = focus.ensureExtras();
  if (!extras.found('two-syn-acks')) extras.find('two-syn-acks', focus.number, focus.side, { first });
}

/** The SYN-ACK that seemed to be accepted was not: back to the state before it. */
function forgetSynAck(connection: ConnectionCursor, sender: EndpointCursor, receiver: EndpointCursor): void {
  connection.bits &= ~(SYN_ACK_SEEN | FAST_OPEN_ACCEPTED);
  sender.bits &= ~(
    HAS_BASE |
    NEXT_KNOWN |
    HAS_CONTIGUOUS |
    SENT_SYN |
    SENT_SYN_ACK |
    LAST_WAS_SYN_ACK |
    LAST_HAD_ACK
  );
  sender.state = LISTEN;
  sender.synCount = 0;
  sender.synPacket = 0;
  sender.mssScaleTtl &= TTL;
  receiver.state = SYN_SENT;
}

/** The receiver did not accept the FIN: back to the state before it. */
function forgetFin(connection: ConnectionCursor, sender: EndpointCursor, receiver: EndpointCursor): void {
  if ((sender.bits & FIN_SENT) === 0) return;
  sender.bits &= ~(FIN_SENT | FIN_ACKED);
  receiver.bits &= ~FIN_RECEIVED;
  sender.finPacket = 0;
  sender.finAckPacket = 0;
  sender.nextSequence = sender.finSequence;
  if (before(sender.nextSequence, sender.contiguous)) sender.contiguous = sender.nextSequence;
  connection.bits &= ~FINS_CROSSED;
  if ((receiver.bits & FIN_SENT) === 0) connection.bits &= ~FIN_FROM_SIDE_1;
  if (sender.state === FIN_WAIT_1 || sender.state === FIN_WAIT_2) sender.state = ESTABLISHED;
  else if (sender.state === CLOSING || sender.state === LAST_ACK || sender.state === TIME_WAIT)
    sender.state = CLOSE_WAIT;
  receiver.state = withoutFin(receiver.state);
}

/**
 * RFC 7323 4.3: TS.Recent follows what came in order. To be called before the segment's numbers are noted; of SYNs
 * it is the TSval that the other end echoes.
 */
export function noteTimestamp({ sender, packet, options }: Focus): void {
  if ((options.bits & HAS_TIMESTAMPS) === 0) return;
  const fresh = (sender.bits & HAS_TIMESTAMP) === 0;
  const inOrder = (sender.bits & HAS_CONTIGUOUS) === 0 || !before(sender.contiguous, packet.sequence);
  if (!inOrder || (!fresh && before(options.timestamp, sender.timestamp))) return;
  sender.timestamp = options.timestamp;
  sender.bits |= HAS_TIMESTAMP;
}
