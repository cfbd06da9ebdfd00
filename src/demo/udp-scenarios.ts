/** The UDP scenarios between a server and its clients: datagrams, no opening, no closing. */
import { once } from 'node:events';
import { demoTexts } from '../explain/demo-texts.js';
import { setUpLoopback } from './namespace.js';
import type { Scenario } from './scenario.js';
import { prepareUdp, type UdpPlan, type UdpStage, udp } from './udp-stage.js';

/** How many datagrams are sent to a receiver that has room for a few. */
const MANY = 20;
/** Bytes: a few datagrams of 100 bytes, with what the system counts for each. */
const TINY_BUFFER = 4096;
/** Of an Ethernet. */
const MTU = 1500;

export const UDP_SCENARIOS: readonly Scenario[] = [
  udp('simple', {
    clients: 1,
    reply: 'sender',
    async script(stage) {
      for (let turn = 1; turn <= 3; turn++) {
        stage.send(0, `message ${turn}`);
        await stage.answers(turn);
        await stage.pause(20);
      }
    },
  }),
  udp('unanswered', {
    clients: 1,
    reply: 'none',
    async script(stage) {
      for (let turn = 1; turn <= 3; turn++) {
        stage.send(0, `anybody there? (${turn})`);
        await stage.pause(20);
      }
    },
  }),
  udp('one-to-many', {
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
  }),
  udp('port-unreachable', {
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
  }),
  udp('question', {
    clients: 1,
    reply: 'sender',
    delay: 50,
    async script(stage) {
      stage.send(0, 'what time is it?');
      await stage.answers(1);
    },
  }),
  udp('lost', { clients: 1, reply: 'sender', buffer: TINY_BUFFER, bulk: true, script: playLost }),
  {
    name: 'fragments',
    protocol: 'udp',
    needs: 'namespace',
    async prepare(host, port = 0) {
      setUpLoopback(MTU);
      return prepareUdp({ host, port }, FRAGMENTS);
    },
  },
];

const FRAGMENTS: UdpPlan = {
  clients: 1,
  reply: 'sender',
  // all IP, as only the first fragment has a port; this namespace has no other traffic
  capture: { filter: 'ip', snaplen: 2048 },
  async script(stage) {
    stage.send(0, Buffer.alloc(4000, 'synfin '), demoTexts.steps.fragments(MTU, 3));
    await stage.answers(1);
  },
};

async function playLost(stage: UdpStage): Promise<void> {
  const [client] = stage.clients;
  // sends at once, without an address lookup, so that the server cannot read in between
  client?.connect(stage.server.port, stage.server.host);
  if (client) await once(client, 'connect');
  stage.log({ who: 'server', call: `recvBufferSize: ${TINY_BUFFER}`, why: demoTexts.steps.smallBuffer() });
  stage.log({
    who: 'client',
    call: `${MANY} × socket.send(…)`,
    why: demoTexts.steps.allBefore(),
  });
  for (let turn = 1; turn <= MANY; turn++) stage.send(0, `message ${turn} `.padEnd(100, '.'));
  await stage.pause(200);
  const came = stage.answered();
  stage.log({ who: 'server', call: "socket.on('message')", why: demoTexts.steps.cameAndSentBack(came) });
  stage.log({
    who: 'client',
    call: "socket.on('message')",
    why: demoTexts.steps.lost(MANY - came),
  });
}
