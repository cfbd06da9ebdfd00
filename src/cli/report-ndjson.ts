/**
 * ndjson (CONTRACT.md): one object a line, in the order in which they end; nothing is held but what waits for an
 * earlier packet. By start (`--sort start`), all but the segments are held, as text.
 */
import type { Analysis } from '../analyze.js';
import type { Drops } from '../capture/reader.js';
import { captureObject, packetObject } from '../render/json.js';
import type { SegmentRow } from '../track/sink.js';
import type { ConnectionSnapshot } from '../track/snapshot.js';
import type { UdpFlowSnapshot } from '../track/udp-flow.js';
import { InOrder, UntilEnd } from './in-order.js';
import { inTurn } from './in-turn.js';
import type { OutputFlags } from './options.js';
import type { Output } from './output.js';
import type { Reporter } from './reporter.js';
import { joined, type StoredText, TextStore } from './text-store.js';
import { type More, type Told, tellConnection, tellFlow, withCaveat } from './told.js';

export function ndjsonReporter(
  flags: Pick<OutputFlags, 'packets' | 'sort'>,
  output: Output,
  isWanted: (index: number) => boolean,
  more: More = null,
): Reporter {
  let ready: StoredText[] = [];
  let analysis: Analysis | null = null;
  const held = (): number => analysis?.heldPacket ?? Number.POSITIVE_INFINITY;
  const order = new InOrder<StoredText>((text) => void ready.push(text));
  const byStart = flags.sort === 'start' ? new UntilEnd<StoredText>() : null;
  const store = new TextStore();
  // put before the text: copying the members into another object takes longer
  const line = (type: string, object: object): StoredText =>
    store.add(`{"type":"${type}",${JSON.stringify(object).slice(1)}\n`);
  const drops = (): Drops | null => analysis?.drops ?? null;
  const putSpan = (span: ConnectionSnapshot | UdpFlowSnapshot, type: string, told: Told): void => {
    const text = line(type, withCaveat(told, drops()));
    if (byStart === null) order.putSum(span.lastPacket, text, held());
    else byStart.put(span.firstPacket, text);
  };
  // in turn, as the memory of lines is used again
  const flush = inTurn(async () => {
    order.release(held());
    const lines = ready;
    ready = [];
    for (const piece of joined(lines)) await output.write(piece);
    // whatever was told meanwhile, live, is ready or waits
    if (byStart === null && ready.length === 0 && order.waiting === 0) store.reuse();
  });
  return {
    wants: {},
    sink: {
      ...(flags.packets === true
        ? {
            segment(row: SegmentRow) {
              if (!isWanted(row.connection)) return;
              order.put(row.packet, line('packet', packetObject(row)), held());
            },
          }
        : {}),
      wants: isWanted,
      connection(snapshot) {
        putSpan(snapshot, 'connection', tellConnection(snapshot, more));
      },
      udpFlow(snapshot) {
        putSpan(snapshot, 'udpFlow', tellFlow(snapshot));
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
      await output.write(`${JSON.stringify({ type: 'capture', ...captureObject(summary) })}\n`);
      await output.end();
    },
  };
}
