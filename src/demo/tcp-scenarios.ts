/** The TCP scenarios that need nothing special, each as its steps. */
import { errorCode } from '../errors.js';
import { demoTexts } from '../explain/demo-texts.js';
import type { Scenario } from './scenario.js';
import { ACK_PAUSE_MS } from './side.js';
import { part, talk, tcp } from './tcp-stage.js';

export const TCP_SCENARIOS: readonly Scenario[] = [
  tcp('simple', async (stage) => {
    const { client, server, at, over } = await stage.connect();
    await talk(stage, client, server);
    client.finish();
    await server.ended();
    await stage.pause(ACK_PAUSE_MS);
    await at('between-fins');
    server.finish();
    await over();
  }),
  tcp('three-step', async (stage) => {
    const { client, server, over } = await stage.connect();
    await talk(stage, client, server);
    client.finish();
    await server.ended();
    server.finish();
    await over();
  }),
  tcp('server-first', async (stage) => {
    const { client, server, at, over } = await stage.connect();
    await talk(stage, client, server);
    server.finish();
    await client.ended();
    await stage.pause(ACK_PAUSE_MS);
    await at('between-fins');
    client.finish();
    await over();
  }),
  tcp('half-close', async (stage) => {
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
  }),
  tcp(
    'refused',
    async (stage) => {
      try {
        await stage.connect();
      } catch (error) {
        if (errorCode(error) !== 'ECONNREFUSED') throw error;
        stage.log({ who: 'client', call: "socket.on('error')", why: demoTexts.steps.refused() });
      }
    },
    { listening: false },
  ),
  tcp('reset', async (stage) => {
    const { client, server, over } = await stage.connect();
    await talk(stage, client, server);
    client.reset();
    await over();
  }),
  tcp(
    'unread',
    async (stage) => {
      const { client, server, over } = await stage.connect();
      client.say('will you read this?');
      await stage.pause(ACK_PAUSE_MS);
      server.drop(demoTexts.steps.closesUnread());
      await over();
    },
    { reading: false },
  ),
  tcp('duplex', async (stage) => {
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
  }),
  tcp('many', async (stage) => {
    const connections = [await stage.connect(1), await stage.connect(2), await stage.connect(3)];
    const converse = async (connection: (typeof connections)[number], index: number) => {
      await stage.pause(index * 10);
      await talk(stage, connection.client, connection.server, `hello from client ${index + 1}`);
      await part(stage, connection);
    };
    await Promise.all(connections.map(converse));
  }),
];
