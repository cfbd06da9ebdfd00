/** The screen of one connection: its ladder, and below it what the selected segment means. */
import { endpointText } from '../decode/address.js';
import { phrases } from '../explain/phrases.js';
import { paint, plain } from '../render/text/style.js';
import { explanation } from './explanation.js';
import { isLadderNarrow, ladderPlaces } from './geometry.js';
import { drawnLadder } from './ladder-view.js';
import { clip, selectedLine } from './sgr.js';
import type { LadderState, State } from './state.js';

export function ladderTitle({ style, size }: State, { report }: LadderState): string {
  const client = endpointText(report.client.address, report.client.port);
  const server = endpointText(report.server.address, report.server.port);
  const cause = phrases.causeWords(report);
  const outcome = `${phrases.outcomeWords(report.outcome)}${cause === '' ? '' : `: ${cause}`}`;
  const ends = `${client} → ${server}`;
  // the outcome must not be cut off
  const text = isLadderNarrow(size.width) ? `${outcome}  ${ends}` : `${ends}  ${outcome}`;
  return paint(style, 'bold', plain(`#${report.index} ${text}`, style));
}

export function ladderBody(state: State, ladder: LadderState): string[] {
  const { size, style } = state;
  const sentences = explanation(ladder, size.width, style);
  if (ladder.reading !== null) return sentences.slice(ladder.reading);
  const { body, panel } = ladderPlaces(size);
  const { head, lines } = drawnLadder(ladder, size, style);
  const drawn = lines.map(({ text, row }) => {
    const line = clip(text, size.width, style);
    return row === ladder.selected ? selectedLine(line, size.width, style) : line;
  });
  while (drawn.length < body) drawn.push('');
  const more = sentences.length > panel;
  const rule = (style.unicode ? '─' : '-').repeat(size.width);
  return [
    ...(head === null ? [] : [head]),
    ...drawn,
    paint(
      style,
      'dim',
      more ? withNote(rule, ` ${plain(phrases.moreLinesKey(sentences.length - panel), style)} `) : rule,
    ),
    ...sentences.slice(0, panel),
  ];
}

/** A rule with a note at its right end. */
function withNote(rule: string, note: string): string {
  const at = rule.length - note.length - 2;
  return at < 0 ? rule : rule.slice(0, at) + note + rule.slice(0, 2);
}
