/**
 * Portuguese compared with English: the same phrases, with the same numbers and states, none left in English and none with
 * a word that Brazil does not use. `npm run goldens` renews the texts in pt-BR/.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/analysis/collect.js';
import type { ErrorValues } from '../../src/error-kinds/all.js';
import * as en from '../../src/explain/en/index.js';
import { LANGUAGES, languageOf } from '../../src/explain/languages.js';
import type { Phrases } from '../../src/explain/phrases.js';
import * as pt from '../../src/explain/pt-BR/index.js';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import { ladderRows } from '../../src/render/ladder-rows.js';
import { storiesOf } from '../../src/render/stories.js';
import { FINDING_CODES } from '../../src/verdict/catalogue.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { CONTINUATION_VALUES, PROBLEM_VALUES } from '../capture/problems.js';
import { allCaptures, ROOT, readableCaptures } from '../cli/fixtures.js';
import { errorSamples } from '../error-samples.js';
import { runCli } from '../run-cli.js';
import { BANNED } from './banned.js';

/** Words that are the same in both: names of flags, loans, units. */
const SAME = new Set(['SYN', 'FIN', 'RST', 'ACK', 'reset', 'firewall']);
const STATES =
  /\b(?:CLOSED|LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-[12]|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)\b/g;

/** English that is in no loan, name of a file, option or protocol. */
const ENGLISH =
  /(?<![\p{L}\d./_-])(?:the|from|with|and|of|is|was|were|not|by|to|packets?|clients?|servers?|connections?|closed|opened|sent|first|only|segments?|answer(?:ed)?|captured?|unseen|retransmi(?:ssions?|tted)|more|after|window|likely|note)(?![\p{L}\d/_-]|\.\p{L})/u;

function* textsOf(phrases: Phrases, report: ConnectionReport): Generator<string> {
  yield phrases.headline(report);
  yield phrases.outcomeWords(report.outcome);
  yield phrases.causeWords(report);
  yield phrases.openingSentence(report);
  yield phrases.closingSentence(report);
  yield phrases.agreedSentence(report);
  yield phrases.performanceSentence(report);
  for (const finding of report.findings) yield phrases.findingSentence(finding, report);
  yield* phrases.wholeFindings(report, true);
  yield* phrases.verdictReasons(report);
  const states = { client: 'ESTABLISHED', server: 'unseen' };
  const stories = storiesOf(report, ladderRows(report, false), false);
  for (const entry of report.ladder ?? []) {
    if (!('sequence' in entry)) continue;
    yield phrases.rowNote(entry) ?? '';
    const row = {
      time: 1.5,
      since: 0.25,
      before: states,
      after: states,
      sequence: '1',
      acknowledgement: '1',
    };
    const fromClient = entry.side === report.clientSide;
    yield* phrases.segmentSentences(
      entry,
      { ...row, fromClient, notes: [] },
      report,
      stories.get(entry.packet),
    );
  }
}

/** The digits of each number: what separates them differs. */
/** Ordinals are words: "1º". */
function numbersIn(text: string): string[] {
  const found = text.replaceAll(/\d+º/g, '').match(/\d[\d.,]*/g) ?? [];
  return [...new Set(found.map((number) => number.replace(/[.,]/g, '')))].sort();
}

function expectSameMeaning(english: string, portuguese: string, path: string): void {
  const where = `${path}: ${english}`;
  expect(portuguese === '', where).toBe(english === '');
  if (english !== '' && !SAME.has(english)) expect(portuguese, where).not.toBe(english);
  expect(numbersIn(portuguese), where).toEqual(numbersIn(english));
  expect(portuguese.match(STATES)?.sort() ?? [], where).toEqual(english.match(STATES)?.sort() ?? []);
  expect(BANNED.exec(portuguese)?.[0], where).toBeUndefined();
  expect(ENGLISH.exec(portuguese)?.[0], `${where} / ${portuguese}`).toBeUndefined();
  expect(portuguese, where).not.toMatch(/undefined|NaN|\[object/);
}

describe('the phrases in both languages', () => {
  it('have the same names and types', () => {
    const shape = (phrases: Phrases): Record<string, string> =>
      Object.fromEntries(Object.entries(phrases).map(([name, value]) => [name, typeof value]));
    expect(shape(pt)).toEqual(shape(en));
    for (const [name, table] of Object.entries(en))
      if (typeof table === 'object') expect(Object.keys(Reflect.get(pt, name))).toEqual(Object.keys(table));
  });

  it('say the same about every capture', async () => {
    for (const path of [...readableCaptures(), ...allCaptures().filter((name) => name.includes('/cases/'))]) {
      const options = { host: nodeHost, ladders: 3 };
      const found = await collect(await openCaptures([join(ROOT, path)]), options);
      for (const report of found.connections) {
        expect(linkedIn(pt, report)).toEqual(linkedIn(en, report));
        const portuguese = [...textsOf(pt, report)];
        [...textsOf(en, report)].forEach((text, at) => {
          expectSameMeaning(text, portuguese[at] ?? '', path);
        });
      }
      for (const flow of found.udpFlows) {
        expectSameMeaning(en.udpSentence(flow), pt.udpSentence(flow), path);
        expectSameMeaning(en.udpOutcome(flow), pt.udpOutcome(flow), path);
      }
      for (const pattern of found.capture.patterns)
        expectSameMeaning(en.patternSentence(pattern), pt.patternSentence(pattern), path);
    }
  }, 120_000);
});

/** Packets that the page links to, of each sentence of a verdict. */
function linkedIn(phrases: Phrases, report: ConnectionReport): string[] {
  const { openingSentence, closingSentence, findingSentence, PACKET_NUMBERS } = phrases;
  const texts = [openingSentence(report), closingSentence(report)];
  texts.push(...report.findings.map((finding) => findingSentence(finding, report)));
  return texts.map((text) =>
    [...text.matchAll(PACKET_NUMBERS)]
      .flatMap((found) => numbersIn(found[0]))
      .sort()
      .join(),
  );
}

/** Phrases that no connection has, each as a call. */
const CALLS: readonly ((phrases: Phrases) => string | null)[] = [
  (p) => p.listSentence({ matching: 1184, all: 60_000, shown: 10, noun: 'connection', sort: by('connect') }),
  (p) => p.listSentence({ matching: 12, all: 60, shown: 12, noun: 'connection', sort: by('bytes', true) }),
  (p) => p.listSentence({ matching: null, all: 60, shown: 12, noun: 'connection', sort: null }),
  (p) => p.matchSentence(1, 20, 'connection'),
  (p) => p.listHint(20, ['cause']),
  (p) =>
    p
      .pageHints({
        hiddenFlows: 3,
        lists: true,
        failed: true,
        browsable: true,
        dropped: ['cause'],
        live: false,
      })
      .join('\n'),
  (p) => p.groupsSentence(40, 60, 2, 'server-port'),
  (p) => p.histogramHead('response'),
  (p) => p.restOfGroups(1200, ['p99']),
  (p) => p.dropsCaveat({ kernel: 3, interface: null }),
  (p) => p.evictionCaveat({ halfOpen: 2, others: 3, udpFlows: 7 }),
  (p) => p.evictionCaveat({ halfOpen: 0, others: 0, udpFlows: 1 }),
  (p) => p.othersText(12, [{ packets: 12, what: 'ICMP error' }], true),
  (p) => p.oneToManyText(3, '10.0.0.1:53'),
  (p) => p.morePatternsText(4),
  (p) => p.capturedText('lo', 'libpcap', 'ns', 0),
  (p) => p.capturedText('lo', 'tcpdump', null, null),
  (p) => p.noFailuresText(1),
  (p) => p.noFailuresText(8),
  (p) => p.barsHead('10 s', '08:00:00'),
  (p) => p.connectionsWith(p.codesText([['syn-retry', 1200]], 5)),
  (p) => p.slowConnectsText({ slowConnects: 3 } as Parameters<Phrases['slowConnectsText']>[0]),
  (p) => p.unfinishedText([['open', 12]]),
  (p) => p.notFailed([['closed', 58_000]]),
  (p) => p.examplesText(4, 201, 2, true),
  (p) => p.NOTHING_STANDS_OUT,
  (p) => p.TOO_MANY_GROUPS,
  (p) => p.foldSentence({ from: 5, to: 20, segments: [10, 6], bytes: [1000, 0] }),
  (p) =>
    p.runSentence({ from: 5, to: 9, segments: [0, 1200], bytes: [0, 5000] }, 'data', { from: '7', ack: '' }),
  (p) => p.runSentence({ from: 5, to: 9, segments: [4, 0], bytes: [0, 0] }, 'ack', { from: '', ack: '99' }),
  (p) =>
    p.runSentence({ from: 5, to: 9, segments: [4, 0], bytes: [0, 0] }, 'duplicate-ack', {
      from: '',
      ack: '9',
    }),
  (p) => p.sentBytesText('client', 1005, 100),
  (p) => p.segmentTitle(7, 0.0412, 'server', 'ACK', ['SYN'], { client: 'CLOSED', server: 'LISTEN' }),
  (p) => p.icmpFrom('10.0.0.9', p.icmpText({ version: 4, type: 3, code: 7, mtu: 1400 })),
  (p) => p.moreDatagrams(12),
  (p) => p.packetsIn(31, 0.445),
  (p) => p.slopesText(null),
  (p) => p.slopesText('server'),
  (p) => p.lostBehindText(22),
  (p) => p.afterText(0.2, 7),
  (p) => p.marksText(3, 'probe'),
  (p) => p.windowClosedText(1.5),
  (p) => p.sequenceTitle({ ...SEQUENCE, closed: 1.5, retransmissions: 0 }),
  (p) => p.sequenceTitle({ ...SEQUENCE, closed: 0, retransmissions: 3 }),
  (p) => p.sequenceTitle({ ...SEQUENCE, closed: 0, retransmissions: 0 }),
  (p) => p.sequenceSubtitle('client', 65_536),
  (p) => p.roundTripTitle('server', { samples: 3, min: 0.001, median: 0.002, max: 0.003 } as never),
  (p) => p.roundTripTitle('server', null),
  (p) => p.roundTripSubtitle('client', 31),
  (p) => p.windowTitle('client', 5000, 65_536),
  (p) => p.windowSubtitle('client', 65_536),
  (p) => p.throughputTitle('client', 5000, 2, 3000, 0.5),
  (p) => p.throughputSubtitle('client', 0.5),
  (p) => p.lensTitle(0.25, 40),
  (p) => p.leftOutText(1200),
  (p) => p.watchStatus({ open: 3, over: 1200, failed: 2, packets: 24_000, lost: 0 }),
  (p) => p.watchStatus({ open: 0, over: 1, failed: 0, packets: 1, lost: null }),
  (p) => p.kernelText([p.kernelEnd('server', null, { sign: '≠', state: 'ESTABLISHED' })]),
  (p) => p.correctionText('no-answer'),
  (p) => p.slowestResponseText(1.02),
  (p) => p.leftOutFine(20),
  (p) => p.leftOutLines(1200),
  (p) => p.silenceText('port 80', 'eth0', 5, ['lo'], true),
  (p) => p.silenceText('', null, 5, [], false),
  (p) => p.speedText(730_000),
  (p) => p.leftText(3),
  (p) => p.readingText('filter', 0.45, 200),
  (p) => p.moreLinesKey(3),
  (p) => p.statesAfterText('CLOSED', 'TIME-WAIT'),
  (p) => p.liveStatus(true, 240, 1),
  (p) => p.connectionPosition(12, 1200),
  (p) => p.noConnectionsText(true),
  (p) => p.capturingText('lo', 'libpcap', '+02:00'),
  (p) => p.processesText(1000),
  (p) => p.savedBytesText(262_144),
  (p) => p.withoutWriting('disk'),
  (p) => p.captureEndedAt(2e9),
  (p) => p.recordingText('TCP', 'reset'),
  (p) => p.notWritten('x.pcap'),
  (p) => p.pageText(1_200_000, { count: 1200, shown: 40, left: 7 }),
  (p) => p.pageText(1_200_000, null),
  (p) => p.learnList(13),
  (p) => p.learnHint('synfin learn 1'),
  (p) => p.learnKeys(),
  (p) => p.learnAnswerKeys(),
  (p) => p.learnEnd(null),
  (p) => p.learnEnd('synfin learn data'),
  (p) => p.learnUnknown('half-closed', 'half-close'),
  (p) => p.learnUnknownHint(),
  (p) => p.learnMissing(),
  (p) => p.learnFromPage(),
  (p) => p.learnLive('loss'),
  (p) => p.learnNotLive(),
  (p) => p.learnNotLiveAgain(),
  ...PROBLEM_VALUES.map((problem) => (p: Phrases) => p.warningText({ problem, continued: null })),
  ...CONTINUATION_VALUES.map(
    (continued) => (p: Phrases) =>
      p.warningText({ problem: { kind: 'no-time', packet: 7, at: 99 }, continued }),
  ),
  (p) => p.noSuchConnection(9, 6, 5),
  (p) => p.noSuchConnection(9, 6, 8),
  (p) => p.noSuchConnection(9, 1, 0),
  (p) => p.noTcpText('svg', 2),
  (p) => p.tooManyText('markdown', 20, 42),
  (p) => p.commentText(7, '-'),
  (p) => p.fileFactsText({ ...FILE, drops: { kernel: 3, interface: 0 }, compression: 'gzip' }),
  (p) => p.interfaceText(0, 'eth0', 'Ethernet', 96),
  (p) => p.moreInterfacesText(4),
  // the report page
  (p) => p.overallText(414, 25, OUTCOMES, [['closed', 389]]),
  (p) => p.overallText(3, 3, [['refused', 3]], []),
  (p) => p.overallText(1, 0, [], [['open', 1]]),
  (p) => p.noTcpHere(12, 0, 0),
  (p) => p.noTcpHere(12, 1, 12),
  ...(
    ['damage', 'warning', 'drops', 'evicted', 'pattern', 'stands-out', 'selection', 'left-out'] as const
  ).map((remark) => (p: Phrases) => p.remarkName(remark)),
  (p) => p.listOfThose('outcome.failed'),
  (p) => p.noRoomFor(1200, 'connection', 'x'),
  (p) => p.segmentsLeftOut(3, 'x'),
  (p) => p.someOf(5000, 60_000),
  ...(['server', 'all', 'failed', 'connect', 'respond'] as const).map(
    (head) => (p: Phrases) => p.serverHead(head),
  ),
  (p) => p.aBarText(5),
  (p) => p.timelineText(9, 5, 4),
  (p) => p.whenHead(178),
  ...(
    ['client', 'server', 'outcome', 'connect', 'start', 'duration', 'sent', 'received', 'tags'] as const
  ).map((head) => (p: Phrases) => p.rowHead(head)),
  ...(['client', 'server', 'verdict', 'duration', 'sent', 'received'] as const).map(
    (head) => (p: Phrases) => p.flowHead(head),
  ),
  (p) => p.firstFlows(100),
  (p) => p.readingTitle('x.pcap'),
  (p) => p.notReadHere('x'),
  (p) => p.faultText('x'),
  ...(['waiting', 'live', 'lost', 'ended'] as const).map(
    (state) => (p: Phrases) => `${p.waitingTitle(state)}. ${p.waitingText(state)} ${p.pageState(state)}`,
  ),
  (p) => p.momentText('2025-10-09', '08:53:20'),
  (p) =>
    p
      .pageKeys()
      .map(([, meaning]) => meaning)
      .join('. '),
  ...(['system', 'light', 'dark'] as const).map((theme) => (p: Phrases) => p.themeName(theme)),
  (p) => p.notInPage(9),
  ...(['warning', 'note', 'notes', 'options', 'times', 'caveat'] as const).map(
    (name) => (p: Phrases) => p.factName(name),
  ),
  (p) => p.saidTimes('x', 1200),
  (p) => p.packetName(7),
  (p) => p.positionText(3, 27),
  ...(['time', 'from', 'segment', 'client', 'server', 'notes'] as const).map(
    (head) => (p: Phrases) => p.segmentHead(head),
  ),
  (p) => p.fromEnd('server'),
  (p) => p.fieldPlace('x', 4, 8),
  (p) => p.statesText('SYN-SENT', 'LISTEN', 1),
  (p) => p.yesOrNo(true),
  (p) => p.yesOrNo(false),
  (p) => p.bothWays(65_495),
  (p) => p.eachWay(1460, null),
  (p) => p.scalesText(7, 10),
  ...(['classic', 'accurate', 'cookie-request', 'requested', 'cookie-given', 'data-accepted'] as const).map(
    (word) => (p: Phrases) => p.optionWord(word),
  ),
  ...(['data-ignored', 'capable', 'join'] as const).map((word) => (p: Phrases) => p.optionWord(word)),
  (p) => p.graphsTitle('client'),
  (p) => p.sentNoData('server'),
  (p) => p.barsText(0.01, true),
  ...Object.keys(FINDING_CODES)
    // named by its state in Portuguese
    .filter((code) => code !== 'time-wait-assassination')
    .map((code) => (p: Phrases) => p.findingName(code)),
  ...Object.keys(en)
    .filter((name) => name === name.toUpperCase() && typeof Reflect.get(en, name) === 'string')
    .map((name) => (p: Phrases) => String(Reflect.get(p, name))),
];

function by(key: string, reversed = false): { key: string; reversed: boolean } {
  return { key, reversed };
}

const OUTCOMES = [
  ['reset', 10],
  ['no-answer', 9],
  ['refused', 6],
] as const;
const SEQUENCE = { sender: 'client', bytes: 5000, duration: 2.5, segments: 31 } as const;
const FILE = { format: 'pcap', packets: 240, bytes: 5000, damaged: true } as const;

it.each(CALLS.map((call) => [call(en) ?? '', call(pt) ?? '']))('%s: %s', (english, portuguese) => {
  expectSameMeaning(english, portuguese, 'words');
});

/** In an error, what is the same in all languages: values of samples, options with their values, roles in a value. */
const IN_ALL = /[\w?-]+-\d{3}\b|\bEIO\b|--\w[\w-]*(?: segments)?|:(?:client|server)\b/g;

function partsOf(values: ErrorValues, { errorText, errorHint }: Phrases): string[] {
  return [errorText(values), errorHint(values) ?? ''].map((text) => text.replaceAll(IN_ALL, '…'));
}

it.each(errorSamples())('an error, $kind', (values) => {
  const portuguese = partsOf(values, pt);
  expect(numbersIn(pt.errorText(values))).toEqual(numbersIn(en.errorText(values)));
  partsOf(values, en).forEach((english, at) => {
    // of words, or nothing but values
    if (/^[…:.\s]*$/.test(english)) expect(portuguese[at]).toBe(english);
    else expectSameMeaning(english, portuguese[at] ?? '', values.kind);
  });
});

/** A header with each option that has words of its own. */
const OPTIONS = [
  [2, 4, 5, 0xb4],
  [3, 3, 7],
  [4, 2],
  [8, 10, 0, 0, 0, 9, 0, 0, 0, 7],
  [1, 1],
  [5, 10, 0, 0, 0, 1, 0, 0, 0, 9],
  [19, 2],
  [28, 4, 0, 30],
  [29, 2],
  [30, 3, 0x10],
  [34, 2],
  [172, 2],
  [254, 2],
  [99, 3, 0],
  [0],
];

it('a part that another label has is removed from a sentence', () => {
  const labels = ['100 bytes retransmitted', 'SYN retransmitted', 'FIN ACK 1,200 bytes', '6 bytes'];
  expect(labels.map(en.shortLabel)).toEqual(['100 bytes', 'SYN', 'FIN ACK', '6 bytes']);
  const portuguese = ['100 bytes retransmitidos', 'SYN retransmitido', 'FIN ACK 1.200 bytes', '6 bytes'];
  expect(portuguese.map(pt.shortLabel)).toEqual(['100 bytes', 'SYN', 'FIN ACK', '6 bytes']);
  expect(en.withoutAgreed('agreed: MSS 1460')).toBe('MSS 1460');
  expect(pt.withoutAgreed('acordado: MSS 1460')).toBe('MSS 1460');
});

it('the fields of a header say the same', async () => {
  const { connections } = await collect(await openCaptures([join(ROOT, 'captures/demo-tcp.pcap')]), {
    host: nodeHost,
    ladders: 1,
  });
  const [report] = connections;
  const fixed = [0xd9, 0xce, 0xa6, 0x2d, 1, 2, 3, 4, 5, 6, 7, 8];
  let fields = 0;
  for (const segment of report?.ladder ?? []) {
    if (report === undefined || !('sequence' in segment)) continue;
    for (const option of OPTIONS) {
      const options = Array.from({ length: Math.ceil(option.length / 4) * 4 }, (_, at) => option[at] ?? 0);
      const words = 5 + options.length / 4;
      const header = [...fixed, words << 4, segment.flags & 0xff, 0, 64, 0xfe, 0x28, 0, 0];
      const bytes = Uint8Array.from([...header, ...options, 0x61, 0x62, 0x63]);
      const portuguese = pt.headerFields(bytes, { segment, report });
      en.headerFields(bytes, { segment, report }).forEach((field, at) => {
        const other = portuguese[at];
        expect([other?.from, other?.to]).toEqual([field.from, field.to]);
        expectSameMeaning(field.meaning, other?.meaning ?? '', field.name);
        expect(numbersIn(other?.value ?? '')).toEqual(numbersIn(field.value));
        fields++;
      });
    }
  }
  expect(fields).toBeGreaterThan(500);
});

describe('the text in Portuguese', () => {
  const lines = (text: string): string[] => text.split('\n');

  it.each(allCaptures())('of %s has the states of the English one, and fits', async (capture) => {
    const args = ['analyze', capture, '--width', '80'];
    const english = await runCli(args);
    const { stdout } = await runCli([...args, '--lang', 'pt-BR']);
    expect(stdout.match(STATES) ?? []).toEqual(english.stdout.match(STATES) ?? []);
    expect(lines(stdout).filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toMatch(/undefined|NaN|\[object/);
    // a file may have any name
    const said = stdout.replace(capture, '');
    expect(BANNED.exec(said)?.[0]).toBeUndefined();
    expect(lines(said).filter((line) => ENGLISH.test(line))).toEqual([]);
  });

  it.each([
    'captures/demo-tcp-half-close.pcap',
    'fixtures/kernel/fast-retransmit.pcap',
    'fixtures/kernel/zero-window.pcap',
    'fixtures/kernel/challenge-ack-rst.pcap',
    'fixtures/kernel/syn-retry.pcap',
  ])('in pictures of %s is not English', async (capture) => {
    const forms = [['svg'], ['mermaid'], ['svg', '--graph', 'time-sequence'], ['svg', '--graph', 'rtt']];
    forms.push(['svg', '--graph', 'window'], ['svg', '--graph', 'throughput'], ['svg', '--width', '400']);
    for (const form of forms) {
      const { code, stdout } = await runCli(['analyze', capture, '--lang', 'pt-BR', '--format', ...form]);
      expect(code).toBe(0);
      const texts = stdout
        .replace(/<style>.*?<\/style>/gs, '')
        .replaceAll(/^(?:sequenceDiagram|participant \w as|Note \w+(?: of)? \S+)/gm, '')
        .replaceAll(/<[^>]*>/g, '\n');
      expect(texts.split('\n').filter((line) => ENGLISH.test(line) || /opening|closing/.test(line))).toEqual(
        [],
      );
    }
  });

  it.each([
    ['demo-tcp', 'captures/demo-tcp.pcap', []],
    ['unread', 'fixtures/kernel/unread.pcap', []],
    ['connect-scan', 'fixtures/kernel/connect-scan.pcap', []],
    ['tcp-and-udp', 'fixtures/kernel/tcp-and-udp.pcap', ['--width', '60']],
    ['demo-tcp.ascii', 'captures/demo-tcp.pcap', ['--ascii']],
    ['fast-retransmit.markdown', 'fixtures/kernel/fast-retransmit.pcap', ['--format', 'markdown']],
  ])('is that of pt-BR/%s.txt', async (name, capture, options) => {
    const { stdout } = await runCli(['analyze', capture, ...options, '--lang', 'pt-BR']);
    const path = join(import.meta.dirname, 'pt-BR', `${name}.txt`);
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, stdout);
    expect(stdout).toBe(readFileSync(path, 'utf8'));
  });
});

describe('numbers in Portuguese', () => {
  it.each([
    [pt.grouped(1_234_567), '1.234.567'],
    [pt.count(0, 'byte'), '0 byte'],
    [pt.count(1, 'connection'), '1 conexão'],
    [pt.count(1234, 'retransmission'), '1.234 retransmissões'],
    [pt.count(3, 'more ACK'), 'mais 3 ACKs'],
    [pt.byteAmount(1_200_000), '1,2 MB'],
    [pt.durationText(26.3e-6), '26,3 µs'],
    [pt.durationText(125), '2 min 5 s'],
    [pt.durationsText(8.51e-6, 14e-6, 41.9e-3), '8,51µs/14µs/41,9ms'],
    [pt.durationsText(12.3e-6, 16e-6, 21.5e-6), '12,3/16/21,5µs'],
    [pt.durationCell(0.004), '4,00 ms'],
    [pt.roundDuration(0.004), '4 ms'],
    [pt.byteCell(1070), '1,07 kB'],
    [pt.shareText(61, 1000), '6,1%'],
    [pt.shareText(1, 100_000), '< 0,1%'],
    [pt.toAscii('não há conexões → 26,3 µs…'), 'nao ha conexoes -> 26,3 us...'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });

  it('groups four digits, and counts as CLDR does', () => {
    const format = new Intl.NumberFormat('pt-BR');
    const plural = new Intl.PluralRules('pt-BR');
    for (const n of [0, 1, 2, 19, 1000, 1234, 65_536, 1_000_001]) {
      expect(pt.grouped(n)).toBe(format.format(n));
      expect(pt.count(n, 'packet').endsWith('pacote')).toBe(plural.select(n) === 'one');
    }
  });
});

describe('names of languages', () => {
  it.each([
    ['en', 'en'],
    ['en_GB.UTF-8', 'en'],
    ['pt-BR', 'pt-BR'],
    ['pt_BR.UTF-8', 'pt-BR'],
    ['PT', 'pt-BR'],
    ['pt_PT@euro', 'pt-BR'],
    ['C.UTF-8', null],
    ['POSIX', null],
    ['de_DE', null],
    ['', null],
  ])('%s', (name, language) => {
    expect(languageOf(name)).toBe(language);
  });

  it('are all available languages', () => {
    expect(LANGUAGES).toEqual(['en', 'pt-BR']);
  });
});

it.each(LANGUAGES)('in %s the explained demo fits two screens of 80 by 24', async (language) => {
  const { stdout } = await runCli([
    ...['analyze', 'captures/demo-tcp.pcap', '--explain', '--width', '80', '--lang', language],
  ]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(48);
  for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(80);
});
