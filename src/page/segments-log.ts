/** The second reading of a capture for the page: segments and header bytes of the connections that were chosen. */
import type { PacketRecorder } from '../analysis/sink.js';
import type { Frame } from '../capture/frame.js';
import { FIN, type Packet, RST, SYN, TCP } from '../decode/packet.js';
import type { LadderEntry, LadderSegment } from '../track/memory/extras.js';
import { isFold } from '../track/results/ladder.js';
import type { SackBlocks, SegmentRow } from '../track/results/sink.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import type { ConnectionReport } from '../verdict/report.js';
import { HeaderStore } from './header-bytes.js';
import type { PageBounds } from './page-data.js';
import type { SegmentsPart } from './segments-part.js';

/** Segments whose headers fit into memory: some are of connections that only share ports with a chosen one. */
const MOST_HEADERS = 400_000;
/** Up to this many segments, a ladder has all of them (track/results/ladder.ts). */
const WHOLE_LADDER = 300;

export class SegmentsLog {
  private readonly rows = new Map<number, LadderSegment[]>();
  private readonly ladders = new Map<number, LadderEntry[]>();
  private readonly bytes = new HeaderStore();
  /** Headers taken so far, by both ports. */
  private readonly taken = new Map<number, number>();

  /** `chosen`: connections by index; `reports`: of them, null where they are not known before. */
  constructor(
    private readonly chosen: ReadonlySet<number>,
    reports: readonly ConnectionReport[] | null,
    private readonly bounds: PageBounds,
  ) {
    for (const { client, server } of reports ?? []) this.taken.set(portsKey(client.port, server.port), 0);
    this.takesAll = reports === null;
    const isLong = ({ traffic }: ConnectionReport): boolean =>
      traffic.client.packets + traffic.server.packets > WHOLE_LADDER;
    this.long = reports === null ? null : new Set(reports.filter(isLong).map(({ index }) => index));
  }

  private readonly takesAll: boolean;
  /** Connections whose ladders will have folds, so that segments in these are to be kept too; null where any may. */
  private readonly long: ReadonlySet<number> | null;
  private readonly roundTrips: Record<number, number> = {};
  private readonly sacks: Record<number, SackBlocks> = {};

  segment(row: SegmentRow): void {
    const rows = this.rows.get(row.connection) ?? [];
    if (rows.length === 0) this.rows.set(row.connection, rows);
    if (rows.length >= this.bounds.segmentsOfOne) return;
    if (row.roundTrip !== null) this.roundTrips[row.packet] = row.roundTrip;
    if (row.sacks !== null && row.sacks.length > 0) this.sacks[row.packet] = row.sacks;
    if (this.long === null || this.long.has(row.connection)) rows.push(plain(row));
  }

  ladder({ index, extras }: ConnectionSnapshot): void {
    const ladder = extras?.ladder ?? null;
    if (ladder !== null && this.chosen.has(index)) this.ladders.set(index, ladder);
  }

  readonly recorder: PacketRecorder = {
    packet: (packet, frame) => this.packet(packet, frame),
    edge() {},
  };

  private packet(packet: Packet, frame: Pick<Frame, 'number'>): void {
    if (packet.kind !== TCP || this.bytes.size >= MOST_HEADERS) return;
    const key = portsKey(packet.sourcePort, packet.targetPort);
    const count = this.taken.get(key);
    if (count === undefined && !this.takesAll) return;
    const isControl = (packet.flags & (SYN | FIN | RST)) !== 0;
    const most = this.bounds.segmentsOfOne * (isControl ? 2 : 1);
    if ((count ?? 0) >= most || this.bytes.has(frame.number)) return;
    this.taken.set(key, (count ?? 0) + 1);
    this.bytes.add(frame.number, packet);
  }

  part(): SegmentsPart {
    const { ladders, roundTrips, sacks } = this;
    return { ladders, folded: this.folded(), roundTrips, sacks, headers: this.headers() };
  }

  /** By connection: segments that a ladder has only as part of a fold. */
  private folded(): Record<number, LadderSegment[]> {
    const found: Record<number, LadderSegment[]> = {};
    for (const [index, ladder] of this.ladders) {
      if (!ladder.some(isFold)) continue;
      const shown = new Set(ladder.map((entry) => ('packet' in entry ? entry.packet : 0)));
      found[index] = (this.rows.get(index) ?? []).filter(({ packet }) => !shown.has(packet));
    }
    return found;
  }

  /** Of the segments that are in a ladder or a fold. */
  private headers(): Record<number, string> {
    const found: Record<number, string> = {};
    const add = ({ packet }: { packet: number }): void => {
      const text = this.bytes.hexText(packet);
      if (text !== undefined) found[packet] = text;
    };
    for (const ladder of this.ladders.values()) for (const entry of ladder) if ('packet' in entry) add(entry);
    for (const rows of Object.values(this.folded())) rows.forEach(add);
    return found;
  }
}

/** The same for both directions. */
function portsKey(a: number, b: number): number {
  return a < b ? a * 65_536 + b : b * 65_536 + a;
}

/** The part of a row that a ladder has. Member by member: an object made by spreading is a slow one for V8. */
function plain(row: SegmentRow): LadderSegment {
  return {
    packet: row.packet,
    at: row.at,
    side: row.side,
    flags: row.flags,
    sequence: row.sequence,
    acknowledgement: row.acknowledgement,
    rawSequence: row.rawSequence,
    rawAcknowledgement: row.rawAcknowledgement,
    length: row.length,
    window: row.window,
    codes: row.codes,
    states: row.states,
    before: row.before,
    ignored: row.ignored,
    repeated: row.repeated,
    gap: row.gap,
    fill: row.fill,
    proof: row.proof,
  };
}
