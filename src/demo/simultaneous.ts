/** Two sockets that connect to each other's port, on a loopback so slow that their SYNs cross. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoTexts } from '../explain/demo-texts.js';
import { setUpLoopback, slowDown } from './namespace.js';
import type { PreparedScenario, ScenarioContext } from './scenario.js';
import { ACK_PAUSE_MS, Side } from './side.js';
import { bindUdp, listenTcp } from './sockets.js';
import type { Step } from './step.js';

/** Bytes a second: a SYN takes 74 ms, in which both programs call connect(). */
const RATE = 1000;
const SYN_TAKES_MS = 74;
/** Bytes: one segment at a time. */
const BURST = 100;
/** With its headers, the burst that may be sent at once: the next packet has to wait. */
const STOPPER = Buffer.alloc(BURST - 14 - 20 - 8);

/** Throws a UserError. */
export async function prepareSimultaneous(host: string, wanted = 0): Promise<PreparedScenario> {
  setUpLoopback(1500);
  const port = await freePort(host, wanted);
  const localPort = await freePort(host, 0);
  slowDown(RATE, BURST);
  const run = async ({ signal, log }: ScenarioContext): Promise<void> => {
    const sockets: Socket[] = [];
    const open = (who: Step['who'], from: number, to: number): Side => {
      log({ who, call: `net.connect(${to}, '${host}')`, why: demoTexts.steps.connectsFrom(from) });
      const socket = connect({ host, port: to, localPort: from, noDelay: true, allowHalfOpen: true });
      sockets.push(socket);
      return new Side({ who }, socket, signal, log);
    };
    try {
      signal.throwIfAborted();
      const { steps } = demoTexts;
      log({ who: 'network', call: `tc … tbf rate ${RATE}bps`, why: steps.slowNetwork(SYN_TAKES_MS) });
      await stop(host);
      const client = open('client', localPort, port);
      const server = open('server', port, localPort);
      await Promise.all([client.connected(), server.connected()]);
      log({ who: 'both', call: "socket.on('connect')", why: steps.crossed() });
      client.say('hello');
      await server.heard(1);
      await sleep(ACK_PAUSE_MS, undefined, { signal });
      client.finish();
      await server.ended();
      await sleep(ACK_PAUSE_MS, undefined, { signal });
      server.finish();
      await Promise.all([client.closed, server.closed]);
      log({ who: 'both', call: "socket.on('close')", why: steps.bothDone() });
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  };
  return { host, port, run, close: async () => {} };
}

/** Uses up the burst of the slow network. */
async function stop(host: string): Promise<void> {
  const target = await bindUdp({ host, port: 0 });
  const socket = createSocket(target.address().family === 'IPv6' ? 'udp6' : 'udp4');
  socket.connect(target.address().port, host);
  await once(socket, 'connect');
  await new Promise((resolve) => socket.send(STOPPER, resolve));
  socket.close();
  target.close();
}

/** Free at this moment, in a namespace that nobody else uses. */
async function freePort(host: string, port: number): Promise<number> {
  const server = createServer();
  const bound = await listenTcp(server, { host, port });
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return bound.port;
}
