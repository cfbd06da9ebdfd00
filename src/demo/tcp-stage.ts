/** The TCP scenarios' stage: a listener, connections to it, and both ends of each in one hand. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../errors.js';
import { formatEndpoint } from './endpoint.js';
import { LineSplitter } from './lines.js';
import { networkError } from './network-error.js';
import { printableLine } from './printable.js';
import type { PreparedScenario, ScenarioContext, ScenarioMoment } from './scenario.js';
import { listenTcp } from './sockets.js';

/**
 * Longer than the 40 ms for which Linux delays an acknowledgement in the hope that data or a FIN will carry
 * it: after this pause the pure ACK is on the wire. Milliseconds.
 */
export const ACK_PAUSE_MS = 60;

export interface Stage {
  /** Opens a connection; passes the moments `connecting` and `connected`. `label` tells it in the log. */
  connect(label?: string): Promise<Connection>;
  pause(milliseconds: number): Promise<void>;
  log(line: string): void;
}

export interface Connection {
  client: Side;
  server: Side;
  /** Passes a moment of this connection. */
  at(moment: ScenarioMoment): Promise<void>;
  /** Waits until both sides are closed and passes the moment `closed`. */
  over(): Promise<void>;
}

export interface StageOptions {
  /** False: the port is free again before the traffic starts; default true. */
  listening?: boolean;
  /** False: the server's program reads nothing, so that data stays in its receive buffer; default true. */
  reading?: boolean;
}

/** Binds the listener; `run` plays `script`. Throws a UserError. */
export async function prepareTcp(
  host: string,
  port: number,
  script: (stage: Stage) => Promise<void>,
  { listening = true, reading = true }: StageOptions = {},
): Promise<PreparedScenario> {
  const listener = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: !reading });
  const bound = await listenTcp(listener, { host, port });
  const close = () => new Promise<void>((resolve) => void listener.close(() => resolve()));

  const run = async ({ signal, log, at }: ScenarioContext) => {
    const sockets: Socket[] = [];
    const open = async (label = ''): Promise<Connection> => {
      await at?.('connecting', { client: 0, server: bound.port });
      log(`client${label}: connects to ${formatEndpoint(bound.host, bound.port)}`);
      const socket = connect({ ...bound, allowHalfOpen: true, noDelay: true });
      sockets.push(socket);
      const client = new Side(`client${label}`, socket, signal, log);
      const accepted: Promise<Socket[]> = listening
        ? once(listener, 'connection', { signal })
        : Promise.resolve([]);
      const [[peer]] = await Promise.all([accepted, client.connected()]);
      if (peer === undefined) throw new Error(`another program has taken TCP port ${bound.port}`);
      sockets.push(peer);
      const ports = { client: socket.localPort ?? 0, server: bound.port };
      const server = new Side(`server${label}`, peer, signal, log);
      log(`both${label}: connected, client port ${ports.client}`);
      await at?.('connected', ports);
      const pass = async (moment: ScenarioMoment) => at?.(moment, ports);
      const over = async () => {
        await Promise.all([client.closed, server.closed]);
        log(`both${label}: closed`);
        await pass('closed');
      };
      return { client, server, at: pass, over };
    };

    const abort = () => sockets.forEach((socket) => void socket.destroy());
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      if (!listening) await close();
      const pause = (milliseconds: number) => sleep(milliseconds, undefined, { signal });
      await script({ connect: open, pause, log });
      signal.throwIfAborted();
    } catch (error) {
      if (signal.aborted || errorCode(error) === '') throw error;
      throw networkError(error, { doing: 'connect', protocol: 'TCP', ...bound });
    } finally {
      signal.removeEventListener('abort', abort);
      abort();
      await close();
    }
  };
  return { ...bound, run, close };
}

/** One end of a connection. Its waits reject when the connection fails or the signal aborts. */
export class Side {
  /** Resolves when the socket is closed, in whatever way. */
  readonly closed: Promise<void>;
  readonly #name: string;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  readonly #log: (line: string) => void;
  #heard = 0;

  constructor(name: string, socket: Socket, signal: AbortSignal, log: (line: string) => void) {
    this.#name = name;
    this.#socket = socket;
    this.#signal = signal;
    this.#log = log;
    const splitter = new LineSplitter();
    socket.on('data', (chunk) => {
      for (const line of splitter.push(chunk)) {
        this.#heard += 1;
        log(`${name}: receives "${printableLine(line)}"`);
      }
    });
    socket.once('end', () => log(`${name}: the other side has closed its direction (FIN)`));
    socket.on('error', (error) => {
      if (errorCode(error) === 'ECONNRESET') log(`${name}: connection reset by the other side (RST)`);
    });
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  async connected(): Promise<void> {
    await once(this.#socket, 'connect', { signal: this.#signal });
  }

  /** Sends `text` as one line. */
  say(text: string): void {
    this.#log(`${this.#name}: sends "${text}"`);
    this.#socket.write(`${text}\n`);
  }

  /** Waits until `count` lines in all have come. */
  async heard(count: number): Promise<void> {
    while (this.#heard < count) await once(this.#socket, 'data', { signal: this.#signal });
  }

  /** Waits for the other side's FIN. */
  async ended(): Promise<void> {
    if (!this.#socket.readableEnded) await once(this.#socket, 'end', { signal: this.#signal });
  }

  /** Sends the FIN; the other direction stays open. */
  finish(): void {
    this.#log(`${this.#name}: closes its direction (FIN)`);
    this.#socket.end();
  }

  /** Sends an RST and forgets the connection. */
  reset(): void {
    this.#log(`${this.#name}: resets the connection (RST)`);
    this.#socket.resetAndDestroy();
  }

  /** Closes both directions at once, unread data or not. */
  drop(): void {
    this.#log(`${this.#name}: closes without having read what came`);
    this.#socket.destroy();
  }
}
