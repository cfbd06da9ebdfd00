/**
 * The words of every verdict on every capture: each phrase is once in phrases.txt, without its numbers, so that a change
 * of words is one line there (`npm run goldens` writes it), and no phrase can be lost unnoticed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { collect } from '../src/analysis/collect.js';
import { agreedSentence, performanceSentence } from '../src/explain/en/facts.js';
import { findingSentence } from '../src/explain/en/finding-sentences.js';
import { patternSentence } from '../src/explain/en/pattern-sentences.js';
import { resetSentence } from '../src/explain/en/reset-sentences.js';
import { segmentSentences } from '../src/explain/en/segment-sentences.js';
import { closingSentence, openingSentence } from '../src/explain/en/sentences.js';
import { udpSentence } from '../src/explain/en/udp-sentences.js';
import { warningText } from '../src/explain/en/warning-sentences.js';
import { nodeHost } from '../src/files/host.js';
import { openCaptures } from '../src/files/open-captures.js';
import { ladderRows } from '../src/render/ladder-rows.js';
import { storiesOf } from '../src/render/stories.js';
import type { ConnectionReport } from '../src/verdict/report.js';
import { ROOT, readableCaptures } from './cli/fixtures.js';

const FILE = join(import.meta.dirname, 'phrases.txt');

/** Times, addresses and numbers as `#`, except sections of RFCs. */
function withoutNumbers(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]*(?::[0-9a-f]*){2,}(?=[\s,;:)]|$)/g, '#')
    .replaceAll(/(?<!RFC (?:\d+ )?[\d.]*)\b\d[\d.,/]*(?<![.,/])(?: ?(?:ns|µs|ms|s|min|h)\b)?/g, '#')
    .replaceAll(/#(?:(?:, | |\/)#)+/g, '#');
}

function* ofConnection(report: ConnectionReport): Generator<string> {
  const { closing, findings } = report;
  const reset = closing.reset === null ? null : resetSentence(closing.reset, report);
  const apart = (sentence: string): string => (reset === null ? sentence : sentence.replace(reset, 'RESET'));
  yield* parts('opening', apart(openingSentence(report)), '; ');
  yield* parts('closing', apart(closingSentence(report)), '; ');
  if (reset !== null) yield `reset: ${reset}`;
  yield* parts('options', agreedSentence(report), /[,;] /);
  yield* parts('performance', performanceSentence(report), /[,;] /);
  for (const finding of findings) yield* parts('finding', findingSentence(finding, report), '; ');
  yield* ofSegments(report);
}

const NUMBERS = { sequence: '1', acknowledgement: '1' };

/** The texts of each segment of a ladder, without its notes, which are findings. */
function* ofSegments(report: ConnectionReport): Generator<string> {
  const states = { client: 'STATE', server: 'STATE' };
  const stories = storiesOf(report, ladderRows(report, false), false);
  for (const entry of report.ladder ?? []) {
    if (!('sequence' in entry)) continue;
    const fromClient = entry.side === report.clientSide;
    const row = { fromClient, time: 1, since: 1, before: states, after: states, notes: [], ...NUMBERS };
    for (const sentence of segmentSentences(entry, row, report, stories.get(entry.packet)))
      yield `segment: ${sentence}`;
  }
}

/** The parts of a text, one by one. */
function parts(what: string, sentence: string, separator: string | RegExp): string[] {
  return sentence === '' ? [] : sentence.split(separator).map((part) => `${what}: ${part}`);
}

async function* phrasesOf(path: string): AsyncGenerator<string> {
  const { capture, connections, udpFlows } = await collect(await openCaptures([join(ROOT, path)]), {
    host: nodeHost,
    ladders: 3,
  });
  for (const warning of capture.warnings) yield `warning: ${warningText(warning)}`;
  for (const pattern of capture.patterns) yield `pattern: ${patternSentence(pattern)}`;
  for (const report of connections) yield* ofConnection(report);
  for (const flow of udpFlows) yield `udp: ${udpSentence(flow)}`;
}

it('the phrases are those of phrases.txt (npm run goldens renews it)', async () => {
  const phrases = new Set<string>();
  for (const path of readableCaptures())
    for await (const phrase of phrasesOf(path)) phrases.add(withoutNumbers(phrase));
  const actual = `${[...phrases].sort().join('\n')}\n`;
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(FILE, actual);
  expect(actual).toBe(readFileSync(FILE, 'utf8'));
}, 60_000);
