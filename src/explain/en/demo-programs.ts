/** What the programs `synfin tcp server|client` and `synfin udp server|client` print. */

/** What a program of its own was doing when the network failed. */
export type NetworkDoing = 'listen' | 'connect' | 'send';

const DOING: Readonly<Record<NetworkDoing, string>> = {
  listen: 'listen',
  connect: 'connect',
  send: 'send',
};

/** `where` is an address with its port; `who` the same of a client. */
export const demoPrograms = {
  // TCP server
  listening: (where: string): string => `Listening on TCP ${where}. Ctrl-C ends.`,
  connected: (who: string): string => `${who} connected.`,
  closingFirst: (who: string, messages: number): string =>
    `Closing ${who} first, after ${messages} ${messages === 1 ? 'message' : 'messages'}.`,
  closedItsSide: (who: string): string => `${who} closed its side.`,
  reset: (who: string): string => `${who} reset the connection (RST).`,
  disconnected: (who: string): string => `${who} disconnected.`,
  serverLine: (count: number): string => `server line ${count}`,
  // TCP client
  connectedTo: (to: string, from: string): string => `Connected to TCP ${to} from ${from}.`,
  typeLines: (): string => 'Type a line and press Enter to send it; Ctrl-D ends.',
  connectionClosed: (): string => 'Connection closed.',
  serverClosedFirst: (): string => 'The server closed its side first; closing this side too.',
  noAnswerWithin: (seconds: number): string => `No answer within ${seconds} s.`,
  // UDP server
  waiting: (where: string): string => `Waiting for datagrams on UDP ${where}. Ctrl-C ends.`,
  emptyDatagram: (): string => '(empty datagram)',
  // UDP client
  linesGoTo: (to: string): string => `Each line typed goes to UDP ${to} as a datagram; Ctrl-D ends.`,
  tooLong: (bytes: number): string => `Not sent: ${bytes} bytes are more than one datagram carries.`,
  fromAfter: (from: string, milliseconds: number): string =>
    `(from ${from}, after ${milliseconds.toFixed(1)} ms)`,
  fromUnasked: (from: string): string => `(from ${from}, repeats nothing sent from here)`,
  score: (sent: number, answered: number, open: number): string =>
    `${sent} sent, ${answered} answered, ${open} with no answer.`,
  noAnswerTo: (seconds: number, number: number, text: string): string =>
    `no answer within ${seconds} s: datagram ${number}, ${text}`,
  noAnswerMore: (count: number): string => `no answer: ${count} more.`,
  cameUnasked: (count: number): string => `${count} came that repeat nothing sent from here.`,
  unreachableCame: (where: string): string =>
    `ICMP port unreachable came: no socket takes datagrams at UDP ${where}, or a firewall says so.`,
};

/** The failed call of a program: what happened, and what to do about it (null: nothing). */
export interface NetworkFailure {
  doing: NetworkDoing;
  protocol: 'TCP' | 'UDP';
  host: string;
  port: number;
  /** Address and port as they are shown. */
  where: string;
}

type Advice = readonly [message: string, hint: string | null];

/** By the system's code of the error. */
export const networkFailures = {
  ECONNREFUSED: ({ protocol, host, port, where }: NetworkFailure): Advice => [
    `${protocol} ${where} refused: nobody listens there, or a firewall refuses.`,
    `Start the server first: synfin ${protocol.toLowerCase()} server --host ${host} --port ${port}`,
  ],
  EADDRINUSE: ({ protocol, where }: NetworkFailure): Advice => [
    `${protocol} ${where} is in use by another program.`,
    'Stop that program, or take another port with --port (0 takes any free one).',
  ],
  EACCES: ({ doing, protocol, port, where }: NetworkFailure): Advice =>
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
  EPERM: ({ protocol, where }: NetworkFailure): Advice => [
    `No permission to use ${protocol} ${where}.`,
    'A firewall or a security policy of this machine forbids it.',
  ],
  ENOTFOUND: ({ host }: NetworkFailure): Advice => [
    `The name ${JSON.stringify(host)} was not found.`,
    'Check the spelling of --host (or HOST), or give an address.',
  ],
  EAI_AGAIN: ({ host }: NetworkFailure): Advice => [
    `The name ${JSON.stringify(host)} could not be looked up: no name server answered.`,
    'Check the network, or give an address with --host.',
  ],
  ENETUNREACH: ({ where }: NetworkFailure): Advice => [
    `The network of ${where} cannot be reached: this machine has no route to it.`,
    'Check the network connection (ip route), or choose another address with --host.',
  ],
  EHOSTUNREACH: ({ where }: NetworkFailure): Advice => [
    `The host of ${where} cannot be reached.`,
    'Check that it is on and that no firewall is between, or choose another address with --host.',
  ],
  EADDRNOTAVAIL: ({ doing, where }: NetworkFailure): Advice =>
    doing === 'listen'
      ? [
          `${where} is not an address of this machine.`,
          'Give one of its own with --host (ip address lists them), or 0.0.0.0 for all.',
        ]
      : [
          `${where} cannot be reached: this machine has no address or no free port to reach it from.`,
          'Check that it has an address of that kind (IPv4 or IPv6), or choose another with --host.',
        ],
  EAFNOSUPPORT: ({ where }: NetworkFailure): Advice => [
    `This machine does not speak the kind of address of ${where}.`,
    'Give an address of the other kind (IPv4 or IPv6) with --host.',
  ],
  EINVAL: ({ where }: NetworkFailure): Advice => [
    `${where} cannot be used as it stands.`,
    'A link-local IPv6 address needs its interface, e.g. --host fe80::1%eth0',
  ],
  ETIMEDOUT: ({ where }: NetworkFailure): Advice => [
    `${where} did not answer in time.`,
    'Check the address and that no firewall drops the packets on the way.',
  ],
  ECONNRESET: ({ where }: NetworkFailure): Advice => [
    `${where} reset the connection (RST).`,
    'Look at its own messages for why.',
  ],
  EPIPE: ({ where }: NetworkFailure): Advice => [
    `${where} takes no more data: the connection is closed.`,
    null,
  ],
  EMSGSIZE: (): Advice => [
    'The line is too long for one datagram.',
    'UDP carries at most 65,507 bytes of data over IPv4: send a shorter line.',
  ],
};

/** An error that has no sentence of its own. */
export function otherFailure({ protocol, doing, where }: NetworkFailure, error: string): string {
  return `${protocol} ${where}: ${DOING[doing]} failed (${error}).`;
}
