/** UDP scenarios in which one datagram reaches several receivers. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
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
  join: { call: string; why: string; apply(receiver: Socket): void };
  /** Makes a bound socket a sender. */
  aim: { call: string; why: string; apply(sender: Socket): void };
}

const MULTICAST: Cast = {
  address: GROUP,
  join: {
    call: `addMembership(group)`,
    why: 'gets what is sent to the group',
    apply: (receiver) => receiver.addMembership(GROUP, LOOPBACK),
  },
  aim: {
    call: 'setMulticastInterface(…)',
    why: 'sends to groups on the loopback',
    apply: (sender) => sender.setMulticastInterface(LOOPBACK),
  },
};

const TO_ALL: Cast = {
  address: BROADCAST,
  join: {
    call: 'bind(port, address)',
    why: `address ${BROADCAST}`,
    apply: () => {},
  },
  aim: {
    call: 'setBroadcast(true)',
    why: 'else the system refuses to send',
    apply: (sender) => sender.setBroadcast(true),
  },
};

export const UDP_CAST_SCENARIOS: readonly Scenario[] = [
  {
    name: 'multicast',
    protocol: 'udp',
    title: 'To a group: those that have joined it get it',
    expect: `One datagram to ${GROUP}, and an answer from each of the two that have joined the group.`,
    needs: 'linux',
    prepare: (_, port = 0) => prepareCast(port, MULTICAST),
  },
  {
    name: 'broadcast',
    protocol: 'udp',
    title: 'To all of the network',
    expect: `One datagram to ${BROADCAST}, and an answer from each of the two that listen there.`,
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
  for (const [index, receiver] of receivers.entries()) {
    const who = `server ${index + 1}`;
    const { call, why, apply } = cast.join;
    log({ who, call: `socket.${call}`, why });
    apply(receiver);
    receiver.on('message', (data, from) => {
      log({ who, call: "socket.on('message')", why: `"${printableLine(data)}"` });
      log({ who, call: 'socket.send(answer, …)', why: 'answers to the sender alone' });
      receiver.send(`${who} is here`, from.port, from.address);
    });
  }
  let answers = 0;
  const all = new Promise<void>((resolve) => {
    sender.on('message', (data) => {
      answers += 1;
      log({ who: 'client', call: "socket.on('message')", why: `"${printableLine(data)}"` });
      if (answers === receivers.length) resolve();
    });
  });
  const { call, why, apply } = cast.aim;
  log({ who: 'client', call: `socket.${call}`, why });
  apply(sender);
  log({ who: 'client', call: 'socket.send("who is here?")', why: `one datagram to ${cast.address}` });
  sender.send('who is here?', port, cast.address);
  await Promise.race([all, sleep(1000, undefined, { signal })]);
  if (answers < receivers.length)
    log({ who: 'client', call: 'setTimeout(…, 1000)', why: `only ${answers} answers have come` });
}
