/** A term as `synfin explain` shows it, or several of the same name. */
import { type Term, textOf } from '../../explain/terms/lookup.js';
import type { TermTexts } from '../../explain/terms/names.js';
import { paint, type TextStyle } from '../text/style.js';
import { commandsOf, exactWords, shownName, sourceText } from './facts.js';
import { commandLines, joined, labelled, usedWidth, wrapped } from './layout.js';
import { pictureLines } from './picture.js';

/** What one or several terms mean; `typed`: what was asked for. */
export function termPage(typed: string, terms: readonly Term[], texts: TermTexts, style: TextStyle): string {
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) return joined(termLines(only, texts, style), style);
  const lines = [paint(style, 'bold', texts.labels.meanings(typed, terms.length))];
  for (const term of terms) lines.push('', ...shortLines(term, texts, style));
  return joined(lines, style);
}

function termLines(term: Term, texts: TermTexts, style: TextStyle): string[] {
  const { facts } = term;
  const { labels } = texts;
  const { what, why } = textOf(term, texts);
  const picture = facts.picture === undefined ? [] : pictureLines(facts.picture, term.name, texts, style);
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
  return wrapped(`${name} (${kind})${says}`, usedWidth(style), 2).map((line, index) =>
    index === 0 && line.startsWith(name) ? `${paint(style, 'bold', name)}${line.slice(name.length)}` : line,
  );
}
