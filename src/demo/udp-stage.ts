/** The stage of UDP scenarios: a server and clients, all in this process. */
import type { RemoteInfo, Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../errors.js';
import { demoTexts, type StepText } from '../explain/demo-texts.js';
import { type Endpoint, formatEndpoint } from './endpoint.js';
import { printableLine } from './printable.js';
import type { PreparedScenario, Scenario, ScenarioContext } from './scenario.js';
import { bindUdp } from './sockets.js';
import type { Step } from './step.js';

export interface UdpStage {
  server: Endpoint;
  /** Bound, in the order made. */
  clients: readonly Socket[];
  pause(milliseconds: number): Promise<void>;
  log(step: Step): void;
  /** Sends one datagram from `client` (0-based) to the server; text is shown in the log, bytes are counted. */
  send(client: number, data: string | Buffer, why?: StepText): void;
  /** Waits until `count` datagrams in all have reached clients; says so where they have not after 1 s. */
  answers(count: number): Promise<void>;
  /** How many have until now. */
  answered(): number;
}

export interface UdpPlan {
  clients: number;
  /** What the server does with a datagram; null: nobody listens on the port. */
  reply: 'none' | 'sender' | 'all' | null;
  /** How long the server takes for that, in milliseconds; default 0. */
  delay?: number;
  /** Receive buffer of the server, in bytes; default: the system's. */
  buffer?: number;
  /** Datagrams are not logged one by one. */
  bulk?: boolean;
  /** What is to be captured, where the headers of packets of that port are not enough. */
  capture?: Pick<PreparedScenario, 'filter' | 'snaplen'>;
  script(stage: UdpStage): Promise<void>;
}

export function udp(name: Scenario['name'], plan: UdpPlan): Scenario {
  const prepare = (host: string, port = 0): Promise<PreparedScenario> => prepareUdp({ host, port }, plan);
  return { name, protocol: 'udp', prepare };
}

/** Binds server and clients. Throws a UserError. */
export async function prepareUdp(endpoint: Endpoint, plan: UdpPlan): Promise<PreparedScenario> {
  const listener = await bindUdp(endpoint, plan.buffer === undefined ? {} : { recvBufferSize: plan.buffer });
  const { address, port } = listener.address();
  const server = { host: address, port };
  const clients: Socket[] = [];
  const open = new Set([listener]);
  const shut = (socket: Socket) => {
    if (open.delete(socket)) socket.close();
  };
  const close = async () => open.forEach(shut);
  // Bound while the server still has its port, so that no client gets the port on which nobody must listen.
  for (let index = 0; index < plan.clients; index++) {
    const client = await bindUdp({ host: address, port: 0 });
    clients.push(client);
    open.add(client);
  }
  if (plan.reply === null) shut(listener);

  const run = async ({ signal, log }: ScenarioContext) => {
    let answers = 0;
    const known = new Map<string, RemoteInfo>();
    const pause = (milliseconds: number) => sleep(milliseconds, undefined, { signal });
    const came = (whose: Whose, data: Buffer, port: number | null): void => {
      if (plan.bulk !== true) log({ ...whose, call: "socket.on('message')", why: contents(data, port) });
    };
    const answer = (data: Buffer, targets: readonly RemoteInfo[]): void => {
      if (!open.has(listener)) return;
      if (plan.bulk !== true && targets.length > 0)
        log({ who: 'server', call: 'socket.send(data, …)', why: answering(targets.length) });
      for (const target of targets) listener.send(data, target.port, target.address);
    };
    listener.on('message', (data, from) => {
      const name = formatEndpoint(from.address, from.port);
      known.set(name, from);
      came({ who: 'server' }, data, from.port);
      const targets = plan.reply === 'all' ? [...known.values()] : plan.reply === 'sender' ? [from] : [];
      if (plan.delay === undefined) answer(data, targets);
      else setTimeout(answer, plan.delay, data, targets);
    });
    for (const [index, client] of clients.entries()) {
      client.on('message', (data) => {
        answers += 1;
        came(nameOf(index, plan), data, null);
      });
      client.on('error', (error) => {
        if (errorCode(error) !== 'ECONNREFUSED') return;
        const why = demoTexts.steps.unreachable();
        log({ ...nameOf(index, plan), call: "socket.on('error')", why });
      });
    }
    const stage: UdpStage = {
      server,
      clients,
      pause,
      log,
      send(index, data, why = demoTexts.steps.datagram()) {
        const shown = typeof data === 'string' ? `"${data}"` : `${data.length} bytes`;
        if (plan.bulk !== true) log({ ...nameOf(index, plan), call: `socket.send(${shown})`, why });
        if (isConnected(clients[index])) clients[index]?.send(data);
        else clients[index]?.send(data, port, address);
      },
      async answers(count) {
        for (let waited = 0; answers < count && waited < 1000; waited += 5) await pause(5);
        if (answers < count)
          log({
            who: 'all',
            call: 'setTimeout(…, 1000)',
            why: demoTexts.steps.notCome(count - answers, count),
          });
      },
      answered: () => answers,
    };
    try {
      signal.throwIfAborted();
      await plan.script(stage);
    } finally {
      await close();
    }
  };
  return { ...server, ...plan.capture, run, close };
}

type Whose = Pick<Step, 'who' | 'number'>;

function nameOf(index: number, plan: UdpPlan): Whose {
  return { who: 'client', number: plan.clients === 1 ? null : index + 1 };
}

/** `port`: the source port, null where it need not be shown. */
function contents(data: Buffer, port: number | null): StepText {
  const { steps } = demoTexts;
  if (data.length > 100)
    return port === null ? steps.bytesCame(data.length) : steps.bytesFrom(data.length, port);
  const text = printableLine(data);
  return port === null ? steps.datagramCame(text) : steps.datagramFrom(text, port);
}

function answering(count: number): StepText {
  return count === 1 ? demoTexts.steps.sendsItBack() : demoTexts.steps.sendsToAll(count);
}

function isConnected(socket: Socket | undefined): boolean {
  try {
    return socket?.remoteAddress() !== undefined;
  } catch {
    return false;
  }
}
