/**
 * A frame: the bytes of one captured packet, where they lie and when they were seen.
 *
 * One Frame object is filled again for each packet, so that reading allocates nothing: code that wants to keep
 * data of a frame copies it.
 */

/** A view without bytes, for a frame that has none (any more). */
export const NO_BYTES = new DataView(new ArrayBuffer(0));

export class Frame {
  /** 1-based position in the capture, as Wireshark counts frames. */
  number = 0;
  /** Time of capture: whole seconds since 1970-01-01 UTC (may be negative in odd files)… */
  seconds = 0;
  /** …and nanoseconds within that second, 0 to 999,999,999. */
  nanoseconds = 0;
  /** LINKTYPE_ value of the interface, see https://www.tcpdump.org/linktypes.html. */
  linkType = 0;
  /** Which interface of the capture: 0 in classic pcap; counted over all sections in pcapng. */
  interfaceId = 0;
  /** Bytes of frame check sequence at the end of each frame, 0 where there are none or it is not known. */
  fcsLength = 0;
  /** 0 not known, 1 inbound, 2 outbound (pcapng epb_flags, Linux cooked packet type is read while decoding). */
  direction = 0;
  /** The chunk with the bytes… */
  view: DataView = NO_BYTES;
  /** …from this offset on… */
  offset = 0;
  /** …this many of them. */
  capturedLength = 0;
  /** Length of the packet on the wire, at least `capturedLength`. */
  originalLength = 0;

  /** Takes over all of another frame; the bytes stay where they are. */
  copyFrom(other: Frame): void {
    this.number = other.number;
    this.seconds = other.seconds;
    this.nanoseconds = other.nanoseconds;
    this.linkType = other.linkType;
    this.interfaceId = other.interfaceId;
    this.fcsLength = other.fcsLength;
    this.direction = other.direction;
    this.view = other.view;
    this.offset = other.offset;
    this.capturedLength = other.capturedLength;
    this.originalLength = other.originalLength;
  }
}

/** Whole seconds and nanoseconds of a frame as nanoseconds since `baseSeconds`: exact within 104 days of it. */
export function nanosecondsSince(frame: Frame, baseSeconds: number): number {
  return (frame.seconds - baseSeconds) * 1e9 + frame.nanoseconds;
}

export type FrameTime = Pick<Frame, 'seconds' | 'nanoseconds'>;

/** Negative where `a` is earlier, 0 where both are equal. */
export function compareTimes(a: FrameTime, b: FrameTime): number {
  return a.seconds === b.seconds ? a.nanoseconds - b.nanoseconds : a.seconds - b.seconds;
}
