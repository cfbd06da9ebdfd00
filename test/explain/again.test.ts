/** What is said of bytes and FINs that come again: how long after the copy before, and whether a timer may be the cause. */
import { describe, expect, it } from 'vitest';
import { storySentence } from '../../src/explain/en/story-sentences.js';
import { storySentence as portuguese } from '../../src/explain/pt-BR/story-sentences.js';
import type { SegmentStory } from '../../src/explain/story/story.js';
import { ladderRows } from '../../src/render/ladder-rows.js';
import { storiesOf } from '../../src/render/stories.js';
import { parseScenario } from '../scenario/parse.js';
import { analyse } from '../scenario/pipeline.js';

const OPEN = `
    isn 100 300
    0 > S 0 [mss 1460]
    +0.05 < SA 0 1 [mss 1460]
    +0 > A 1 1`;

/** The story of the last packet. */
async function lastOf(scenario: string): Promise<SegmentStory> {
  const packets = parseScenario(OPEN + scenario).packets.map(({ captured }) => captured);
  const { connections } = await analyse(packets, { ladders: 1 });
  const report = connections[0];
  const last =
    report === undefined ? null : [...storiesOf(report, ladderRows(report, false), false).values()].at(-1);
  if (last === null || last === undefined) throw new Error('no story');
  return last;
}

const TIMER = 'likely the retransmission timer expired';

describe('time since the copy before', () => {
  it('is not that since another segment of the same end', async () => {
    // both are sent again, one right after the other
    const story = await lastOf(`
      +0.1 > PA 1 1 len 10
      +0 > PA 11 1 len 10
      +1 > PA 1 1 len 10
      +0.00002 > PA 11 1 len 10`);
    expect(storySentence(story)).toMatch(/^Bytes 11 to 20 again, 1 s later\. The server sees/);
    expect(portuguese(story)).toMatch(/^Os bytes 11 a 20 de novo, 1 s depois\. /);
  });

  it('counts from the last of several copies', async () => {
    const story = await lastOf(`
      +0.1 > PA 1 1 len 10
      +1 > PA 1 1 len 10
      +2 > PA 1 1 len 10`);
    expect(storySentence(story)).toMatch(/^Bytes 1 to 10 again, 2 s later: no ACK/);
  });

  it('counts from a copy of a part of it', async () => {
    const story = await lastOf(`
      +0.1 > PA 1 1 len 10
      +0.1 > PA 11 1 len 10
      +0.5 > PA 1 1 len 10
      +0 > PA 11 1 len 15`);
    expect(storySentence(story)).toMatch(/^Bytes 11 to 25, 10 of them again, 500 ms later/);
  });

  it('of a FIN counts from the FIN, not from data or ACKs after it', async () => {
    const story = await lastOf(`
      +0.1 > FA 1 1
      +0.05 < A 1 1
      +0.05 < PA 1 1 len 10
      +0 > A 2 11
      +0.4 > FA 1 11`);
    expect(storySentence(story)).toMatch(/^FIN 1 again, 500 ms later: no ACK of it had arrived\./);
  });

  it('of a SYN counts from the SYN', async () => {
    const packets = parseScenario(`
      isn 100 300
      0 > S 0
      +1 > S 0`).packets.map(({ captured }) => captured);
    const { connections } = await analyse(packets, { ladders: 1 });
    const [report] = connections;
    if (report === undefined) throw new Error('no connection');
    const texts = [...storiesOf(report, ladderRows(report, false), false).values()].map(storySentence);
    expect(texts[1]).toMatch(/^The same SYN with the same number, 1 s later:/);
  });
});

describe('the timer as the likely cause', () => {
  it('where nothing came for as long as one takes', async () => {
    const text = storySentence(
      await lastOf(`
      +0.1 > PA 1 1 len 10
      +0.2 > PA 1 1 len 10`),
    );
    expect(text).toContain(TIMER);
  });

  it('where the last ACK is as old', async () => {
    const text = storySentence(
      await lastOf(`
      +0.1 > PA 1 1 len 10
      +0 > PA 11 1 len 10
      +0.05 < A 1 11
      +0.3 > PA 11 1 len 10`),
    );
    expect(text).toContain(TIMER);
  });

  it('not where an ACK of something new came right before', async () => {
    const text = storySentence(
      await lastOf(`
      +0.1 > PA 1 1 len 10
      +0 > PA 11 1 len 10
      +0.4 < A 1 11
      +0.001 > PA 11 1 len 10`),
    );
    expect(text).toBe('Bytes 11 to 20 again, 401 ms later. The server sees by the numbers what it has.');
  });

  it('not where a duplicate ACK came right before', async () => {
    const text = storySentence(
      await lastOf(`
      +0.1 > PA 1 1 len 10
      +0 > PA 11 1 len 10
      +0.4 < A 1 1
      +0.001 > PA 1 1 len 10`),
    );
    expect(text).not.toContain(TIMER);
  });

  it('where data came that acknowledges nothing new', async () => {
    const text = storySentence(
      await lastOf(`
      +0.1 > PA 1 1 len 10
      +0.3 < PA 1 1 len 10
      +0.01 > PA 1 1 len 10`),
    );
    expect(text).toContain(TIMER);
  });
});

it('bytes of which a part was captured before are not all new', async () => {
  const story = await lastOf(`
    +0.1 > PA 1 1 len 10
    +0.1 > PA 21 1 len 10
    +0.1 < A 1 11
    +0.5 > PA 11 1 len 20`);
  expect(storySentence(story)).toBe(
    'Bytes 11 to 30 are sent again: the first copy of 10 of them was lost before this point, or not captured.',
  );
  expect(portuguese(story)).toBe(
    'Os bytes 11 a 30 são reenviados: a primeira cópia de 10 deles se perdeu antes deste ponto, ou não foi capturada.',
  );
});
