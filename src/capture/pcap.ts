/**
 * Classic pcap. To read first: https://www.tcpdump.org/manpages/pcap-savefile.5.html
 *
 * A 24-byte file header, then records: a 16-byte header and the captured bytes. The magic number shows the
 * byte order and whether fractions of a second are micro- or nanoseconds; the "modified" format of Alexey
 * Kuznetzov's patched libpcap has 8 further bytes in each record header.
 */
import { CaptureError } from '../errors.js';
import type { Frame } from './frame.js';
import { NEAR_SECONDS, type RecordLayout, RecordSearch, trueHeaderLength } from './pcap-search.js';
import type { Problem } from './problem.js';
import type { FrameReader, InterfaceFacts, ReaderReports } from './reader.js';
import type { ByteWindow } from './window.js';

const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const MAGIC_NANOSECONDS = 0xa1b23c4d;
const MAGIC_MODIFIED = 0xa1b2cd34;

/** Bytes of the file header. */
export const FILE_HEADER = 24;
const VERSION_MAJOR = 4;
const VERSION_MINOR = 6;
const SNAPLEN = 16;
const NETWORK = 20;

const RECORD_HEADER = 16;
const MODIFIED_RECORD_HEADER = 24;
/** Nokia and Red Hat 6.1; SuSE 6.3. */
const OTHER_RECORD_HEADERS = [20, 24];
const MODIFIED_OTHERS = [28];
const FRACTION = 4;
const CAPTURED = 8;
const ORIGINAL = 12;

/** libpcap's MAXIMUM_SNAPLEN: no honest record is longer, except where the file's own snap length says so. */
const LONGEST_RECORD = 262_144;
/** USB captures have a snap length of this; nothing beyond it is believed. */
const LONGEST_SNAPLEN = 128 * 1024 * 1024;

/** True where four bytes, read in big-endian order, are one of pcap's magic numbers in either byte order. */
export function isPcapMagic(magic: number): boolean {
  return pcapFlavour(magic) !== null;
}

interface Flavour {
  littleEndian: boolean;
  nanoseconds: boolean;
  modified: boolean;
}

function pcapFlavour(bigEndianMagic: number): Flavour | null {
  const swapped =
    ((bigEndianMagic & 0xff) << 24) |
    ((bigEndianMagic & 0xff00) << 8) |
    ((bigEndianMagic >>> 8) & 0xff00) |
    (bigEndianMagic >>> 24);
  for (const [magic, littleEndian] of [
    [bigEndianMagic >>> 0, false],
    [swapped >>> 0, true],
  ] as const) {
    if (magic === MAGIC_MICROSECONDS) return { littleEndian, nanoseconds: false, modified: false };
    if (magic === MAGIC_NANOSECONDS) return { littleEndian, nanoseconds: true, modified: false };
    if (magic === MAGIC_MODIFIED) return { littleEndian, nanoseconds: false, modified: true };
  }
  return null;
}

export class PcapReader implements FrameReader {
  readonly format = 'pcap';
  stopped = false;
  number = 0;
  readonly linkType: number;
  readonly snaplen: number;
  readonly interfaces: readonly InterfaceFacts[];
  readonly interfaceCount = 1;
  readonly nanoseconds: boolean;
  private recentSeconds = 0;
  private doubtedSeconds = 0;
  private search: RecordSearch | null = null;
  private readonly littleEndian: boolean;
  /** 0 before it is known. */
  private headerLength = 0;
  private readonly plainHeaderLength: number;
  private readonly otherHeaderLengths: readonly number[];
  /** No bytes follow those in memory. */
  private atEnd = false;
  private readonly fractionUnit: number;
  private readonly fractionLimit: number;
  private readonly fcsLength: number;
  private readonly longest: number;
  /** Where the two lengths are in a record header: files of version 2.2 and earlier have them in the other order. */
  private readonly capturedAt: number;
  private readonly originalAt: number;

  /** The window must hold the file header. Throws CaptureError where it is not one that can be read. */
  constructor(
    private readonly window: ByteWindow,
    private readonly reports: ReaderReports,
    path: string,
    /** The record headers are as the magic number says. */
    knownWriter = false,
  ) {
    const { view, position } = window;
    const flavour = pcapFlavour(view.getUint32(position));
    if (flavour === null) throw new CaptureError(path, { kind: 'not-pcap' }, 0);
    this.littleEndian = flavour.littleEndian;
    this.nanoseconds = flavour.nanoseconds;
    this.fractionUnit = flavour.nanoseconds ? 1 : 1000;
    this.fractionLimit = flavour.nanoseconds ? 1e9 : 1e6;
    const major = view.getUint16(position + VERSION_MAJOR, this.littleEndian);
    if (major !== 2) throw new CaptureError(path, { kind: 'pcap-version', version: major }, 4);
    const swapped = view.getUint16(position + VERSION_MINOR, this.littleEndian) < 3;
    this.capturedAt = swapped ? ORIGINAL : CAPTURED;
    this.originalAt = swapped ? CAPTURED : ORIGINAL;
    this.snaplen = view.getUint32(position + SNAPLEN, this.littleEndian);
    const network = view.getUint32(position + NETWORK, this.littleEndian);
    this.linkType = network & 0xffff;
    this.interfaces = [{ name: null, linkType: this.linkType, snaplen: this.snaplen }];
    // bit 26 says that the top four bits hold the number of 16-bit words of FCS
    this.fcsLength = (network & 0x0400_0000) !== 0 ? (network >>> 28) * 2 : 0;
    this.longest = Math.max(LONGEST_RECORD, Math.min(this.snaplen, LONGEST_SNAPLEN));
    window.position += FILE_HEADER;
    this.plainHeaderLength = flavour.modified ? MODIFIED_RECORD_HEADER : RECORD_HEADER;
    // none of those systems knew nanoseconds
    const others = flavour.modified ? MODIFIED_OTHERS : OTHER_RECORD_HEADERS;
    this.otherHeaderLengths = knownWriter || flavour.nanoseconds ? [] : others;
  }

  /** False where it is not known before more has come. */
  private knowsHeaderLength(): boolean {
    if (this.headerLength === 0) {
      const layout = this.layout(this.plainHeaderLength);
      this.headerLength = trueHeaderLength(this.window, layout, this.otherHeaderLengths, this.atEnd);
    }
    return this.headerLength !== 0;
  }

  next(frame: Frame): boolean {
    const window = this.window;
    if (this.headerLength === 0 && !this.knowsHeaderLength()) return false;
    if (this.search !== null && !this.searchOn(this.search)) return false;
    const at = window.position;
    const header = this.headerLength;
    if (this.stopped || window.end - at < header) return false;
    const view = window.view;
    const little = this.littleEndian;
    const captured = view.getUint32(at + this.capturedAt, little);
    if (captured > this.longest)
      return this.damaged(frame, { kind: 'claims-captured', ...this.place(), captured, most: this.longest });
    if (window.end - at < header + captured) return false;
    const fraction = view.getUint32(at + FRACTION, little);
    // 0x80000000 seconds and later are dates after 2038, not negative ones
    const seconds = view.getUint32(at, little);
    const original = view.getUint32(at + this.originalAt, little);
    if (fraction >= this.fractionLimit || seconds === 0) {
      const problem = this.suspicion(at, captured, seconds, original, fraction);
      if (problem === 'more') return false;
      if (problem !== null) return this.damaged(frame, problem);
    }
    frame.seconds = seconds;
    frame.nanoseconds = fraction * this.fractionUnit;
    if (frame.nanoseconds >= 1e9) {
      frame.seconds += Math.floor(frame.nanoseconds / 1e9);
      frame.nanoseconds %= 1e9;
    }
    frame.number = ++this.number;
    frame.linkType = this.linkType;
    frame.interfaceId = 0;
    frame.fcsLength = this.fcsLength;
    frame.direction = 0;
    frame.view = view;
    frame.offset = at + header;
    frame.capturedLength = captured;
    frame.originalLength = Math.max(original, captured);
    window.position = at + header + captured;
    if (captured > original || Math.abs(seconds - this.recentSeconds) > NEAR_SECONDS) {
      this.doubt(seconds, captured, original);
    } else {
      this.recentSeconds = seconds;
      window.keepFrom = -1;
    }
    return true;
  }

  /** The packet just read is longer than it was, or far in time: if damage follows, it may begin here, so it is kept. */
  private doubt(seconds: number, captured: number, original: number): void {
    // the first packet sets the time, and two that agree on another time change it
    if (this.number === 1 || Math.abs(seconds - this.doubtedSeconds) < NEAR_SECONDS)
      this.recentSeconds = seconds;
    this.doubtedSeconds = seconds;
    if (this.number === 1 && captured <= original) return;
    const { window } = this;
    if (window.keepFrom < 0) window.keepFrom = window.offset - captured;
  }

  /**
   * A record header that is allowed but odd: it is really in the middle of other data where the record after
   * it is impossible, or where it is a run of zeros (a file of blank disk pages, after a crash). `more` where that
   * is not in memory yet.
   */
  private suspicion(
    at: number,
    captured: number,
    seconds: number,
    original: number,
    fraction: number,
  ): Problem | 'more' | null {
    if (seconds === 0 && fraction === 0 && captured === 0 && original === 0) {
      return this.recentSeconds === 0 ? null : { kind: 'header-of-zeros', ...this.place() };
    }
    if (fraction < this.fractionLimit) return null;
    const { view, end } = this.window;
    const following = at + this.headerLength + captured;
    if (following + this.headerLength > end) return this.atEnd ? null : 'more';
    const next = view.getUint32(following + this.capturedAt, this.littleEndian);
    return next > this.longest
      ? { kind: 'fraction-too-large', ...this.place(), fraction, limit: this.fractionLimit }
      : null;
  }

  /** Of the record at the window's position. */
  private place(): { packet: number; at: number } {
    return { packet: this.number + 1, at: this.window.offset };
  }

  private damaged(frame: Frame, problem: Problem): boolean {
    this.search = this.newSearch(problem);
    return this.next(frame);
  }

  private newSearch(problem: Problem): RecordSearch {
    return new RecordSearch(this.window, problem, this.layout(this.headerLength));
  }

  private layout(headerLength: number): RecordLayout {
    const { littleEndian, capturedAt, originalAt, fractionLimit, longest } = this;
    const nearSeconds = this.number === 0 ? null : this.recentSeconds;
    return { littleEndian, headerLength, capturedAt, originalAt, fractionLimit, longest, nearSeconds };
  }

  /** True where the search has found a record; the window is then at it. */
  private searchOn(search: RecordSearch, atEnd = false): boolean {
    const outcome = search.go(atEnd);
    if (outcome === 'more') return false;
    this.search = null;
    this.stopped = outcome === 'given-up';
    this.reports.warn({
      code: 'corrupt-length',
      problem: search.problem,
      continued: this.stopped ? { kind: 'no-further-packet' } : search.continuation,
      offset: search.from,
      damage: true,
    });
    return !this.stopped;
  }

  settle(): boolean {
    if (this.atEnd) return false;
    this.atEnd = true;
    return this.window.available > 0 && this.search === null;
  }

  finish(): boolean {
    const { window } = this;
    if (this.stopped) return false;
    if (this.search !== null) return this.searchOn(this.search, true);
    const left = window.available;
    if (left === 0) return false;
    const from = window.offset;
    const head = left < this.headerLength ? null : window.position;
    const captured = head === null ? 0 : window.view.getUint32(head + this.capturedAt, this.littleEndian);
    const lacking = { ...this.place(), wanted: this.headerLength + captured, left };
    // longer than what is left: cut short, or a wrong length, here or before
    if (window.keepFrom >= 0 || (head !== null && this.doubtful(head, captured))) {
      const search = this.newSearch({ kind: 'longer-than-the-file', ...lacking });
      if (search.go(true) === 'found') return this.searchOn(search, true);
    }
    this.stopped = true;
    const problem: Problem = { kind: 'cut-in-packet', ...lacking };
    this.reports.warn({ code: 'cut-short', problem, offset: from, damage: true });
    return false;
  }

  /** Whether a header that is followed by too few bytes is likely no header at all. */
  private doubtful(at: number, captured: number): boolean {
    const { view } = this.window;
    const far = Math.abs(view.getUint32(at, this.littleEndian) - this.recentSeconds) > NEAR_SECONDS;
    return (
      captured > view.getUint32(at + this.originalAt, this.littleEndian) ||
      (this.snaplen > 0 && captured > this.snaplen) ||
      (this.number > 0 && far)
    );
  }
}
