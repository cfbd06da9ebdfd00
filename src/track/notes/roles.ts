/** Who is the client where no SYN was captured: a guess by port numbers, and the reason for it. */

/** First port that is not reserved for system services (RFC 6335 6). */
const FIRST_USER_PORT = 1024;
/** Where common systems begin to take ports for outgoing connections: Linux 32768, IANA and others 49152. */
export const FIRST_EPHEMERAL_PORT = 32768;

/** 0 where the sender looks like the client, 1 where the receiver does. */
export function guessRoles(senderPort: number, receiverPort: number): 0 | 1 {
  return portClass(senderPort) < portClass(receiverPort) ? 1 : 0;
}

function portClass(port: number): number {
  return port < FIRST_USER_PORT ? 0 : port < FIRST_EPHEMERAL_PORT ? 1 : 2;
}

/** What the guess is based on: the ports, or only which end was seen first. */
export function guessReason(clientPort: number, serverPort: number): 'ports' | 'first-seen' {
  return portClass(clientPort) === portClass(serverPort) ? 'first-seen' : 'ports';
}
