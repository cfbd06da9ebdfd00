/** The text under the arrows with `--explain`, and the whole as a conversation (`--dialogue`). */
import { phrases } from '../../explain/phrases.js';
import type { SegmentStory } from '../../explain/story/story.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { ladderRows } from '../ladder-rows.js';
import { storiesOf } from '../stories.js';
import { paint, plain, type TextStyle, wrap } from './style.js';

/** Lines under a segment's arrow. `indent`: columns before them. */
export function storyLines(story: SegmentStory, indent: number, style: TextStyle): string[] {
  return wrap(plain(phrases.storySentence(story), style), style.width - indent, 0).map(
    (line) => ' '.repeat(indent) + line,
  );
}

/** The verdict, and what shows it. */
export function verdictLines(report: ConnectionReport, style: TextStyle): string[] {
  const verdict = wrap(plain(`${phrases.headline(report)}.`, style), style.width, 2);
  const why = phrases.verdictReasons(report).join(' ');
  return [...verdict.map((line) => paint(style, 'bold', line)), ...wrap(plain(why, style), style.width, 2)];
}

/** Each segment in the words of its sender; phases as in the ladder. */
export function renderDialogue(report: ConnectionReport, style: TextStyle): string {
  const rows = ladderRows(report, style.absolute);
  const stories = storiesOf(report, rows, style.absolute);
  const packets = Math.max(1, ...rows.map((row) => ('packet' in row ? String(row.packet).length : 1)));
  const speakers = [phrases.speaker('client'), phrases.speaker('server')];
  const names = Math.max(...speakers.map((name) => name.length));
  const lines: string[] = [];
  for (const row of rows) {
    switch (row.row) {
      case 'phase':
        lines.push(
          `${paint(style, 'dim', style.unicode ? '──' : '--')} ${paint(style, 'bold', plain(phrases.phaseName(row.phase), style))}`,
        );
        break;
      case 'segment': {
        const story = stories.get(row.packet);
        const said = story === undefined ? null : phrases.dialogueLine(story);
        if (story === undefined || said === null) break;
        const head = `${String(row.packet).padStart(packets)}  ${phrases.speaker(story.sender).padEnd(names)}  `;
        const [first = '', ...rest] = wrap(plain(quoted(said), style), style.width - head.length, 0);
        const color = story.sender === 'client' ? 'blue' : 'green';
        lines.push(paint(style, color, `${head}${first}`));
        for (const line of rest) lines.push(paint(style, color, ' '.repeat(head.length) + line));
        break;
      }
      default:
        lines.push(...wrap(plain(`${style.unicode ? '⋮' : ':'} ${row.text}`, style), style.width, 2));
    }
  }
  return [...lines, ...verdictLines(report, style)].join('\n');
}

function quoted(said: string): string {
  return said.startsWith('(') ? said : `"${said}"`;
}
