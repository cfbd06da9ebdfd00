/**
 * Response times: from the last byte of a client's request to the first byte of the server's answer, as the capture
 * point sees them.
 *
 * A request is all new data that the client sends until it is answered, pipelined requests included; each byte counts
 * at its first transmission. The answer is the first new data of the server that acknowledges all of it: an end
 * acknowledges what it has received in every segment (RFC 9293 3.10.7.4), so data that acknowledges less was
 * sent before the request arrived, and data that acknowledges more answers bytes that were not captured. Data that the
 * server sends without a request (a banner) is not an answer.
 */
import { ACK, type Packet } from '../../decode/packet.js';
import { KEEP_ALIVE, SPURIOUS_RETRANSMISSION, ZERO_WINDOW_PROBE } from '../memory/codes.js';
import {
  CLIENT_IS_SIDE_1,
  type ConnectionCursor,
  type EndpointCursor,
  FIN_SENT,
  REQUEST_WAITS,
  RESPONSES_TIMED,
  SELF,
} from '../memory/connection.js';
import type { Medians } from '../memory/medians.js';

/** Bytes that their receiver has already, or that are sent to make it speak. */
const NO_DATA = KEEP_ALIVE | SPURIOUS_RETRANSMISSION | ZERO_WINDOW_PROBE;

/**
 * Notes data that counts. `advances`: it goes beyond all that its sender has sent, else it fills a gap; `side` is its
 * sender's, `found` has its codes.
 */
export function noteExchange(
  medians: Medians,
  connection: ConnectionCursor,
  receiver: EndpointCursor,
  packet: Packet,
  advances: boolean,
  found: number,
  side: number,
  at: number,
): void {
  if ((found & NO_DATA) !== 0 || (connection.bits & (SELF | RESPONSES_TIMED)) !== RESPONSES_TIMED) return;
  const fromClient = (connection.bits & CLIENT_IS_SIDE_1) === side;
  if (fromClient) noteRequest(connection, advances, at);
  else if (advances) noteAnswer(medians, connection, receiver, packet, at);
}

/** New data of the client: it may be the end of its request. A gap that is filled after the answer is no request. */
export function noteRequest(connection: ConnectionCursor, advances: boolean, at: number): void {
  if (!advances && (connection.bits & REQUEST_WAITS) === 0) return;
  connection.requestAt = at;
  connection.bits |= REQUEST_WAITS;
}

/** New data of the server; `client`: the end that sent the request. */
export function noteAnswer(
  medians: Medians,
  connection: ConnectionCursor,
  client: EndpointCursor,
  packet: Packet,
  at: number,
): void {
  if ((connection.bits & REQUEST_WAITS) === 0 || (packet.flags & ACK) === 0) return;
  const { acknowledgement } = packet;
  const end = (client.bits & FIN_SENT) !== 0 ? client.finSequence : client.nextSequence;
  // sent before all of the request had arrived
  if (((acknowledgement - end) | 0) < 0) return;
  connection.bits &= ~REQUEST_WAITS;
  const time = at - connection.requestAt;
  const unseen = ((acknowledgement - client.nextSequence) | 0) > 0;
  if (unseen || !(time >= 0)) return;
  connection.responseRow = medians.add(connection.responseRow, connection.responses, time);
  connection.responses++;
}
