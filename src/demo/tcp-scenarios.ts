/** The TCP scenarios that need nothing special, each as its steps. */
import { errorCode } from '../errors.js';
import type { Scenario } from './scenario.js';
import { ACK_PAUSE_MS } from './side.js';
import { part, talk, tcp } from './tcp-stage.js';

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
        stage.log({ who: 'client', call: "socket.on('error')", why: 'ECONNREFUSED: an RST has come' });
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
      server.drop('closes with data unread: RST');
      await over();
    },
    { reading: false },
  ),
  tcp(
    'duplex',
    'Both sides talk at the same time',
    'Each side sends four messages, and acknowledgements ride on data.',
    async (stage) => {
      const connection = await stage.connect();
      const { client, server } = connection;
      for (let turn = 1; turn <= 4; turn++) {
        client.say(`client ${turn}`);
        server.say(`server ${turn}`);
        await stage.pause(15);
      }
      await Promise.all([client.heard(4), server.heard(4)]);
      await stage.pause(ACK_PAUSE_MS);
      await part(stage, connection);
    },
  ),
  tcp(
    'many',
    'Three clients at once',
    'Three connections to one server port, open together and distinguished by the port of the client.',
    async (stage) => {
      const connections = [await stage.connect(' 1'), await stage.connect(' 2'), await stage.connect(' 3')];
      const converse = async (connection: (typeof connections)[number], index: number) => {
        await stage.pause(index * 10);
        await talk(stage, connection.client, connection.server, `hello from client ${index + 1}`);
        await part(stage, connection);
      };
      await Promise.all(connections.map(converse));
    },
  ),
];
