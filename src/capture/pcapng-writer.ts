/**
 * Writes pcapng with nanoseconds. To read first: draft-ietf-opsawg-pcapng, sections 4.1 to 4.3 and 4.6.
 *
 * One section; an interface is described when its first frame comes, and again for another link type of it;
 * the statistics of lost packets come at the end.
 */
import type { Frame } from './frame.js';
import { type CaptureWriter, DEFAULT_SNAPLEN, type WriterOptions } from './pcap-writer.js';
import {
  BYTE_ORDER_MAGIC,
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  INTERFACE_STATISTICS,
  SECTION_HEADER,
} from './pcapng-blocks.js';
import type { Drops } from './reader.js';
import type { RecordSink } from './sink.js';

const LITTLE = true;
/** if_tsresol: 10^-9. */
const NANOSECONDS = 9;
const TWO_32 = 0x1_0000_0000;

// options
const SHB_USERAPPL = 4;
const IF_NAME = 2;
const IF_TSRESOL = 9;
const IF_FCSLEN = 13;
const EPB_FLAGS = 2;
const ISB_IFDROP = 5;
const ISB_OSDROP = 7;

/** The latest second whose nanoseconds fit 64 bits: 2554-07-21. */
const LATEST = 18_446_744_072;
/** Bytes written of an interface's name. */
const LONGEST_NAME = 256;

const encoder = new TextEncoder();
const encoded = (text: string): Uint8Array => encoder.encode(text);

/** Header of an enhanced packet block, flags and end of options, trailer. */
const PACKET_OVERHEAD = 28 + 12 + 4;
const ETHERNET = 1;

export class PcapngWriter implements CaptureWriter {
  packets = 0;
  clipped = 0;
  cut = 0;
  /** The file's number of an interface, by the frame's interface and link type. */
  private readonly numbers = new Map<number, number>();
  private lastKey = -1;
  private lastNumber = -1;
  private lastSeconds = 0;
  private lastNanoseconds = 0;
  /** The second that was written last, as a count of nanoseconds in two halves. */
  private timeSeconds = -1;
  private timeHigh = 0;
  private timeLow = 0;
  private begun = false;
  /** Room for section header and interface description: their texts are the only parts of varying length. */
  private readonly preamble: number;
  private readonly application: Uint8Array;
  private readonly interfaceName: Uint8Array;
  private start = 0;

  constructor(
    private readonly sink: RecordSink,
    private readonly options: WriterOptions = {},
  ) {
    this.application = encoded(options.application ?? 'synfin');
    this.interfaceName = encoded(options.interfaceName ?? '');
    const names = options.nameOf === undefined ? this.interfaceName.length : LONGEST_NAME;
    this.preamble = 128 + this.application.length + names;
  }

  write(frame: Frame): void | Promise<void> {
    const length = this.preamble + PACKET_OVERHEAD + frame.capturedLength + 3;
    if (!this.sink.fits(length)) return this.writeLater(frame, length);
    this.put(frame);
  }

  private async writeLater(frame: Frame, length: number): Promise<void> {
    await this.sink.room(length);
    this.put(frame);
  }

  private put(frame: Frame): void {
    const { sink } = this;
    const key = frame.interfaceId * 0x1_0000 + frame.linkType;
    if (key !== this.lastKey) this.select(frame, key);
    const { view } = sink;
    const start = sink.used;
    view.setUint32(start, ENHANCED_PACKET, LITTLE);
    view.setUint32(start + 8, this.lastNumber, LITTLE);
    this.putTime(view, start + 12, frame.seconds, frame.nanoseconds);
    view.setUint32(start + 20, frame.capturedLength, LITTLE);
    view.setUint32(start + 24, frame.originalLength, LITTLE);
    sink.used = start + 28;
    sink.copy(frame.view, frame.offset, frame.capturedLength);
    sink.pad();
    if (frame.direction !== 0) {
      this.option32(EPB_FLAGS, frame.direction);
      this.word(0);
    }
    this.endBlock(start);
    if (frame.seconds < 0 || frame.seconds > LATEST) this.clipped++;
    if (frame.capturedLength < frame.originalLength) this.cut++;
    this.lastSeconds = frame.seconds;
    this.lastNanoseconds = frame.nanoseconds;
    this.packets++;
  }

  private select(frame: Frame, key: number): void {
    this.begin();
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(key, number);
      this.describe(frame.linkType, frame.fcsLength, this.nameOf(frame.interfaceId));
    }
    this.lastKey = key;
    this.lastNumber = number;
  }

  /** The section header, once. */
  private begin(): void {
    if (this.begun) return;
    this.begun = true;
    this.beginBlock(SECTION_HEADER);
    this.word(BYTE_ORDER_MAGIC);
    // version 1.0, section length not known
    this.word(1);
    this.word(0xffff_ffff);
    this.word(0xffff_ffff);
    this.optionText(SHB_USERAPPL, this.application);
    this.word(0);
    this.endBlock(this.start);
  }

  private nameOf(interfaceId: number): Uint8Array {
    const name = this.options.nameOf?.(interfaceId);
    return name == null ? this.interfaceName : encoded(name).subarray(0, LONGEST_NAME);
  }

  private describe(linkType: number, fcsLength: number, name: Uint8Array): void {
    this.beginBlock(INTERFACE_DESCRIPTION);
    this.word(linkType);
    this.word(this.options.snaplen ?? DEFAULT_SNAPLEN);
    if (name.length > 0) this.optionText(IF_NAME, name);
    this.option8(IF_TSRESOL, NANOSECONDS);
    if (fcsLength > 0) this.option8(IF_FCSLEN, fcsLength);
    this.word(0);
    this.endBlock(this.start);
  }

  private statistics(drops: Drops): void {
    this.beginBlock(INTERFACE_STATISTICS);
    this.word(0);
    this.putTime(this.sink.view, this.sink.used, this.lastSeconds, this.lastNanoseconds);
    this.sink.used += 8;
    if (drops.interface !== null) this.option64(ISB_IFDROP, drops.interface);
    if (drops.kernel !== null) this.option64(ISB_OSDROP, drops.kernel);
    this.word(0);
    this.endBlock(this.start);
  }

  async flush(): Promise<void> {
    this.begin();
    await this.sink.flush();
  }

  async close(drops: Drops | null = null): Promise<void> {
    try {
      if (!this.sink.fits(2 * this.preamble)) await this.sink.room(2 * this.preamble);
      this.begin();
      // a capture without a packet still describes its interface
      if (this.numbers.size === 0)
        this.describe(this.options.linkType?.(true) ?? ETHERNET, 0, this.nameOf(0));
      if (drops !== null && (drops.kernel !== null || drops.interface !== null)) this.statistics(drops);
    } finally {
      await this.sink.close();
    }
  }

  private beginBlock(type: number): void {
    this.start = this.sink.used;
    this.sink.view.setUint32(this.start, type, LITTLE);
    this.sink.used = this.start + 8;
  }

  /** The length, in front and behind. */
  private endBlock(start: number): void {
    const { sink } = this;
    const length = sink.used + 4 - start;
    sink.view.setUint32(start + 4, length, LITTLE);
    sink.view.setUint32(sink.used, length, LITTLE);
    sink.used += 4;
    sink.endRecord();
  }

  private word(value: number): void {
    this.sink.view.setUint32(this.sink.used, value, LITTLE);
    this.sink.used += 4;
  }

  private optionHead(code: number, length: number): void {
    this.word(code + length * 0x1_0000);
  }

  private option8(code: number, value: number): void {
    this.optionHead(code, 1);
    this.word(value);
  }

  private option32(code: number, value: number): void {
    this.optionHead(code, 4);
    this.word(value);
  }

  private option64(code: number, value: number): void {
    this.optionHead(code, 8);
    this.word(value % TWO_32);
    this.word(Math.floor(value / TWO_32));
  }

  private optionText(code: number, value: Uint8Array): void {
    this.optionHead(code, value.length);
    this.sink.copy(new DataView(value.buffer, value.byteOffset, value.length), 0, value.length);
    this.sink.pad();
  }

  /** Nanoseconds since 1970 in two halves. */
  private putTime(view: DataView, at: number, seconds: number, nanoseconds: number): void {
    if (seconds !== this.timeSeconds) this.beginSecond(seconds);
    // the field has no room for a time before 1970
    const low = this.timeLow + (seconds < 0 ? 0 : nanoseconds);
    view.setUint32(at, low < TWO_32 ? this.timeHigh : this.timeHigh + 1, LITTLE);
    view.setUint32(at + 4, low < TWO_32 ? low : low - TWO_32, LITTLE);
  }

  /** The halves of a second's beginning: the product is built from the seconds' 16-bit parts, all exact. */
  private beginSecond(seconds: number): void {
    const whole = Math.min(Math.max(0, seconds), LATEST);
    const upper = Math.floor(whole / 0x1_0000) * 1e9;
    const lower = (whole % 0x1_0000) * 1e9;
    const low = (upper % 0x1_0000) * 0x1_0000 + (lower % TWO_32);
    this.timeSeconds = seconds;
    this.timeHigh = Math.floor(upper / 0x1_0000) + Math.floor(lower / TWO_32) + Math.floor(low / TWO_32);
    this.timeLow = low % TWO_32;
  }
}
