/** The TCP client of the classroom pair: connects, sends each line typed, prints what comes back. */
import { connect, type Socket } from 'node:net';
import { demoTexts } from '../explain/demo-texts.js';
import { type EndpointOptions, formatEndpoint, resolveEndpoint } from './endpoint.js';
import { type DemoIo, printLine } from './io.js';
import { followLines, LineSplitter } from './lines.js';
import { networkError } from './network-error.js';
import { printable, printableLine } from './printable.js';
import { endSocket } from './sockets.js';

export interface TcpClientOptions extends EndpointOptions {
  /** Sent first, one after the other, each when the one before was answered; without newlines. */
  messages?: readonly string[] | undefined;
  /** End after the messages are answered, without reading the input; default false. */
  close?: boolean | undefined;
  /** How long one message may stay without an answer before the client goes on, in milliseconds; default 1000. */
  answerTimeoutMs?: number | undefined;
}

/**
 * Resolves to 0 when the connection is over: after the end of the input, after `close`, after the server
 * closed, or after `io.signal` aborted. Throws a UserError.
 */
export async function runTcpClient(options: TcpClientOptions, io: DemoIo): Promise<number> {
  const endpoint = resolveEndpoint(options, io.env, 'client');
  const socket = connect({ ...endpoint, allowHalfOpen: true, noDelay: true });
  let failure: unknown = null;
  let established = false;
  let stopTyping = () => {};

  const abort = () => {
    stopTyping();
    if (established) endSocket(socket.resume());
    else socket.destroy();
  };
  socket.on('error', (error) => {
    failure ??= error;
  });
  socket.once('connect', () => {
    established = true;
    const from = formatEndpoint(socket.localAddress ?? 'unknown', socket.localPort ?? 0);
    const to = formatEndpoint(socket.remoteAddress ?? endpoint.host, endpoint.port);
    printLine(io, demoTexts.programs.connectedTo(to, from));
    const conversation = new Conversation(socket, io);
    conversation.send(options).then(() => {
      if (io.signal.aborted || !socket.writable) return;
      if (options.close === true) socket.end();
      else {
        printLine(io, demoTexts.programs.typeLines());
        stopTyping = followLines(
          io.input,
          (line) => conversation.write(line),
          () => socket.end(),
        );
        socket.once('end', stopTyping);
      }
    });
  });

  if (io.signal.aborted) abort();
  else io.signal.addEventListener('abort', abort, { once: true });
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  io.signal.removeEventListener('abort', abort);
  stopTyping();
  if (failure !== null && !io.signal.aborted) {
    const doing = established ? 'send' : 'connect';
    throw networkError(failure, { doing, protocol: 'TCP', ...endpoint });
  }
  if (established) printLine(io, demoTexts.programs.connectionClosed());
  return 0;
}

/** Both directions of an established connection. */
class Conversation {
  readonly #socket: Socket;
  readonly #io: DemoIo;
  readonly #splitter = new LineSplitter();
  #heard = 0;
  #wake = () => {};

  constructor(socket: Socket, io: DemoIo) {
    this.#socket = socket;
    this.#io = io;
    socket.on('data', (chunk) => {
      for (const line of this.#splitter.push(chunk)) this.#receive(line);
      if (io.output.writableNeedDrain) {
        socket.pause();
        io.output.once('drain', () => socket.resume());
      }
    });
    socket.once('end', () => {
      for (const line of this.#splitter.flush()) this.#receive(line);
      if (socket.writable) {
        printLine(io, demoTexts.programs.serverClosedFirst());
        socket.end();
      }
      this.#wake();
    });
    socket.once('close', () => this.#wake());
  }

  /** Sends the messages of the options, waiting for the answer to each. */
  async send({ messages = [], answerTimeoutMs = 1000 }: TcpClientOptions): Promise<void> {
    for (const message of messages) {
      if (!this.#socket.writable) return;
      const before = this.#heard;
      printLine(this.#io, `> ${printable(Buffer.from(message))}`);
      this.#socket.write(`${message}\n`);
      if (!(await this.#answer(before + 1, answerTimeoutMs)) && this.#socket.writable) {
        printLine(this.#io, demoTexts.programs.noAnswerWithin(answerTimeoutMs / 1000));
      }
    }
  }

  /** Sends one line as typed; the promise is open while the server takes no more. */
  write(line: Buffer): Promise<void> | void {
    if (!this.#socket.writable || this.#socket.write(line)) return;
    return new Promise((resolve) => this.#socket.once('drain', resolve));
  }

  /** Whether `count` lines in all came within `timeoutMs`; false too when the server closed before. */
  async #answer(count: number, timeoutMs: number): Promise<boolean> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#wake();
    }, timeoutMs);
    while (this.#heard < count && !late && this.#socket.writable) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    clearTimeout(timer);
    return this.#heard >= count;
  }

  #receive(line: Buffer): void {
    this.#heard += 1;
    printLine(this.#io, `< ${printableLine(line)}`);
    this.#wake();
  }
}
