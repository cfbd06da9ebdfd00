/** Pictures of the wire as lines of text: arrows between the two ends, bytes of an option, the TCP header. */
import type { FieldName, TermTexts } from '../../explain/terms/names.js';
import {
  type Cells,
  PICTURES,
  type PictureName,
  type PictureWord,
  type Row,
} from '../../explain/terms/pictures.js';
import { fitTo, paint, type TextStyle } from '../text/style.js';

/** Columns of a state, and between it and the arrows. */
const SIDE = 12;
const GAP = 2;
const INDENT = 2;
const ARROW = 38;
/** A dash or two, a blank and a head on both sides of a label. */
const AROUND_LABEL = 5;

/** Lines of a picture; none where it does not fit into the width. `name`: the term, which stands out. */
export function pictureLines(
  picture: PictureName,
  name: string,
  texts: TermTexts,
  style: TextStyle,
): readonly string[] {
  const data: readonly Row[] | Cells | 'header' = PICTURES[picture];
  const lines =
    data === 'header'
      ? headerLines(name, texts, style)
      : 'cells' in data
        ? cellLines(data, texts, style)
        : rowLines(data, name, texts, style);
  return lines.every((line) => visible(line) <= style.width) ? lines : [];
}

function visible(line: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are such characters
  return line.replaceAll(/\u001b\[\d+m/g, '').length;
}

/** With the words in braces as the language has them. */
function worded(text: string, { labels }: TermTexts): string {
  return text.replaceAll(/\{([^}]+)\}/g, (_, word: PictureWord) => labels.picture[word] ?? word);
}

function rowLines(rows: readonly Row[], name: string, texts: TermTexts, style: TextStyle): string[] {
  const width = Math.min(ARROW, style.width - INDENT - 2 * (SIDE + GAP));
  const labels = rows.map(([, arrow]) => worded(arrow.replace(/^x?[<>~]/, ''), texts));
  if (labels.some((label) => label.length + AROUND_LABEL > width)) return [];
  const side = (text: string): string => {
    const word = worded(text.replace(/^=/, ''), texts);
    const fitted = word.padEnd(SIDE);
    return word === name ? fitted.replace(word, paint(style, 'bold', word)) : fitted;
  };
  const line = (left: string, middle: string, right: string): string =>
    `${' '.repeat(INDENT)}${left}${' '.repeat(GAP)}${middle}${' '.repeat(GAP)}${right}`.trimEnd();
  const ends = line(texts.labels.picture.client.padEnd(SIDE), ' '.repeat(width), texts.labels.picture.server);
  return [
    paint(style, 'dim', ends),
    ...rows.map(([left, arrow, right], index) =>
      line(side(left), arrowText(arrow, labels[index] ?? '', width, style), side(right)),
    ),
  ];
}

function arrowText(arrow: string, label: string, width: number, style: TextStyle): string {
  const [dash, right, left, lost, dots] = style.unicode
    ? ['─', '▶', '◀', '✕', '⋮']
    : ['-', '>', '<', 'x', ':'];
  if (arrow.startsWith('~')) return centered(`${dots} ${label}`, width, ' ');
  const rightwards = arrow.includes('>');
  if (!arrow.startsWith('x')) {
    const middle = centered(` ${label} `, width - 1, dash);
    return rightwards ? `${middle}${right}` : `${left}${middle}`;
  }
  const reach = Math.max(label.length + 4, Math.floor(width * 0.8));
  const middle = centered(` ${label} `, reach - 1, dash);
  return rightwards ? `${middle}${lost}`.padEnd(width) : `${lost}${middle}`.padStart(width);
}

function centered(text: string, width: number, fill: string): string {
  const before = Math.max(0, Math.floor((width - text.length) / 2));
  return fill.repeat(before) + text + fill.repeat(Math.max(0, width - text.length - before));
}

function cellLines({ cells }: Cells, texts: TermTexts, style: TextStyle): string[] {
  const words = cells.map(([above, below]) => [worded(above, texts), worded(below, texts)] as const);
  const widths = words.map(([above, below]) => Math.max(above.length, below.length) + 2);
  const line = (from: string, between: string, to: string, part: (index: number) => string): string =>
    `${' '.repeat(INDENT)}${from}${words.map((_, index) => part(index)).join(between)}${to}`;
  const [dash, bar, corners] = style.unicode
    ? ['─', '│', ['┌', '┬', '┐', '└', '┴', '┘']]
    : ['-', '|', ['+', '+', '+', '+', '+', '+']];
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = corners;
  const rule = (index: number): string => dash.repeat(widths[index] ?? 0);
  return [
    line(a, b, c, rule),
    line(bar, bar, bar, (index) => centered(words[index]?.[0] ?? '', widths[index] ?? 0, ' ')),
    line(d, e, f, rule),
    paint(
      style,
      'dim',
      line(' ', ' ', '', (index) => centered(words[index]?.[1] ?? '', widths[index] ?? 0, ' ')).trimEnd(),
    ),
  ];
}

const HALF = 31;

function headerLines(name: string, texts: TermTexts, style: TextStyle): string[] {
  const isFlag = Object.hasOwn(texts.flag, name);
  const wanted = isFlag ? 'flags' : name;
  const title = (field: FieldName): string => texts.field[field].title.replace(/ \(.*/, '');
  const cell = (fields: readonly FieldName[], width: number): string => {
    const mark = fields.some((field) => field === wanted) ? (style.unicode ? '▸' : '>') : ' ';
    const text = fitTo(`${mark}${fields.map(title).join(', ')}`, width, style);
    return mark === ' ' ? text : paint(style, 'bold', text);
  };
  const bar = style.unicode ? '│' : '|';
  const rule = (left: string, middle: string, right: string): string => {
    const dashes = (style.unicode ? '─' : '-').repeat(HALF);
    return `${' '.repeat(INDENT)}${left}${dashes}${middle}${dashes}${right}`;
  };
  const two = (left: readonly FieldName[], right: FieldName): string =>
    `${' '.repeat(INDENT)}${bar}${cell(left, HALF)}${bar}${cell([right], HALF)}${bar}`;
  const whole = (field: FieldName): string =>
    `${' '.repeat(INDENT)}${bar}${cell([field], 2 * HALF + 1)}${bar}`;
  const numbers = `${' '.repeat(INDENT + 1)}0${'15'.padStart(HALF - 1)} 16${'31'.padStart(HALF - 2)}`;
  return [
    paint(style, 'dim', numbers),
    ...(style.unicode ? [rule('┌', '┬', '┐')] : [rule('+', '+', '+')]),
    two(['source port'], 'destination port'),
    whole('sequence number'),
    whole('acknowledgment number'),
    two(['header length', 'flags'], 'window'),
    two(['checksum'], 'urgent pointer'),
    ...(style.unicode ? [rule('└', '┴', '┘')] : [rule('+', '+', '+')]),
  ];
}
