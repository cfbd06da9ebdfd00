/** The blocks of pcapng that have a packet: sections 4.3 and 4.4 of the draft, and the obsolete one of its appendix A. */
import type { Frame } from './frame.js';
import * as block from './pcapng-blocks.js';
import type { CaptureInterface, Sections } from './pcapng-section.js';
import type { PcapngWarnings } from './pcapng-warnings.js';
import type { Problem } from './problem.js';
import type { ReaderReports } from './reader.js';
import { LATEST_SECOND } from './timestamp.js';
import type { ByteWindow } from './window.js';

// enhanced packet block; the obsolete one differs in its first word only
const INTERFACE = 8;
const OBSOLETE_DROPS = 10;
const TIME_HIGH = 12;
const TIME_LOW = 16;
const CAPTURED = 20;
const ORIGINAL = 24;
const DATA = 28;
// simple packet block
const SIMPLE_ORIGINAL = 8;
const SIMPLE_DATA = 12;

// packet options; the obsolete block's pack_flags is numbered as epb_flags
const EPB_FLAGS = 2;
const EPB_DROPCOUNT = 4;
/** OBSOLETE_DROPS where the count is not known. */
const DROPS_UNKNOWN = 0xffff;

export class PacketBlocks {
  private number = 0;
  private lastSeconds = 0;
  private lastNanoseconds = 0;

  constructor(
    private readonly window: ByteWindow,
    private readonly sections: Sections,
    private readonly warnings: PcapngWarnings,
    private readonly reports: ReaderReports,
  ) {}

  /**
   * Reads the packet of this number from a block of `length` bytes at this place in memory. False where there is none in it,
   * which is reported.
   */
  read(frame: Frame, number: number, at: number, length: number, type: number): boolean {
    this.number = number;
    return type === block.SIMPLE_PACKET
      ? this.simple(frame, at, length)
      : this.packet(frame, at, length, type === block.OBSOLETE_PACKET);
  }

  /** The enhanced and the obsolete packet block. False where there is no packet in it. */
  private packet(frame: Frame, at: number, length: number, obsolete: boolean): boolean {
    const { view } = this.window;
    const little = this.sections.littleEndian;
    if (length < DATA + 4)
      return this.noPacket(at, { kind: 'block-too-short', ...this.place(at), length, least: DATA + 4 });
    const index = obsolete ? view.getUint16(at + INTERFACE, little) : view.getUint32(at + INTERFACE, little);
    const from = this.sections.find(index);
    if (from === undefined) return this.unknownInterface(at, index);
    const captured = view.getUint32(at + CAPTURED, little);
    if (captured > length - DATA - 4) return this.tooLong(at, captured, length - DATA - 4);
    from.unit.set(frame, view.getUint32(at + TIME_HIGH, little), view.getUint32(at + TIME_LOW, little));
    if (!(Math.abs(frame.seconds) <= LATEST_SECOND)) this.absurdTime(frame, at);
    this.lastSeconds = frame.seconds;
    this.lastNanoseconds = frame.nanoseconds;
    this.fill(frame, from, at + DATA, captured, view.getUint32(at + ORIGINAL, little));
    if (obsolete) {
      const drops = view.getUint16(at + OBSOLETE_DROPS, little);
      if (drops !== DROPS_UNKNOWN) this.sections.lost(from, drops);
    }
    const options = at + DATA + ((captured + 3) & ~3);
    if (options + 8 <= at + length) this.packetOptions(frame, from, options, at + length - 4);
    return true;
  }

  /** A simple packet block: of the section's first interface, and without a time. */
  private simple(frame: Frame, at: number, length: number): boolean {
    if (length < SIMPLE_DATA + 4) {
      return this.noPacket(at, {
        kind: 'block-too-short',
        ...this.place(at),
        length,
        least: SIMPLE_DATA + 4,
      });
    }
    const from = this.sections.find(0);
    if (from === undefined) return this.unknownInterface(at, 0);
    const original = this.window.view.getUint32(at + SIMPLE_ORIGINAL, this.sections.littleEndian);
    const captured = from.snaplen === 0 ? original : Math.min(from.snaplen, original);
    if (captured > length - SIMPLE_DATA - 4) return this.tooLong(at, captured, length - SIMPLE_DATA - 4);
    this.warnings.packetOnce('no-time', this.number, at, { kind: 'no-time', ...this.place(at) });
    frame.seconds = this.lastSeconds;
    frame.nanoseconds = this.lastNanoseconds;
    this.fill(frame, from, at + SIMPLE_DATA, captured, original);
    return true;
  }

  private fill(
    frame: Frame,
    from: CaptureInterface,
    offset: number,
    captured: number,
    original: number,
  ): void {
    frame.number = this.number;
    frame.linkType = from.linkType;
    frame.interfaceId = from.id;
    frame.fcsLength = from.fcsLength;
    frame.direction = 0;
    frame.view = this.window.view;
    frame.offset = offset;
    frame.capturedLength = captured;
    frame.originalLength = Math.max(original, captured);
  }

  private packetOptions(frame: Frame, from: CaptureInterface, start: number, end: number): void {
    const { view } = this.window;
    const little = this.sections.littleEndian;
    let at = start;
    while (at + 4 <= end) {
      const code = view.getUint16(at, little);
      const length = view.getUint16(at + 2, little);
      if (code === 0 || at + 4 + length > end) return;
      if (code === EPB_FLAGS && length === 4) {
        const flags = view.getUint32(at + 4, little);
        const direction = flags & 3;
        frame.direction = direction === 3 ? 0 : direction;
        const fcs = (flags >>> 5) & 15;
        if (fcs !== 0) frame.fcsLength = fcs;
      } else if (code === EPB_DROPCOUNT && length === 8) {
        this.sections.lost(from, block.unsigned64(view, at + 4, little));
      } else if (code === block.OPTION_COMMENT && this.reports.comment !== undefined) {
        this.reports.comment(this.number, block.text(view, at + 4, length));
      }
      at += 4 + ((length + 3) & ~3);
    }
  }

  private tooLong(at: number, claimed: number, room: number): false {
    return this.noPacket(at, { kind: 'no-room-in-block', ...this.place(at), captured: claimed, room });
  }

  private noPacket(at: number, problem: Problem): false {
    this.warnings.packet('corrupt-packet', this.number, at, problem, true);
    return false;
  }

  private unknownInterface(at: number, index: number): false {
    const { described } = this.sections;
    const problem = { ...this.place(at), interface: index, described };
    this.warnings.packetOnce(
      'unknown-interface',
      this.number,
      at,
      { kind: 'interface-not-described', ...problem },
      true,
    );
    return false;
  }

  private absurdTime(frame: Frame, at: number): void {
    const { seconds } = frame;
    this.warnings.packetOnce('absurd-time', this.number, at, {
      kind: 'absurd-time',
      ...this.place(at),
      seconds,
    });
    frame.seconds = this.lastSeconds;
    frame.nanoseconds = this.lastNanoseconds;
  }

  private place(at: number): { packet: number; at: number } {
    return { packet: this.number, at: this.window.base + at };
  }
}
