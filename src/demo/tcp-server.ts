/**
 * The TCP server of the classroom pair: listens, takes any number of clients at once, prints what each one
 * sends, line by line, and answers. It closes its side when the client has closed its own.
 */
import { createServer, type Socket } from 'node:net';
import { errorCode } from '../errors.js';
import { demoTexts } from '../explain/demo-texts.js';
import { type EndpointOptions, formatEndpoint, resolveEndpoint } from './endpoint.js';
import { type DemoIo, printLine } from './io.js';
import { followLines, LineSplitter } from './lines.js';
import { networkError } from './network-error.js';
import { printableLine } from './printable.js';
import { endSocket, listenTcp } from './sockets.js';

export interface TcpServerOptions extends EndpointOptions {
  /** Answer each line with itself; default true. */
  echo?: boolean | undefined;
  /** Close a client's connection first, after this many of its lines (1 or more); default: the client closes. */
  closeAfter?: number | undefined;
  /** Send a line from the server to every client at this interval in milliseconds, whatever they send. */
  tickerMs?: number | undefined;
}

/** With this many unsent bytes, a client gets no more lines from the server's timer. */
const MAX_BACKLOG = 1024 * 1024;

/** Runs until `io.signal` aborts, then ends every client and resolves to 0. Throws a UserError. */
export async function runTcpServer(options: TcpServerOptions, io: DemoIo): Promise<number> {
  const endpoint = resolveEndpoint(options, io.env, 'server');
  const clients = new Set<Socket>();
  // allowHalfOpen: the FIN of this side is sent by serveClient, not by Node at once on the client's FIN.
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  server.on('connection', (socket) => {
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
    serveClient(socket, options, io);
  });

  const bound = await listenTcp(server, endpoint);
  printLine(io, demoTexts.programs.listening(formatEndpoint(bound.host, bound.port)));
  server.on('error', (error) => {
    printLine(io, networkError(error, { doing: 'listen', protocol: 'TCP', ...bound }).message);
  });

  const sendToAll = (line: Buffer | string) => {
    for (const client of clients) {
      if (client.writable && client.writableLength < MAX_BACKLOG) client.write(line);
    }
  };
  let count = 0;
  const ticker =
    options.tickerMs === undefined
      ? undefined
      : setInterval(() => {
          count += 1;
          sendToAll(`${demoTexts.programs.serverLine(count)}\n`);
        }, options.tickerMs);
  const stopTyping = followLines(io.input, sendToAll);
  const resumeAll = () => {
    for (const client of clients) client.resume();
  };
  io.output.on('drain', resumeAll);

  await new Promise<void>((resolve) => {
    const stop = () => {
      stopTyping();
      clearInterval(ticker);
      server.close(() => resolve());
      resumeAll();
      for (const client of clients) endSocket(client);
    };
    if (io.signal.aborted) stop();
    else io.signal.addEventListener('abort', stop, { once: true });
  });
  io.output.off('drain', resumeAll);
  return 0;
}

/** Prints and answers one client until both sides have closed. */
function serveClient(socket: Socket, options: TcpServerOptions, io: DemoIo): void {
  const { remoteAddress: host = 'unknown', remotePort: port = 0 } = socket;
  const name = formatEndpoint(host, port);
  const splitter = new LineSplitter();
  let messages = 0;
  printLine(io, demoTexts.programs.connected(name));

  const receive = (line: Buffer) => {
    messages += 1;
    printLine(io, `${name}: ${printableLine(line)}`);
    if (options.echo !== false && socket.writable) socket.write(line);
    if (messages === options.closeAfter && socket.writable) {
      printLine(io, demoTexts.programs.closingFirst(name, messages));
      socket.end();
    }
  };

  socket.on('data', (chunk) => {
    splitter.push(chunk).forEach(receive);
    // What cannot be answered or shown yet is not read on:
    // the window closes and the client waits, so memory does not fill up.
    if (socket.writableNeedDrain || io.output.writableNeedDrain) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => {
    splitter.flush().forEach(receive);
    printLine(io, demoTexts.programs.closedItsSide(name));
    socket.end();
  });
  socket.on('error', (error) => {
    const reset = errorCode(error) === 'ECONNRESET';
    const attempt = { doing: 'send', protocol: 'TCP', host, port } as const;
    printLine(io, reset ? demoTexts.programs.reset(name) : networkError(error, attempt).message);
  });
  socket.on('close', () => printLine(io, demoTexts.programs.disconnected(name)));
}
