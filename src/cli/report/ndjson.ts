/**
 * ndjson (CONTRACT.md): one object a line, in the order in which they end; nothing is held but what waits for an
 * earlier packet. By start (`--sort start`), all but the segments are held, as text.
 */
import type { Analysis } from '../../analyze.js';
import type { Drops } from '../../capture/reader.js';
import { jsonText } from '../../escape.js';
import { captureObject, packetObject } from '../../render/data/json.js';
import type { SegmentRow } from '../../track/results/sink.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import type { UdpFlowSnapshot } from '../../track/udp/flow.js';
import type { NdjsonPlan } from '../options/plan.js';
import type { Output } from '../terminal/output.js';
import { serialized } from '../terminal/serialized.js';
import {
  connectionEntry,
  entryText,
  flowEntry,
  type JsonEntry,
  type More,
  withCaveat,
} from './json-entry.js';
import { HoldUntilEnd, PacketOrder } from './packet-order.js';
import type { Reporter } from './reporter.js';
import { joined, type StoredText, TextStore } from './text-store.js';

export function ndjsonReporter(
  plan: Pick<NdjsonPlan, 'packets' | 'byStart'>,
  output: Output,
  isWanted: (index: number) => boolean,
  more: More = null,
): Reporter {
  let ready: StoredText[] = [];
  let analysis: Analysis | null = null;
  const held = (): number => analysis?.heldPacket ?? Number.POSITIVE_INFINITY;
  const order = new PacketOrder<StoredText>((text) => void ready.push(text));
  const byStart = plan.byStart ? new HoldUntilEnd<StoredText>() : null;
  const store = new TextStore();
  // put before the text: copying the members into another object takes longer
  const line = (type: string, object: object): StoredText =>
    store.add(`{"type":"${type}",${entryText(object).slice(1)}\n`);
  const drops = (): Drops | null => analysis?.drops ?? null;
  const putSpan = (span: ConnectionSnapshot | UdpFlowSnapshot, type: string, entry: JsonEntry): void => {
    const text = line(type, withCaveat(entry, drops()));
    if (byStart === null) order.putSum(span.lastPacket, text, held());
    else byStart.put(span.firstPacket, text);
  };
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
      wants: isWanted,
      connection(snapshot) {
        putSpan(snapshot, 'connection', connectionEntry(snapshot, more));
      },
      udpFlow(snapshot) {
        putSpan(snapshot, 'udpFlow', flowEntry(snapshot));
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
