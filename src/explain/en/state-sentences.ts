/** Which state each end enters and why (RFC 9293 3.3.2). A receiver enters it once it has the segment, if it gets it. */
import type { SegmentStory, StateChange } from '../story/story.js';
import { capitalized } from './words.js';

/** States of one end, or of both, that change; where none does, only what is worth a word. */
export function stateSentence(story: SegmentStory): string {
  const { what, states, sender } = story;
  // the supposed sender of a forged RST knows nothing of it
  const forged = what.is === 'rst' && what.manner === 'forged';
  const changes = story.changes.filter(({ end }) => !forged || end !== sender);
  if (changes.length === 0) {
    if (what.is === 'syn' && what.again !== null && states[sender] === 'SYN-SENT')
      return `The ${sender} stays in SYN-SENT.`;
    return '';
  }
  const [first, second] = changes;
  if (first !== undefined && second !== undefined && first.to === second.to && first.to === 'CLOSED')
    return changes.some(({ from }) => from === 'TIME-WAIT')
      ? 'Both: CLOSED at once.'
      : 'Both: CLOSED at once, without TIME-WAIT.';
  if (first !== undefined && second !== undefined && first.to === second.to && first.to === 'CLOSING')
    return 'The FINs crossed: both are in CLOSING until the ACK of their own.';
  const parts = changes.map((change) => changeText(change, story));
  const stay = staysText(story);
  return [...parts, stay].filter((part) => part !== '').join(' ');
}

function changeText({ end, to, from, onArrival, still }: StateChange, story: SegmentStory): string {
  if (still) return `${capitalized(end)}: still ${to}.`;
  const arrival = onArrival && from !== 'SYN-SENT' && DOUBTFUL.has(to) ? ', on arrival' : '';
  return `${capitalized(end)}${arrival}: ${to}${whyText(to, from, end, story)}.`;
}

/** States that an end enters by a segment whose loss matters. */
const DOUBTFUL: ReadonlySet<string> = new Set(['CLOSE-WAIT', 'CLOSED', 'ESTABLISHED']);

function whyText(
  to: string,
  from: string,
  end: StateChange['end'],
  { what, ack, sender }: SegmentStory,
): string {
  const other = end === 'client' ? 'server' : 'client';
  switch (to) {
    case 'LISTEN':
      return ', as its answer will show';
    case 'FIN-WAIT-2':
      return what.is === 'fin' && end !== sender
        ? ', until the gap before this FIN is filled'
        : `, until the ${other}'s FIN`;
    case 'LAST-ACK':
      return ', until its ACK';
    case 'TIME-WAIT':
      if (from === 'FIN-WAIT-2') return ', as its own FIN was acknowledged';
      return what.is === 'fin' && ack !== null && ack.fin !== null
        ? ', as this acknowledges its FIN and brings the other'
        : ', as its own FIN is acknowledged';
    default:
      return '';
  }
}

/** The end that sent the last ACK stays in TIME-WAIT. */
function staysText({ sender, states, what, ack, changes }: SegmentStory): string {
  if (changes.some(({ end }) => end === sender)) return '';
  return what.is === 'ack' && ack?.fin !== null && ack !== null && states[sender] === 'TIME-WAIT'
    ? `${capitalized(sender)}: stays in TIME-WAIT, to repeat this ACK if it is lost and the FIN comes again.`
    : '';
}
