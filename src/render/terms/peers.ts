/** Wireshark's completeness and Zeek's history, read bit by bit and letter by letter. */
import { completenessLabel, type Term, textOf } from '../../explain/terms/lookup.js';
import type { TermTexts } from '../../explain/terms/names.js';
import type { TextStyle } from '../text/style.js';
import { commandLines, entry, joined, labelled, usedWidth, wrapped } from './layout.js';
import { pictureLines } from './picture.js';

export function completenessPage(
  number: number,
  bits: readonly Term[],
  texts: TermTexts,
  style: TextStyle,
): string {
  const { labels } = texts;
  const names = bits.map(({ name }) => name);
  const sum = labels.completeness(number, names, completenessLabel(number));
  return joined(
    [
      ...wrapped(sum, usedWidth(style), 2),
      '',
      ...pictureLines('completeness', '', texts, style),
      '',
      ...bits.flatMap((bit) => entry(bit.name.padStart(2), 2, textOf(bit, texts).title, style)),
      '',
      ...labelled('why', labels.completenessWhy, labels, style),
      ...commandLines([`synfin trace.pcap --where 'completeness == ${number}'`], labels, style),
      ...labelled('also', 'completeness, conn_state, history', labels, style),
    ],
    style,
  );
}

/** `terms`: of the letters, one each. */
export function historyPage(
  history: string,
  terms: readonly Term[],
  texts: TermTexts,
  style: TextStyle,
): string {
  const { labels } = texts;
  const lines = [...history].flatMap((letter, index) => {
    const term = terms[index];
    const title = term === undefined ? '' : textOf(term, texts).title;
    const isRole = letter === '^';
    const isOriginator = letter === letter.toUpperCase();
    return entry(letter, 1, isRole ? title : labels.letter(isOriginator, title), style);
  });
  return joined(
    [
      ...wrapped(labels.historyTitle(history), usedWidth(style), 2),
      '',
      ...lines,
      '',
      ...labelled('why', labels.historyWhy, labels, style),
      ...commandLines([`synfin trace.pcap --where 'history == "${history}"'`], labels, style),
      ...labelled('also', 'history, conn_state, completeness', labels, style),
    ],
    style,
  );
}
