/** `synfin explain WORD`: what a word of TCP, of synfin, Zeek or Wireshark means. */
import { UserError } from '../../errors.js';
import { spoken } from '../../explain/languages.js';
import { loadTermTexts } from '../../explain/term-texts.js';
import {
  completenessOf,
  historyOf,
  kindOf,
  knownNames,
  LISTS,
  ofKind,
  TERMS,
  type Term,
  termsOf,
} from '../../explain/terms/lookup.js';
import { TERM_KINDS, type TermKind, type TermTexts } from '../../explain/terms/names.js';
import { fieldPaths, fieldRecords, fieldsNamed, fieldsPage } from '../../render/terms/fields.js';
import { joined, usedWidth, wrapped } from '../../render/terms/layout.js';
import { termList, termRecords } from '../../render/terms/list.js';
import { termPage } from '../../render/terms/page.js';
import { completenessPage, historyPage } from '../../render/terms/peers.js';
import type { TextStyle } from '../../render/text/style.js';
import { nearestOf } from '../../where/suggest.js';
import { type OutputFlags, textStyle } from '../options/options.js';
import { DONE } from '../terminal/exit-codes.js';
import { type CliIo, write } from '../terminal/io.js';

export interface ExplainFlags extends Pick<OutputFlags, 'color' | 'width' | 'ascii'> {
  list?: boolean;
  format: 'text' | 'json';
}

/** Of a word that is not known, so much is repeated. */
const LONGEST = 60;

export async function explain(words: readonly string[], flags: ExplainFlags, io: CliIo): Promise<number> {
  const texts = await loadTermTexts(spoken);
  const style = textStyle({ ...flags, format: 'table' }, io);
  await write(io.stdout, answer(words.join(' ').trim(), flags, texts, style));
  return DONE;
}

function answer(typed: string, flags: ExplainFlags, texts: TermTexts, style: TextStyle): string {
  const kind = kindOf(typed);
  if (flags.list === true && typed !== '' && kind === null)
    throw new UserError(texts.labels.unknown(shortened(typed)), texts.labels.lists(Object.values(LISTS)));
  if (flags.format === 'json') return records(typed, kind, flags, texts);
  if (flags.list === true) return termList(kind === null ? TERM_KINDS : [kind], texts, style);
  if (typed === '') return introduction(texts, style);
  const terms = termsOf(typed);
  if (terms.length > 0) return termPage(typed, terms, texts, style);
  const completeness = completenessOf(typed);
  if (completeness !== null) return completenessPage(completeness.number, completeness.bits, texts, style);
  const string = historyOf(typed);
  if (string !== null) return historyPage(string.history, string.letters, texts, style);
  if (kind !== null) return termList([kind], texts, style);
  return fieldsPage(fieldsOf(typed, texts), texts.labels, style);
}

/** What is no other word is the name of a field, or nothing. */
function fieldsOf(typed: string, texts: TermTexts): ReturnType<typeof fieldsNamed> {
  const fields = fieldsNamed(typed);
  if (fields.length === 0) throw unknown(typed, texts);
  return fields;
}

/** The same, as data. */
function records(typed: string, kind: TermKind | null, flags: ExplainFlags, texts: TermTexts): string {
  const terms = asTerms(typed, kind, flags);
  return terms === null ? fieldRecords(fieldsOf(typed, texts)) : termRecords(terms, texts);
}

function asTerms(typed: string, kind: TermKind | null, flags: ExplainFlags): readonly Term[] | null {
  if (typed === '') return TERMS;
  const terms = flags.list === true ? [] : termsOf(typed);
  if (terms.length > 0) return terms;
  const parts = completenessOf(typed)?.bits ?? historyOf(typed)?.letters;
  return parts ?? (kind === null ? null : ofKind(kind));
}

function introduction({ labels }: TermTexts, style: TextStyle): string {
  return joined(
    [
      ...wrapped(labels.introduction, usedWidth(style)),
      '',
      '  synfin explain TIME-WAIT',
      '  synfin explain accept queue',
      '  synfin explain 31',
      '  synfin explain ShADadFf',
      '',
      labels.hint,
    ],
    style,
  );
}

function unknown(typed: string, { labels }: TermTexts): UserError {
  // a number is near no other
  const near = /^\d+$/.test(typed) ? [] : nearestOf(typed, [...knownNames(), ...fieldPaths()], 5);
  const hints = near.length === 0 ? [labels.hint] : [labels.suggestions(near), labels.hint];
  return new UserError(labels.unknown(shortened(typed)), hints.join('\n'));
}

/** What was typed may be a whole file. */
function shortened(typed: string): string {
  return typed.length > LONGEST ? `${typed.slice(0, LONGEST)}…` : typed;
}
