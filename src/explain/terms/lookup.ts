/** From what was typed to terms: by name, synonym, or kind and name; case, spaces and marks do not matter. */
import { icmpMeaning } from '../../verdict/udp.js';
import { termFacts } from './facts.js';
import { TERM_KINDS, type TermFacts, type TermKind, type TermText, type TermTexts } from './names.js';

/** One thing that can be explained. */
export interface Term {
  readonly kind: TermKind;
  readonly name: string;
  readonly facts: TermFacts;
}

/** In the order of their facts; objects have numbers before words, and the number as a whole comes before its bits. */
export const TERMS: readonly Term[] = TERM_KINDS.flatMap((kind) =>
  Object.entries<TermFacts>(termFacts[kind])
    .map(([name, facts]) => ({ kind, name, facts }))
    .sort((a, b) => Number(isNumber(a.name)) - Number(isNumber(b.name))),
);

/** Words for a kind, before a name (`closing reset`) or alone (`causes`). */
const KIND_WORDS: Readonly<Record<TermKind, readonly string[]>> = {
  word: ['word', 'general', 'palavra'],
  state: ['state', 'estado', 'tcp state', 'state machine'],
  flag: ['flag'],
  field: ['field', 'header field', 'campo'],
  option: ['option', 'opção', 'tcp option'],
  opening: ['opening', 'abertura', 'opening kind'],
  closing: ['closing', 'encerramento', 'closing kind'],
  outcome: ['outcome', 'resultado'],
  cause: ['cause', 'causa', 'reset cause'],
  finding: ['finding', 'achado', 'code'],
  pattern: ['pattern', 'padrão'],
  ignored: ['ignored', 'ignored because', 'ignorado'],
  connState: ['conn_state', 'connState'],
  history: ['history', 'letter', 'letra'],
  completeness: ['completeness', 'bit'],
};

/** As they are typed after `--list`. */
export const LISTS: Readonly<Record<TermKind, string>> = {
  word: 'words',
  state: 'states',
  flag: 'flags',
  field: 'fields',
  option: 'options',
  opening: 'openings',
  closing: 'closings',
  outcome: 'outcomes',
  cause: 'causes',
  finding: 'findings',
  pattern: 'patterns',
  ignored: 'ignored',
  connState: 'conn_state',
  history: 'history',
  completeness: 'completeness',
};

/** `TIME_WAIT`, `time-wait` and `Time Wait` are one. */
export function normalized(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9^]/g, '');
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

const INDEX: ReadonlyMap<string, readonly Term[]> = indexed();

/** Synonyms that are numbers without their punctuation, which distinguishes them from completeness: `::1`, `127.0.0.1`. */
const EXACT: ReadonlyMap<string, Term> = new Map(
  TERMS.flatMap((term) =>
    (term.facts.aliases ?? []).filter(isMarkedNumber).map((alias): [string, Term] => [alias, term]),
  ),
);

function isMarkedNumber(alias: string): boolean {
  return isNumber(normalized(alias)) && !isNumber(alias);
}

function indexed(): Map<string, Term[]> {
  const index = new Map<string, Term[]>();
  const add = (key: string, term: Term): void => {
    const terms = index.get(key);
    if (terms === undefined) index.set(key, [term]);
    else if (!terms.includes(term)) terms.push(term);
  };
  for (const term of TERMS) {
    const { kind, name, facts } = term;
    add(normalized(name), term);
    for (const alias of facts.aliases ?? []) if (!isMarkedNumber(alias)) add(normalized(alias), term);
    for (const word of KIND_WORDS[kind]) {
      add(normalized(`${word}${name}`), term);
      add(normalized(`${name}${word}`), term);
    }
  }
  return index;
}

/** All meanings of what was typed; none where it is not known. */
export function termsOf(typed: string): readonly Term[] {
  const exact = EXACT.get(typed.trim());
  if (exact !== undefined) return [exact];
  const wanted = normalized(typed);
  const found = INDEX.get(wanted) ?? INDEX.get(normalized(withoutQuestion(typed)));
  return found ?? INDEX.get(wanted.replace(/s$/, '')) ?? icmpTerms(typed);
}

/** `ICMP 3/4`, `icmpv6 type 1 code 4`: by the numbers in the message. */
function icmpTerms(typed: string): readonly Term[] {
  const numbers = /^\s*icmp(v?6)?\s*(?:type\s*)?(\d{1,3})\s*(?:[/,:.]|,?\s*code)\s*(\d{1,3})\s*$/i.exec(
    typed,
  );
  if (numbers === null) return [];
  const [, six, type, code] = numbers;
  return termsOf(icmpMeaning(six === undefined ? 4 : 6, Number(type), Number(code)));
}

/** `what is a SYN?` asks for `SYN`. */
function withoutQuestion(typed: string): string {
  return typed.replace(
    /^\s*(?:what(?:'s| is| are| does)?|o que (?:é|e|são)|explain)\s+(?:an? |the |um |uma |o |a )?/i,
    '',
  );
}

/** The kind that a word asks for as a whole: `causes`, `state`. */
export function kindOf(typed: string): TermKind | null {
  const wanted = normalized(typed);
  const fits = (word: string): boolean => {
    const plain = normalized(word);
    return wanted === plain || wanted === `${plain}s` || wanted === PLURALS[plain];
  };
  return TERM_KINDS.find((kind) => KIND_WORDS[kind].some(fits)) ?? null;
}

const PLURALS: Readonly<Record<string, string>> = { opcao: 'opcoes', padrao: 'padroes' };

/** Names and synonyms, for suggestions and shell completion. */
export function knownNames(): string[] {
  return [...new Set(TERMS.flatMap(({ name, facts }) => [name, ...(facts.aliases ?? [])]))];
}

export function textOf({ kind, name }: Term, texts: TermTexts): TermText {
  const ofKind: Readonly<Record<string, TermText>> = texts[kind];
  const text = ofKind[name];
  if (text === undefined) throw new Error(`no text of ${kind} ${name}`);
  return text;
}

/** A number as Wireshark's completeness, with the terms of its bits; null for other text. */
export function completenessOf(typed: string): { number: number; bits: readonly Term[] } | null {
  const digits = typed.replace(/^\s*(?:tcp\.)?completeness\s*(?:==?)?\s*/i, '').trim();
  const number = Number(digits);
  if (!isNumber(digits) || number < 1 || number > 63) return null;
  const bits = ofKind('completeness').filter(({ name }) => isNumber(name) && (number & Number(name)) !== 0);
  return { number, bits };
}

export function ofKind(kind: TermKind): readonly Term[] {
  return TERMS.filter((term) => term.kind === kind);
}

/** The words that Wireshark shows for the number. */
export function completenessLabel(number: number): string {
  const labels: Readonly<Record<number, string>> = {
    1: 'Incomplete, SYN_SENT',
    3: 'Incomplete, CLIENT_ESTABLISHED',
    7: 'Incomplete, ESTABLISHED',
    15: 'Incomplete, DATA',
    23: 'Complete, NO_DATA',
    31: 'Complete, WITH_DATA',
    39: 'Complete, NO_DATA',
    47: 'Complete, WITH_DATA',
    55: 'Complete, NO_DATA',
    63: 'Complete, WITH_DATA',
  };
  return labels[number] ?? `Incomplete (${number})`;
}

/** A string such as `ShADadFf`, with the terms of its letters; null for other text. */
export function historyOf(typed: string): { history: string; letters: readonly Term[] } | null {
  const history = typed.replace(/^\s*history\s+/i, '').trim();
  if (!/^(?:\^|\^?[ShHs])[SHADFRIQCGTWX^shadfriqcgtwx]+$/.test(history)) return null;
  const known = ofKind('history');
  const letters = [...history].map((letter) => known.find(({ name }) => name === letter.toUpperCase()));
  return { history, letters: letters.filter((letter) => letter !== undefined) };
}
