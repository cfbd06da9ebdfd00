/**
 * What can be said of a single segment, as bits of a number. Those that Wireshark has too use its words
 * (CONTRACT.md); the others are ours.
 */

export const CODES = [
  'retransmission',
  'fast-retransmission',
  'spurious-retransmission',
  'out-of-order',
  'lost-segment',
  'ack-lost-segment',
  'duplicate-ack',
  'keep-alive',
  'keep-alive-ack',
  'zero-window',
  'zero-window-probe',
  'zero-window-probe-ack',
  'window-update',
  'window-full',
  'reused-ports',
  'capture-duplicate',
  'challenge-ack',
  'ignored-segment',
  'simultaneous-open',
  'simultaneous-close',
  'half-close',
  'syn-retry',
  'syn-ack-retry',
  'fin-retry',
  'half-open-discovered',
  'time-wait-assassination',
  'dsack',
  'data-fin',
] as const;

export type Code = (typeof CODES)[number];

export const RETRANSMISSION = 1 << 0;
export const FAST_RETRANSMISSION = 1 << 1;
export const SPURIOUS_RETRANSMISSION = 1 << 2;
export const OUT_OF_ORDER = 1 << 3;
export const LOST_SEGMENT = 1 << 4;
export const ACK_LOST_SEGMENT = 1 << 5;
export const DUPLICATE_ACK = 1 << 6;
export const KEEP_ALIVE = 1 << 7;
export const KEEP_ALIVE_ACK = 1 << 8;
export const ZERO_WINDOW = 1 << 9;
export const ZERO_WINDOW_PROBE = 1 << 10;
export const ZERO_WINDOW_PROBE_ACK = 1 << 11;
export const WINDOW_UPDATE = 1 << 12;
export const WINDOW_FULL = 1 << 13;
export const REUSED_PORTS = 1 << 14;
export const CAPTURE_DUPLICATE = 1 << 15;
export const CHALLENGE_ACK = 1 << 16;
export const IGNORED_SEGMENT = 1 << 17;
export const SIMULTANEOUS_OPEN = 1 << 18;
export const SIMULTANEOUS_CLOSE = 1 << 19;
export const HALF_CLOSE = 1 << 20;
export const SYN_RETRY = 1 << 21;
export const SYN_ACK_RETRY = 1 << 22;
export const FIN_RETRY = 1 << 23;
export const HALF_OPEN_DISCOVERED = 1 << 24;
export const TIME_WAIT_ASSASSINATION = 1 << 25;
export const DSACK = 1 << 26;
export const DATA_FIN = 1 << 27;

/** The words of the bits that are set. */
export function codeNames(bits: number): Code[] {
  return CODES.filter((_, index) => (bits & (1 << index)) !== 0);
}
