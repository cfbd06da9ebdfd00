/**
 * A page of docs/lessons as values: what it consists of, section by section. Only the Markdown that those pages use is known:
 * headings, paragraphs, lists, code, pictures, and answers in <details>.
 */

export interface Lesson {
  title: string;
  sections: readonly Section[];
}

/** The text below a heading; the first section is the text below the title. */
export interface Section {
  title: string;
  blocks: readonly Block[];
}

export type Block =
  | { is: 'text'; text: string }
  /** `mark`: `-`, or its number with a point. */
  | { is: 'item'; mark: string; text: string }
  | { is: 'code'; lines: readonly string[] }
  /** What a command prints; `lines` as the page has it, without the command. */
  | { is: 'output'; command: string; lines: readonly string[] }
  /** `shows`: what it shows, in words; `file`: its name. */
  | { is: 'picture'; shows: string; file: string }
  | { is: 'answer'; title: string; blocks: readonly Block[] };

const ITEM = /^(-|\d+\.) (.*)$/;
const PICTURE = /^!\[(.*)\]\((?:.*\/)?([^/)]+)\)$/;
const RUN = /^<!-- run: (.+) -->$/;

export function lessonOf(page: string): Lesson {
  const lines = page.split('\n');
  const title = lines.find((line) => line.startsWith('# '))?.slice(2) ?? '';
  const sections: { title: string; lines: string[] }[] = [];
  let code = false;
  for (const line of lines) {
    if (line.startsWith('```')) code = !code;
    if (!code && /^##? /.test(line)) sections.push({ title: line.replace(/^#+ /, ''), lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return {
    title,
    sections: sections.map((section) => ({ title: section.title, blocks: blocksOf(section.lines) })),
  };
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let command: string | null = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const run = RUN.exec(line);
    if (run !== null) command = run[1] ?? '';
    if (line === '' || line.startsWith('<!--')) continue;
    const until = (end: (each: string) => boolean): string[] => {
      const rest = lines.slice(at + 1);
      const length = rest.findIndex(end);
      const found = length < 0 ? rest : rest.slice(0, length);
      at += found.length + 1;
      return found;
    };
    if (line.startsWith('```')) {
      const inside = until((each) => each === '```');
      blocks.push(
        command === null ? { is: 'code', lines: inside } : { is: 'output', command, lines: inside.slice(1) },
      );
      command = null;
      continue;
    }
    if (line.startsWith('<details>')) {
      const [, title = ''] = /<summary>(.*)<\/summary>/.exec(line) ?? [];
      blocks.push({ is: 'answer', title, blocks: blocksOf(until((each) => each === '</details>')) });
      continue;
    }
    const picture = PICTURE.exec(line);
    if (picture !== null) {
      blocks.push({ is: 'picture', shows: picture[1] ?? '', file: picture[2] ?? '' });
      continue;
    }
    // further lines of a paragraph or of an item
    const more: string[] = [];
    while (
      at + 1 < lines.length &&
      !/^(?:$|```|<|!\[)/.test(lines[at + 1] ?? '') &&
      !ITEM.test(lines[at + 1] ?? '')
    )
      more.push((lines[++at] ?? '').trim());
    const item = ITEM.exec(line);
    const text = [item === null ? line : (item[2] ?? ''), ...more].join(' ');
    blocks.push(item === null ? { is: 'text', text } : { is: 'item', mark: item[1] ?? '-', text });
  }
  return blocks;
}
