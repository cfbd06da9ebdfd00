/**
 * Properties of every verdict, over all scenarios and over random segments: it names packets that exist and belong
 * to the connection, its parts agree with each other, and its sentences say something.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingSentence } from '../../src/explain/en/finding-sentences.js';
import { patternSentence } from '../../src/explain/en/pattern-sentences.js';
import { resetSentence } from '../../src/explain/en/reset-sentences.js';
import { closingSentence, openingSentence } from '../../src/explain/en/sentences.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { analyse, type Results } from '../scenario/pipeline.js';
import { bugs, cases, runScenario } from '../scenario/scenario.js';
import { captured, segments } from '../track/random-segments.js';

function agrees(report: ConnectionReport, results: Results, icmp: ReadonlySet<number>): void {
  const { opening, closing, states } = report;
  const own = new Set(
    results.rows.filter(({ connection }) => connection === report.index).map(({ packet }) => packet),
  );
  const named = [
    ...opening.packets,
    ...closing.packets,
    ...(closing.reset?.evidence ?? []),
    ...report.findings.map(({ packet }) => packet),
  ];
  for (const packet of named) {
    // half-open recovery counts from a SYN that an older connection ignored
    const known = own.has(packet) || icmp.has(packet) || results.rows.some((row) => row.packet === packet);
    expect(known, `packet ${packet}`).toBe(true);
  }
  if (closing.reset !== null) {
    expect(own).toContain(closing.reset.packet);
    expect(closing.reset.evidence).toContain(closing.reset.packet);
  }
  expect(opening.packets).toEqual([...new Set(opening.packets)].sort((a, b) => a - b));
  const complete: readonly string[] = ['three-way', 'simultaneous', 'fast-open'];
  if (opening.kind !== 'not-captured') expect(opening.complete).toBe(complete.includes(opening.kind));
  const timed = opening.complete && opening.synCount > 0;
  if (!timed) expect(opening.connectTime).toBeNull();
  // unknown where the packets are not in the order of their times, and then every part of it is null
  else if (opening.connectTime === null) {
    // of an opening whose last ACK was missed, the first part is known
    if (!opening.ackMissed) expect(opening.synToSynAck).toBeNull();
    expect([opening.synAckToAck, opening.capturePoint]).toEqual([null, null]);
  }
  for (const part of [opening.synToSynAck, opening.synAckToAck]) expect(part ?? 0).toBeGreaterThanOrEqual(0);
  if (closing.kind === 'none') expect(closing.complete).toBe(false);
  if (closing.kind === 'open') expect(closing.initiator).toBeNull();
  if (closing.kind === 'reset') {
    expect(closing.reset?.accepted).toBe(true);
    expect(closing.timeWait).toBeNull();
  }
  if (closing.timeWait === 'client') expect(['TIME-WAIT', 'CLOSED']).toContain(states.client);
  if (closing.timeWait === 'server') expect(['TIME-WAIT', 'CLOSED']).toContain(states.server);
  for (const end of [report.traffic.client, report.traffic.server]) {
    expect(end.retransmittedBytes).toBeLessThanOrEqual(end.bytes);
    if (end.rtt !== null) {
      expect(end.rtt.min).toBeLessThanOrEqual(end.rtt.median);
      expect(end.rtt.median).toBeLessThanOrEqual(end.rtt.max);
    }
  }
  if (report.response !== null) {
    expect(report.response.first).toBeGreaterThanOrEqual(0);
    expect(report.response.first).toBeLessThanOrEqual(report.response.max);
    expect(report.response.median).toBeLessThanOrEqual(report.response.max);
    expect(report.response.count).toBeGreaterThan(0);
  }
}

function speaks(report: ConnectionReport): void {
  const sentences = [
    openingSentence(report),
    closingSentence(report),
    ...(report.closing.reset === null ? [] : [resetSentence(report.closing.reset, report)]),
    ...report.findings.map((finding) => findingSentence(finding, report)),
  ];
  for (const sentence of sentences) {
    expect(sentence).not.toMatch(/undefined|NaN|null|Infinity|\[object|\s{2}|^\s|\s$/);
    expect(sentence.length).toBeGreaterThan(3);
  }
  // a finding without a text would show its code
  for (const finding of report.findings) expect(findingSentence(finding, report)).not.toBe(finding.code);
}

describe('every verdict', () => {
  it.each([...cases(), ...bugs()])('$name', async ({ text }) => {
    const outcome = await runScenario(text);
    const icmp = new Set(outcome.scenario.packets.flatMap(({ isTcp }, index) => (isTcp ? [] : [index + 1])));
    for (const report of outcome.connections) {
      agrees(report, outcome, icmp);
      speaks(report);
    }
    for (const pattern of outcome.summary.patterns) expect(patternSentence(pattern)).toMatch(/\w+ .*\d/);
  });

  it('of any sequence of segments', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: true }), async (list) => {
        const results = await analyse(captured(list));
        for (const report of results.connections) {
          agrees(report, results, new Set());
          speaks(report);
        }
      }),
      { numRuns: 200 },
    );
  });
});
