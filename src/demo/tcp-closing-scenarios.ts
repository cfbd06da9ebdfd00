/** TCP scenarios about the end of a connection, and what the system still knows of it. */
import { demoTexts } from '../explain/demo-texts.js';
import type { Scenario } from './scenario.js';
import { ACK_PAUSE_MS } from './side.js';
import { part, talk, tcp } from './tcp-stage.js';

export const TCP_CLOSING_SCENARIOS: readonly Scenario[] = [
  tcp('write-after-close', async (stage) => {
    const { client, server, over } = await stage.connect();
    await talk(stage, client, server);
    server.drop(demoTexts.steps.closesBoth());
    await client.ended();
    await stage.pause(ACK_PAUSE_MS);
    client.say('one more', demoTexts.steps.answeredByRst(9));
    await stage.pause(ACK_PAUSE_MS);
    client.say('and another', demoTexts.steps.staysHere());
    await over();
  }),
  tcp('port-reuse', async (stage) => {
    const first = await stage.connect(1);
    await talk(stage, first.client, first.server);
    first.server.finish();
    await first.client.ended();
    await stage.pause(ACK_PAUSE_MS);
    first.client.finish();
    await first.over();
    const second = await stage.connect(2, { localPort: first.port });
    await talk(stage, second.client, second.server);
    await part(stage, second);
  }),
];
