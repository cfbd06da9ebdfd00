/**
 * The system's libpcap, called through koffi. Only ever loaded in the helper process.
 *
 * Handles are opaque pointers. See pcap(3PCAP) for each function; `pcap_dump` is not called from here but handed
 * to `pcap_dispatch` as its callback, so that packets go from the kernel's ring to the stream within C.
 */
import { StartFailure } from './control.js';
import { type Koffi, loadKoffi } from './koffi.js';

/** A C pointer, as koffi gives it. */
export type Pointer = bigint;

export interface Libpcap {
  version: string;
  create(device: string, errorBuffer: Uint8Array): Pointer | null;
  openDead(linkType: number, snaplen: number): Pointer | null;
  setSnaplen(pcap: Pointer, bytes: number): number;
  setPromiscuous(pcap: Pointer, on: number): number;
  setTimeout(pcap: Pointer, milliseconds: number): number;
  setImmediateMode(pcap: Pointer, on: number): number;
  setBufferSize(pcap: Pointer, bytes: number): number;
  setTimestampPrecision(pcap: Pointer, precision: number): number;
  getTimestampPrecision(pcap: Pointer): number;
  activate(pcap: Pointer): number;
  setNonblock(pcap: Pointer, on: number, errorBuffer: Uint8Array): number;
  setDirection(pcap: Pointer, direction: number): number;
  dataLink(pcap: Pointer): number;
  setDataLink(pcap: Pointer, linkType: number): number;
  snapshot(pcap: Pointer): number;
  fileno(pcap: Pointer): number;
  compile(pcap: Pointer, program: Uint8Array, filter: string, optimize: number, netmask: number): number;
  setFilter(pcap: Pointer, program: Uint8Array): number;
  freeCode(program: Uint8Array): void;
  dispatch(pcap: Pointer, count: number, callback: Pointer, user: Pointer): number;
  stats(pcap: Pointer, stats: Uint8Array): number;
  dumpFopen(pcap: Pointer, file: Pointer): Pointer | null;
  dumpFlush(dumper: Pointer): number;
  getError(pcap: Pointer): string;
  statusText(status: number): string;
  close(pcap: Pointer): void;
  /** Address of `pcap_dump`. */
  dump: Pointer;
  /** `fdopen` of the C library: a FILE for a descriptor. */
  fdopen(fd: number, mode: string): Pointer | null;
}

/** Sizes in bytes; the struct is larger than Linux needs so that every platform's fits. */
export const ERROR_BUFFER_SIZE = 256;
export const PROGRAM_SIZE = 16;
export const STATS_SIZE = 64;

/** Return values of pcap_activate. */
export const PCAP_ERROR_NO_SUCH_DEVICE = -5;
export const PCAP_ERROR_PERM_DENIED = -8;
export const PCAP_ERROR_IFACE_NOT_UP = -9;
export const PCAP_ERROR_PROMISC_PERM_DENIED = -11;

export const PRECISION_NANO = 1;
export const NETMASK_UNKNOWN = 0xffffffff;

const NAMES: Partial<Record<NodeJS.Platform, string[]>> = {
  // Debian kept its own version number in the name.
  linux: ['libpcap.so.1', 'libpcap.so.0.8', 'libpcap.so'],
  darwin: ['/usr/lib/libpcap.A.dylib', 'libpcap.dylib'],
  freebsd: ['libpcap.so.8', 'libpcap.so'],
  openbsd: ['libpcap.so'],
};

/** Loads libpcap. @throws StartFailure `unavailable` where koffi or libpcap is missing. */
export async function loadLibpcap(): Promise<Libpcap> {
  const names = NAMES[process.platform];
  // On Windows a FILE of another C runtime cannot be shared, so pcap_dump could not write.
  if (names === undefined)
    throw new StartFailure('unavailable', { kind: 'not-on-platform', platform: process.platform });
  const koffi = await loadKoffi();
  const library = loadFirst(koffi, names);
  if (library === null) throw new StartFailure('unavailable', { kind: 'no-libpcap' });
  const c = koffi.load(null);
  const version: () => string = library.func('const char *pcap_lib_version()');
  return {
    version: version(),
    create: library.func('void *pcap_create(const char *device, void *error)'),
    openDead: library.func('void *pcap_open_dead(int linkType, int snaplen)'),
    setSnaplen: library.func('int pcap_set_snaplen(void *p, int bytes)'),
    setPromiscuous: library.func('int pcap_set_promisc(void *p, int on)'),
    setTimeout: library.func('int pcap_set_timeout(void *p, int milliseconds)'),
    setImmediateMode: library.func('int pcap_set_immediate_mode(void *p, int on)'),
    setBufferSize: library.func('int pcap_set_buffer_size(void *p, int bytes)'),
    setTimestampPrecision: library.func('int pcap_set_tstamp_precision(void *p, int precision)'),
    getTimestampPrecision: library.func('int pcap_get_tstamp_precision(void *p)'),
    activate: library.func('int pcap_activate(void *p)'),
    setNonblock: library.func('int pcap_setnonblock(void *p, int on, void *error)'),
    setDirection: library.func('int pcap_setdirection(void *p, int direction)'),
    dataLink: library.func('int pcap_datalink(void *p)'),
    setDataLink: library.func('int pcap_set_datalink(void *p, int linkType)'),
    snapshot: library.func('int pcap_snapshot(void *p)'),
    fileno: library.func('int pcap_fileno(void *p)'),
    compile: library.func(
      'int pcap_compile(void *p, void *program, const char *text, int optimize, uint32_t mask)',
    ),
    setFilter: library.func('int pcap_setfilter(void *p, void *program)'),
    freeCode: library.func('void pcap_freecode(void *program)'),
    dispatch: library.func('int pcap_dispatch(void *p, int count, void *callback, void *user)'),
    stats: library.func('int pcap_stats(void *p, void *stats)'),
    dumpFopen: library.func('void *pcap_dump_fopen(void *p, void *file)'),
    dumpFlush: library.func('int pcap_dump_flush(void *dumper)'),
    getError: library.func('const char *pcap_geterr(void *p)'),
    statusText: library.func('const char *pcap_statustostr(int status)'),
    close: library.func('void pcap_close(void *p)'),
    dump: library.symbol('pcap_dump'),
    fdopen: c.func('void *fdopen(int fd, const char *mode)'),
  };
}

function loadFirst(koffi: Koffi, names: string[]): ReturnType<Koffi['load']> | null {
  for (const name of names) {
    try {
      return koffi.load(name);
    } catch {
      // Not under this name; the next may be there.
    }
  }
  return null;
}

/** Text of a C error buffer. */
export function errorText(buffer: Uint8Array): string {
  const end = buffer.indexOf(0);
  return Buffer.from(buffer.subarray(0, end === -1 ? buffer.length : end)).toString('utf8');
}
