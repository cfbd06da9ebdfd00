/** Words in pictures and graphs. */
import { count, durationText, grouped } from './quantities.js';

export function connectionName(index: number): string {
  return `connection ${index}`;
}

export function packetsIn(packets: number, seconds: number): string {
  const counted = count(packets, 'packet');
  return packets === 1 ? counted : `${counted} in ${durationText(seconds)}`;
}

export function flowName(index: number): string {
  return `UDP flow ${index}`;
}

/** What the slopes of arrows mean. `near`: the end that the capture was made near, where that is known. */
export function slopesText(near: 'client' | 'server' | null): string {
  return near === null
    ? 'slopes show order, not delay'
    : `captured near the ${near}: slopes show half a round trip`;
}

export function lostBehindText(repeatedAs: number): string {
  return `lost beyond the capture point: retransmitted as #${repeatedAs}`;
}

/** How long after the original a retransmission came. */
export function afterText(seconds: number, packet: number): string {
  return `${durationText(seconds)} after #${packet}`;
}

export function idleText(seconds: number): string {
  return `${durationText(seconds)} idle`;
}

export function windowClosedText(seconds: number): string {
  return `window closed for ${durationText(seconds)}`;
}

export function bestText(seconds: number): string {
  return `best ${durationText(seconds)}`;
}

export const IN_FLIGHT: string = 'in flight';
export const WINDOW: string = 'window';
export const ACKNOWLEDGED: string = 'acknowledged';
export const MAY_SEND: string = 'may send up to here';

/** Of marks that are named once: `retransmission`, `3 retransmissions`. */
export function marksText(n: number, what: 'retransmission' | 'probe'): string {
  return n === 1 ? what : `${grouped(n)} ${what}s`;
}
