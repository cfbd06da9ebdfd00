/** A connection that is seen under other addresses as well, in words; part of the same English phrase table. */
import type { Finding } from '../../track/memory/finding-log.js';
import type { TwinReport } from '../../verdict/twin.js';

/** `client address and server port`. */
function changedText(changed: readonly string[]): string {
  const words = changed.map((name) => name.replace('.', ' '));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** How a connection began whose first segment belongs to another one. */
export function twinOpening({ index, changed, shows, answers }: TwinReport): string {
  const under = `under another ${changedText(changed)}`;
  if (shows === 'other-direction')
    return `that of connection ${index}, of which this is the other direction, ${under}`;
  return answers
    ? `none of its own: the SYN-ACK answers the SYN of connection ${index}, ${under}`
    : `none of its own: it has the numbers of connection ${index}, ${under}`;
}

/** What is to be added to "no answer". */
export function answeredElsewhere(twin: TwinReport | null): string {
  if (twin === null || twin.second || !twin.answers) return '';
  return `; a SYN-ACK with its numbers came under another ${changedText(twin.changed)} (connection ${twin.index})`;
}

export function twinFindingSentence({ values = {} }: Finding): string {
  const { index, shows } = values;
  const changed = changedText(String(values.changed).split(' '));
  if (shows === 'both-sides') {
    return `has the numbers of connection ${index} under another ${changed}: one connection, captured on both sides of an address translation`;
  }
  if (shows === 'other-direction') {
    return `is the same connection as ${index}, whose other direction has another ${changed}: only one direction was translated where it was captured`;
  }
  if (values.second === 0) {
    return values.answers === 1
      ? `its SYN is answered under another ${changed} (connection ${index}): the reply was not translated back, so that the client does not take it`
      : `a segment with its numbers came under another ${changed} (connection ${index}): it was not translated`;
  }
  return values.answers === 1
    ? `answers the SYN of connection ${index} under another ${changed}: the reply was not translated back, so that the client refuses it`
    : `has the numbers of connection ${index} under another ${changed}: it was not translated`;
}

/** Why such a connection was reset. */
export function twinResetCause(cause: string, by: 'client' | 'server', twin: TwinReport): string {
  const { index, changed } = twin;
  const under = `under another ${changedText(changed)}`;
  if (cause === 'rejected-syn-ack')
    return `the ${by} did not ask this address: the SYN-ACK answers the SYN of connection ${index} ${under}`;
  return `it has the numbers of connection ${index} ${under}, and was not translated`;
}
