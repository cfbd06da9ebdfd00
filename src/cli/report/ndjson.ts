/**
 * ndjson (CONTRACT.md): one object a line, in the order in which they end; nothing is held but what waits for an
 * earlier packet. By start (`--sort start`), all but segments and events are held, as text. Results that grow have a
 * connection as soon as it is over (early-lines.ts).
 */
import type { Analysis } from '../../analyze.js';
import type { Drops } from '../../capture/reader.js';
import { jsonText } from '../../escape.js';
import { captureObject, packetObject } from '../../render/data/json.js';
import type { SegmentRow, Step } from '../../track/results/sink.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import type { UdpFlowSnapshot } from '../../track/udp/flow.js';
import type { NdjsonPlan } from '../options/plan.js';
import type { Output } from '../terminal/output.js';
import { serialized } from '../terminal/serialized.js';
import { EarlyLines } from './early-lines.js';
import { connectionEntry, entryText, flowEntry, type More, withCaveat } from './json-entry.js';
import { HoldUntilEnd, PacketOrder } from './packet-order.js';
import type { Reporter } from './reporter.js';
import { joined, type StoredText, TextStore } from './text-store.js';

type Span = Pick<ConnectionSnapshot | UdpFlowSnapshot, 'firstPacket' | 'lastPacket'>;

/** A line about a connection that is still followed comes after the row of its packet, which may wait. */
const BEHIND = 0.5;

export function ndjsonReporter(
  plan: Pick<NdjsonPlan, 'packets' | 'byStart' | 'events' | 'growing'>,
  output: Output,
  isWanted: (index: number) => boolean,
  more: More = null,
): Reporter {
  let ready: StoredText[] = [];
  let analysis: Analysis | null = null;
  // without rows there is no packet to wait for while results are read as they come
  const waits = !plan.growing || plan.packets;
  const held = (): number => (waits ? analysis?.heldPacket : null) ?? Number.POSITIVE_INFINITY;
  const order = new PacketOrder<StoredText>((text) => void ready.push(text));
  const byStart = plan.byStart ? new HoldUntilEnd<StoredText>() : null;
  const store = new TextStore();
  // put before the text: copying the members into another object takes longer
  const line = (type: string, object: object): StoredText =>
    store.add(`{"type":"${type}",${entryText(object).slice(1)}\n`);
  const drops = (): Drops | null => analysis?.drops ?? null;
  const putSpan = (span: Span, type: string, object: object): void => {
    const text = line(type, object);
    if (byStart === null) order.putSum(span.lastPacket, text, held());
    else byStart.put(span.firstPacket, text);
  };
  const entry = (snapshot: ConnectionSnapshot): Record<string, unknown> =>
    withCaveat(connectionEntry(snapshot, more), drops());
  const wants = { events: plan.events, revisions: plan.growing && byStart === null };
  const early =
    wants.events || wants.revisions
      ? new EarlyLines(
          wants,
          {
            event: ({ lastPacket }, object) => order.put(lastPacket + BEHIND, line('event', object), held()),
            connection(snapshot, object) {
              const { firstPacket, lastPacket } = snapshot;
              const at = wants.revisions ? lastPacket + BEHIND : lastPacket;
              putSpan({ firstPacket, lastPacket: at }, 'connection', object);
            },
          },
          entry,
        )
      : null;
  // in turn, as the memory of lines is used again
  const flush = serialized(async () => {
    order.release(held());
    const lines = ready;
    ready = [];
    for (const piece of joined(lines)) await output.write(piece);
    // whatever was reported meanwhile, live, is ready or waits
    if (byStart === null && ready.length === 0 && order.waiting === 0) store.reuse();
  });
  return {
    wants: {},
    sink: {
      ...(plan.packets
        ? {
            segment(row: SegmentRow) {
              if (!isWanted(row.connection)) return;
              order.put(row.packet, line('packet', packetObject(row)), held());
            },
          }
        : {}),
      ...(early === null
        ? {}
        : {
            step(step: Step, connection: () => ConnectionSnapshot) {
              const snapshot = connection();
              if (isWanted(snapshot.index)) early.step(step, snapshot);
            },
          }),
      wants: isWanted,
      connection(snapshot) {
        if (early === null) putSpan(snapshot, 'connection', entry(snapshot));
        else early.last(snapshot);
      },
      udpFlow(snapshot) {
        putSpan(snapshot, 'udpFlow', withCaveat(flowEntry(snapshot), drops()));
      },
      treated() {
        if (order.waiting > 0) order.release(held());
      },
    },
    attach(given) {
      analysis = given;
    },
    flush,
    async finish(summary) {
      order.release(Number.POSITIVE_INFINITY);
      await flush();
      for (const piece of joined([...(byStart?.take() ?? [])])) await output.write(piece);
      await output.write(`${jsonText({ type: 'capture', ...captureObject(summary) })}\n`);
      await output.end();
    },
  };
}
