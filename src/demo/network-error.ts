/** System errors of sockets as sentences: what happened, and what to do about it. */
import { errorCode, UserError } from '../errors.js';
import { formatEndpoint } from './endpoint.js';

export interface NetworkAttempt {
  /** What the program was doing: binding a server, opening a connection, or sending on an open socket. */
  doing: 'listen' | 'connect' | 'send';
  protocol: 'TCP' | 'UDP';
  host: string;
  port: number;
}

type Sentence = (attempt: NetworkAttempt, where: string) => [message: string, hint: string | null];

const SENTENCES: Record<string, Sentence> = {
  ECONNREFUSED: ({ protocol, host, port }, where) => [
    `Nobody listens on ${protocol} ${where}: it was refused.`,
    `Start the server first: synfin ${protocol.toLowerCase()} server --host ${host} --port ${port}`,
  ],
  EADDRINUSE: ({ protocol }, where) => [
    `${protocol} ${where} is in use by another program.`,
    'Stop that program, or take another port with --port (0 takes any free one).',
  ],
  EACCES: ({ doing, protocol, port }, where) =>
    doing === 'listen'
      ? [
          `No permission to listen on ${protocol} ${where}.`,
          port < 1024
            ? 'Ports below 1024 are for root: take a higher one with --port, or use sudo.'
            : 'A security policy of this machine forbids it: take another port with --port.',
        ]
      : [
          `No permission to send to ${protocol} ${where}.`,
          'It is a broadcast address, or a firewall of this machine forbids it: choose another with --host.',
        ],
  EPERM: ({ protocol }, where) => [
    `No permission to use ${protocol} ${where}.`,
    'A firewall or a security policy of this machine forbids it.',
  ],
  ENOTFOUND: ({ host }) => [
    `The name ${JSON.stringify(host)} was not found.`,
    'Check the spelling of --host (or HOST), or give an address.',
  ],
  EAI_AGAIN: ({ host }) => [
    `The name ${JSON.stringify(host)} could not be looked up: no name server answered.`,
    'Check the network, or give an address with --host.',
  ],
  ENETUNREACH: (_, where) => [
    `The network of ${where} cannot be reached: this machine has no route to it.`,
    'Check the network connection (ip route), or choose another address with --host.',
  ],
  EHOSTUNREACH: (_, where) => [
    `The host of ${where} cannot be reached.`,
    'Check that it is on and that no firewall is between, or choose another address with --host.',
  ],
  EADDRNOTAVAIL: ({ doing }, where) =>
    doing === 'listen'
      ? [
          `${where} is not an address of this machine.`,
          'Give one of its own with --host (ip address lists them), or 0.0.0.0 for all.',
        ]
      : [
          `${where} cannot be reached: this machine has no address or no free port to reach it from.`,
          'Check that it has an address of that kind (IPv4 or IPv6), or choose another with --host.',
        ],
  EAFNOSUPPORT: (_, where) => [
    `This machine does not speak the kind of address of ${where}.`,
    'Give an address of the other kind (IPv4 or IPv6) with --host.',
  ],
  EINVAL: (_, where) => [
    `${where} cannot be used as it stands.`,
    'A link-local IPv6 address needs its interface, e.g. --host fe80::1%eth0',
  ],
  ETIMEDOUT: (_, where) => [
    `${where} did not answer in time.`,
    'Check the address and that no firewall drops the packets on the way.',
  ],
  ECONNRESET: (_, where) => [`${where} reset the connection (RST).`, 'Look at its own messages for why.'],
  EPIPE: (_, where) => [`${where} takes no more data: the connection is closed.`, null],
  EMSGSIZE: () => [
    'The line is too long for one datagram.',
    'UDP carries at most 65,507 bytes of data over IPv4: send a shorter line.',
  ],
};

/** The error as a UserError with `error` as its cause; an unknown one keeps its code in the sentence. */
export function networkError(error: unknown, attempt: NetworkAttempt): UserError {
  if (error instanceof UserError) return error;
  const code = errorCode(error);
  const where = formatEndpoint(attempt.host, attempt.port);
  const sentence = SENTENCES[code];
  const [message, hint] = sentence
    ? sentence(attempt, where)
    : [`${attempt.protocol} ${where}: ${attempt.doing} failed (${code || String(error)}).`, null];
  return new UserError(message, hint, { cause: error });
}
