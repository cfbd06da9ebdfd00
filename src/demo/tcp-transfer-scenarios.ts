/** TCP scenarios about an open connection: silence, waiting, and data that is held up or lost. */
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
  tcp(
    'slow-server',
    'The server takes 400 ms to answer',
    'The handshake is quick and the acknowledgement too: the time goes by in the program of the server.',
    async (stage) => {
      const connection = await stage.connect();
      const { client, server } = connection;
      client.say('how many are there?');
      await server.heard(1);
      stage.log({
        who: 'server',
        call: 'setTimeout(answer, 400)',
        why: 'works; its system has sent the ACK',
      });
      await stage.pause(400);
      server.say('forty-two');
      await client.heard(1);
      await stage.pause(ACK_PAUSE_MS);
      await part(stage, connection);
    },
  ),
  tcp(
    'keep-alive',
    'Silence, in which the system asks for a sign of life',
    'After each second of silence a probe of the client, which the server answers; no data.',
    async (stage) => {
      const connection = await stage.connect();
      connection.client.keepAlive(1000);
      await talk(stage, connection.client, connection.server);
      stage.log({ who: 'client', call: 'setTimeout(…, 2500)', why: 'says nothing; its system sends probes' });
      await stage.pause(2500);
      await part(stage, connection);
    },
  ),
  tcp(
    'zero-window',
    'The server does not read, and the client has to wait',
    'The window shrinks to 0; the client probes it until the server reads and it opens.',
    async (stage) => {
      const connection = await stage.connect();
      const { client, server } = connection;
      client.pour(STUFFING, 'more than the server has room for');
      stage.log({
        who: 'server',
        call: 'createServer({pauseOnConnect})',
        why: 'reads nothing: the window closes',
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
  tcp(
    'large',
    'Two megabytes in one go',
    'The window grows beyond 64 kB, which its field of 16 bits only has room for by window scaling.',
    async (stage) => {
      const connection = await stage.connect();
      const all = connection.server.drained(LARGE);
      connection.client.pour(LARGE, 'as much at a time as the window has room for');
      await all;
      await stage.pause(ACK_PAUSE_MS);
      await part(stage, connection);
    },
  ),
  {
    name: 'loss',
    protocol: 'tcp',
    title: 'A segment is lost on the way and sent again (root)',
    expect: 'The segments after it are acknowledged twice, by which the sender sees that one is missing.',
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
  stage.log({ who: 'network', call: 'nft … numgen inc … == 5 drop', why: 'the sixth full segment is lost' });
  connection.client.pour(LOSSY, '14 segments of up to 1448 bytes');
  await all;
  await stage.pause(ACK_PAUSE_MS);
  await part(stage, connection);
}
