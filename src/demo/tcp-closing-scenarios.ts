/** TCP scenarios about the end of a connection, and what the system still knows of it. */
import type { Scenario } from './scenario.js';
import { ACK_PAUSE_MS } from './side.js';
import { part, talk, tcp } from './tcp-stage.js';

export const TCP_CLOSING_SCENARIOS: readonly Scenario[] = [
  tcp(
    'write-after-close',
    'The client writes after the server has closed',
    'The server closes both directions, so that the next data of the client is answered by an RST.',
    async (stage) => {
      const { client, server, over } = await stage.connect();
      await talk(stage, client, server);
      server.drop('closes both directions: FIN; nobody reads what comes now');
      await client.ended();
      await stage.pause(ACK_PAUSE_MS);
      client.say('one more', '9 bytes, which an RST answers');
      await stage.pause(ACK_PAUSE_MS);
      client.say('and another', 'stays here: that RST has come');
      await over();
    },
  ),
  tcp(
    'port-reuse',
    'A new connection from the port of one in TIME-WAIT',
    'The server closes first and waits in TIME-WAIT; a SYN with the same ports ends that.',
    async (stage) => {
      const first = await stage.connect(' 1');
      await talk(stage, first.client, first.server);
      first.server.finish();
      await first.client.ended();
      await stage.pause(ACK_PAUSE_MS);
      first.client.finish();
      await first.over();
      const second = await stage.connect(' 2', { localPort: first.port });
      await talk(stage, second.client, second.server);
      await part(stage, second);
    },
  ),
];
