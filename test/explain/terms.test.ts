/** The terms of `synfin explain`: complete in all languages, within bounds, and equal to the catalogues. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../src/demo/scenarios.js';
import { LANGUAGES } from '../../src/explain/languages.js';
import { loadTermTexts } from '../../src/explain/term-texts.js';
import { completenessOf, historyOf, kindOf, TERMS, termsOf, textOf } from '../../src/explain/terms/lookup.js';
import { TERM_KINDS } from '../../src/explain/terms/names.js';
import { PICTURES, type PictureName } from '../../src/explain/terms/pictures.js';
import { LATER, SCENARIO_NAMES, scenarioWords } from '../../src/explain/terms/scenarios.js';
import { commandsOf, exactWords, sourceText } from '../../src/render/terms/facts.js';
import { pictureLines } from '../../src/render/terms/picture.js';
import { STATES } from '../../src/track/rfc9293/transition.js';
import { FINDING_CODES, IGNORED_REASONS, PATTERN_CODES, RESET_CAUSES } from '../../src/verdict/catalogue.js';
import { compileFilter } from '../../src/where/filter.js';

const EN = await loadTermTexts('en');
const PT = await loadTermTexts('pt-BR');
const BOTH = [
  ['en', EN],
  ['pt-BR', PT],
] as const;
const WIDE = { width: 72, color: false, unicode: true, absolute: false };
const named = TERMS.map((term) => [`${term.kind} ${term.name}`, term] as const);
const words = (term: (typeof TERMS)[number], texts: typeof EN): string[] => {
  const { title, what, why } = textOf(term, texts);
  return [title, what, why];
};

describe('the terms', () => {
  it('are in every language that there is', () => {
    expect(BOTH.map(([language]) => language)).toEqual([...LANGUAGES]);
  });

  it('have all machine words', () => {
    const names = (kind: string): string[] =>
      TERMS.filter((term) => term.kind === kind).map(({ name }) => name);
    expect(names('state').sort()).toEqual([...STATES].sort());
    expect(names('finding').sort()).toEqual(Object.keys(FINDING_CODES).sort());
    expect(names('pattern').sort()).toEqual(Object.keys(PATTERN_CODES).sort());
    expect(names('cause').sort()).toEqual(Object.keys(RESET_CAUSES).sort());
    expect(names('ignored').sort()).toEqual(Object.keys(IGNORED_REASONS).sort());
  });

  it.each(BOTH)('%s: texts within bounds, without a line break', (_language, texts) => {
    for (const term of TERMS) {
      const { title, what, why } = textOf(term, texts);
      const name = `${term.kind} ${term.name}`;
      expect(title.length, `${name}: ${title}`).toBeLessThanOrEqual(80);
      expect(title, name).toMatch(/[^.]$/);
      for (const text of [what, why]) {
        expect(text, name).toMatch(/^[^\n]{4,}[.?]$/);
        expect(text.length, `${name}: ${text}`).toBeLessThanOrEqual(310);
      }
    }
  });

  it.each(BOTH)('%s: no text twice within a kind', (_language, texts) => {
    for (const kind of TERM_KINDS) {
      const titles = TERMS.filter((term) => term.kind === kind).map((term) => textOf(term, texts).title);
      expect(new Set(titles).size, kind).toBe(titles.length);
    }
  });

  it('differ in each language', () => {
    for (const term of TERMS) {
      const english = words(term, EN);
      for (const [index, text] of words(term, PT).entries()) expect(text, term.name).not.toBe(english[index]);
    }
  });

  it.each(BOTH)('%s: states are those of RFC 9293', (_language, texts) => {
    const known = new Set<string>([...STATES, 'SYN-ACK', 'FIN-ACK', 'SYN-SENT']);
    for (const term of TERMS) {
      const text = words(term, texts).join(' ');
      for (const [word] of text.matchAll(/\b[A-Z]{3,}(?:-[A-Z]+)?-(?:[A-Z]+|\d)\b/g))
        if (!/^(?:SYN-RECV|TCP-AO)$/.test(word)) expect([...known], `${term.name}: ${word}`).toContain(word);
    }
  });

  it.each(BOTH)('%s: an RFC is named with its section', (_language, texts) => {
    for (const term of TERMS) {
      const text = words(term, texts).join(' ');
      for (const [, after] of text.matchAll(/RFC \d+(.{0,12})/g))
        expect(after, term.name).toMatch(/^, (?:section|seção) /);
    }
  });
});

/** Words of pt-br.md that are to be avoided: European, translated by machine, or false. */
const AVOIDED =
  /\b(?:liga(?:ção|ções) TCP|aperto de mão|ficheiros?|semiabertas?|meia aberta|espúri[ao]s?|acusad[ao]s?|seqüência|número sequencial|porto|extremidades?|parceiros?|peers?|anfitri(?:ão|ões)|hospedeiros?|octetos?|trama|bandeiras?|sinalizador(?:es)?|soma de controlo|controlo|registo|contacto|facto|secção|reiniciar? a conexão|redefinid[ao]s?|janela nula|ACK de desafio|em voo|cronômetro|quatro vias|fechar a conexão|fecho|fechamento|derrubad[ao]s?|dropa\w*|sniffa\w*|ackar|eventualmente|atualmente|suporta\w*|assum(?:e|ir)|no fio|tampão|utilizador(?:es)?|viagem redonda|sistema operativo|está a \w+r\b)\b/i;

/** "Never say" of English. */
const NEVER =
  /\b(?:four-way handshake|the connection is closed|acknowledgement|nobody listens|told|lent|mend|must answer|message \d+|delivered to the (?:program|application))\b/i;

describe('the words', () => {
  it('of Portuguese are those of Brazil', () => {
    for (const term of TERMS)
      for (const text of words(term, PT)) expect(text, term.name).not.toMatch(AVOIDED);
  });

  it('of English contain no inexact wording', () => {
    for (const term of TERMS) for (const text of words(term, EN)) expect(text, term.name).not.toMatch(NEVER);
  });
});

describe('the facts of a term', () => {
  it.each(named)('%s', (_name, term) => {
    const { facts, name, kind } = term;
    for (const source of facts.rfc ?? [])
      expect(source, name).toMatch(/^\d{3,4} (?:\d+(?:\.\d+)*|Figure \d+|[A-Z][A-Za-z]+(?: [A-Z][a-z]+)*)$/);
    for (const [, texts] of BOTH) {
      expect(sourceText(term, texts.labels), 'a source').not.toBe(
        (facts.rfc ?? []).length > 0 ? '' : undefined,
      );
    }
    for (const alias of [name, ...(facts.aliases ?? [])]) expect(termsOf(alias), alias).toContain(term);
    for (const other of facts.also ?? []) {
      const known = termsOf(other).length > 0 || completenessOf(other) !== null;
      expect(known, `${name}: see also ${other}`).toBe(true);
      expect(termsOf(other), `${name}: see also itself`).not.toEqual([term]);
    }
    expect(termsOf(exactWords(term)), `alone: ${exactWords(term)}`).toContain(term);
    expect(termsOf(`${kind} ${name}`)).toContain(term);
    for (const command of commandsOf(term)) {
      const [, expression] = /--where '(.*)'$/.exec(command) ?? [];
      if (expression !== undefined) expect(() => compileFilter(expression)).not.toThrow();
    }
  });

  it('has a source, where a rule of TCP is meant', () => {
    const without = TERMS.filter((term) => sourceText(term, EN.labels) === '').map(({ name }) => name);
    expect(without).toEqual([
      'conn_state',
      'history',
      // what synfin measures and concludes
      'response time',
      'capture point',
      'evidence',
      'confidence',
      'unseen',
      'not-captured',
      'none',
      'not-captured',
    ]);
  });
});

describe('the pictures', () => {
  const pictures = Object.keys(PICTURES) as PictureName[];

  it.each(pictures)('%s', (picture) => {
    expect(
      TERMS.some(({ facts }) => facts.picture === picture),
      'some term has it',
    ).toBe(true);
    for (const [, texts] of BOTH) {
      const lines = pictureLines(picture, 'flags', texts, WIDE);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.length).toBeLessThanOrEqual(9);
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(72);
      expect(lines.join('\n')).not.toMatch(/[{}]|undefined/);
      const ascii = pictureLines(picture, 'flags', texts, { ...WIDE, unicode: false });
      expect(ascii.join('\n')).not.toMatch(/[─│┌▶◀✕⋮]/);
    }
  });
});

describe('the scenarios', () => {
  const there = (protocol: 'tcp' | 'udp'): string[] =>
    SCENARIOS.filter((scenario) => scenario.protocol === protocol).map(({ name }) => name);

  it.each(SCENARIO_NAMES.filter((name) => !LATER.includes(name)))('%s is in the demo', (name) => {
    const [protocol, scenario] = scenarioWords(name);
    expect(there(protocol)).toContain(scenario);
  });

  it('those named later are not in the demo yet', () => {
    for (const name of LATER) {
      const [protocol, scenario] = scenarioWords(name);
      expect(there(protocol), `${name} is to be taken out of LATER`).not.toContain(scenario);
    }
  });
});

describe('lookup', () => {
  it.each([
    ['TIME_WAIT', 'TIME-WAIT'],
    ['timewait', 'TIME-WAIT'],
    ['Time Wait', 'TIME-WAIT'],
    ['SYN+ACK', 'SYN-ACK'],
    ['número de sequência', 'sequence number'],
    ['numero de sequencia', 'sequence number'],
    ['backlog', 'accept queue'],
    ['what is a SYN?', 'SYN'],
    ['o que é um socket?', 'socket'],
    ['option 8', 'timestamps'],
    ['conn_state S0', 'S0'],
    ['RTO', 'retransmission timer'],
    ['tfo-cookie', 'fast-open-cookie'],
    ['alternatives', 'confidence'],
    ['ICMP 3/4', 'fragmentation-needed'],
    ['icmp type 3, code 13', 'administratively-prohibited'],
    ['ICMPv6 3/1', 'reassembly-time-exceeded'],
    ['icmp6 2/0', 'packet-too-big'],
    ['ICMP 3/200', 'icmp-error'],
  ])('%s is %s', (typed, name) => {
    expect(termsOf(typed).map((term) => term.name)).toEqual([name]);
  });

  it.each([
    ['reset', ['flag', 'closing', 'outcome']],
    ['simultaneous', ['opening', 'closing']],
    ['open', ['closing', 'outcome']],
    ['refused', ['opening', 'outcome', 'cause']],
    ['closing reset', ['closing']],
    ['half-open', ['word', 'ignored']],
  ])('%s has all its meanings', (typed, kinds) => {
    expect(termsOf(typed).map((term) => term.kind)).toEqual(kinds);
  });

  it('a number is completeness, bit by bit', () => {
    expect(completenessOf('37')?.bits.map(({ name }) => name)).toEqual(['1', '4', '32']);
    expect(completenessOf('tcp.completeness == 63')?.bits).toHaveLength(6);
    expect(completenessOf('64')).toBeNull();
    expect(completenessOf('0')).toBeNull();
  });

  it('a string of letters is a history', () => {
    expect(
      historyOf('ShADadFf')
        ?.letters.map(({ name }) => name)
        .join(''),
    ).toBe('SHADADFF');
    expect(historyOf('^hADf')?.letters).toHaveLength(5);
    expect(historyOf('Sr')?.letters).toHaveLength(2);
    for (const none of ['SYN', 'shutdown', 'S', 'hello']) expect(historyOf(none), none).toBeNull();
  });

  it('a kind is all of it', () => {
    expect(kindOf('states')).toBe('state');
    expect(kindOf('causa')).toBe('cause');
    expect(kindOf('opções')).toBe('option');
    expect(kindOf('nothing')).toBeNull();
  });
});

const DOCUMENT = resolve(import.meta.dirname, '../../docs/terms.md');

function described(kind: (typeof TERM_KINDS)[number]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = TERMS.filter((term) => term.kind === kind).map((term) => {
    const { title, what, why } = textOf(term, EN);
    const source = sourceText(term, EN.labels);
    return `| \`${term.name}\` | ${cell(`${title}. ${what}`)} | ${cell(why)} | ${source} |\n`;
  });
  const [, heading] = EN.labels.kinds[kind];
  return `## ${heading}\n\n| word | what | why | source |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

it('docs/terms.md describes them (UPDATE_GOLDENS=1 renews it)', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const start = text.indexOf('\n## ');
  const introduction = start < 0 ? `${text}\n` : text.slice(0, start + 1);
  const written = introduction + TERM_KINDS.map(described).join('\n');
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(DOCUMENT, written);
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(written);
});
