/** Pages of lessons in the terminal: paragraphs folded, names of code coloured, nothing that a terminal obeys. */
import { escapeText } from '../escape.js';
import { paint, plain, type TextStyle } from '../render/text/style.js';
import type { Block } from './lesson.js';

/** Beyond this, lines are hard to read. */
const WIDEST = 80;
const CODE_INDENT = '  ';

/** Lines of a block; of an answer and of the output of a command those that the page has. */
export function blockLines(block: Block, style: TextStyle): string[] {
  switch (block.is) {
    case 'text':
      return prose(block.text, '', style);
    case 'item':
      return prose(block.text, `${block.mark} `, style);
    case 'code':
      return codeLines(block.lines, CODE_INDENT, style);
    case 'output':
      return [commandLine(block.command, style), ...codeLines(block.lines, '', style)];
    // what it shows, a ladder shows too
    case 'picture':
      return [];
    case 'answer':
      return block.blocks.flatMap((each) => ['', ...blockLines(each, style)]).slice(1);
  }
}

export function headingLine(text: string, style: TextStyle): string {
  return paint(style, 'bold', safe(text, style));
}

export function commandLine(command: string, style: TextStyle): string {
  return paint(style, 'bold', safe(`$ ${command}`, style));
}

function codeLines(lines: readonly string[], indent: string, style: TextStyle): string[] {
  return lines.map((line) => (line === '' ? '' : indent + safe(line, style)));
}

function safe(text: string, style: TextStyle): string {
  return plain(escapeText(text), style);
}

/** The marks of bold text and code: one character each, without a meaning of its own (and not in pages). */
const [BOLD, CODE, END] = ['\ue000', '\ue001', '\ue002'];

/** `before`: the mark of an item, under which its further lines do not go. */
function prose(text: string, before: string, style: TextStyle): string[] {
  const marked = safe(text, style)
    .replaceAll(/\[([^\]]*)\]\((https?:[^)]*)\)/g, '$1 ($2)')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*(.+?)\*\*/g, (_, bold: string) => bold.replaceAll(/[^ ]+/g, `${BOLD}$&${END}`))
    .replaceAll(/(?<=^|[ (])\*([^*\s][^*]*)\*/g, '$1')
    .replaceAll(/`([^`]+)`/g, (code) =>
      style.color ? code.slice(1, -1).replaceAll(/[^ ]+/g, `${CODE}$&${END}`) : code,
    );
  const width = Math.min(style.width, WIDEST) - before.length;
  return folded(marked, width).map(
    (line, at) => (at === 0 ? before : ' '.repeat(before.length)) + painted(line, style),
  );
}

/** Lines of at most `width` columns, of which the marks take none. */
function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let [line, length] = ['', 0];
  for (const word of text.split(' ')) {
    const columns = word.replaceAll(/[\ue000-\ue002]/g, '').length;
    if (line !== '' && length + 1 + columns > width) {
      lines.push(line);
      [line, length] = [word, columns];
    } else if (line === '') [line, length] = [word, columns];
    else [line, length] = [`${line} ${word}`, length + 1 + columns];
  }
  return [...lines, line];
}

function painted(line: string, style: TextStyle): string {
  return line.replaceAll(/([\ue000\ue001])([^\ue002]*)\ue002/g, (_, mark: string, text: string) =>
    paint(style, mark === BOLD ? 'bold' : 'cyan', text),
  );
}
