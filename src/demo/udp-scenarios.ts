/** The UDP scenarios: datagrams, no opening, no closing. */
import type { RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../errors.js';
import { type Endpoint, formatEndpoint } from './endpoint.js';
import { printableLine } from './printable.js';
import type { PreparedScenario, Scenario, ScenarioContext } from './scenario.js';
import { bindUdp } from './sockets.js';

interface UdpStage {
  server: Endpoint;
  /** Bound, in the order made. */
  clients: readonly Socket[];
  pause(milliseconds: number): Promise<void>;
  /** Sends one datagram from `client` (0-based) to the server. */
  send(client: number, text: string): void;
  /** Waits until `count` datagrams in all have reached clients; says so where they have not after 1 s. */
  answers(count: number): Promise<void>;
}

interface UdpPlan {
  clients: number;
  /** What the server does with a datagram; null: nobody listens on the port. */
  reply: 'none' | 'sender' | 'all' | null;
  script(stage: UdpStage): Promise<void>;
}

export const UDP_SCENARIOS: readonly Scenario[] = [
  udp(
    'simple',
    'Three datagrams, each answered',
    'Six datagrams and nothing else: no handshake, no closing.',
    {
      clients: 1,
      reply: 'sender',
      async script(stage) {
        for (let turn = 1; turn <= 3; turn++) {
          stage.send(0, `message ${turn}`);
          await stage.answers(turn);
          await stage.pause(20);
        }
      },
    },
  ),
  udp('unanswered', 'Nobody answers', 'Three datagrams one way; whether they were read cannot be seen.', {
    clients: 1,
    reply: 'none',
    async script(stage) {
      for (let turn = 1; turn <= 3; turn++) {
        stage.send(0, `anybody there? (${turn})`);
        await stage.pause(20);
      }
    },
  }),
  udp(
    'one-to-many',
    'One says it, all get it',
    'The server sends each datagram on to every client known so far.',
    {
      clients: 3,
      reply: 'all',
      async script(stage) {
        let expected = 0;
        for (const [index, text] of ['first joins', 'second joins', 'third joins'].entries()) {
          stage.send(index, text);
          expected += index + 1;
          await stage.answers(expected);
        }
        stage.send(0, 'to all');
        await stage.answers(expected + 3);
      },
    },
  ),
  udp(
    'port-unreachable',
    'Nobody listens on the port',
    'The answer to the datagram is ICMP: port unreachable.',
    {
      clients: 1,
      reply: null,
      async script(stage) {
        const [client] = stage.clients;
        // Only a connected UDP socket gets the ICMP error; on the wire it makes no difference.
        client?.connect(stage.server.port, stage.server.host);
        if (client) await once(client, 'connect');
        stage.send(0, 'hello?');
        await stage.pause(50);
      },
    },
  ),
];

function udp(name: string, title: string, expect: string, plan: UdpPlan): Scenario {
  const prepare = (host: string, port = 0): Promise<PreparedScenario> => prepareUdp({ host, port }, plan);
  return { name, protocol: 'udp', title, expect, prepare };
}

/** Binds server and clients. Throws a UserError. */
async function prepareUdp(endpoint: Endpoint, plan: UdpPlan): Promise<PreparedScenario> {
  const listener = await bindUdp(endpoint);
  const { address, port } = listener.address();
  const server = { host: address, port };
  const clients: Socket[] = [];
  const open = new Set([listener]);
  const shut = (socket: Socket) => {
    if (open.delete(socket)) socket.close();
  };
  const close = async () => open.forEach(shut);
  // Bound while the server still holds its port, so that no client gets that port where nobody shall listen.
  for (let index = 0; index < plan.clients; index++) {
    const client = await bindUdp({ host: address, port: 0 });
    clients.push(client);
    open.add(client);
  }
  if (plan.reply === null) shut(listener);

  const run = async ({ signal, log }: ScenarioContext) => {
    let answers = 0;
    const known = new Map<string, RemoteInfo>();
    listener.on('message', (data, from) => {
      const name = formatEndpoint(from.address, from.port);
      known.set(name, from);
      log(`server: receives "${printableLine(data)}" from ${name}`);
      const targets = plan.reply === 'all' ? [...known.values()] : plan.reply === 'sender' ? [from] : [];
      for (const target of targets) listener.send(data, target.port, target.address);
    });
    for (const [index, client] of clients.entries()) {
      client.on('message', (data) => {
        answers += 1;
        log(`client ${index + 1}: receives "${printableLine(data)}"`);
      });
      client.on('error', (error) => {
        if (errorCode(error) === 'ECONNREFUSED') log(`client ${index + 1}: told of ICMP port unreachable`);
      });
    }
    const pause = (milliseconds: number) => sleep(milliseconds, undefined, { signal });
    const stage: UdpStage = {
      server,
      clients,
      pause,
      send(index, text) {
        log(`client ${index + 1}: sends "${text}"`);
        if (plan.reply === null) clients[index]?.send(text);
        else clients[index]?.send(text, port, address);
      },
      async answers(count) {
        for (let waited = 0; answers < count && waited < 1000; waited += 5) await pause(5);
        if (answers < count) log(`${count - answers} of ${count} answers have not come within 1 s`);
      },
    };
    try {
      signal.throwIfAborted();
      await plan.script(stage);
    } finally {
      await close();
    }
  };
  return { ...server, run, close };
}
