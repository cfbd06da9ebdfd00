/**
 * pcapng. To read first: draft-ietf-opsawg-pcapng, sections 3.1 (general block structure), 4.3 and 4.4 (packet
 * blocks) and appendix A (obsolete packet block).
 *
 * A file is a row of blocks: type, length, body, the length again. A section header begins each section and
 * shows its byte order; interface descriptions follow, then packets that name one of them. A block that is no packet
 * and not understood is skipped, and is never in memory as a whole. After an invalid block, reading goes on
 * at the next one whose two lengths agree, and what was skipped is reported.
 */
import { CaptureError } from '../errors.js';
import type { Frame } from './frame.js';
import * as block from './pcapng-blocks.js';
import { PacketBlocks } from './pcapng-packets.js';
import { BlockSearch } from './pcapng-search.js';
import { MAX_INTERFACES, SECTION_HEADER_LENGTH, Sections, sectionProblem } from './pcapng-section.js';
import { PcapngWarnings } from './pcapng-warnings.js';
import type { Problem } from './problem.js';
import type { FrameReader, InterfaceFacts, ReaderReports } from './reader.js';
import type { ByteWindow } from './window.js';

/** A block to be skipped that is longer than this is taken for damage. */
const LONGEST_SKIPPED = 1 << 30;

export class PcapngReader implements FrameReader {
  readonly format = 'pcapng';
  stopped = false;
  number = 0;
  readonly sections: Sections;
  /** Bytes still to be skipped. */
  private skipLeft = 0;
  private search: BlockSearch | null = null;
  private readonly warnings: PcapngWarnings;
  private readonly packets: PacketBlocks;

  /** The window must hold a section header's fixed part. Throws CaptureError where it cannot be read. */
  constructor(
    private readonly window: ByteWindow,
    private readonly reports: ReaderReports,
    path: string,
  ) {
    this.sections = new Sections(reports);
    this.warnings = new PcapngWarnings(window, reports);
    this.packets = new PacketBlocks(window, this.sections, this.warnings, reports);
    const why = sectionProblem(window.view, window.position);
    if (why !== null) throw new CaptureError(path, { kind: 'section-header', why }, 0);
  }

  get interfaces(): readonly InterfaceFacts[] {
    return this.sections.facts;
  }

  get interfaceCount(): number {
    return this.sections.count;
  }

  next(frame: Frame): boolean {
    const window = this.window;
    while (!this.stopped) {
      if (this.skipLeft > 0 && !this.skipOn()) return false;
      if (this.search !== null && !this.searchOn(this.search.go())) return false;
      const at = window.position;
      const available = window.end - at;
      if (available < block.BLOCK_OVERHEAD) return false;
      const { view } = window;
      const type = view.getUint32(at, this.sections.littleEndian);
      if (type === block.ENHANCED_PACKET || type === block.SIMPLE_PACKET || type === block.OBSOLETE_PACKET) {
        const length = this.lengthAt(at, block.LONGEST_BLOCK);
        if (length === 0) continue;
        if (available < length) return false;
        if (!this.closes(view, at, length)) continue;
        window.position = at + length;
        this.number++;
        if (this.packets.read(frame, this.number, at, length, type)) return true;
      } else if (!this.other(type, at, available)) {
        return false;
      }
    }
    return false;
  }

  /** A block that is no packet. False when more bytes are needed. */
  private other(type: number, at: number, available: number): boolean {
    const { view } = this.window;
    if (type === block.SECTION_HEADER) {
      if (available < SECTION_HEADER_LENGTH) return false;
      const error = sectionProblem(view, at);
      if (error !== null)
        return this.damaged('corrupt-section', { kind: 'section', ...this.blockPlace(), error });
      this.sections.littleEndian = view.getUint32(at + block.BODY) === block.BYTE_ORDER_SWAPPED;
    }
    const describes =
      type === block.SECTION_HEADER ||
      type === block.INTERFACE_DESCRIPTION ||
      type === block.INTERFACE_STATISTICS;
    const length = this.lengthAt(at, describes ? block.LONGEST_BLOCK : LONGEST_SKIPPED);
    if (length === 0) return true;
    // by its length, not by what is in memory: what is found must not depend on where chunks end
    if (length <= block.LONGEST_BLOCK) {
      if (available < length) return false;
      if (!this.closes(view, at, length)) return true;
    }
    if (describes) this.describe(type, at, at + length - 4);
    else if (block.isNumberedBlock(type)) this.number++;
    this.skipLeft = length;
    return true;
  }

  private describe(type: number, at: number, end: number): void {
    const { view } = this.window;
    if (type === block.SECTION_HEADER) {
      this.sections.begin(view, at, end);
    } else if (type === block.INTERFACE_DESCRIPTION) {
      const kind = this.sections.describe(view, at, end);
      const problem = { at: this.window.base + at, most: MAX_INTERFACES };
      if (kind !== null) this.warnings.blockOnce('corrupt-interface', at, { kind, ...problem }, true);
    } else if (!this.sections.statistics(view, at, end)) {
      this.warnings.blockOnce('unknown-interface', at, {
        kind: 'statistics-not-described',
        at: this.window.base + at,
      });
    }
  }

  /** Goes on over the block being skipped; false when more bytes are needed. */
  private skipOn(): boolean {
    const step = Math.min(this.skipLeft, this.window.available);
    this.window.position += step;
    this.skipLeft -= step;
    return this.skipLeft === 0;
  }

  /** Length of the block at the window's position, padded; 0 where it cannot be. */
  private lengthAt(at: number, longest: number): number {
    const length = this.window.view.getUint32(at + block.LENGTH, this.sections.littleEndian);
    if (length >= block.BLOCK_OVERHEAD && length <= longest) {
      if ((length & 3) === 0) return length;
      this.warnings.blockOnce('unaligned-block', at, {
        kind: 'unaligned-block',
        at: this.window.base + at,
        length,
      });
      return (length & ~3) + 4;
    }
    this.damaged('corrupt-length', {
      kind: 'block-length',
      ...this.blockPlace(),
      length,
      least: block.BLOCK_OVERHEAD,
      most: longest,
    });
    return 0;
  }

  /** Whether the block at the window's position, all of it in memory, ends with its length, as it must. */
  private closes(view: DataView, at: number, length: number): boolean {
    const trailer = view.getUint32(at + length - 4);
    if (trailer === view.getUint32(at + block.LENGTH)) return true;
    const found = view.getUint32(at + length - 4, this.sections.littleEndian);
    if (found === length) return true;
    this.damaged('corrupt-length', {
      kind: 'block-lengths-differ',
      ...this.blockPlace(),
      length,
      end: found,
    });
    return false;
  }

  /** Of the block at the window's position. */
  private blockPlace(): { at: number; after: number } {
    return { at: this.window.offset, after: this.number };
  }

  /** The bytes at the window's position cannot be a block; reported when it is known where reading goes on. */
  private damaged(code: string, problem: Problem): true {
    this.search = new BlockSearch(this.window, code, problem, this.sections.littleEndian);
    return true;
  }

  private searchOn(outcome: 'found' | 'more' | 'given-up'): boolean {
    const { search } = this;
    if (search === null || outcome === 'more') return outcome !== 'more';
    this.search = null;
    this.stopped = outcome === 'given-up';
    const { code, problem, skipped, from } = search;
    this.reports.warn({
      code,
      problem,
      continued: this.stopped
        ? { kind: 'no-further-block' }
        : { kind: 'skipped', skipped, to: this.window.offset },
      offset: from,
      damage: true,
    });
    return !this.stopped;
  }

  finish(): boolean {
    if (this.stopped) return false;
    if (this.search !== null) return this.searchOn(this.search.goToEnd());
    const from = this.window.offset;
    const left = this.window.available;
    if (left === 0 && this.skipLeft === 0) return false;
    let wanted = this.skipLeft;
    if (left > 0) {
      wanted = block.BLOCK_OVERHEAD;
      // longer than what is left: cut short, unless blocks follow that show its length to be wrong
      if (left >= wanted) {
        wanted = this.window.view.getUint32(this.window.position + block.LENGTH, this.sections.littleEndian);
        const problem: Problem = { kind: 'block-longer-than-the-file', at: from, length: wanted, left };
        const search = new BlockSearch(this.window, 'corrupt-length', problem, this.sections.littleEndian);
        if (search.goToEnd() === 'found') {
          this.search = search;
          return this.searchOn('found');
        }
      }
    }
    this.stopped = true;
    const problem: Problem = { kind: 'cut-after-packet', after: this.number, wanted, at: from, left };
    this.reports.warn({ code: 'cut-short', problem, offset: from, damage: true });
    return false;
  }
}
