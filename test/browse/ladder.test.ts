/** The ladder of the browser: the same as elsewhere, with an explanation of each segment. */
import { beforeAll, describe, expect, it } from 'vitest';
import { renderLadder } from '../../src/render/text/ladder.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { Model, reportsOf } from './model.js';

let demo: ConnectionReport[];
beforeAll(async () => {
  demo = await reportsOf('captures/demo-tcp.pcap');
});

/** The explanation of each segment, by its packet. */
function explained(model: Model): Map<number, string> {
  const texts = new Map<number, string>();
  model.press('g');
  for (let row = 0; row < (model.state.ladder?.rows.length ?? 0); row++) {
    const text = model.press('ENTER').lines.slice(1, -1).join('\n').trim();
    const packet = /^Packet (\d+)/.exec(text)?.[1];
    if (packet !== undefined) texts.set(Number(packet), text.replaceAll('\n  ', ' '));
    model.press('ESCAPE', 'j');
  }
  return texts;
}

describe('the ladder', () => {
  it('is that of synfin FILE', () => {
    const model = new Model(demo, 100, 60).press('ENTER');
    const [report] = demo;
    const style = { width: 100, color: false, unicode: true, absolute: false };
    const ladder = report === undefined ? [] : renderLadder(report, style).split('\n');
    expect(model.lines.slice(1, 1 + ladder.length)).toEqual(ladder);
  });

  it('begins at the first segment, and steps to the last', () => {
    const model = new Model(demo).press('ENTER');
    expect(model.screen).toContain('The client asks to open');
    expect(model.lines.at(-1)).toMatch(/^ segment 1 of /);
    model.press('G');
    const { rows, selected } = model.state.ladder ?? { rows: [], selected: 0 };
    expect(selected).toBe(rows.length - 1);
    expect(model.press('j').state.ladder?.selected).toBe(selected);
  });

  it('adds up the numbers', () => {
    const texts = [...explained(new Model(demo, 80, 40).press('ENTER')).values()].join('\n');
    expect(texts).toMatch(/seq 0 \+ SYN = 1, the next number of the client/);
    expect(texts).toMatch(/ack 1 = 0 \+ SYN of packet \d+/);
    expect(texts).toMatch(/seq 1 \+ \d+ bytes = \d+, the next number of the client/);
    expect(texts).toMatch(/ack (\d+) = 1 \+ \d+ bytes of packet \d+/);
    expect(texts).toMatch(/\+ FIN = \d+/);
    expect(texts).toMatch(/States: client ESTABLISHED → FIN-WAIT-1, server ESTABLISHED → CLOSE-WAIT/);
    expect(texts).toMatch(/Window [\d,]+ × [\d,]+ = [\d,]+ bytes/);
  });

  it('sums that are shown are right', () => {
    const texts = [...explained(new Model(demo, 200, 40).press('ENTER')).values()].join('\n');
    const sums = [...texts.matchAll(/(?:seq|ack) (\d+)((?: \+ (?:SYN|FIN|\d+ bytes?))+) = (\d+)/g)];
    expect(sums.length).toBeGreaterThan(2);
    for (const [, from, parts = '', to] of sums) {
      const taken = [...parts.matchAll(/\+ (SYN|FIN|\d+)/g)].map(([, part]) => Number(part) || 1);
      expect(Number(from) + taken.reduce((sum, each) => sum + each, 0)).toBe(Number(to));
    }
  });

  it('explains the phases: how the connection opened and closed, and what was agreed', () => {
    const model = new Model(demo, 100, 40).press('ENTER', 'g');
    expect(model.screen).toMatch(/^Three-way handshake in /m);
    expect(model.screen).toMatch(/^Agreed: MSS /m);
  });

  it('says why a segment was ignored', async () => {
    const model = new Model(await reportsOf('fixtures/synthetic/badrst.pcap'), 120, 40).press('ENTER');
    expect([...explained(model).values()].join('\n')).toMatch(/ignored by the receiver/);
  });

  it('goes to the next connection of the list and back to it', async () => {
    const model = new Model(await reportsOf('captures/demo-tcp-many.pcap')).press('ENTER', 'n');
    expect(model.lines[0]).toMatch(/^#1 /);
    expect(model.press('p').lines[0]).toMatch(/^#0 /);
    expect(model.press('p').screen).toContain('the first one');
    expect(model.press('n', 'q').selected).toBe(1);
    expect(model.state.ladder).toBe(null);
  });

  it('is a list of arrows where it is narrow', () => {
    const model = new Model(demo, 40, 14).press('ENTER');
    expect(model.lines.find((line) => line.includes('SYN'))).toMatch(/^\s*\d+ → SYN 0$/);
    expect(model.lines[0]).toMatch(/^#0 closed by /);
  });
});
