/** Which state each end enters and why (RFC 9293 3.3.2). A receiver enters it once it has the segment, if it gets it. */
import type { SegmentStory, StateChange } from '../story/story.js';
import { endName } from './ends.js';
import { capitalized } from './words.js';

/** States of one end, or of both, that change; where none does, only what is worth a word. */
export function stateSentence(story: SegmentStory): string {
  const { what, states, sender } = story;
  // who is said to have sent a forged RST knows nothing of it
  const forged = what.is === 'rst' && what.manner === 'forged';
  const changes = story.changes.filter(({ end }) => !forged || end !== sender);
  if (changes.length === 0) {
    if (what.is === 'syn' && what.again !== null && states[sender] === 'SYN-SENT')
      return `O ${endName(sender)} continua em SYN-SENT.`;
    return '';
  }
  const [first, second] = changes;
  if (first !== undefined && second !== undefined && first.to === second.to) {
    if (first.to === 'CLOSED')
      return changes.some(({ from }) => from === 'TIME-WAIT')
        ? 'Os dois: CLOSED na hora.'
        : 'Os dois: CLOSED na hora, sem TIME-WAIT.';
    if (first.to === 'CLOSING')
      return 'Os FINs se cruzaram: os dois ficam em CLOSING até o ACK do próprio FIN.';
  }
  const parts = changes.map((change) => changeText(change, story));
  return [...parts, staysText(story)].filter((part) => part !== '').join(' ');
}

function changeText({ end, to, from, onArrival, still }: StateChange, story: SegmentStory): string {
  if (still) return `${capitalized(endName(end))}: ainda ${to}.`;
  const arrival = onArrival && from !== 'SYN-SENT' && DOUBTFUL.has(to) ? ', ao recebê-lo' : '';
  return `${capitalized(endName(end))}${arrival}: ${to}${whyText(to, from, end, story)}.`;
}

/** States that an end enters by a segment whose loss matters. */
const DOUBTFUL: ReadonlySet<string> = new Set(['CLOSE-WAIT', 'CLOSED', 'ESTABLISHED']);

function whyText(
  to: string,
  from: string,
  end: StateChange['end'],
  { what, ack, sender }: SegmentStory,
): string {
  const other = endName(end === 'client' ? 'server' : 'client');
  switch (to) {
    case 'LISTEN':
      return ', como a resposta mostrará';
    case 'FIN-WAIT-2':
      return what.is === 'fin' && end !== sender
        ? ', até que a lacuna antes deste FIN se preencha'
        : `, até o FIN do ${other}`;
    case 'LAST-ACK':
      return ', até o ACK';
    case 'TIME-WAIT':
      if (from === 'FIN-WAIT-2') return ', com seu FIN já confirmado';
      return what.is === 'fin' && ack !== null && ack.fin !== null
        ? ', pois isto confirma seu FIN e traz o outro'
        : ', pois seu FIN é confirmado';
    default:
      return '';
  }
}

/** The end that sent the last ACK stays in TIME-WAIT. */
function staysText({ sender, states, what, ack, changes }: SegmentStory): string {
  if (changes.some(({ end }) => end === sender)) return '';
  return what.is === 'ack' && ack !== null && ack.fin !== null && states[sender] === 'TIME-WAIT'
    ? `${capitalized(endName(sender))}: em TIME-WAIT, para repetir este ACK se ele se perder e o FIN voltar.`
    : '';
}
