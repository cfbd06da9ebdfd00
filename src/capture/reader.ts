/**
 * What every container format offers: a synchronous walk over the frames that are in memory. The only
 * asynchronous step is bringing in more bytes, once for thousands of frames.
 */
import type { Frame } from './frame.js';
import type { Continuation, Problem } from './problem.js';

/** Something wrong with a capture that did not make it unreadable; shown to the person and in the JSON. */
export interface CaptureWarning {
  /** A stable word, e.g. `cut-short`. */
  code: string;
  problem: Problem;
  /** Where reading went on; null where it simply did, or that is of no interest. */
  continued: Continuation | null;
  /** Path of the file that it concerns, null for the capture as a whole. */
  file: string | null;
  /** 1-based number, counted within `file`, of the packet that it concerns, null where none. */
  packet: number | null;
  /** Byte offset in the (decompressed) file, null where none. */
  offset: number | null;
  /** True where packets are missing because of it: exit code 3. */
  damage: boolean;
}

/** An interface of a capture, as the file describes it. */
export interface InterfaceFacts {
  readonly name: string | null;
  /** LINKTYPE_ value. */
  readonly linkType: number;
  /** Most bytes kept of a packet; 0: no limit. */
  readonly snaplen: number;
}

export interface FrameReader {
  readonly format: 'pcap' | 'pcapng';
  /** The interfaces described so far, the first ones of very many. */
  readonly interfaces: readonly InterfaceFacts[];
  /** How many were described. */
  readonly interfaceCount: number;
  /** Number of the last frame: the container may number more than its packets. */
  readonly number: number;
  /** Fills `frame` with the next one. False: more bytes are needed, or the capture cannot be read on. */
  next(frame: Frame): boolean;
  /** True when nothing more can be read, however many bytes follow. */
  readonly stopped: boolean;
  /** No more bytes come. True where that decides an open question, so that `next` may give more frames. */
  settle?(): boolean;
  /**
   * To be called at the end of the bytes: reports what was left over. True where it found more to read behind
   * damage: `next` is then to be called again, and `finish` once more after it.
   */
  finish(): boolean;
}

/** As a reader knows it. `packet`: its number within the file; where it is not given, damage is that of the next one. */
export type ReaderWarning = Omit<CaptureWarning, 'file' | 'packet' | 'continued'> & {
  packet?: number;
  continued?: Continuation;
};

/** What a reader reports besides frames. */
export interface ReaderReports {
  /** `packet`: its number within the file; where it is not given, damage is that of the next one. */
  warn(warning: ReaderWarning): void;
  /** Packets that the capture's own statistics say were lost; null where there is no count. */
  drops?(kernel: number | null, networkInterface: number | null): void;
  /** A comment that the capture carries, on a packet (by its frame number) or on the whole (null). */
  comment?(packet: number | null, text: string): void;
}

/** Packets that were lost while capturing, as far as the capture says; null where it does not. */
export interface Drops {
  kernel: number | null;
  interface: number | null;
}

export interface CaptureComment {
  file: string;
  /** Frame number within the file, null for a comment on the whole. */
  packet: number | null;
  text: string;
}

/** The facts of each file of a capture. */
export interface CaptureFile {
  readonly path: string;
  readonly format: 'pcap' | 'pcapng';
  readonly packets: number;
  /** Bytes read, after decompression. */
  readonly bytes: number;
  readonly damaged: boolean;
  readonly compression: 'gzip' | 'zstd' | 'lz4' | null;
  readonly interfaces: readonly InterfaceFacts[];
  readonly interfaceCount: number;
  readonly drops: Drops | null;
}

/** A capture to be read frame by frame: one file, a stream, or several files merged. */
export interface FrameStream {
  /** Brings frames into memory. False at the end of the capture. */
  fill(): Promise<boolean>;
  /** Fills `frame` with the next frame in memory; false when `fill` is to be called. */
  next(frame: Frame): boolean;
  /** Packets read so far. */
  readonly packets: number;
  /** Number of the last frame: pcapng numbers other blocks too, as Wireshark does. */
  readonly frames: number;
  readonly files: readonly CaptureFile[];
  readonly warnings: readonly CaptureWarning[];
  readonly comments: readonly CaptureComment[];
  readonly drops: Drops | null;
  readonly damaged: boolean;
  readonly progress: { read: number; size: number | null };
  close(): Promise<void>;
}
