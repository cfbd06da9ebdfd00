/**
 * The default source: the system's libpcap, driven from the helper process.
 *
 * What to read first: pcap(3PCAP), pcap_dispatch(3PCAP), packet(7). The kernel fills a ring; a timer has libpcap
 * write what is there to the stream, in C. Never blocking: on an idle interface a blocked read could not be ended.
 */
import type { CapturingNote } from '../error-kinds/capturing.js';
import {
  DEFAULT_SNAPLEN,
  type LiveOptions,
  liveOptions,
  MAX_SLOT_SNAPLEN,
  STREAM_FD,
  StartFailure,
  send,
  wordsOf,
} from './control.js';
import {
  ERROR_BUFFER_SIZE,
  errorText,
  type Libpcap,
  loadLibpcap,
  NETMASK_UNKNOWN,
  PCAP_ERROR_IFACE_NOT_UP,
  PCAP_ERROR_NO_SUCH_DEVICE,
  PCAP_ERROR_PERM_DENIED,
  PCAP_ERROR_PROMISC_PERM_DENIED,
  type Pointer,
  PRECISION_NANO,
  PROGRAM_SIZE,
  STATS_SIZE,
} from './libpcap-binding.js';
import { LossCounter } from './loss-counter.js';
import { loadPacketSocketCalls } from './packet-socket.js';
import { giveUpRights } from './privileges.js';
import { RingReader } from './ring-reader.js';

const BLOCK_TIMEOUT_MILLISECONDS = 100;
/** Bytes that one packet takes in the ring at least. */
const SMALLEST_SLOT = 128;
const DIRECTIONS = { both: 0, in: 1, out: 2 } as const;
const LINKTYPE_LINUX_SLL2 = 276;

/** DLT_ values that differ from the LINKTYPE_ of a capture file: raw IP is 12, on OpenBSD 14. */
function linkTypeOf(dataLink: number): number {
  return dataLink === 12 || dataLink === 14 ? 101 : dataLink;
}

/** Opens and activates; nothing is read yet. @throws StartFailure */
function open(libpcap: Libpcap, options: LiveOptions): { pcap: Pointer; immediate: boolean } {
  const buffer = new Uint8Array(ERROR_BUFFER_SIZE);
  const pcap = libpcap.create(options.interface, buffer);
  if (pcap === null) throw new StartFailure('failed', errorText(buffer));
  const snaplen = options.snaplen ?? DEFAULT_SNAPLEN;
  const immediate = snaplen <= MAX_SLOT_SNAPLEN;
  libpcap.setSnaplen(pcap, snaplen);
  libpcap.setPromiscuous(pcap, options.promiscuous ? 1 : 0);
  libpcap.setTimeout(pcap, BLOCK_TIMEOUT_MILLISECONDS);
  libpcap.setImmediateMode(pcap, immediate ? 1 : 0);
  libpcap.setBufferSize(pcap, Math.min(options.bufferMegabytes * 2 ** 20, 0x7fffffff));
  // Refused where there are only microseconds; asked again after activation.
  libpcap.setTimestampPrecision(pcap, PRECISION_NANO);
  const status = libpcap.activate(pcap);
  if (status < 0) {
    const failure = activationFailure(libpcap, pcap, status);
    libpcap.close(pcap);
    throw failure;
  }
  // Only the newer cooked header has the interface's number, which distinguishes copies on `any`.
  if (options.interface === 'any') libpcap.setDataLink(pcap, LINKTYPE_LINUX_SLL2);
  return { pcap, immediate };
}

function activationFailure(libpcap: Libpcap, pcap: Pointer, status: number): StartFailure {
  const own = libpcap.getError(pcap);
  const message = own === '' ? libpcap.statusText(status) : own;
  if (status === PCAP_ERROR_PERM_DENIED || status === PCAP_ERROR_PROMISC_PERM_DENIED) {
    return new StartFailure('not-permitted', message);
  }
  if (status === PCAP_ERROR_NO_SUCH_DEVICE) return new StartFailure('no-interface', message);
  if (status === PCAP_ERROR_IFACE_NOT_UP) return new StartFailure('interface-down', message);
  return new StartFailure('failed', message);
}

/** Compiles for this link type and installs. @throws StartFailure `bad-filter` with libpcap's own words. */
function installFilter(libpcap: Libpcap, pcap: Pointer, filter: string): void {
  const program = new Uint8Array(PROGRAM_SIZE);
  if (libpcap.compile(pcap, program, filter, 1, NETMASK_UNKNOWN) !== 0) {
    throw new StartFailure('bad-filter', libpcap.getError(pcap));
  }
  const installed = libpcap.setFilter(pcap, program);
  const message = libpcap.getError(pcap);
  libpcap.freeCode(program);
  if (installed !== 0) throw new StartFailure('failed', { kind: 'filter-not-set', why: wordsOf(message) });
}

/** Checks a filter without opening an interface. @throws StartFailure `bad-filter`, `unavailable` */
export async function checkFilter(filter: string, linkType: number): Promise<void> {
  const libpcap = await loadLibpcap();
  const pcap = libpcap.openDead(linkType, 65535);
  if (pcap === null) return;
  const program = new Uint8Array(PROGRAM_SIZE);
  const status = libpcap.compile(pcap, program, filter, 1, NETMASK_UNKNOWN);
  const message = libpcap.getError(pcap);
  if (status === 0) libpcap.freeCode(program);
  libpcap.close(pcap);
  if (status !== 0) throw new StartFailure('bad-filter', message);
}

/** Tries to open an interface and closes it again. @returns its link type. @throws StartFailure */
export function tryToOpen(libpcap: Libpcap, name: string): number {
  const { pcap } = open(libpcap, liveOptions(name));
  const linkType = linkTypeOf(libpcap.dataLink(pcap));
  libpcap.close(pcap);
  return linkType;
}

/** Captures until `stop`, or until the interface or the reader is gone. @throws StartFailure before it began. */
export async function captureWithLibpcap(options: LiveOptions, stop: AbortSignal): Promise<void> {
  const libpcap = await loadLibpcap();
  const { pcap, immediate } = open(libpcap, options);
  const notes: CapturingNote[] = [];
  const linux = process.platform === 'linux';
  const loopback = linux && options.interface === 'lo';
  // Where only the incoming copy is wanted, the kernel need not count and keep the outgoing one.
  const incoming = loopback || (linux && options.direction === 'in');
  const once = incoming && (await loadPacketSocketCalls()).ignoreOutgoing(libpcap.fileno(pcap));
  if (loopback && !once) notes.push({ kind: 'losses-halved', program: null });
  chooseDirection(libpcap, pcap, options, notes);
  installFilter(libpcap, pcap, options.filter);
  const buffer = new Uint8Array(ERROR_BUFFER_SIZE);
  if (libpcap.setNonblock(pcap, 1, buffer) !== 0) throw new StartFailure('failed', errorText(buffer));

  const file = libpcap.fdopen(STREAM_FD, 'w');
  const dumper = file === null ? null : libpcap.dumpFopen(pcap, file);
  if (dumper === null) throw new StartFailure('failed', { kind: 'no-stream' });
  const droppedTo = await giveUpRights(options, notes);
  libpcap.dumpFlush(dumper);
  const losses = new LossCounter(loopback && !once ? 2 : 1);
  const before = statistics(libpcap, pcap);
  if (before !== null) losses.start(before.dropped, before.interfaceDropped);
  send({
    type: 'ready',
    clock: 'kernel',
    precision: libpcap.getTimestampPrecision(pcap) === PRECISION_NANO ? 'ns' : 'us',
    linkType: linkTypeOf(libpcap.dataLink(pcap)),
    snaplen: libpcap.snapshot(pcap),
    notes,
    droppedTo,
  });

  const reader = new RingReader(libpcap, pcap, dumper);
  const count = () => {
    const now = statistics(libpcap, pcap);
    if (now !== null) losses.update(now.dropped, now.interfaceDropped);
    send({ type: 'counters', ...losses.now(reader.delivered) });
  };
  count();
  const drain = {
    // A block of the larger ring is handed over when it is full or its time is up.
    milliseconds: immediate ? 0 : 2 * BLOCK_TIMEOUT_MILLISECONDS,
    packets: (options.bufferMegabytes * 2 ** 20) / SMALLEST_SLOT,
  };
  const end = await reader.run(stop, drain, count);
  count();
  send({ type: 'end', ...end });
}

/** @throws StartFailure `unsupported` where the system cannot filter by direction. */
function chooseDirection(
  libpcap: Libpcap,
  pcap: Pointer,
  options: LiveOptions,
  notes: CapturingNote[],
): void {
  if (options.direction === 'both') return;
  if (options.interface === 'lo') {
    notes.push({ kind: 'direction-ignored' });
  } else if (libpcap.setDirection(pcap, DIRECTIONS[options.direction]) !== 0) {
    const why = wordsOf(libpcap.getError(pcap));
    throw new StartFailure('unsupported', { kind: 'direction-refused', why });
  }
}

/** struct pcap_stat begins with received, dropped, dropped by the interface; null where there are no counters. */
function statistics(libpcap: Libpcap, pcap: Pointer): { dropped: number; interfaceDropped: number } | null {
  const stats = new Uint32Array(STATS_SIZE / 4);
  if (libpcap.stats(pcap, new Uint8Array(stats.buffer)) !== 0) return null;
  return { dropped: stats[1] ?? 0, interfaceDropped: stats[2] ?? 0 };
}
