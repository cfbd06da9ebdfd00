/** Opening and ending sockets, with errors as sentences. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { UserError } from '../errors.js';
import type { Endpoint } from './endpoint.js';
import { networkError } from './network-error.js';

/** Binds and listens; resolves to the address and port taken. Throws a UserError. */
export async function listenTcp(server: Server, endpoint: Endpoint): Promise<Endpoint> {
  try {
    server.listen(endpoint);
    await once(server, 'listening');
  } catch (error) {
    throw networkError(error, { doing: 'listen', protocol: 'TCP', ...endpoint });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new UserError({ kind: 'server-without-port' });
  return { host: address.address, port: address.port };
}

/** Binds a UDP socket of the address's family. Throws a UserError. */
export async function bindUdp(
  endpoint: Endpoint,
  options: { recvBufferSize?: number } = {},
): Promise<UdpSocket> {
  const attempt = { doing: 'listen', protocol: 'UDP', ...endpoint } as const;
  const { address, family } = await lookupHost(endpoint.host);
  const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', ...options });
  try {
    socket.bind(endpoint.port, address);
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throw networkError(error, attempt);
  }
}

/** The first address of a name, or the address itself; `family` is 4 or 6. Throws a UserError. */
export async function lookupHost(host: string): Promise<{ address: string; family: number }> {
  try {
    return await lookup(host);
  } catch (error) {
    throw networkError(error, { doing: 'connect', protocol: 'UDP', host, port: 0 });
  }
}

/** Sends the FIN and gives the peer `graceMs` to send its own; then the socket is given up. */
export function endSocket(socket: Socket, graceMs = 500): void {
  socket.end();
  const timer = setTimeout(() => socket.destroy(), graceMs);
  socket.once('close', () => clearTimeout(timer));
}
