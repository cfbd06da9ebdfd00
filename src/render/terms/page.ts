/** A term as `synfin explain` shows it, or several of the same name. */
import { type Term, textOf } from '../../explain/terms/lookup.js';
import type { TermTexts } from '../../explain/terms/names.js';
import { paint, type TextStyle } from '../text/style.js';
import { commandsOf, exactWords, shownName, sourceText } from './facts.js';
import { commandLines, headed, joined, labelled } from './layout.js';
import { pictureLines } from './picture.js';

/** What one or several terms mean; `typed`: what was asked for. */
export function termPage(typed: string, terms: readonly Term[], texts: TermTexts, style: TextStyle): string {
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) return joined(termLines(only, texts, style), style);
  const heads = paint(style, 'bold', texts.labels.meanings(typed, terms.length));
  const texted = terms.flatMap((term) => ['', ...shortLines(term, texts, style)]);
  const picture = only === undefined ? [] : pictureOf(only, texts, style);
  const drawn = picture.length > 0 ? ['', ...picture] : [];
  const fits = 1 + drawn.length + texted.length < SCREEN;
  return joined([heads, ...(fits ? drawn : []), ...texted], style);
}

/** Lines of a usual terminal. */
const SCREEN = 24;

function pictureOf({ facts, name }: Term, texts: TermTexts, style: TextStyle): readonly string[] {
  return facts.picture === undefined ? [] : pictureLines(facts.picture, name, texts, style);
}

function termLines(term: Term, texts: TermTexts, style: TextStyle): string[] {
  const { facts } = term;
  const { labels } = texts;
  const { what, why } = textOf(term, texts);
  const picture = pictureOf(term, texts, style);
  return [
    ...heading(term, texts, style),
    ...(picture.length > 0 ? ['', ...picture] : []),
    '',
    ...labelled('what', what, labels, style),
    ...labelled('why', why, labels, style),
    ...labelled('source', sourceText(term, labels), labels, style),
    ...commandLines(commandsOf(term), labels, style),
    ...labelled('also', (facts.also ?? []).join(', '), labels, style),
  ];
}

/** Of several meanings, each with the words that ask for it alone. */
function shortLines(term: Term, texts: TermTexts, style: TextStyle): string[] {
  const { labels } = texts;
  const { what, why } = textOf(term, texts);
  return [
    ...heading(term, texts, style),
    ...labelled('what', what, labels, style),
    ...labelled('why', why, labels, style),
    ...commandLines([`synfin explain ${exactWords(term)}`], labels, style),
  ];
}

function heading(term: Term, texts: TermTexts, style: TextStyle): string[] {
  const { title } = textOf(term, texts);
  const [kind] = texts.labels.kinds[term.kind];
  const name = shownName(term);
  const says = title.replace(/ \(.*/, '') === term.name ? '' : `: ${title}`;
  return headed(name, ` (${kind})${says}`, style);
}
