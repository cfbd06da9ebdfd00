/**
 * The story of a segment: what it says, why now, and what its numbers mean, as values. Each language makes its sentences of them
 * (`en/story-sentences.ts`, `en/dialogue.ts`). They contain only what the packets show.
 */
import type { Code } from '../../track/memory/codes.js';
import type { IgnoredBecause } from '../../track/memory/extras.js';
import type { ResetCause } from '../../verdict/catalogue.js';
import type { Covered } from './acknowledged.js';
import type { End } from './moment.js';

/** Bytes by their numbers, both included. */
export interface Bytes {
  first: number;
  last: number;
  count: number;
}

/** Why bytes, or a SYN or FIN, come again or late. */
export interface Again {
  /** Seconds since it was sent before, the last time; null where that is not known. */
  after: number | null;
  why: 'timer' | 'fast' | 'spurious' | 'overtaken' | 'sent-again' | 'unknown' | 'not-taken' | 'again';
  /** Of its bytes, those that were captured before; 0 where none was. */
  repeated: number;
}

/** The main thing that a segment does. */
export type What =
  /** `raw`: the number in the header. `crossed`: the other end's SYN had passed the capture point already. */
  | {
      is: 'syn';
      number: number;
      raw: number;
      again: Again | null;
      answered: boolean;
      crossed: boolean;
      bytes: Bytes | null;
    }
  /** `fin`: the number of the FIN that comes with it. */
  | {
      is: 'syn-ack';
      number: number;
      ack: number;
      again: Again | null;
      bytes: Bytes | null;
      fin: number | null;
      crossed: boolean;
    }
  /** `first`: of its sender; `afterFin`: the other end's FIN came before, and whether that end still took data. */
  | {
      is: 'data';
      bytes: Bytes;
      first: boolean;
      afterFin: 'half-closed' | 'closed' | null;
      again: Again | null;
      gap: number;
      full: boolean;
    }
  /** `fills`: bytes that had been missing. */
  | { is: 'ack' }
  | {
      is: 'fin';
      number: number;
      bytes: Bytes | null;
      last: number | null;
      second: boolean;
      again: Again | null;
    }
  /** `number`: null for one that does not count from this connection's. */
  | {
      is: 'rst';
      number: number | null;
      raw: number;
      expected: boolean;
      cause: ResetCause | null;
      alternatives: readonly ResetCause[];
      after: number | null;
      /** What it is: the refusal of a SYN, an answer of the system, an end's own doing, or forged; null where that is open. */
      manner: 'refuses' | 'answers' | 'aborts' | 'forged' | null;
    }
  /** One that its receiver does not take. */
  | {
      is: 'ignored';
      because: IgnoredBecause;
      proof: readonly number[];
      flags: 'RST' | 'SYN' | 'SYN ACK' | 'segment';
      /** Its receiver has sent nothing until now: it may know of no connection. */
      unknown: boolean;
      number: number;
    }
  | { is: 'copy' }
  | { is: 'keep-alive'; number: number; after: number | null }
  | { is: 'keep-alive-answer'; ack: number }
  | { is: 'window-probe'; number: number; after: number | null; bytes: Bytes | null }
  | { is: 'window-answer'; ack: number }
  /** `to`: the last number that the new window allows; null where its scale is not known. `shrinks`: it is smaller than before. */
  | { is: 'window-update'; ack: number; to: number | null; opens: boolean; shrinks: boolean }
  /** `answers`: what came behind a gap, or what had come already; null where that does not show. */
  | {
      is: 'duplicate-ack';
      ack: number;
      which: number | null;
      dsack: boolean;
      answers: 'later' | 'again' | null;
    }
  | { is: 'challenge-ack'; number: number; ack: number | null }
  | { is: 'no-ack'; flags: boolean };

/** What an ACK field newly acknowledges; `late`: seconds since what it acknowledges, where that is long for this path. */
export interface AckNews extends Covered {
  ack: number;
  late: number | null;
  /** Where it was acknowledged before: nothing new. */
  isNew: boolean;
}

/** Why an end enters a state. */
export interface StateChange {
  end: End;
  from: string;
  to: string;
  /** A state that this end seemed to have left: the segment for that had not arrived. */
  still: boolean;
  /** It changes when the segment arrives, so not where it is lost. */
  onArrival: boolean;
}

export interface SegmentStory {
  packet: number;
  sender: End;
  receiver: End;
  what: What;
  ack: AckNews | null;
  /** Of the sender: it closed the window of the other, and says so. */
  closesWindow: boolean;
  changes: readonly StateChange[];
  /** States of both after it. */
  states: Readonly<Record<End, string>>;
  codes: readonly Code[];
}
