/** The TCP scenarios, each as its steps. */
import { errorCode } from '../errors.js';
import type { PreparedScenario, Scenario } from './scenario.js';
import { ACK_PAUSE_MS, prepareTcp, type Side, type Stage, type StageOptions } from './tcp-stage.js';

export const TCP_SCENARIOS: readonly Scenario[] = [
  tcp(
    'simple',
    'One message and its echo; the client closes first',
    'Eleven packets: a three-way opening, one message each way, a four-step closing.',
    async (stage) => {
      const { client, server, at, over } = await stage.connect();
      await talk(stage, client, server);
      client.finish();
      await server.ended();
      await stage.pause(ACK_PAUSE_MS);
      await at('between-fins');
      server.finish();
      await over();
    },
  ),
  tcp(
    'three-step',
    'The server closes at once when the client does',
    'The closing takes three packets: the second FIN carries the acknowledgement of the first.',
    async (stage) => {
      const { client, server, over } = await stage.connect();
      await talk(stage, client, server);
      client.finish();
      await server.ended();
      server.finish();
      await over();
    },
  ),
  tcp(
    'server-first',
    'The server closes first',
    'The first FIN comes from the server, which therefore ends in TIME-WAIT.',
    async (stage) => {
      const { client, server, at, over } = await stage.connect();
      await talk(stage, client, server);
      server.finish();
      await client.ended();
      await stage.pause(ACK_PAUSE_MS);
      await at('between-fins');
      client.finish();
      await over();
    },
  ),
  tcp(
    'half-close',
    'The client has said all, the server goes on',
    'After the FIN of the client three more messages come from the server, then its own FIN.',
    async (stage) => {
      const { client, server, at, over } = await stage.connect();
      client.say('tell me all');
      await server.heard(1);
      await stage.pause(ACK_PAUSE_MS);
      client.finish();
      await server.ended();
      await stage.pause(ACK_PAUSE_MS);
      await at('between-fins');
      for (const text of ['first', 'second', 'third']) {
        server.say(text);
        await stage.pause(20);
      }
      await client.heard(3);
      server.finish();
      await over();
    },
  ),
  tcp(
    'refused',
    'Nobody listens on the port',
    'Two packets: the SYN, and the RST that refuses it.',
    async (stage) => {
      try {
        await stage.connect();
      } catch (error) {
        if (errorCode(error) !== 'ECONNREFUSED') throw error;
        stage.log('client: refused (RST)');
      }
    },
    { listening: false },
  ),
  tcp(
    'reset',
    'The client breaks the connection off',
    'The connection ends with an RST of the client instead of FINs.',
    async (stage) => {
      const { client, server, over } = await stage.connect();
      await talk(stage, client, server);
      client.reset();
      await over();
    },
  ),
  tcp(
    'unread',
    'The server closes without having read',
    'The connection ends with an RST of the server, because data was waiting unread.',
    async (stage) => {
      const { client, server, over } = await stage.connect();
      client.say('will you read this?');
      await stage.pause(ACK_PAUSE_MS);
      server.drop();
      await over();
    },
    { reading: false },
  ),
  tcp(
    'duplex',
    'Both sides talk at the same time',
    'Each side sends four messages, and acknowledgements ride on data.',
    async (stage) => {
      const { client, server, over } = await stage.connect();
      for (let turn = 1; turn <= 4; turn++) {
        client.say(`client ${turn}`);
        server.say(`server ${turn}`);
        await stage.pause(15);
      }
      await Promise.all([client.heard(4), server.heard(4)]);
      await stage.pause(ACK_PAUSE_MS);
      client.finish();
      await server.ended();
      await stage.pause(ACK_PAUSE_MS);
      server.finish();
      await over();
    },
  ),
  tcp(
    'many',
    'Three clients at once',
    'Three connections to one server port, open together and distinguished by the port of the client.',
    async (stage) => {
      const connections = [await stage.connect(' 1'), await stage.connect(' 2'), await stage.connect(' 3')];
      const converse = async ({ client, server, over }: (typeof connections)[number], index: number) => {
        await stage.pause(index * 10);
        await talk(stage, client, server, `hello from client ${index + 1}`);
        client.finish();
        await server.ended();
        await stage.pause(ACK_PAUSE_MS);
        server.finish();
        await over();
      };
      await Promise.all(connections.map(converse));
    },
  ),
];

/** A message and its echo; after each there is time for the acknowledgement to go by itself. */
async function talk(stage: Stage, client: Side, server: Side, text = 'hello'): Promise<void> {
  client.say(text);
  await server.heard(1);
  await stage.pause(ACK_PAUSE_MS);
  server.say(text);
  await client.heard(1);
  await stage.pause(ACK_PAUSE_MS);
}

function tcp(
  name: string,
  title: string,
  expect: string,
  script: (stage: Stage) => Promise<void>,
  options?: StageOptions,
): Scenario {
  const prepare = (host: string, port = 0): Promise<PreparedScenario> =>
    prepareTcp(host, port, script, options);
  return { name, protocol: 'tcp', title, expect, prepare };
}
