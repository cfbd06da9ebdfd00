/**
 * The explanation of each segment of each capture: every number is one of the segment or follows from it, every state is one
 * that the ladder shows, and every claim is one that a packet can show.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dialogueLine } from '../../src/explain/en/dialogue.js';
import { storySentence } from '../../src/explain/en/story-sentences.js';
import { verdictReasons } from '../../src/explain/en/verdict-reasons.js';
import type { SegmentStory } from '../../src/explain/story/story.js';
import { ladderRows } from '../../src/render/ladder-rows.js';
import { storiesOf } from '../../src/render/stories.js';
import type { LadderSegment } from '../../src/track/memory/extras.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { ROOT, readableCaptures } from '../cli/fixtures.js';
import { reportsOf } from '../render/reports.js';
import { runCli } from '../run-cli.js';

interface ExplainedSegment {
  path: string;
  report: ConnectionReport;
  segment: LadderSegment;
  story: SegmentStory;
  text: string;
}

const explained: ExplainedSegment[] = [];
const reports: ConnectionReport[] = [];

beforeAll(async () => {
  for (const path of readableCaptures()) {
    for (const report of await reportsOf(join(ROOT, path), 5)) {
      reports.push(report);
      const stories = storiesOf(report, ladderRows(report, false), false);
      for (const segment of report.ladder ?? []) {
        if (!('sequence' in segment)) continue;
        const story = stories.get(segment.packet);
        if (story !== undefined) explained.push({ path, report, segment, story, text: storySentence(story) });
      }
    }
  }
}, 120_000);

/** Amounts of time, sections of RFCs, and packets are not numbers of the segment. */
function numbersIn(text: string): number[] {
  return [
    ...text
      .replaceAll(/\bRFC \d+( [\d.]+)*/g, '')
      .replaceAll(/[\d.,]+ (ns|µs|ms|s|min|h|d)\b/g, '')
      .replaceAll(/packets? [\d, and]+|FIN-WAIT-[12]/g, '')
      .replaceAll(/SO_LINGER 0|Window 0|Repeat \d+/g, '')
      .matchAll(/\d[\d,]*/g),
  ].map(([number]) => Number(number.replaceAll(',', '')));
}

function numbersOf({ segment, story }: ExplainedSegment): Set<number> {
  const { sequence, acknowledgement, length, rawSequence, rawAcknowledgement, gap, repeated } = segment;
  const known = new Set([rawSequence, rawAcknowledgement, length, gap, repeated]);
  for (const base of [sequence, sequence + length, acknowledgement ?? 0])
    for (const step of [-1, 0, 1, 2]) known.add(base + step);
  if (story.what.is === 'window-update' && story.what.to !== null) known.add(story.what.to);
  if (story.ack?.fin !== null && story.ack !== null) known.add(story.ack.fin);
  return known;
}

describe('the explanation of a segment', () => {
  it('is there for each of thousands', () => {
    expect(explained.length).toBeGreaterThan(2000);
    expect(
      explained.filter(({ text }) => text === '' || text.includes('undefined') || text.includes('NaN')),
    ).toEqual([]);
  });

  it('has every kind of thing that a segment can be', () => {
    const kinds = new Set(explained.map(({ story }) => story.what.is));
    expect([...kinds].sort()).toEqual([
      'ack',
      'challenge-ack',
      'copy',
      'data',
      'duplicate-ack',
      'fin',
      'ignored',
      'keep-alive',
      'keep-alive-answer',
      'rst',
      'syn',
      'syn-ack',
      'window-answer',
      'window-probe',
      'window-update',
    ]);
  });

  it('has only numbers of the segment', () => {
    const wrong = explained.flatMap((each) => {
      const known = numbersOf(each);
      const unknown = numbersIn(each.text).filter((number) => !known.has(number));
      return unknown.length === 0 ? [] : [`${each.path} ${each.segment.packet}: ${unknown}: ${each.text}`];
    });
    expect(wrong).toEqual([]);
  });

  it('names only states that the ladder shows', () => {
    const states =
      /\b(CLOSED|LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-[12]|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)\b/g;
    const wrong = explained.flatMap(({ path, story, text, segment }) => {
      if (segment.ignored !== null) return [];
      const known = new Set([story.states.client, story.states.server]);
      const named = [
        ...text
          .replace(/, without TIME-WAIT|ends the (?:client|server)'s TIME-WAIT early/, '')
          .matchAll(states),
      ].map(([state]) => state);
      return named.every((state) => known.has(state)) ? [] : [`${path} ${story.packet}: ${text}`];
    });
    expect(wrong).toEqual([]);
  });

  it('is short, and claims nothing that packets cannot show', () => {
    const long = explained
      .filter(({ text }) => text.split(' ').length > 48)
      .map(({ path, text }) => `${path}: ${text}`);
    expect(long).toEqual([]);
    const forbidden =
      /\b(delivered|was read|has read|received by the application|four-way|must answer|the connection is closed|we|you)\b/i;
    expect(explained.filter(({ text }) => forbidden.test(text)).map(({ text }) => text)).toEqual([]);
  });
});

describe('the dialogue', () => {
  it('has a line for each segment except copies and those that nobody receives', () => {
    for (const { story, path } of explained) {
      const line = dialogueLine(story);
      if (story.what.is === 'copy') expect(line).toBeNull();
      else if (story.what.is !== 'ack') expect(line, `${path} ${story.packet}`).toMatch(/^[A-Z(].*[.?)]$/);
    }
  });
});

describe('the reasons of a verdict', () => {
  it('name only packets of the connection', () => {
    for (const report of reports) {
      const text = verdictReasons(report).join(' ');
      expect(text).toMatch(/^[A-Z].*\.$/);
      expect(text).not.toMatch(/undefined|NaN|null/);
    }
  });
});

describe('cases that are easily described wrongly', () => {
  const textsOf = async (file: string): Promise<string[]> => {
    const argv = ['analyze', `fixtures/kernel/${file}.pcap`, '--explain', '--width', '400', '--lang', 'en'];
    return (await runCli(argv)).stdout.split('\n').map((line) => line.trim());
  };

  it.each([
    // an ACK of bytes that were never sent, and the later ACK of the FIN, which is new all the same
    [
      'ack-of-unsent',
      'ack 5006 says that the client has everything up to number 5005: that was not captured, or never sent.',
    ],
    ['ack-of-unsent', /^ack 18 acknowledges the server's FIN \(17\)\./],
    // the FIN was lost: it had not arrived
    ['fin-lost', 'The server sends 9 bytes: numbers 6 to 14; its next is 15. Server: still ESTABLISHED.'],
    // the server answered the SYN
    ['split-handshake', /^The server asks to open as well, without acknowledging the client's SYN:/],
    ['split-handshake', /^Opened by a split handshake in /],
    // the supposed sender of a forged RST goes on
    ['rst-exact', /Why: forged RST\. Server, on arrival: CLOSED\.$/],
    // the data of the SYN was not accepted, so it is new to the server
    [
      'tfo-ignored',
      /^Bytes 1 to 10 again, 21\.1 ms later, as the SYN-ACK acknowledges the SYN without its data\./,
    ],
    // no connection drops it, as there is no connection
    ['fin-scan', /a system without one answers by RST \(RFC 9293 3\.10\.7\)\.$/],
    ['timewait-old-syn', /seq 7, ack 7\. It stays in TIME-WAIT\.$/],
    [
      'half-open-recovery-server',
      /^The same SYN with the same number: the first one met an older connection\./,
    ],
    ['self-connect', /^ack 6 acknowledges the server's FIN \(5\)\./],
  ])('%s: %s', async (file, said) => {
    const texts = await textsOf(file);
    expect(texts.some((text) => (typeof said === 'string' ? text === said : said.test(text)))).toBe(true);
  });
});
