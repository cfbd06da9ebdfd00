/** TCP scenarios about how a connection opens, or does not. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoTexts } from '../explain/demo-texts.js';
import { fastOpenSockets } from './fast-open-socket.js';
import { BACKLOG, type FullQueue, fillQueue } from './full-queue.js';
import { setIpv4, setUpLoopback } from './namespace.js';
import type { PreparedScenario, Scenario, ScenarioContext } from './scenario.js';
import { ACK_PAUSE_MS, Side } from './side.js';
import { prepareSimultaneous } from './simultaneous.js';
import { part, prepareTcp, type Stage, talk } from './tcp-stage.js';

/** Linux sends a SYN again after 1 s; until it has done so twice. */
const PATIENCE_MS = 3400;

/** net.ipv4.tcp_fastopen of Linux: clients (1), servers (2), and all listeners without asking for it (0x400). */
const FAST_OPEN = '0x403';

export const TCP_OPENING_SCENARIOS: readonly Scenario[] = [
  {
    name: 'ipv6',
    protocol: 'tcp',
    needs: 'ipv6',
    host: '::1',
    prepare: (host, port = 0) =>
      prepareTcp(host, port, async (stage) => {
        const connection = await stage.connect();
        await talk(stage, connection.client, connection.server);
        await part(stage, connection);
      }),
  },
  {
    name: 'no-answer',
    protocol: 'tcp',
    needs: 'linux',
    prepare: (host, port = 0) => prepareFull({ host, port }, playNoAnswer),
  },
  {
    name: 'syn-retry',
    protocol: 'tcp',
    needs: 'linux',
    prepare: (host, port = 0) => prepareFull({ host, port }, playRetry),
  },
  {
    name: 'simultaneous-open',
    protocol: 'tcp',
    needs: 'delay',
    prepare: prepareSimultaneous,
  },
  {
    name: 'fast-open',
    protocol: 'tcp',
    needs: 'fast-open',
    async prepare(host, port = 0) {
      setUpLoopback(1500);
      setIpv4('tcp_fastopen', FAST_OPEN);
      return prepareTcp(host, port, playFastOpen, { socket: await fastOpenSockets() });
    },
  },
];

type FullScript = (context: ScenarioContext, queue: FullQueue, open: () => Socket) => Promise<void>;

async function prepareFull(
  endpoint: { host: string; port: number },
  play: FullScript,
): Promise<PreparedScenario> {
  const queue = await fillQueue(endpoint);
  const { host, port, filter, close } = queue;
  const run = async (context: ScenarioContext): Promise<void> => {
    const sockets: Socket[] = [];
    const open = (): Socket => {
      context.log({
        who: 'client',
        call: `net.connect(${port}, '${host}')`,
        why: demoTexts.steps.connects(),
      });
      const socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
      sockets.push(socket);
      return socket;
    };
    try {
      context.signal.throwIfAborted();
      queue.onStep(context.log);
      context.log({
        who: 'server',
        call: 'Atomics.wait(…)',
        why: demoTexts.steps.queueFull(BACKLOG),
      });
      await play(context, queue, open);
    } finally {
      for (const socket of sockets) socket.destroy();
      await close();
    }
  };
  return { host, port, filter, run, close };
}

async function playNoAnswer(
  { signal, log }: ScenarioContext,
  _: FullQueue,
  open: () => Socket,
): Promise<void> {
  const socket = open();
  socket.on('error', () => {});
  log({ who: 'client', call: `setTimeout(…, ${PATIENCE_MS})`, why: demoTexts.steps.systemRepeatsSyn() });
  await sleep(PATIENCE_MS, undefined, { signal });
  log({ who: 'client', call: 'socket.destroy()', why: demoTexts.steps.givesUp() });
  socket.destroy();
}

async function playRetry(
  { signal, log }: ScenarioContext,
  queue: FullQueue,
  open: () => Socket,
): Promise<void> {
  const socket = open();
  const client = new Side({ who: 'client' }, socket, signal, log);
  const connected = client.connected();
  await Promise.race([connected, sleep(400, undefined, { signal })]);
  log({
    who: 'server',
    call: 'Atomics.notify(…)',
    why: demoTexts.steps.emptiesQueue(),
  });
  queue.wake();
  await connected;
  log({ who: 'client', call: "socket.on('connect')", why: demoTexts.steps.secondAnswered() });
  client.say('hello');
  await client.heard(1);
  await sleep(ACK_PAUSE_MS, undefined, { signal });
  client.finish();
  await client.closed;
}

async function playFastOpen(stage: Stage): Promise<void> {
  stage.log({ who: 'system', call: `tcp_fastopen = ${FAST_OPEN}`, why: demoTexts.steps.serversMay() });
  stage.log({ who: 'client', call: 'TCP_FASTOPEN_CONNECT = 1', why: demoTexts.steps.clientsMay() });
  const first = await stage.connect(1);
  await talk(stage, first.client, first.server);
  await part(stage, first);
  const second = await stage.connect(2, { say: 'at once' });
  await second.server.heard(1);
  await stage.pause(ACK_PAUSE_MS);
  await part(stage, second);
}
