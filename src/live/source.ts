/**
 * A live interface as a capture stream, read by the same parser as a file.
 *
 * Every source is a child process that writes to a pipe: what crashes, crashes there; a slow reader makes packets
 * wait, and get lost and counted, in the kernel and not in this process's memory.
 */
import type { Readable } from 'node:stream';
import type { CapturingNote } from '../error-kinds/capturing.js';
import { UserError } from '../errors.js';
import { explainFailure } from './advice.js';
import {
  type Backend,
  type End,
  type FailureCode,
  type LiveCounters,
  type LiveOptions,
  type Ready,
  StartFailure,
} from './control.js';
import { HelperProcess } from './helper-process.js';
import { interfaceStatus } from './interface-state.js';

export {
  type Backend,
  DEFAULT_SNAPLEN,
  defaultBufferMegabytes,
  type EndReason,
  type LiveCounters,
  type LiveOptions,
  liveOptions,
  WHOLE_PACKETS,
} from './control.js';

const ORDER: readonly Backend[] = ['libpcap', 'tcpdump', 'dumpcap', 'cap'];

/** Failures that another source would have too. */
const SAME_FOR_ALL = new Set<FailureCode>(['bad-filter', 'no-interface', 'interface-down']);

export interface LiveInfo {
  backend: Backend;
  interface: string;
  /** Who stamped the packets: the kernel as they came in, or a program when it got them. */
  clock: 'kernel' | 'user-space';
  precision: 'ns' | 'us';
  /** LINKTYPE_ value; null where only the stream says it. */
  linkType: number | null;
  /** Bytes kept of each packet. */
  snaplen: number;
  /** One sentence each: sources skipped and why, limits of this one. */
  notes: readonly CapturingNote[];
  /** The user that the helper became instead of root; null where it did not. */
  droppedTo: { uid: number; gid: number } | null;
}

export interface LiveSource {
  /** A capture stream, pcap or pcapng. Read it, or packets will be lost in the kernel. */
  stream: Readable;
  info: LiveInfo;
  /** Latest known, at most about a second old; final once `ended`. */
  counters(): LiveCounters;
  /** Has everything captured so far delivered, then ends the stream, which must be read on meanwhile. */
  stop(): Promise<void>;
  /** Never rejects. `why`: what happened; null when stopped. */
  ended: Promise<End>;
}

/**
 * Starts capturing; resolves when packets are really being captured.
 *
 * @throws UserError where no source works: no permission, nothing installed, no such interface, a bad filter.
 */
export async function openLive(options: LiveOptions): Promise<LiveSource> {
  if (options.backend !== 'auto') {
    try {
      return await openBackend(options.backend, options, []);
    } catch (error) {
      throw error instanceof StartFailure ? explainFailure(error, options, options.backend) : error;
    }
  }
  return openFirstThatWorks(options);
}

async function openFirstThatWorks(options: LiveOptions): Promise<LiveSource> {
  const notes: CapturingNote[] = [];
  let first: { failure: StartFailure; backend: Backend } | null = null;
  let forbidden: { failure: StartFailure; backend: Backend } | null = null;
  for (const backend of ORDER) {
    // cap opens the same socket as libpcap, with the same rights.
    if (backend === 'cap' && forbidden !== null) continue;
    try {
      return await openBackend(backend, options, notes);
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error;
      if (SAME_FOR_ALL.has(error.code)) throw explainFailure(error, options, backend);
      notes.push({ kind: 'skipped', source: backend, why: error.values });
      first ??= { failure: error, backend };
      if (error.code === 'not-permitted') forbidden ??= { failure: error, backend };
    }
  }
  // "Not permitted" can be fixed at once, so it is reported before "not installed".
  const reported = forbidden ?? first;
  if (reported === null) throw new UserError({ kind: 'no-way-to-capture' });
  throw explainFailure(reported.failure, options, reported.backend, notes);
}

/** @throws StartFailure */
async function openBackend(
  backend: Backend,
  options: LiveOptions,
  notes: CapturingNote[],
): Promise<LiveSource> {
  const helper = new HelperProcess({ task: 'capture', backend, options });
  let ready: Ready;
  try {
    ready = await helper.ready;
  } catch (error) {
    helper.stream.destroy();
    await helper.stop();
    throw error;
  }
  return {
    stream: helper.stream,
    info: {
      backend,
      interface: options.interface,
      clock: ready.clock,
      precision: ready.precision,
      linkType: ready.linkType,
      snaplen: ready.snaplen,
      notes: [...notes, ...ready.notes],
      droppedTo: ready.droppedTo,
    },
    counters: () => helper.counters(),
    stop: () => helper.stop(),
    ended: helper.ended.then((end) =>
      end.reason === 'stopped' ? end : withInterface(end, options.interface),
    ),
  };
}

/** The state of the interface says more than the error of a source: cap, for example, just aborts. */
function withInterface(end: End, name: string): End {
  const left = interfaceStatus(name);
  if (end.reason === 'failed' && left === 'up') return end;
  const kind = left === 'down' ? 'interface-taken-down' : 'interface-gone';
  return { reason: 'interface-gone', why: { kind, name } };
}
