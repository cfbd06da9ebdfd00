/**
 * Writes classic pcap with nanoseconds. To read first: https://www.tcpdump.org/manpages/pcap-savefile.5.html
 *
 * The file header has the link type of the first frame. It is written with that frame, or before it where the
 * source has only one link type.
 */
import { UserError } from '../errors.js';
import type { Frame } from './frame.js';
import type { Drops } from './reader.js';
import type { RecordSink } from './sink.js';

export interface WriterOptions {
  /**
   * LINKTYPE_ for the header of a file that has no frame yet (`ended` false: only where frames of another link type
   * cannot follow), or that got none at all (`ended` true). Null where it is not known.
   */
  linkType?(ended: boolean): number | null;
  /** Longest frame, as the file header gives it; 262,144 where it does not. */
  snaplen?: number;
  /** Name of the interface (pcapng only). */
  interfaceName?: string;
  /** Name of an interface by its number, where they have several (pcapng only). */
  nameOf?(interfaceId: number): string | null;
  /** Name of the program that writes (pcapng only). */
  application?: string;
}

export interface CaptureWriter {
  readonly packets: number;
  /** Packets whose time does not fit the format: they got the nearest one that fits. */
  readonly clipped: number;
  /** Packets that are not whole, because the source kept fewer bytes than were on the wire. */
  readonly cut: number;
  /** Adds a frame. Where a promise is returned, it must be awaited before the next frame and the next `fill`. */
  write(frame: Frame): void | Promise<void>;
  /** Puts what has been gathered into the file: what a reader of the growing file can see. */
  flush(): Promise<void>;
  /** Ends the file; what was lost while capturing is written too, where the format has a place for it. */
  close(drops?: Drops | null): Promise<void>;
}

const LITTLE = true;
const MAGIC_NANOSECONDS = 0xa1b23c4d;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
export const DEFAULT_SNAPLEN = 262_144;
/** The latest time that fits: 2106-02-07. */
const LATEST = 0xffff_ffff;
const ETHERNET = 1;
/** In the network field: the top four bits hold the number of 16-bit words of frame check sequence. */
const FCS_PRESENT = 0x0400_0000;

export class PcapWriter implements CaptureWriter {
  packets = 0;
  clipped = 0;
  cut = 0;
  private linkType: number | null = null;

  constructor(
    private readonly sink: RecordSink,
    private readonly options: WriterOptions = {},
  ) {}

  write(frame: Frame): void | Promise<void> {
    if (this.linkType !== null && frame.linkType !== this.linkType) return this.otherLinkType(frame);
    const length = RECORD_HEADER + frame.capturedLength;
    if (!this.sink.fits(FILE_HEADER + length)) return this.writeLater(frame, length);
    this.put(frame);
  }

  private async writeLater(frame: Frame, length: number): Promise<void> {
    await this.sink.room(FILE_HEADER + length);
    this.put(frame);
  }

  private otherLinkType(frame: Frame): Promise<void> {
    const types = { first: this.linkType ?? 0, other: frame.linkType };
    return Promise.reject(new UserError({ kind: 'link-types', ...types }));
  }

  private put(frame: Frame): void {
    const { sink } = this;
    this.linkType ??= this.putHeader(frame.linkType, frame.fcsLength);
    const { view, used } = sink;
    const seconds = Math.min(Math.max(frame.seconds, 0), LATEST);
    if (seconds !== frame.seconds) this.clipped++;
    view.setUint32(used, seconds, LITTLE);
    view.setUint32(used + 4, frame.nanoseconds, LITTLE);
    view.setUint32(used + 8, frame.capturedLength, LITTLE);
    view.setUint32(used + 12, frame.originalLength, LITTLE);
    sink.used = used + RECORD_HEADER;
    sink.copy(frame.view, frame.offset, frame.capturedLength);
    sink.endRecord();
    if (frame.capturedLength < frame.originalLength) this.cut++;
    this.packets++;
  }

  private putHeader(linkType: number, fcsLength: number): number {
    const { view, used } = this.sink;
    const fcs = fcsLength > 0 ? ((fcsLength >>> 1) << 28) | FCS_PRESENT : 0;
    view.setUint32(used, MAGIC_NANOSECONDS, LITTLE);
    view.setUint16(used + 4, 2, LITTLE);
    view.setUint16(used + 6, 4, LITTLE);
    view.setUint32(used + 8, 0, LITTLE);
    view.setUint32(used + 12, 0, LITTLE);
    view.setUint32(used + 16, this.options.snaplen ?? DEFAULT_SNAPLEN, LITTLE);
    view.setUint32(used + 20, (linkType | fcs) >>> 0, LITTLE);
    this.sink.used = used + FILE_HEADER;
    this.sink.endRecord();
    return linkType;
  }

  /** The header of a file without frames. */
  private putEarlyHeader(linkType: number | null): void {
    if (linkType !== null) this.linkType = this.putHeader(linkType, 0);
  }

  async flush(): Promise<void> {
    if (this.linkType === null) this.putEarlyHeader(this.options.linkType?.(false) ?? null);
    await this.sink.flush();
  }

  async close(): Promise<void> {
    if (this.linkType === null && this.sink.fits(FILE_HEADER)) {
      this.putEarlyHeader(this.options.linkType?.(true) ?? ETHERNET);
    }
    await this.sink.close();
  }
}
