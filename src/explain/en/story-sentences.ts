/**
 * A segment in one or two sentences: what its sender says by it, what its numbers mean, why now, and which state each end
 * enters. The system (TCP) acts, except for data and FIN, which come from a program; an ACK proves that
 * bytes arrived, not that they were read.
 */
import type { AckNews, Again, Bytes, SegmentStory, What } from '../story/story.js';
import { resetCauseWords } from './causes.js';
import { ignoredSentence } from './finding-sentences.js';
import { byteCount, durationText, grouped } from './quantities.js';
import { stateSentence } from './state-sentences.js';
import { capitalized } from './words.js';

export function storySentence(story: SegmentStory): string {
  const parts = [mainSentence(story), closedWindow(story), stateSentence(story)];
  return parts.filter((part) => part !== '').join(' ');
}

function mainSentence(story: SegmentStory): string {
  const { what, sender, receiver } = story;
  const who = `the ${sender}`;
  switch (what.is) {
    case 'copy':
      return 'The same packet, captured a second time: it counts as nothing.';
    case 'ignored':
      return ignored(what, receiver);
    case 'syn':
      return syn(what, story);
    case 'syn-ack':
      return synAck(what, story);
    case 'data':
      return data(what, story);
    case 'ack':
      return ack(story);
    case 'fin':
      return fin(what, story);
    case 'rst':
      return reset(what, story);
    case 'keep-alive':
      return `${capitalized(who)} tests the connection${silence(what.after)}: seq ${what.number} is one below its next number. A ${receiver} that still has it answers with an ACK.`;
    case 'keep-alive-answer':
      return `The answer to the keep-alive: ${who} still has the connection and expects ${what.ack}.`;
    case 'window-probe':
      return probe(what, story);
    case 'window-answer':
      return `The answer to the probe: ${who} expects ${what.ack}, and its window is still closed.`;
    case 'window-update':
      return windowUpdate(what, story);
    case 'duplicate-ack':
      return duplicateAck(what, story);
    case 'challenge-ack':
      return `${capitalized(who)} does not accept what came, and states the numbers that it has: seq ${what.number}${what.ack === null ? '' : `, ack ${what.ack}`}. ${story.states[story.sender] === 'TIME-WAIT' ? 'It stays in TIME-WAIT.' : 'Its connection goes on.'}`;
    case 'no-ack':
      return what.flags
        ? 'Neither SYN, RST nor ACK: no TCP sends such a segment in a connection.'
        : 'No flag at all: no TCP sends such a segment.';
  }
}

function range({ first, last, count }: Bytes): string {
  return count === 1 ? `number ${first}` : `numbers ${first} to ${last}`;
}

function silence(seconds: number | null): string {
  return seconds === null || seconds < 0.001 ? '' : ` after ${durationText(seconds)} of silence`;
}

function later(seconds: number | null): string {
  return seconds === null ? '' : `, ${durationText(seconds)} later`;
}

function syn(what: What & { is: 'syn' }, { sender, receiver }: SegmentStory): string {
  if (what.again !== null) {
    return `The same SYN with the same number${later(what.again.after)}: ${
      what.answered
        ? `the answer did not reach the ${sender}, or not in time.`
        : what.again.after === null
          ? 'the first one met an older connection.'
          : 'SYN or answer may be lost, or dropped on purpose.'
    }`;
  }
  const with_ =
    what.bytes === null ? '' : ` With it come ${byteCount(what.bytes.count)}, ${range(what.bytes)}.`;
  if (what.crossed)
    return `The ${sender} asks to open as well, without acknowledging the ${receiver}'s SYN: its own SYN takes its first number, ${what.number} (${what.raw} in the header).${with_}`;
  return `The ${sender} asks to open: SYN takes its first number, ${what.number}${what.raw === what.number ? '' : ` (${what.raw} in the header)`}.${with_}`;
}

function synAck(what: What & { is: 'syn-ack' }, { ack, sender, receiver }: SegmentStory): string {
  if (what.again !== null)
    return `The SYN-ACK again${later(what.again.after)}: the ACK of the ${receiver} had not arrived, or was not taken.`;
  const taken = `${
    what.bytes === null ? '' : ` With it come ${byteCount(what.bytes.count)}, ${range(what.bytes)}.`
  }${what.fin === null ? '' : ` It has no more to send: FIN takes number ${what.fin}.`}`;
  if (what.crossed)
    return `The ${sender} acknowledges the ${receiver}'s SYN (ack ${what.ack}), and repeats its own, number ${what.number}.${taken}`;
  const covered =
    ack?.captured === true && ack.bytes > 0
      ? `SYN and data up to byte ${what.ack - 1}`
      : `SYN ${what.ack - 1}`;
  return `The ${sender} agrees: ack ${what.ack} acknowledges ${covered}, its own SYN takes number ${what.number} of its own numbering.${taken}`;
}

/** ` and acknowledges everything up to 6`: what a segment with more to say newly acknowledges. */
function alsoAcks({ ack: news, receiver }: SegmentStory): string {
  if (news === null || !news.isNew) return '';
  if (news.fin !== null) return ` ack ${news.ack} acknowledges the ${receiver}'s FIN (${news.fin}).`;
  if (news.syn) return ` ack ${news.ack} acknowledges the ${receiver}'s SYN.`;
  if (!news.captured) return ` ack ${news.ack}: what is up to number ${news.ack - 1} was not captured.`;
  return news.bytes > 0 ? ` ack ${news.ack}: it has everything up to byte ${news.ack - 1}.` : '';
}

function data(what: What & { is: 'data' }, story: SegmentStory): string {
  const { sender, receiver } = story;
  const { bytes, again } = what;
  if (again !== null) return `${againSentence(bytes, again, story)}${alsoAcks(story)}`;
  const more = what.first ? `its first ${byteCount(bytes.count)}` : byteCount(bytes.count);
  const verb =
    what.afterFin !== null
      ? `The ${sender} sends ${more}, although the ${receiver}'s FIN has come${what.afterFin === 'half-closed' ? ' (half-close)' : ''}`
      : `The ${sender} sends ${more}`;
  const gap = what.gap > 0 ? ` The ${byteCount(what.gap)} before were not captured so far.` : '';
  const full = what.full
    ? ` That fills the ${receiver}'s window: no more until an ACK or a larger window.`
    : '';
  return `${verb}: ${range(bytes)}; its next is ${bytes.last + 1}.${gap}${full}${alsoAcks(story)}`;
}

function againSentence(bytes: Bytes, again: Again, { receiver }: SegmentStory): string {
  const what = `${bytes.count === 1 ? 'Byte' : 'Bytes'} ${bytes.count === 1 ? bytes.first : `${bytes.first} to ${bytes.last}`}`;
  const lost = bytes.count - again.repeated;
  const part = again.repeated > 0 && lost > 0 ? `, ${grouped(again.repeated)} of them` : '';
  switch (again.why) {
    case 'timer':
      return `${what}${part} again${later(again.after)}: no ACK of them had arrived, and likely the retransmission timer expired (a tail loss probe looks the same). The ${receiver} sees by the numbers what it has.`;
    case 'fast':
      return `${what}${part} again, after duplicate ACKs that ask for them: a fast retransmission, which waits for no timer.`;
    case 'spurious':
      return `${what}${part} again, although their ACK had passed here: it had not reached the sender in time.`;
    case 'overtaken':
      return `${what} arrive late: what was sent after them overtook them. They were not sent again.`;
    case 'sent-again':
      return part !== ''
        ? `${what} are sent again: the first copy of ${grouped(lost)} of them was lost before this point, or not captured.`
        : `${what} ${bytes.count === 1 ? 'is' : 'are'} sent again: the first copy was lost before this point, or not captured.`;
    case 'unknown':
      return `${what} fill a gap: either late, or sent again after a loss before this point.`;
    case 'not-taken':
      return `${what}${part} again${later(again.after)}, as the SYN-ACK acknowledges the SYN without its data.`;
    case 'again':
      return `${what}${part} again${later(again.after)}. The ${receiver} sees by the numbers what it has.`;
  }
}

function lateText(news: AckNews): string {
  return news.late === null
    ? ''
    : `, ${durationText(news.late)} later: likely a delayed ACK (a busy host looks the same)`;
}

function ack(story: SegmentStory): string {
  const { ack: news, sender, receiver } = story;
  if (news === null) return '';
  if (!news.isNew) return `ack ${news.ack} again: nothing new for the ${receiver}.`;
  if (news.fin !== null) {
    const bytes = news.bytes > 0 ? ', and all bytes before it' : '';
    const what = news.syn ? 'SYN and FIN' : 'FIN';
    return `ack ${news.ack} acknowledges the ${receiver}'s ${what} (${news.fin})${bytes}${lateText(news)}.`;
  }
  if (news.syn && news.bytes === 0)
    return `ack ${news.ack} acknowledges the ${receiver}'s SYN. Without data it takes no number.`;
  if (!news.captured)
    return `ack ${news.ack} says that the ${sender} has everything up to number ${news.ack - 1}: that was not captured, or never sent.`;
  return `The ${sender}'s TCP has everything up to byte ${news.ack - 1} and expects byte ${news.ack} (ack ${news.ack})${lateText(news)}.`;
}

function fin(what: What & { is: 'fin' }, story: SegmentStory): string {
  const { sender, receiver } = story;
  const carried =
    what.bytes === null ? '' : ` with ${byteCount(what.bytes.count)} before it (${range(what.bytes)})`;
  if (what.again !== null)
    return `FIN ${what.number} again${carried}${later(what.again.after)}: ${
      what.again.why === 'spurious'
        ? `its ACK had not reached the ${sender} in time.`
        : 'no ACK of it had arrived.'
    }${alsoAcks(story)}`;
  const subject = what.second ? `The ${sender} too has no more to send` : `The ${sender} has no more to send`;
  const place =
    what.bytes !== null
      ? `after its last ${byteCount(what.bytes.count)} (${range(what.bytes)}) FIN takes number ${what.number}`
      : what.last === null
        ? `FIN takes number ${what.number}`
        : `FIN takes number ${what.number}, after byte ${what.last}`;
  return `${subject}: ${place}${what.second ? '' : ', and closes this direction only'}.${what.second ? alsoAcks({ ...story, receiver }) : ''}`;
}

function reset(what: What & { is: 'rst' }, { sender, receiver, changes }: SegmentStory): string {
  const number = what.number === null ? `${what.raw} (raw)` : what.number;
  const seq = `seq ${number}${what.expected ? `, exactly the number that the ${receiver} expects` : ''}`;
  const none = changes.length === 0 ? ' It changes no state.' : '';
  return `${resetText(what, sender, seq)}${reasonText(what, receiver)}${none}`;
}

function reasonText({ cause, alternatives }: What & { is: 'rst' }, receiver: string): string {
  if (cause === 'cannot-tell' && alternatives.length === 0) return ' The packets do not tell why.';
  if (cause === 'time-wait-assassination')
    return ` It ends the ${receiver}'s TIME-WAIT early, unless that follows RFC 1337 and ignores it.`;
  const causes = [cause, ...alternatives].filter((each) => each !== null).map(resetCauseWords);
  return causes.length === 0 ? '' : ` Why: ${causes.join(', or ')}.`;
}

function resetText(what: What & { is: 'rst' }, sender: string, seq: string): string {
  switch (what.manner) {
    case 'refuses':
      return `No connection: RST answers the SYN, in the name of the ${sender}.`;
    case 'answers':
      return `The ${sender}'s system answers with RST, ${seq}.`;
    case 'aborts':
      return `The ${sender} aborts${silence(what.after)}: RST with ${seq}.`;
    case 'forged':
      return `An RST in the ${sender}'s name, ${seq}.`;
    case null:
      return `RST${silence(what.after)} with ${seq}.`;
  }
}

function ignored(what: What & { is: 'ignored' }, receiver: string): string {
  if (what.because === 'no-ack-flag' && what.unknown)
    return `No ACK, as only a SYN or RST may be: an open connection drops it, a system without one answers by RST (RFC 9293 3.10.7).`;
  const proof =
    what.proof.length === 0
      ? ''
      : ` (shown by packet${what.proof.length > 1 ? 's' : ''} ${what.proof.join(' and ')})`;
  return `The ${receiver} ignores it${proof}: ${ignoredSentence(what.because)}.`;
}

function probe(what: What & { is: 'window-probe' }, { receiver, sender }: SegmentStory): string {
  const shape =
    what.bytes === null
      ? `seq ${what.number}, without data`
      : `${byteCount(what.bytes.count)}, ${range(what.bytes)}`;
  return `The ${sender} asks${silence(what.after)} whether the ${receiver} has room again: ${shape}. It calls for an ACK with the current window.`;
}

function windowUpdate(what: What & { is: 'window-update' }, { sender, receiver }: SegmentStory): string {
  const room = what.to === null ? '' : ` The ${receiver} may send up to number ${what.to}.`;
  return `ack ${what.ack} is not new, the window is: the ${sender} has ${what.opens ? 'room again' : what.shrinks ? 'less room' : 'more room'}.${room}`;
}

function duplicateAck(what: What & { is: 'duplicate-ack' }, { ack, sender, receiver }: SegmentStory): string {
  if (what.dsack && ack?.isNew === true)
    return `The ${sender}'s TCP has everything up to byte ${what.ack - 1}, and says which of it came twice (DSACK).`;
  if (what.dsack)
    return `ack ${what.ack} again, with a DSACK: the ${sender} received something twice, and says what.`;
  if (what.answers === 'again')
    return `ack ${what.ack} again: it answers what came a second time, and was there already.`;
  const which = what.which === null ? 'A repeat' : `Repeat ${what.which}`;
  if (what.answers === null) return `${which} of ack ${what.ack}: nothing new for the ${receiver}.`;
  return `${which} of ack ${what.ack}: byte ${what.ack} is still missing; each repeat likely answers something later that arrived. ${signalText(what.which, receiver)}`;
}

/** RFC 5681 3.2. */
function signalText(which: number | null, receiver: string): string {
  if (which === 3) return 'Three are the signal to send it again without waiting for the timer.';
  return which !== null && which > 3
    ? 'One more segment has left the network.'
    : `The ${receiver} learns that something is late or lost.`;
}

function closedWindow({ closesWindow, sender, what }: SegmentStory): string {
  return closesWindow && what.is !== 'window-answer' && what.is !== 'window-probe'
    ? `Window 0: no more for now, likely because the ${sender}'s receive buffer is full.`
    : '';
}
