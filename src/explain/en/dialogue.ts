/**
 * A connection as a conversation, with its real numbers. The program of an end and its system (TCP) speak with one
 * voice here; the explanations (story-sentences.ts) distinguish them.
 */
import type { Bytes, SegmentStory, What } from '../story/story.js';
import { capitalized } from './words.js';

/** `Server, may I synchronise (SYN)? …`; null for a segment that says nothing to the other end. */
export function dialogueLine(story: SegmentStory): string | null {
  const { what, ack, sender, receiver } = story;
  switch (what.is) {
    case 'copy':
      return null;
    case 'ignored':
      return ignored(what, receiver);
    case 'syn':
      if (what.again !== null) return `${capitalized(receiver)}, may I synchronise (SYN)? I asked before.`;
      return `${capitalized(receiver)}, may I synchronise (SYN)? I count from ${what.number}; my first byte will be ${what.number + 1}.${with_(what.bytes)}`;
    case 'syn-ack':
      if (what.again !== null)
        return `Once more: I have your ${what.ack - 1}, go on with ${what.ack} (SYN ACK).`;
      return `Of course: I have your ${what.ack - 1}, go on with ${what.ack} (ACK). I count from ${what.number} in my own numbering (SYN).${with_(what.bytes)}${what.fin === null ? '' : ` I have nothing more to send (FIN ${what.fin}).`}`;
    case 'data':
      return data(what, ack?.isNew === true ? ack.ack : null);
    case 'ack':
      return acknowledgement(story);
    case 'fin':
      return fin(what, ack?.isNew === true ? ack.ack : null);
    case 'rst':
      return reset(what, receiver);
    case 'keep-alive':
      return 'Are you still there?';
    case 'keep-alive-answer':
      return 'Yes.';
    case 'window-probe':
      return 'Do you have room again?';
    case 'window-answer':
      return 'Not yet.';
    case 'window-update':
      return what.opens
        ? 'I have room again.'
        : `${what.shrinks ? 'I have less room' : 'I have room for more'}${what.to === null ? '' : `, up to ${what.to}`}.`;
    case 'duplicate-ack':
      if (ack?.isNew === true) return `I have everything up to ${what.ack - 1}, some of it twice.`;
      if (what.dsack || what.answers === 'again') return 'That came twice.';
      return what.answers === null
        ? `As I said: go on with ${what.ack}.`
        : `I am still waiting for ${what.ack}.`;
    case 'challenge-ack':
      return `What you sent does not fit. I am at ${what.number}${what.ack === null ? '' : `, and expect your ${what.ack}`}.`;
    case 'no-ack':
      return `(something that ${sender}s do not say)`;
  }
}

function range({ first, last, count }: Bytes): string {
  return count === 1 ? `${first}` : `${first} to ${last}`;
}

function with_(bytes: Bytes | null): string {
  return bytes === null ? '' : ` Here already are my bytes ${range(bytes)}.`;
}

function data(what: What & { is: 'data' }, news: number | null): string {
  const heard = news === null ? '' : `I have everything up to ${news - 1}. `;
  if (what.again !== null && what.again.why !== 'overtaken')
    return `${heard}Once more my bytes ${range(what.bytes)}.`;
  const mine = what.first && what.bytes.first === 1 ? 'Here are my bytes' : 'My bytes';
  return `${heard}${mine} ${range(what.bytes)}.`;
}

function acknowledgement({ ack, sender, states }: SegmentStory): string | null {
  if (ack === null) return null;
  if (ack.fin !== null) {
    const stays = states[sender] === 'TIME-WAIT' ? ' I stay a while, in case you did not hear me.' : '';
    return `I have your ${ack.fin} (ACK ${ack.ack}).${stays}`;
  }
  if (!ack.isNew) return `As I said: go on with ${ack.ack}.`;
  if (ack.syn && ack.bytes === 0) return `OK: I have your ${ack.ack - 1}, go on with your ${ack.ack} (ACK).`;
  return `I have everything up to ${ack.ack - 1}; go on with ${ack.ack}.`;
}

function fin(what: What & { is: 'fin' }, news: number | null): string {
  const heard = news === null ? '' : `I have everything up to ${news - 1}. `;
  const bytes = what.bytes === null ? '' : `My last bytes, ${range(what.bytes)}. `;
  if (what.again !== null) return `${heard}Once more: I have nothing more to send (FIN ${what.number}).`;
  return what.second
    ? `${heard}${bytes}I have nothing more to send either; that is my number ${what.number} (FIN).`
    : `${heard}${bytes}I have nothing more to send; these words are my number ${what.number} (FIN). You may go on.`;
}

function reset(what: What & { is: 'rst' }, receiver: string): string {
  switch (what.manner) {
    case 'refuses':
      return 'No (RST).';
    case 'answers':
      return `${capitalized(receiver)}, I have no such connection (RST).`;
    case 'forged':
      return '(somebody, with the voice of the other:) It is over (RST).';
    default:
      return 'It is over, at once (RST). What you sent may not have been read.';
  }
}

function ignored(what: What & { is: 'ignored' }, receiver: string): string {
  return `(${what.flags === 'segment' ? 'something' : what.flags} that the ${receiver} does not listen to)`;
}

/** Who speaks. */
export function speaker(end: 'client' | 'server'): string {
  return capitalized(end);
}
