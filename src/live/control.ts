/**
 * What the main process and the capture helper say to each other.
 *
 * Down: one JSON argument (`HelperRequest`) and standard input, whose end means stop. Up: the capture stream on
 * file descriptor 3 and one JSON object a line (`ControlMessage`) on standard output.
 */
import { writeSync } from 'node:fs';
import type { CapturingNote } from '../error-kinds/capturing.js';
import { type ErrorValues, UserError } from '../errors.js';
import { escapeText } from '../escape.js';

export type Backend = 'libpcap' | 'tcpdump' | 'dumpcap' | 'cap';

/** What to capture, and how. */
export interface LiveOptions {
  /** As the system names it, e.g. `lo`, `eth0`; on Linux also `any`. */
  interface: string;
  /** In libpcap's filter language; empty for every packet. */
  filter: string;
  /** `auto` takes the first of libpcap, tcpdump, dumpcap and cap that works here. */
  backend: 'auto' | Backend;
  /** Bytes kept of each packet; null for `DEFAULT_SNAPLEN`, enough to analyse. `WHOLE_PACKETS` for a file. */
  snaplen: number | null;
  /** Size of the kernel's ring of packets, in MiB; `defaultBufferMegabytes` says what is good. */
  bufferMegabytes: number;
  /** Also packets for others; needs an interface that can. */
  promiscuous: boolean;
  /** As seen from this machine. Has no meaning on the loopback, where each packet goes both ways. */
  direction: 'both' | 'in' | 'out';
  /** Give up root for SUDO_UID and SUDO_GID once the interface is open and before a packet is read. */
  dropPrivileges: boolean;
}

/** Link, network and transport headers with all their options, and the first bytes of the payload. */
export const DEFAULT_SNAPLEN = 256;

/** No packet is longer: the default snap length of tcpdump and dumpcap. */
export const WHOLE_PACKETS = 262_144;

/** Up to this snap length the kernel's fixed slots are the better ring; above it they waste too much memory. */
export const MAX_SLOT_SNAPLEN = 2048;

/** The ring, in MiB, with room for two seconds of ordinary traffic while the reader does not read. */
export function defaultBufferMegabytes(snaplen: number | null): number {
  return (snaplen ?? DEFAULT_SNAPLEN) <= MAX_SLOT_SNAPLEN ? 16 : 64;
}

/** Options for an interface; the defaults are the best for watching connections. */
export function liveOptions(name: string, given: Partial<LiveOptions> = {}): LiveOptions {
  return {
    interface: name,
    filter: '',
    backend: 'auto',
    snaplen: null,
    bufferMegabytes: defaultBufferMegabytes(given.snaplen ?? null),
    promiscuous: false,
    direction: 'both',
    dropPrivileges: true,
    ...given,
  };
}

/** Packets since the start; null where it cannot be known. */
export interface LiveCounters {
  /** Packets that passed the filter: those delivered and those lost. */
  received: number | null;
  /** Lost because the kernel's ring was full. */
  dropped: number | null;
  /** Lost before that, in the interface or its driver, whatever the filter. */
  interfaceDropped: number | null;
}

export const UNKNOWN_COUNTERS: LiveCounters = { received: null, dropped: null, interfaceDropped: null };

export type FailureCode =
  | 'not-permitted'
  | 'no-interface'
  | 'interface-down'
  | 'bad-filter'
  /** The source is not here: a program, library or package is missing. */
  | 'unavailable'
  /** The source is here, but cannot do what was asked. */
  | 'unsupported'
  | 'failed';

/** Why a source could not start: a fact in few words, e.g. libpcap's own; advice is added above. */
export class StartFailure extends UserError {
  override readonly name = 'StartFailure';
  override readonly values: ErrorValues;

  constructor(
    readonly code: FailureCode,
    why: ErrorValues | string,
  ) {
    const values = typeof why === 'string' ? wordsOf(why) : why;
    super(values);
    this.values = values;
  }
}

/** How a program ended by itself; `program`: null for the helper. `said`: what it wrote last, or an empty text. */
export function endedBy(
  program: string | null,
  code: number | null,
  signal: string | null,
  said: string,
): ErrorValues {
  const why = said === '' ? null : wordsOf(said);
  return signal === null
    ? { kind: 'ended-with-code', program, code, why }
    : { kind: 'ended-by-signal', program, signal, why };
}

/** What a library or a program says, safe to print. */
export function wordsOf(text: string): ErrorValues {
  return { kind: 'words', text: escapeText(text) };
}

export interface Ready {
  clock: 'kernel' | 'user-space';
  precision: 'ns' | 'us';
  /** LINKTYPE_ value, or null where the stream has to be asked. */
  linkType: number | null;
  snaplen: number;
  notes: CapturingNote[];
  /** The user that root became; null where nothing was given up. */
  droppedTo: { uid: number; gid: number } | null;
}

export type EndReason = 'stopped' | 'interface-gone' | 'failed';

export interface End {
  reason: EndReason;
  /** Null where it was stopped. */
  why: ErrorValues | null;
}

/** Whether one interface could be opened. */
export interface ProbeResult {
  interface: string;
  linkType: number | null;
  failure: { code: FailureCode; why: ErrorValues } | null;
}

export type ControlMessage =
  | ({ type: 'ready' } & Ready)
  /** A capture tool that the helper started, so that it can be ended if the helper dies. */
  | { type: 'tool'; pid: number }
  | ({ type: 'counters' } & LiveCounters)
  | { type: 'failure'; code: FailureCode; why: ErrorValues }
  | ({ type: 'end' } & End)
  | { type: 'probe'; results: ProbeResult[] };

export type HelperRequest =
  | { task: 'capture'; backend: Backend; options: LiveOptions }
  | { task: 'probe'; interfaces: string[] };

/** File descriptor of the capture stream in the helper. */
export const STREAM_FD = 3;

/** Sends a line up. At once and blocking: the main process always reads these, and the helper may be about to end. */
export function send(message: ControlMessage): void {
  try {
    writeSync(1, `${JSON.stringify(message)}\n`);
  } catch {
    // The main process is gone; standard input also ends then.
  }
}

const MESSAGE_TYPES = new Set(['ready', 'tool', 'counters', 'failure', 'end', 'probe']);

/** One line from the helper, or null where it is not a control message. */
export function parseControlMessage(line: string): ControlMessage | null {
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message !== 'object' || message === null || !('type' in message)) return null;
    return MESSAGE_TYPES.has(String(message.type)) ? (message as ControlMessage) : null;
  } catch {
    return null;
  }
}
