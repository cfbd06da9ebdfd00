/** A datagram of UDP in a sentence, and in the words of its sender (RFC 768). */
import { byteCount } from './quantities.js';

export interface DatagramStory {
  from: 'client' | 'server';
  /** Bytes of data. */
  length: number;
  cast: 'unicast' | 'multicast' | 'broadcast';
  /** The first of its flow; the first of its end after one of the other's. */
  isFirst: boolean;
  isAnswer: boolean;
}

export function datagramSentence({ from, length, cast, isFirst, isAnswer }: DatagramStory): string {
  const bytes = byteCount(length);
  if (isFirst) {
    const whom =
      cast === 'unicast'
        ? 'nothing was opened before, and UDP does not say whether it arrives.'
        : `it goes to all who ${cast === 'multicast' ? 'joined the group' : 'listen on the port'} (${cast}), and UDP does not say whether it arrives at any.`;
    return `The ${from} sends ${bytes} in one datagram: ${whom}`;
  }
  if (isAnswer)
    return `The ${from} sends ${bytes} back. Its program does that: UDP itself acknowledges nothing.`;
  return `The ${from} sends ${bytes}. A datagram has no number, so UDP cannot show whether one was lost.`;
}

export function datagramLine({ from, length, cast, isFirst, isAnswer }: DatagramStory): string {
  const bytes = byteCount(length);
  const other = from === 'client' ? 'Server' : 'Client';
  if (isFirst)
    return cast === 'unicast' ? `${other}, here are ${bytes}, unasked.` : `Everybody, here are ${bytes}.`;
  return isAnswer ? `Here are ${bytes} in answer.` : `Here are ${bytes}.`;
}
