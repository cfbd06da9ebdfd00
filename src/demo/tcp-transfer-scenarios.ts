/** TCP scenarios about an open connection: silence, waiting, and data that is delayed or lost. */
import { demoTexts } from '../explain/demo-texts.js';
import { losePackets, setUpLoopback } from './namespace.js';
import type { Scenario } from './scenario.js';
import { ACK_PAUSE_MS } from './side.js';
import { part, prepareTcp, type Stage, talk, tcp } from './tcp-stage.js';

/** More than the buffers of both ends take while the server does not read: the window goes down to 0. */
const STUFFING = 300_000;
/** Several times the 64 kB that a window without scaling can have. */
const LARGE = 2_000_000;
/** Fourteen segments of an Ethernet: as few as are acknowledged at once at the beginning of a connection. */
const LOSSY = 20_000;

export const TCP_TRANSFER_SCENARIOS: readonly Scenario[] = [
  tcp('slow-server', async (stage) => {
    const connection = await stage.connect();
    const { client, server } = connection;
    client.say('how many are there?');
    await server.heard(1);
    stage.log({
      who: 'server',
      call: 'setTimeout(answer, 400)',
      why: demoTexts.steps.works(),
    });
    await stage.pause(400);
    server.say('forty-two');
    await client.heard(1);
    await stage.pause(ACK_PAUSE_MS);
    await part(stage, connection);
  }),
  tcp('keep-alive', async (stage) => {
    const connection = await stage.connect();
    connection.client.keepAlive(1000);
    await talk(stage, connection.client, connection.server);
    stage.log({ who: 'client', call: 'setTimeout(…, 2500)', why: demoTexts.steps.saysNothing() });
    await stage.pause(2500);
    await part(stage, connection);
  }),
  tcp(
    'zero-window',
    async (stage) => {
      const connection = await stage.connect();
      const { client, server } = connection;
      client.pour(STUFFING, demoTexts.steps.moreThanRoom());
      stage.log({
        who: 'server',
        call: 'createServer({pauseOnConnect})',
        why: demoTexts.steps.readsNothing(),
      });
      await stage.pause(1000);
      const all = server.drained(STUFFING);
      server.read();
      await all;
      await stage.pause(ACK_PAUSE_MS);
      await part(stage, connection);
    },
    { reading: false },
  ),
  tcp('large', async (stage) => {
    const connection = await stage.connect();
    const all = connection.server.drained(LARGE);
    connection.client.pour(LARGE, demoTexts.steps.asMuchAsWindow());
    await all;
    await stage.pause(ACK_PAUSE_MS);
    await part(stage, connection);
  }),
  {
    name: 'loss',
    protocol: 'tcp',
    needs: 'firewall',
    async prepare(host, port = 0) {
      setUpLoopback(1500);
      const prepared = await prepareTcp(host, port, playLoss);
      try {
        losePackets(`tcp dport ${prepared.port} ip length > 1000 numgen inc mod 1000 == 5`);
        return prepared;
      } catch (error) {
        await prepared.close();
        throw error;
      }
    },
  },
];

async function playLoss(stage: Stage): Promise<void> {
  const connection = await stage.connect();
  const all = connection.server.drained(LOSSY);
  stage.log({ who: 'network', call: 'nft … numgen inc … == 5 drop', why: demoTexts.steps.losesSixth() });
  connection.client.pour(LOSSY, demoTexts.steps.segments(14, 1448));
  await all;
  await stage.pause(ACK_PAUSE_MS);
  await part(stage, connection);
}
