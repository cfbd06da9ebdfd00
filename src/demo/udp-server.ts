/** The UDP server of the classroom pair: prints each datagram with its sender, and answers one or all. */
import { demoTexts } from '../explain/demo-texts.js';
import { type EndpointOptions, formatEndpoint, resolveEndpoint } from './endpoint.js';
import { type DemoIo, printLine } from './io.js';
import { networkError } from './network-error.js';
import { printableLine } from './printable.js';
import { bindUdp } from './sockets.js';

export interface UdpServerOptions extends EndpointOptions {
  /** Send each datagram back to nobody, to its sender (default), or to every client known so far. */
  reply?: 'none' | 'sender' | 'all' | undefined;
}

/** Senders are easily forged, so only the last ones are kept, up to this many. */
const MAX_CLIENTS = 1000;

/** Runs until `io.signal` aborts, then resolves to 0. Throws a UserError. */
export async function runUdpServer(options: UdpServerOptions, io: DemoIo): Promise<number> {
  const { reply = 'sender' } = options;
  const socket = await bindUdp(resolveEndpoint(options, io.env, 'server'));
  const bound = socket.address();
  printLine(io, demoTexts.programs.waiting(formatEndpoint(bound.address, bound.port)));

  const clients = new Map<string, { address: string; port: number }>();
  const send = (data: Buffer, address: string, port: number) => {
    socket.send(data, port, address, (error) => {
      if (error === null) return;
      printLine(io, networkError(error, { doing: 'send', protocol: 'UDP', host: address, port }).message);
    });
  };
  socket.on('message', (data, { address, port }) => {
    const name = formatEndpoint(address, port);
    printLine(io, `${name}: ${data.length === 0 ? demoTexts.programs.emptyDatagram() : printableLine(data)}`);
    // Deleted first, so that the map stays in the order of last use and its first entry is the oldest.
    clients.delete(name);
    clients.set(name, { address, port });
    if (clients.size > MAX_CLIENTS) {
      for (const oldest of clients.keys()) {
        clients.delete(oldest);
        break;
      }
    }
    if (reply === 'sender') send(data, address, port);
    if (reply === 'all') for (const client of clients.values()) send(data, client.address, client.port);
  });
  socket.on('error', (error) => {
    const attempt = { doing: 'listen', protocol: 'UDP', host: bound.address, port: bound.port } as const;
    printLine(io, networkError(error, attempt).message);
  });

  await new Promise<void>((resolve) => {
    const stop = () => socket.close(() => resolve());
    if (io.signal.aborted) stop();
    else io.signal.addEventListener('abort', stop, { once: true });
  });
  return 0;
}
