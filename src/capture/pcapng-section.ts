/**
 * Sections of pcapng and their interfaces. To read first: draft-ietf-opsawg-pcapng, sections 4.1 (section
 * header), 4.2 (interface description) and 4.6 (interface statistics).
 *
 * Packets name an interface by its number within their section; here interfaces are counted over all sections.
 * Only the interfaces of the current section are kept: a file may have any number of sections.
 */
import type { SectionError } from '../errors.js';
import {
  BODY,
  BYTE_ORDER_MAGIC,
  BYTE_ORDER_SWAPPED,
  eachOption,
  LENGTH,
  OPTION_COMMENT,
  signed64,
  text,
  unsigned64,
} from './pcapng-blocks.js';
import type { InterfaceFacts, ReaderReports } from './reader.js';
import { TimestampUnit } from './timestamp.js';

/** Bytes of a section header that has no options. */
export const SECTION_HEADER_LENGTH = 28;
const MAJOR_VERSION = 12;
const SECTION_OPTIONS = 24;
// interface description block
const SNAPLEN = 12;
const INTERFACE_OPTIONS = 16;
// interface statistics block: an interface and a time come first
const STATISTICS_OPTIONS = 20;

const IF_NAME = 2;
const IF_TSRESOL = 9;
const IF_FCSLEN = 13;
const IF_TSOFFSET = 14;
const ISB_IFDROP = 5;
const ISB_OSDROP = 7;

/** Interfaces of one section; no honest file comes near it, and an obsolete packet block cannot name more. */
export const MAX_INTERFACES = 65_536;
/** Interfaces whose names are kept for showing. */
const MAX_FACTS = 100;
const DEFAULT_UNIT = new TimestampUnit();

/** An interface of a section, and what was lost on it. */
export class CaptureInterface {
  name: string | null = null;
  fcsLength = 0;
  unit = DEFAULT_UNIT;
  /** The last statistics block's counts, null where it has none. */
  droppedByInterface: number | null = null;
  droppedBySystem: number | null = null;
  /** Dropped packets that packet blocks report (obsolete packet block, epb_dropcount). */
  droppedBetweenPackets = 0;

  constructor(
    /** Counted over all sections. */
    readonly id: number,
    readonly linkType: number,
    /** 0: no limit. */
    readonly snaplen: number,
  ) {}
}

/** What a section header says that cannot be, or null; the header's fixed part must be in memory. */
export function sectionProblem(view: DataView, at: number): SectionError | null {
  const magic = view.getUint32(at + BODY);
  if (magic !== BYTE_ORDER_MAGIC && magic !== BYTE_ORDER_SWAPPED) {
    return { kind: 'byte-order', magic: magic.toString(16).padStart(8, '0') };
  }
  const little = magic === BYTE_ORDER_SWAPPED;
  const major = view.getUint16(at + MAJOR_VERSION, little);
  if (major !== 1) return { kind: 'section-version', version: major };
  const length = view.getUint32(at + LENGTH, little);
  if (length >= SECTION_HEADER_LENGTH) return null;
  return { kind: 'section-length', length, least: SECTION_HEADER_LENGTH };
}

export class Sections {
  /** Byte order of the current section. */
  littleEndian = true;
  /** The first interfaces of the file. */
  readonly facts: InterfaceFacts[] = [];
  /** Interfaces of all sections. */
  count = 0;
  /** Interfaces of the current section. */
  private interfaces: CaptureInterface[] = [];
  /** Packets lost, over all interfaces so far. */
  private kernel: number | null = null;
  private byInterface: number | null = null;

  constructor(private readonly reports: ReaderReports) {}

  /** Interfaces that the current section has described so far. */
  get described(): number {
    return this.interfaces.length;
  }

  /** An interface by its number within the current section. */
  find(index: number): CaptureInterface | undefined {
    return this.interfaces[index];
  }

  /** A section header whose fixed part `sectionProblem` found good. */
  begin(view: DataView, at: number, end: number): void {
    this.littleEndian = view.getUint32(at + BODY) === BYTE_ORDER_SWAPPED;
    this.interfaces = [];
    this.comments(view, at + SECTION_OPTIONS, end);
  }

  /** Why the block is not taken for an interface, or null. */
  describe(view: DataView, at: number, end: number): 'interface-too-short' | 'too-many-interfaces' | null {
    const little = this.littleEndian;
    if (end < at + INTERFACE_OPTIONS) return 'interface-too-short';
    if (this.interfaces.length >= MAX_INTERFACES) return 'too-many-interfaces';
    const linkType = view.getUint16(at + BODY, little);
    const added = new CaptureInterface(this.count++, linkType, view.getUint32(at + SNAPLEN, little));
    readInterfaceOptions(added, view, at + INTERFACE_OPTIONS, end, little);
    if (this.facts.length < MAX_FACTS) this.facts.push(added);
    else added.name = null;
    this.comments(view, at + INTERFACE_OPTIONS, end);
    this.interfaces.push(added);
    return null;
  }

  /** False where the block is of an interface that was not described. */
  statistics(view: DataView, at: number, end: number): boolean {
    if (end < at + STATISTICS_OPTIONS) return false;
    const target = this.find(view.getUint32(at + BODY, this.littleEndian));
    if (target === undefined) return false;
    const before = kernelDrops(target);
    const beforeByInterface = target.droppedByInterface;
    readStatistics(target, view, at + STATISTICS_OPTIONS, end, this.littleEndian);
    this.byInterface = moved(this.byInterface, beforeByInterface, target.droppedByInterface);
    this.reportDrops(before, target);
    return true;
  }

  /** Packets lost before one packet, as its block reports. */
  lost(from: CaptureInterface, count: number): void {
    if (count === 0) return;
    const before = kernelDrops(from);
    from.droppedBetweenPackets += count;
    this.reportDrops(before, from);
  }

  /** `before`: what the system had lost on `of` by the sums so far. */
  private reportDrops(before: number | null, of: CaptureInterface): void {
    this.kernel = moved(this.kernel, before, kernelDrops(of));
    if (this.kernel !== null || this.byInterface !== null)
      this.reports.drops?.(countable(this.kernel), countable(this.byInterface));
  }

  private comments(view: DataView, from: number, to: number): void {
    if (this.reports.comment === undefined) return;
    eachOption(view, from, to, this.littleEndian, (code, at, length) => {
      if (code === OPTION_COMMENT) this.reports.comment?.(null, text(view, at, length));
    });
  }
}

/** Packets lost by the system: the statistics' count, or else those of packet blocks. */
function kernelDrops(of: CaptureInterface): number | null {
  return of.droppedBySystem ?? (of.droppedBetweenPackets > 0 ? of.droppedBetweenPackets : null);
}

/** Numbers of 64 bits may be beyond what counts are exact to. */
function countable(count: number | null): number | null {
  return count === null ? null : Math.min(count, Number.MAX_SAFE_INTEGER);
}

/** A sum after one of its parts changed; null where no part is known. */
function moved(sum: number | null, before: number | null, now: number | null): number | null {
  return now === null ? sum : (sum ?? 0) - (before ?? 0) + now;
}

function readInterfaceOptions(
  target: CaptureInterface,
  view: DataView,
  from: number,
  to: number,
  littleEndian: boolean,
): void {
  let { resolution } = DEFAULT_UNIT;
  let offsetSeconds = 0;
  eachOption(view, from, to, littleEndian, (code, at, length) => {
    if (code === IF_NAME) target.name = text(view, at, length);
    else if (code === IF_TSRESOL && length >= 1) resolution = view.getUint8(at);
    else if (code === IF_FCSLEN && length >= 1) target.fcsLength = view.getUint8(at);
    else if (code === IF_TSOFFSET && length >= 8) offsetSeconds = signed64(view, at, littleEndian);
  });
  if (resolution !== DEFAULT_UNIT.resolution || offsetSeconds !== 0)
    target.unit = new TimestampUnit(resolution, offsetSeconds);
}

function readStatistics(
  target: CaptureInterface,
  view: DataView,
  from: number,
  to: number,
  littleEndian: boolean,
): void {
  eachOption(view, from, to, littleEndian, (code, at, length) => {
    if (length < 8) return;
    const count = unsigned64(view, at, littleEndian);
    if (code === ISB_IFDROP) target.droppedByInterface = count;
    else if (code === ISB_OSDROP) target.droppedBySystem = count;
  });
}
