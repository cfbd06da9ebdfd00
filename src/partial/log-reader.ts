/** Reads a packet log (log-entry.ts). Throws LogError where the bytes cannot be one. */
import { type Frame, NO_BYTES } from '../capture/frame.js';
import { CHECKSUM_UNKNOWN, CHECKSUM_WRONG } from '../decode/checksum.js';
import { ICMP_ERROR, type Packet, TCP, UDP } from '../decode/packet.js';
import { MAX_PATHS, type PathLayer, type PathTable } from '../decode/path.js';
import {
  HAS_SACK,
  HAS_TIMESTAMPS,
  MAX_SACK_EDGES,
  NO_EDGES,
  type TcpOptions,
} from '../decode/tcp-options.js';
import { COPY, MAYBE_COPY, NO_COPY } from '../track/copies/duplicates.js';
import type { SegmentMark } from '../track/copies/kept-segment.js';
import { COOKED_BROADCAST } from '../track/udp/flows.js';
import { type ByteReader, LogError } from './bytes.js';
import {
  BROKEN,
  CHECKSUM_BITS,
  CHECKSUM_SHIFT,
  FAR_TIME,
  FIELDS,
  FROM_SIDE_1,
  HEADER_CUT,
  IP_ID,
  IS_COPY,
  IS_MAYBE_COPY,
  KIND_FRAME,
  KIND_ICMP,
  KIND_MASK,
  KIND_TCP,
  KIND_UDP,
  type LogEntry,
  MARK,
  MAX_FLOWS,
  MAX_MORE,
  MORE,
  NEW_FLOW,
  NEXT,
  OPTIONS,
  PAYLOAD_CUT,
  REASSEMBLED,
  RESET_FLOWS,
  TIMESTAMPS,
  TO_ALL,
  TSVAL,
  WINDOW,
} from './log-entry.js';

interface KnownFlow {
  version: 4 | 6;
  path: number;
  words: readonly number[];
  ports: readonly [number, number];
}

export class PacketLogReader {
  private flows: KnownFlow[] = [];
  private last = new Int32Array(MAX_FLOWS * FIELDS);
  /** Number of a path in the log -> its number here. */
  private readonly paths = new Map<number, number>([[0, 0]]);
  private number = 0;
  private seconds = 0;
  private nanoseconds = 0;

  /** `table`: the paths of the analysis that the packets are for. */
  constructor(private readonly table: PathTable) {}

  /** Reads the next entry into `packet` and `options`, or, where it is KIND_FRAME, into `frame`. */
  next(from: ByteReader, packet: Packet, options: TcpOptions, frame: Frame, entry: LogEntry): void {
    const tag = from.byte();
    this.time(from, (tag & FAR_TIME) !== 0);
    entry.kind = tag & KIND_MASK;
    entry.number = this.number;
    entry.seconds = this.seconds;
    entry.nanoseconds = this.nanoseconds;
    entry.copy = NO_COPY;
    entry.mark = null;
    entry.msdu = -1;
    if (entry.kind === KIND_FRAME) {
      if ((tag & MORE) !== 0) entry.msdu = from.byte();
      readFrame(from, frame, entry);
      return;
    }
    if ((tag & RESET_FLOWS) !== 0) {
      // it is not done sooner, and costs too much to be done often
      if (this.flows.length !== MAX_FLOWS) throw new LogError({ kind: 'flows-forgotten' });
      this.flows = [];
      this.last.fill(0);
    }
    const more = (tag & MORE) !== 0 ? from.upTo(MAX_MORE) : 0;
    const slot = (tag & NEW_FLOW) !== 0 ? this.flow(from) : from.unsigned();
    const flow = this.flows[slot];
    if (flow === undefined) throw new LogError({ kind: 'flow-unknown' });
    clear(packet, options);
    const side = (tag & FROM_SIDE_1) !== 0 ? 1 : 0;
    setEnds(packet, flow, side);
    packet.kind = entry.kind === KIND_TCP ? TCP : entry.kind === KIND_UDP ? UDP : ICMP_ERROR;
    if (entry.kind === KIND_UDP) {
      packet.payloadLength = from.upTo(0xffff_ffff);
      packet.cookedType = (more & TO_ALL) !== 0 ? COOKED_BROADCAST : -1;
    } else if (entry.kind === KIND_ICMP) readIcmpError(from, packet);
    else {
      this.segment(from, packet, slot * FIELDS, side);
      if ((tag & TIMESTAMPS) !== 0) this.timestamps(from, options, slot * FIELDS + TSVAL, side);
      packet.broken = (more & BROKEN) !== 0;
      packet.ipOffset = (more & REASSEMBLED) !== 0 ? -1 : 0;
      // what the part did not look at cannot be known any more
      packet.checksum = (more >>> CHECKSUM_SHIFT) & CHECKSUM_BITS || CHECKSUM_UNKNOWN;
      setCut(packet, more);
      if (packet.checksum === CHECKSUM_WRONG) readWrongChecksum(from, packet);
      entry.copy = (more & IS_COPY) !== 0 ? COPY : (more & IS_MAYBE_COPY) !== 0 ? MAYBE_COPY : NO_COPY;
      if ((tag & TIMESTAMPS) !== 0) options.bits = HAS_TIMESTAMPS;
      if ((more & OPTIONS) !== 0) readOptionsOf(from, options);
      if ((more & MARK) !== 0) entry.mark = readMark(from);
    }
  }

  private time(from: ByteReader, far: boolean): void {
    this.number += from.unsigned();
    if (far) {
      this.seconds = from.signed();
      this.nanoseconds = from.upTo(999_999_999);
      return;
    }
    const step = this.nanoseconds + from.signed();
    const whole = Math.floor(step / 1e9);
    this.seconds += whole;
    this.nanoseconds = step - whole * 1e9;
  }

  private flow(from: ByteReader): number {
    const head = from.unsigned();
    const named = Math.floor(head / 4);
    if (head % 2 === 1) {
      const layers: unknown = JSON.parse(new TextDecoder().decode(from.bytes()));
      if (!isPath(layers) || this.paths.size > MAX_PATHS) throw new LogError({ kind: 'path' });
      this.paths.set(named, this.table.of(layers));
    }
    const version = head % 4 >= 2 ? 6 : 4;
    const end = (): number[] =>
      version === 6 ? [from.int32(), from.int32(), from.int32(), from.int32()] : [0, 0, 0, from.int32()];
    const words = [...end(), ...end()];
    const ports = [from.upTo(0xffff), from.upTo(0xffff)] as const;
    if (this.flows.length === MAX_FLOWS) throw new LogError({ kind: 'too-many-flows' });
    this.flows.push({ version, path: this.paths.get(named) ?? 0, words, ports });
    return this.flows.length - 1;
  }

  private timestamps(from: ByteReader, options: TcpOptions, at: number, side: number): void {
    const { last } = this;
    options.timestamp = ((last[at + side] ?? 0) + from.signed()) | 0;
    options.timestampEcho = ((last[at + 1 - side] ?? 0) + from.signed()) | 0;
    last[at + side] = options.timestamp;
  }

  private segment(from: ByteReader, packet: Packet, at: number, side: number): void {
    const { last } = this;
    packet.flags = from.upTo(0xfff);
    packet.sequence = ((last[at + NEXT + side] ?? 0) + from.signed()) | 0;
    packet.acknowledgement = ((last[at + NEXT + 1 - side] ?? 0) + from.signed()) | 0;
    packet.window = (last[at + WINDOW + side] ?? 0) + from.signed();
    if (packet.window < 0 || packet.window > 0xffff) throw new LogError({ kind: 'tcp-window' });
    packet.payloadLength = from.upTo(0xffff_ffff);
    packet.ttl = from.byte();
    packet.ipId = (last[at + IP_ID + side] ?? 0) + from.signed();
    last[at + NEXT + side] = (packet.sequence + packet.payloadLength) | 0;
    last[at + WINDOW + side] = packet.window;
    last[at + IP_ID + side] = packet.ipId;
  }
}

/** VLANs and tunnels within each other; decoding stops before. */
const MAX_LAYERS = 64;

function isPath(value: unknown): value is PathLayer[] {
  const isLayer = (layer: Partial<PathLayer> | null): boolean =>
    typeof layer?.kind === 'string' && (layer.id === null || Number.isSafeInteger(layer.id));
  return Array.isArray(value) && value.length <= MAX_LAYERS && value.every(isLayer);
}

/** As if it ended where its bytes did: it has no bytes here, and only the difference matters. */
function setCut(packet: Packet, more: number): void {
  if ((more & (PAYLOAD_CUT | HEADER_CUT)) === 0) return;
  packet.captureEnd = 1;
  packet.payloadOffset = (more & HEADER_CUT) !== 0 ? 2 : 1;
}

/** Resets what an entry does not have: the bytes of the packet are gone. */
function clear(packet: Packet, options: TcpOptions): void {
  packet.stop = '';
  packet.broken = false;
  packet.view = NO_BYTES;
  packet.captureEnd = 0;
  packet.transportOffset = 0;
  packet.headerLength = 0;
  packet.ipOffset = 0;
  packet.ethernetOffset = -1;
  packet.cookedType = -1;
  packet.checksum = 0;
  options.bits = 0;
}

function setEnds(packet: Packet, { version, path, words, ports }: KnownFlow, side: 0 | 1): void {
  const source = side * 4;
  const target = 4 - source;
  packet.ipVersion = version;
  packet.path = path;
  packet.source0 = words[source] ?? 0;
  packet.source1 = words[source + 1] ?? 0;
  packet.source2 = words[source + 2] ?? 0;
  packet.source3 = words[source + 3] ?? 0;
  packet.target0 = words[target] ?? 0;
  packet.target1 = words[target + 1] ?? 0;
  packet.target2 = words[target + 2] ?? 0;
  packet.target3 = words[target + 3] ?? 0;
  packet.sourcePort = ports[side];
  packet.targetPort = ports[side === 0 ? 1 : 0];
}

function readWrongChecksum(from: ByteReader, packet: Packet): void {
  packet.checksumRight = from.upTo(0xffff);
  packet.checksumOff = from.upTo(0xffff);
  packet.checksumOffUnfilled = from.upTo(0xffff);
}

function readSackBlocks(from: ByteReader, options: TcpOptions): void {
  const sackEdge = from.int32();
  options.sackEdge = sackEdge;
  options.sackEdges = from.upTo(MAX_SACK_EDGES);
  if (options.sacks === NO_EDGES) options.sacks = new Int32Array(MAX_SACK_EDGES);
  for (let at = 0; at < options.sackEdges; at++) options.sacks[at] = (sackEdge + from.signed()) | 0;
}

function readOptionsOf(from: ByteReader, options: TcpOptions): void {
  options.bits = from.unsigned();
  options.mss = from.upTo(0xffff);
  options.scale = from.upTo(0xff);
  options.dsackEdge = from.int32();
  options.sackEdge = 0;
  options.sackEdges = 0;
  if ((options.bits & HAS_SACK) !== 0) readSackBlocks(from, options);
  const timeout = from.unsigned();
  options.userTimeout = Math.floor(timeout / 2);
  options.userTimeoutMinutes = timeout % 2 === 1;
}

function readMark(from: ByteReader): SegmentMark {
  return {
    control: from.int32(),
    timestamp: from.int32(),
    options: from.int32(),
    idAndChecksum: from.int32(),
    place: from.int32(),
    right: from.signed(),
  };
}

function readIcmpError(from: ByteReader, packet: Packet): void {
  packet.icmp = from.upTo(0xffff);
  packet.icmpMtu = from.upTo(0xffff_ffff);
  packet.quotedProtocol = from.byte();
  packet.sequence = from.int32();
  packet.icmpSource0 = from.int32();
  packet.icmpSource1 = from.int32();
  packet.icmpSource2 = from.int32();
  packet.icmpSource3 = from.int32();
}

function readFrame(from: ByteReader, frame: Frame, entry: LogEntry): void {
  frame.number = entry.number;
  frame.seconds = entry.seconds;
  frame.nanoseconds = entry.nanoseconds;
  frame.linkType = from.unsigned();
  frame.interfaceId = from.unsigned();
  frame.fcsLength = from.unsigned();
  frame.originalLength = from.unsigned();
  const bytes = from.bytes();
  frame.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  frame.offset = 0;
  frame.capturedLength = bytes.byteLength;
}
