/** What is said of acknowledgements: of parts of segments (cut up behind the capture, or taken in part), and of nothing new. */
import { expect, it } from 'vitest';
import { storySentence } from '../../src/explain/en/story-sentences.js';
import { ladderRows } from '../../src/render/ladder-rows.js';
import { storiesOf } from '../../src/render/stories.js';
import { parseScenario } from '../scenario/parse.js';
import { analyse } from '../scenario/pipeline.js';

/** The sentence of each packet. */
async function sentences(scenario: string): Promise<string[]> {
  const packets = parseScenario(scenario).packets.map(({ captured }) => captured);
  const { connections } = await analyse(packets, { ladders: 1 });
  const report = connections[0];
  if (report === undefined) return [];
  return [...storiesOf(report, ladderRows(report, false), false).values()].map(storySentence);
}

it('covers the part of a segment that the network card cut up', async () => {
  const found = await sentences(`
    isn 100 300
    > S 0 [mss 1460]
    < SA 0 1 [mss 1460]
    > A 1 1
    > PA 1 1 len 4380
    < A 1 1461
    < A 1 4381
    > PA 4381 1 len 4380
    < A 1 5841`);
  expect(found[4]).toBe("The server's TCP has everything up to byte 1460 and expects byte 1461 (ack 1461).");
  expect(found[5]).toContain('everything up to byte 4380');
  expect(found[7]).toContain('everything up to byte 5840');
});

it('covers the part of a SYN with data that was accepted', async () => {
  const found = await sentences(`
    isn 100 300
    > S 0 len 18 [tfo-cookie]
    < SA 0 10
    > PA 10 1 len 9
    < A 1 19`);
  expect(found[1]).toContain('ack 10 acknowledges SYN and data up to byte 9,');
  expect(found[3]).toContain('everything up to byte 18');
});

it('answers a second copy only where there was one', async () => {
  const found = await sentences(`
    isn 100 300
    > S 0
    < SA 0 1
    > A 1 1
    > PA 1 1 len 10
    < A 1 11
    < A 1 11
    > PA 1 1 len 10
    < A 1 11`);
  expect(found[5]).toBe('Repeat 1 of ack 11: nothing new for the client.');
  expect(found[7]).toContain('it answers what came a second time');
});
