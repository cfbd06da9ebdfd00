/**
 * Portuguese against English: the same phrases, with the same numbers and states, none of them left in English and none with
 * a word that Brazil does not use. `npm run goldens` renews the texts in pt-BR/.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/collect.js';
import * as en from '../../src/explain/en/index.js';
import { LANGUAGES, languageOf } from '../../src/explain/languages.js';
import type { Phrases } from '../../src/explain/phrases.js';
import * as pt from '../../src/explain/pt-BR/index.js';
import { nodeHost } from '../../src/files/host.js';
import { openCaptures } from '../../src/files/open-captures.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { allCaptures, ROOT, readableCaptures } from '../cli/fixtures.js';
import { runCli } from '../run-cli.js';

/** Words that are the same in both: names of flags, loans, units. */
const SAME = new Set(['SYN', 'FIN', 'RST', 'ACK', 'reset', 'firewall']);
const STATES =
  /\b(?:CLOSED|LISTEN|SYN-SENT|SYN-RECEIVED|ESTABLISHED|FIN-WAIT-[12]|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)\b/g;

/** European words, words translated by machine, and false friends: reference of terms. */
const BANNED =
  /(?<!\p{L})(?:ligaç(?:ão|ões)|ficheiros?|utilizador(?:es)?|aperto de mão|soquetes?|portos?|tramas?|octetos?|anfitrião|hospedeiros?|telas? azul|quatro vias|semiabertas?|espúri[ao]s?|acusad[ao]s?|reiniciad[ao]s?|redefinid[ao]s?|derrubad[ao]s?|dropad[ao]s?|secção|facto|contacto|registo|receção|controlo|atualmente|eventualmente|suporta|em voo|no fio|está a|estão a|ecrã|gap|peer|stack)(?!\p{L})/iu;

/** English that is in no loan, name of a file, option or protocol. */
const ENGLISH =
  /(?<![\p{L}\d./_-])(?:the|from|with|and|of|is|was|were|not|by|to|packets?|clients?|servers?|connections?|closed|opened|sent|first|only|segments?|answer(?:ed)?|captured?|unseen|retransmi(?:ssions?|tted)|more|after|window|likely|note)(?![\p{L}\d/_-])/u;

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
  const states = { client: 'ESTABLISHED', server: 'unseen' };
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
    yield* phrases.segmentSentences(entry, { ...row, fromClient, notes: [] }, report);
  }
}

/** The digits of each number: what separates them differs. */
function numbersIn(text: string): string[] {
  const found = text.match(/\d[\d.,]*/g) ?? [];
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

  it('say the same of every capture', async () => {
    for (const path of [...readableCaptures(), ...allCaptures().filter((name) => name.includes('/cases/'))]) {
      const options = { host: nodeHost, ladders: 3 };
      const found = await collect(await openCaptures([join(ROOT, path)]), options);
      for (const report of found.connections) {
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
    // what was read may be named as anything
    const said = stdout.replace(capture, '');
    expect(BANNED.exec(said)?.[0]).toBeUndefined();
    expect(lines(said).filter((line) => ENGLISH.test(line))).toEqual([]);
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

  it('are those that there are', () => {
    expect(LANGUAGES).toEqual(['en', 'pt-BR']);
  });
});
