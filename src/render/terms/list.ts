/** All terms, a line each; and terms as data. */
import { TERMS, type Term, textOf } from '../../explain/terms/lookup.js';
import type { TermKind, TermTexts } from '../../explain/terms/names.js';
import { paint, type TextStyle } from '../text/style.js';
import { commandsOf, shownName, sourceText } from './facts.js';
import { joined, listed, usedWidth } from './layout.js';
import { pictureLines } from './picture.js';

const NAME_WIDTH = 22;

export function termList(kinds: readonly TermKind[], texts: TermTexts, style: TextStyle): string {
  const lines: string[] = [];
  for (const kind of kinds) {
    const terms = TERMS.filter((term) => term.kind === kind);
    const longest = Math.max(...terms.map((term) => shownName(term).length));
    const column = Math.min(longest, NAME_WIDTH, Math.floor(usedWidth(style) / 3));
    lines.push(...(lines.length > 0 ? [''] : []), paint(style, 'bold', texts.labels.kinds[kind][1]));
    for (const term of terms)
      lines.push(...listed(shownName(term), column, textOf(term, texts).title, style));
  }
  return joined(lines, style);
}

const WIDE: TextStyle = { width: 72, color: false, unicode: true, absolute: false };

/** For other programs; words in the language that was chosen. */
export function termRecords(terms: readonly Term[], texts: TermTexts): string {
  const records = terms.map((term) => ({
    term: term.name,
    kind: term.kind,
    ...textOf(term, texts),
    source: sourceText(term, texts.labels),
    picture: term.facts.picture === undefined ? [] : pictureLines(term.facts.picture, term.name, texts, WIDE),
    commands: commandsOf(term),
    seeAlso: term.facts.also ?? [],
    synonyms: term.facts.aliases ?? [],
  }));
  return `${JSON.stringify(records, null, 2)}\n`;
}
