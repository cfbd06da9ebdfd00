/** The stage of TCP scenarios: a listener, connections to it, and control of both ends of each. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../errors.js';
import { demoTexts } from '../explain/demo-texts.js';
import { networkError } from './network-error.js';
import type { PreparedScenario, Scenario, ScenarioContext, ScenarioMoment } from './scenario.js';
import { ACK_PAUSE_MS, Side } from './side.js';
import { listenTcp } from './sockets.js';
import type { Step } from './step.js';

export interface Stage {
  /** Opens a connection; passes the moments `connecting` and `connected`. `number` is its number in the log. */
  connect(number?: number | null, options?: ConnectOptions): Promise<Connection>;
  pause(milliseconds: number): Promise<void>;
  log(step: Step): void;
}

export interface ConnectOptions {
  /** Default: one that the system chooses. */
  localPort?: number;
  /** Written before the connection is open. */
  say?: string;
}

export interface Connection {
  client: Side;
  server: Side;
  /** The client's port. */
  port: number;
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
  /** Makes the socket of a client; default: a new one of Node.js. */
  socket?: () => Socket;
}

/** A scenario with both ends on this stage. */
export function tcp(
  name: Scenario['name'],
  script: (stage: Stage) => Promise<void>,
  options?: StageOptions,
): Scenario {
  const prepare = (host: string, port = 0): Promise<PreparedScenario> =>
    prepareTcp(host, port, script, options);
  return { name, protocol: 'tcp', prepare };
}

/** Binds the listener; `run` plays `script`. Throws a UserError. */
export async function prepareTcp(
  host: string,
  port: number,
  script: (stage: Stage) => Promise<void>,
  { listening = true, reading = true, socket: newSocket }: StageOptions = {},
): Promise<PreparedScenario> {
  const listener = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: !reading });
  const bound = await listenTcp(listener, { host, port });
  const close = () => new Promise<void>((resolve) => void listener.close(() => resolve()));

  const run = async ({ signal, log, at }: ScenarioContext) => {
    const sockets: Socket[] = [];
    const open = async (number: number | null = null, options: ConnectOptions = {}): Promise<Connection> => {
      await at?.('connecting', { client: 0, server: bound.port });
      const { localPort, say } = options;
      const { steps } = demoTexts;
      const asks = localPort === undefined ? steps.connects() : steps.connectsAgainFrom(localPort);
      log({
        who: 'client',
        number,
        call: `net.connect(${bound.port}, '${bound.host}')`,
        why: say === undefined ? asks : steps.savesSyn(),
      });
      const endpoint = { ...bound, ...(localPort === undefined ? {} : { localPort }) };
      const socket =
        newSocket?.().connect(endpoint) ?? connect({ ...endpoint, allowHalfOpen: true, noDelay: true });
      sockets.push(socket);
      const client = new Side({ who: 'client', number }, socket, signal, log);
      if (say !== undefined) client.say(say, steps.sendsWithSyn());
      const accepted: Promise<Socket[]> = listening
        ? once(listener, 'connection', { signal })
        : Promise.resolve([]);
      const [[peer]] = await Promise.all([accepted, client.connected()]);
      if (peer === undefined) throw new Error(`another program has taken TCP port ${bound.port}`);
      sockets.push(peer);
      const ports = { client: socket.localPort ?? 0, server: bound.port };
      const server = new Side({ who: 'server', number }, peer, signal, log);
      log({
        who: 'client',
        number,
        call: "socket.on('connect')",
        why: steps.clientOpen(ports.client),
      });
      log({
        who: 'server',
        number,
        call: "server.on('connection')",
        why: say === undefined ? steps.serverOpen() : steps.openBeforeAck(),
      });
      await at?.('connected', ports);
      const pass = async (moment: ScenarioMoment) => at?.(moment, ports);
      const over = async () => {
        await Promise.all([client.closed, server.closed]);
        log({ who: 'both', number, call: "socket.on('close')", why: steps.bothDone() });
        await pass('closed');
      };
      return { client, server, port: ports.client, at: pass, over };
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

/** A message and its echo; after each there is time for the acknowledgement to go by itself. */
export async function talk(stage: Stage, client: Side, server: Side, text = 'hello'): Promise<void> {
  client.say(text);
  await server.heard(1);
  await stage.pause(ACK_PAUSE_MS);
  server.say(text);
  await client.heard(1);
  await stage.pause(ACK_PAUSE_MS);
}

/** The client closes, the server a little later: four steps. */
export async function part(stage: Stage, { client, server, over }: Connection): Promise<void> {
  client.finish();
  await server.ended();
  await stage.pause(ACK_PAUSE_MS);
  server.finish();
  await over();
}
