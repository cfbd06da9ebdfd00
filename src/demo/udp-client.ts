/**
 * The UDP client of the classroom pair: each line is a datagram. There is no connection, so it can only
 * wait for an answer, and says at the end which datagrams had one.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { errorCode, type UserError } from '../errors.js';
import { demoTexts } from '../explain/demo-texts.js';
import { type Endpoint, type EndpointOptions, formatEndpoint, resolveEndpoint } from './endpoint.js';
import { type DemoIo, printLine } from './io.js';
import { followLines } from './lines.js';
import { networkError } from './network-error.js';
import { printableLine } from './printable.js';
import { lookupHost } from './sockets.js';

export interface UdpClientOptions extends EndpointOptions {
  /** Sent instead of what is typed, one datagram each. */
  messages?: readonly string[] | undefined;
  /** How long to wait for answers after the last datagram, in milliseconds; default 1000. */
  timeoutMs?: number | undefined;
  /**
   * Use a connected UDP socket; default false. Nothing more goes over the wire, but only then does the
   * system report an ICMP port unreachable to the program.
   */
  connected?: boolean | undefined;
}

interface Sent {
  /** 1-based. */
  number: number;
  data: Buffer;
  /** `performance.now()`, milliseconds. */
  at: number;
}

/** 65535 less the headers of IPv4 (20) and UDP (8). */
const MAX_DATAGRAM_BYTES = 65507;

/** At most this many unanswered datagrams are listed in the report. */
const MAX_NAMED = 20;

/** Resolves to 0 after the report, or at once when `io.signal` aborts. Throws a UserError. */
export async function runUdpClient(options: UdpClientOptions, io: DemoIo): Promise<number> {
  const endpoint = resolveEndpoint(options, io.env, 'client');
  const { address, family } = await lookupHost(endpoint.host);
  const exchange = new Exchange(createSocket(family === 6 ? 'udp6' : 'udp4'), options, io, {
    host: address,
    port: endpoint.port,
  });
  try {
    await exchange.run();
  } finally {
    exchange.close();
  }
  if (!io.signal.aborted) exchange.report();
  return 0;
}

/** What was sent from one socket, and what came back. */
class Exchange {
  readonly #socket: Socket;
  readonly #io: DemoIo;
  readonly #server: Endpoint;
  readonly #options: UdpClientOptions;
  readonly #timeoutMs: number;
  /** Unanswered datagrams by their bytes: only these identify an echo. */
  readonly #waiting = new Map<string, Sent[]>();
  #sent = 0;
  #answered = 0;
  #others = 0;
  #unreachable = 0;
  #failure: UserError | null = null;
  #over = false;
  #typed = () => {};
  #settled = () => {};
  #stopTyping = () => {};

  constructor(socket: Socket, options: UdpClientOptions, io: DemoIo, server: Endpoint) {
    this.#socket = socket;
    this.#io = io;
    this.#server = server;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? 1000;
    socket.on('message', (data, from) => this.#receive(data, formatEndpoint(from.address, from.port)));
    socket.on('error', (error) => this.#fail(error));
    io.signal.addEventListener('abort', this.#finish, { once: true });
  }

  /** Sends everything and waits for the answers. Throws a UserError. */
  async run(): Promise<void> {
    if (this.#io.signal.aborted) return;
    if (this.#options.connected === true) {
      this.#socket.connect(this.#server.port, this.#server.host);
      // Its failure reaches #fail as well.
      await once(this.#socket, 'connect').catch(() => {});
    }
    if (this.#options.messages === undefined) await this.#sendTyped();
    else for (const message of this.#options.messages) await this.#send(Buffer.from(message));
    await this.#waitForAnswers();
    if (this.#failure !== null) throw this.#failure;
  }

  close(): void {
    this.#io.signal.removeEventListener('abort', this.#finish);
    this.#finish();
    this.#socket.close();
  }

  report(): void {
    const open = [...this.#waiting.values()].flat().sort((a, b) => a.number - b.number);
    printLine(this.#io, demoTexts.programs.score(this.#sent, this.#answered, open.length));
    for (const { number, data } of open.slice(0, MAX_NAMED)) {
      printLine(this.#io, demoTexts.programs.noAnswerTo(this.#timeoutMs / 1000, number, printableLine(data)));
    }
    if (open.length > MAX_NAMED)
      printLine(this.#io, demoTexts.programs.noAnswerMore(open.length - MAX_NAMED));
    if (this.#others > 0) printLine(this.#io, demoTexts.programs.cameUnasked(this.#others));
    if (this.#unreachable > 0) {
      const where = formatEndpoint(this.#server.host, this.#server.port);
      printLine(this.#io, demoTexts.programs.unreachableCame(where));
    }
  }

  async #sendTyped(): Promise<void> {
    const to = formatEndpoint(this.#server.host, this.#server.port);
    printLine(this.#io, demoTexts.programs.linesGoTo(to));
    await new Promise<void>((resolve) => {
      this.#typed = resolve;
      this.#stopTyping = followLines(this.#io.input, (line) => this.#send(withoutNewline(line)), resolve);
    });
  }

  /** Resolves when the system has taken the datagram, or refused it. */
  #send(data: Buffer): Promise<void> {
    if (this.#over) return Promise.resolve();
    if (data.length > MAX_DATAGRAM_BYTES) {
      printLine(this.#io, demoTexts.programs.tooLong(data.length));
      return Promise.resolve();
    }
    this.#sent += 1;
    const sent = { number: this.#sent, data, at: performance.now() };
    const key = data.toString('latin1');
    const same = this.#waiting.get(key);
    if (same === undefined) this.#waiting.set(key, [sent]);
    else same.push(sent);
    if (this.#options.messages !== undefined) printLine(this.#io, `> ${printableLine(data)}`);
    return new Promise((resolve) => {
      const done = (error: Error | null) => {
        if (error !== null) this.#fail(error);
        resolve();
      };
      if (this.#options.connected === true) this.#socket.send(data, done);
      else this.#socket.send(data, this.#server.port, this.#server.host, done);
    });
  }

  /** Until every datagram is answered, the time is over, or the program is to end. */
  async #waitForAnswers(): Promise<void> {
    if (this.#waiting.size === 0 || this.#over) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#timeoutMs);
      this.#settled = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #receive(data: Buffer, from: string): void {
    const key = data.toString('latin1');
    const [sent, ...later] = this.#waiting.get(key) ?? [];
    if (sent === undefined) {
      this.#others += 1;
      printLine(this.#io, `< ${printableLine(data)} ${demoTexts.programs.fromUnasked(from)}`);
      return;
    }
    if (later.length === 0) this.#waiting.delete(key);
    else this.#waiting.set(key, later);
    this.#answered += 1;
    const after = demoTexts.programs.fromAfter(from, performance.now() - sent.at);
    printLine(this.#io, `< ${printableLine(data)} ${after}`);
    if (this.#waiting.size === 0) this.#settled();
  }

  #fail(error: Error): void {
    const code = errorCode(error);
    // The answer to an earlier datagram, reported at the next call on a connected socket.
    if (code === 'ECONNREFUSED') {
      this.#unreachable += 1;
      return;
    }
    this.#failure ??= networkError(error, { doing: 'send', protocol: 'UDP', ...this.#server });
    this.#finish();
  }

  readonly #finish = () => {
    this.#over = true;
    this.#stopTyping();
    this.#typed();
    this.#settled();
  };
}

function withoutNewline(line: Buffer): Buffer {
  const text = line.at(-1) === 0x0a ? line.subarray(0, -1) : line;
  return text.at(-1) === 0x0d ? text.subarray(0, -1) : text;
}
