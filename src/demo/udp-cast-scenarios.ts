/** UDP scenarios in which one datagram reaches several receivers. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoTexts, type StepText } from '../explain/demo-texts.js';
import { networkError } from './network-error.js';
import { printableLine } from './printable.js';
import type { PreparedScenario, Scenario, ScenarioContext } from './scenario.js';

/** Of those for use within an organisation (RFC 2365): nothing else is expected there. */
const GROUP = '239.7.7.7';
/** To all of the network of the sender's address, which is the loopback (RFC 919). */
const BROADCAST = '255.255.255.255';
const LOOPBACK = '127.0.0.1';

/** One way to reach several. */
interface Cast {
  address: string;
  /** Makes a bound socket a receiver. */
  join: { call: string; why(): StepText; apply(receiver: Socket): void };
  /** Makes a bound socket a sender. */
  aim: { call: string; why(): StepText; apply(sender: Socket): void };
}

const MULTICAST: Cast = {
  address: GROUP,
  join: {
    call: `addMembership(group)`,
    why: () => demoTexts.steps.joinsGroup(),
    apply: (receiver) => receiver.addMembership(GROUP, LOOPBACK),
  },
  aim: {
    call: 'setMulticastInterface(…)',
    why: () => demoTexts.steps.aimsAtGroups(),
    apply: (sender) => sender.setMulticastInterface(LOOPBACK),
  },
};

const TO_ALL: Cast = {
  address: BROADCAST,
  join: {
    call: 'bind(port, address)',
    why: () => demoTexts.steps.address(BROADCAST),
    apply: () => {},
  },
  aim: {
    call: 'setBroadcast(true)',
    why: () => demoTexts.steps.mayBroadcast(),
    apply: (sender) => sender.setBroadcast(true),
  },
};

export const UDP_CAST_SCENARIOS: readonly Scenario[] = [
  {
    name: 'multicast',
    protocol: 'udp',
    needs: 'linux',
    prepare: (_, port = 0) => prepareCast(port, MULTICAST),
  },
  {
    name: 'broadcast',
    protocol: 'udp',
    needs: 'linux',
    prepare: (_, port = 0) => prepareCast(port, TO_ALL),
  },
];

/** Binds two receivers to one port of the address, and a sender. Throws a UserError. */
async function prepareCast(wanted: number, cast: Cast): Promise<PreparedScenario> {
  const open = new Set<Socket>();
  const close = async (): Promise<void> => {
    for (const socket of open) socket.close();
    open.clear();
  };
  const bind = async (port: number, address: string): Promise<Socket> => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    open.add(socket);
    socket.bind(port, address);
    await once(socket, 'listening');
    return socket;
  };
  try {
    const first = await bind(wanted, cast.address);
    const { port } = first.address();
    const receivers = [first, await bind(port, cast.address)];
    const sender = await bind(0, LOOPBACK);
    const run = (context: ScenarioContext): Promise<void> =>
      play(context, cast, { port, receivers, sender }).finally(close);
    return { host: cast.address, port, run, close };
  } catch (error) {
    await close();
    throw networkError(error, { doing: 'listen', protocol: 'UDP', host: cast.address, port: wanted });
  }
}

interface Sockets {
  port: number;
  receivers: readonly Socket[];
  sender: Socket;
}

async function play({ signal, log }: ScenarioContext, cast: Cast, sockets: Sockets): Promise<void> {
  signal.throwIfAborted();
  const { port, receivers, sender } = sockets;
  const { steps } = demoTexts;
  for (const [index, receiver] of receivers.entries()) {
    const number = index + 1;
    const { call, why, apply } = cast.join;
    log({ who: 'server', number, call: `socket.${call}`, why: why() });
    apply(receiver);
    receiver.on('message', (data, from) => {
      const came = steps.datagramCame(printableLine(data));
      log({ who: 'server', number, call: "socket.on('message')", why: came });
      log({ who: 'server', number, call: 'socket.send(answer, …)', why: steps.answersSender() });
      receiver.send(`server ${number} is here`, from.port, from.address);
    });
  }
  let answers = 0;
  const all = new Promise<void>((resolve) => {
    sender.on('message', (data) => {
      answers += 1;
      log({ who: 'client', call: "socket.on('message')", why: steps.datagramCame(printableLine(data)) });
      if (answers === receivers.length) resolve();
    });
  });
  const { call, why, apply } = cast.aim;
  log({ who: 'client', call: `socket.${call}`, why: why() });
  apply(sender);
  log({ who: 'client', call: 'socket.send("who is here?")', why: steps.datagramTo(cast.address) });
  sender.send('who is here?', port, cast.address);
  await Promise.race([all, sleep(1000, undefined, { signal })]);
  if (answers < receivers.length)
    log({ who: 'client', call: 'setTimeout(…, 1000)', why: steps.onlyAnswers(answers) });
}
