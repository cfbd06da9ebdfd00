/** Labels, paragraphs and commands of what `synfin explain` shows. */
import type { TermLabels } from '../../explain/terms/names.js';
import { paint, plain, type TextStyle, wrap } from '../text/style.js';

const LEAST_WIDTH = 30;

export function usedWidth({ width }: TextStyle): number {
  return Math.max(LEAST_WIDTH, width);
}

export function joined(lines: readonly string[], style: TextStyle): string {
  return `${lines.map((line) => plain(line, style)).join('\n')}\n`;
}

const UNIT = /(\d) (?=(?:s|ms|kB|GB|bytes?|bits?|minutes?|minutos?)\b)/g;

/** Wrapped, with numbers and their units together; later lines are indented. */
export function wrapped(text: string, width: number, indent = 0): string[] {
  return wrap(text.replaceAll(UNIT, '$1\u00a0'), width, indent).map((line) => line.replaceAll('\u00a0', ' '));
}

/** A word in a separate column, and its text. */
export function entry(word: string, column: number, text: string, style: TextStyle): string[] {
  const indent = column + 4;
  return wrapped(text, usedWidth(style) - indent).map(
    (line, index) => `  ${(index === 0 ? word : '').padEnd(column)}  ${line}`,
  );
}

/** The same, where the word may be too long for its column: then it has a line of its own. */
export function listed(word: string, column: number, text: string, style: TextStyle): string[] {
  return word.length <= column
    ? entry(word, column, text, style)
    : [`  ${word}`, ...entry('', column, text, style)];
}

/** A name in bold and what it is, wrapped. */
export function headed(name: string, rest: string, style: TextStyle): string[] {
  return wrapped(`${name}${rest}`, usedWidth(style), 2).map((line, index) =>
    index === 0 && line.startsWith(name) ? `${paint(style, 'bold', name)}${line.slice(name.length)}` : line,
  );
}

function labelWidth(labels: TermLabels): number {
  const all = [labels.what, labels.why, labels.source, labels.see, labels.also];
  return Math.max(...all.map((label) => label.length)) + 2;
}

type Label = 'what' | 'why' | 'source' | 'also';

export function labelled(label: Label, text: string, labels: TermLabels, style: TextStyle): string[] {
  if (text === '') return [];
  const indent = labelWidth(labels);
  return wrapped(text, usedWidth(style) - indent).map((line, index) =>
    beside(index, labels[label], line, labels, style),
  );
}

/** Commands are never broken, so that they can be copied; long ones begin further left. */
export function commandLines(commands: readonly string[], labels: TermLabels, style: TextStyle): string[] {
  const indent = labelWidth(labels);
  if (commands.some((command) => indent + command.length > style.width))
    return [paint(style, 'dim', labels.see), ...commands.map((command) => `  ${command}`)];
  return commands.map((command, index) => beside(index, labels.see, command, labels, style));
}

function beside(index: number, label: string, line: string, labels: TermLabels, style: TextStyle): string {
  const indent = labelWidth(labels);
  return index === 0
    ? `${paint(style, 'dim', label)}${' '.repeat(indent - label.length)}${line}`
    : `${' '.repeat(indent)}${line}`;
}
