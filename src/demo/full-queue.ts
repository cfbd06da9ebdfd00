/**
 * A listener whose queue of connections is full, as its program does not call accept(): the system then drops each
 * SYN that comes (Linux). The program is a thread that sleeps; this does not need root.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { demoTexts, type StepText } from '../explain/demo-texts.js';
import type { Endpoint } from './endpoint.js';
import { networkError } from './network-error.js';
import { ACK_PAUSE_MS } from './side.js';
import type { Step } from './step.js';

/** The queue takes one more than its length (Linux). */
export const BACKLOG = 1;
const FILLING = BACKLOG + 1;

/** An echo server, which sleeps as soon as it listens; connections that only filled the queue are not answered. */
const PROGRAM = `
const { createServer } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const { gate, endpoint, backlog, filling, pause } = workerData;
const tell = (call, step, bytes) => parentPort.postMessage({ call, step, bytes });
let accepted = 0;
const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  if (++accepted <= filling) return;
  tell("server.on('connection')", 'accepts');
  socket.on('data', (data) => {
    tell('socket.write(data)', 'sendsBack', data.length);
    socket.write(data);
  });
  socket.on('end', () => {
    tell("socket.on('end')", 'finCame');
    setTimeout(() => {
      tell('socket.end()', 'finishes');
      socket.end();
    }, pause);
  });
});
server.on('error', ({ code }) => parentPort.postMessage({ code }));
server.listen({ ...endpoint, backlog }, () => {
  parentPort.postMessage({ port: server.address().port });
  Atomics.wait(gate, 0, 0);
});
`;

/** Messages of the program. */
type Done = { call: string } & (
  | { step: 'accepts' | 'finCame' | 'finishes' }
  | { step: 'sendsBack'; bytes: number }
);

export interface FullQueue extends Endpoint {
  /** The connections in the queue are not part of the scenario. */
  readonly filter: string;
  /** What the program does once it is awake. */
  onStep(log: (step: Step) => void): void;
  /** The program goes on and empties the queue. */
  wake(): void;
  close(): Promise<void>;
}

/** Binds the listener and fills its queue. Throws a UserError. */
export async function fillQueue(endpoint: Endpoint): Promise<FullQueue> {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { gate, endpoint, backlog: BACKLOG, filling: FILLING, pause: ACK_PAUSE_MS },
  });
  const fillers: Socket[] = [];
  const wake = (): void => {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
  const close = async (): Promise<void> => {
    for (const filler of fillers) filler.destroy();
    wake();
    await worker.terminate();
  };
  try {
    const [said]: { code?: string; port?: number }[] = await once(worker, 'message');
    if (said?.port === undefined) throw Object.assign(new Error(), { code: said?.code ?? '' });
    const { host } = endpoint;
    const { port } = said;
    for (let count = 0; count < FILLING; count++) {
      const filler = connect({ host, port });
      fillers.push(filler);
      await once(filler, 'connect', { signal: AbortSignal.timeout(1000) });
      filler.on('error', () => {});
    }
    const others = fillers.map(({ localPort }) => `tcp port ${localPort}`).join(' or ');
    const filter = `tcp port ${port} and not (${others})`;
    const onStep = (log: (step: Step) => void): void => {
      worker.on('message', (done: Done) => log({ who: 'server', call: done.call, why: whyOf(done) }));
    };
    return { host, port, filter, onStep, wake, close };
  } catch (error) {
    await close();
    if (error instanceof DOMException)
      throw new UserError({ kind: 'queue-not-filled' }, null, { cause: error });
    throw networkError(error, { doing: 'listen', protocol: 'TCP', ...endpoint });
  }
}

function whyOf(done: Done): StepText {
  const { steps } = demoTexts;
  return done.step === 'sendsBack' ? steps.sendsBack(done.bytes) : steps[done.step]();
}
