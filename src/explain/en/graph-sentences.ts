/** Titles of graphs: what they show, as a finding. */
import type { RoundTrip } from '../../verdict/report.js';
import { byteAmount, byteCount, count, durationText, grouped } from './quantities.js';

export type Sender = 'client' | 'server';

export function otherEnd(sender: Sender): Sender {
  return sender === 'client' ? 'server' : 'client';
}

export interface SequenceFacts {
  sender: Sender;
  /** Payload bytes, without those sent again, and seconds of the connection. */
  bytes: number;
  duration: number;
  segments: number;
  retransmissions: number;
  /** Seconds that the receiver's window was closed. */
  closed: number;
}

export function sequenceTitle(facts: SequenceFacts): string {
  const { sender, bytes, duration, segments, retransmissions, closed } = facts;
  const rest = `${byteCount(bytes)} sent by the ${sender}`;
  if (closed > 0)
    return `The ${otherEnd(sender)}'s window was closed for ${durationText(closed)} of ${durationText(duration)}; ${rest}`;
  if (retransmissions > 0)
    return `${count(retransmissions, 'retransmission')} in ${count(segments, 'segment')} of the ${sender}; ${byteCount(bytes)} sent`;
  return duration > 0 && bytes > 0 ? `${rest}: ${rateText(bytes, duration)} on average` : rest;
}

export function sequenceSubtitle(sender: Sender, farWindow: number | null): string {
  const text = `bytes from ${sender} to ${otherEnd(sender)}, by sequence number, as they were sent and acknowledged`;
  return farWindow === null ? text : `${text}; the window (up to ${byteCount(farWindow)}) is far above`;
}

export function roundTripTitle(sender: Sender, rtt: RoundTrip | null): string {
  if (rtt === null) return `No round trip of the ${sender}'s segments was measured`;
  const { min, median, max, samples } = rtt;
  return samples === 1
    ? `One round trip was measured: ${durationText(min)}`
    : `Round trips of ${durationText(min)} at best, ${durationText(median)} as median, ${durationText(max)} at worst`;
}

export function roundTripSubtitle(sender: Sender, samples: number): string {
  return `${count(samples, 'round trip')}: from a segment of the ${sender} to the ACK that covers it, delayed ACKs included, none of what was retransmitted`;
}

export function windowTitle(sender: Sender, inFlight: number, window: number | null): string {
  const allowed =
    window === null
      ? '; the window is not known'
      : ` of the ${grouped(window)} that the ${otherEnd(sender)} allowed at most`;
  return `At most ${byteCount(inFlight)} of the ${sender} in flight${allowed}`;
}

/** `far`: the window, where it is too far above to be shown. */
export function windowSubtitle(sender: Sender, far: number | null): string {
  const text = `bytes that the ${sender} had sent and not yet seen acknowledged, and the window of the ${otherEnd(sender)}, as the capture point saw them`;
  return far === null ? text : `${text}; the window (up to ${byteCount(far)}) is far above`;
}

/** `peak`: bytes in the fullest bin, of `bin` seconds. */
export function throughputTitle(
  sender: Sender,
  bytes: number,
  duration: number,
  peak: number,
  bin: number,
): string {
  if (bytes === 0 || duration <= 0) return `${byteCount(bytes)} sent by the ${sender}`;
  return `The ${sender} sent ${rateText(bytes, duration)} on average, ${rateText(peak, bin)} at most`;
}

export function throughputSubtitle(sender: Sender, bin: number): string {
  return `payload of the ${sender} in bars of ${durationText(bin)}; retransmissions on top`;
}

export function rateText(bytes: number, seconds: number): string {
  return `${byteAmount(Math.round(bytes / seconds))}/s`;
}

/** Round numbers, for an axis. */
export function rateTick(rate: number): string {
  return rateText(rate, 1).replace('.0 ', ' ');
}

/** `wider`: how many times. */
export function lensTitle(seconds: number, wider: number): string {
  return `${durationText(seconds)}, ${grouped(Math.round(wider))} times wider`;
}

export function leftOutText(segments: number): string {
  return `the last ${count(segments, 'segment')} left out`;
}
