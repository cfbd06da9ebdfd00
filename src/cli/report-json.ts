/** json and ndjson (CONTRACT.md). */
import type { Analysis } from '../analyze.js';
import type { Drops } from '../capture/reader.js';
import {
  dropsCaveat,
  dropsFinding,
  flowRestsOnAbsence,
  lostPackets,
  restsOnAbsence,
} from '../explain/caveats.js';
import { captureObject, connectionObject, packetObject, SCHEMA, udpFlowObject } from '../render/json.js';
import type { SegmentRow } from '../track/sink.js';
import type { ConnectionSnapshot } from '../track/snapshot.js';
import type { UdpFlowSnapshot } from '../track/udp-flows.js';
import { judgeConnection } from '../verdict/report.js';
import { judgeUdpFlow } from '../verdict/udp.js';
import { InOrder, UntilEnd } from './in-order.js';
import type { OutputFlags } from './options.js';
import type { Output } from './output.js';
import type { Reporter } from './reporter.js';
import { joined, type StoredText, storedText, TextStore } from './text-store.js';

export function jsonReporter(
  flags: OutputFlags,
  output: Output,
  isWanted: (index: number) => boolean,
  more: More = null,
): Reporter {
  return flags.format === 'json'
    ? documentReporter(output, isWanted, more)
    : linesReporter(flags, output, isWanted, more);
}

/** Further members of a connection, by its index. */
type More = ((index: number) => object) | null;

interface Told {
  object: Record<string, unknown>;
  /** Lost packets put it in doubt. */
  doubtful: boolean;
}

function tellConnection(snapshot: ConnectionSnapshot, more: More): Told {
  const report = judgeConnection(snapshot);
  return {
    object:
      more === null ? connectionObject(report) : Object.assign(connectionObject(report), more(report.index)),
    doubtful: restsOnAbsence(report),
  };
}

function tellFlow(snapshot: UdpFlowSnapshot): Told {
  const report = judgeUdpFlow(snapshot);
  return { object: udpFlowObject(report), doubtful: flowRestsOnAbsence(report) };
}

/** With the finding that packets were lost, where they were and that matters. */
function withCaveat({ object, doubtful }: Told, drops: Drops | null): Record<string, unknown> {
  const caveat = doubtful ? dropsCaveat(drops) : null;
  if (caveat === null) return object;
  const { findings, findingCounts } = object;
  return {
    ...object,
    findings: [...(Array.isArray(findings) ? findings : []), dropsFinding(caveat)],
    ...(typeof findingCounts === 'object' ? { findingCounts: { ...findingCounts, 'drops-weaken': 1 } } : {}),
  };
}

interface Held {
  firstPacket: number;
  doubtful: boolean;
  text: StoredText;
}

/** One document; connections by first packet, so all of them are held, as text, until the end. */
function documentReporter(output: Output, isWanted: (index: number) => boolean, more: More): Reporter {
  const store = new TextStore();
  const connections: Held[] = [];
  const flows: Held[] = [];
  const hold = (firstPacket: number, { object, doubtful }: Told): Held => ({
    firstPacket,
    doubtful,
    text: listed(store, object),
  });
  return {
    wants: {},
    sink: {
      wants: isWanted,
      connection(snapshot) {
        connections.push(hold(snapshot.firstPacket, tellConnection(snapshot, more)));
      },
      udpFlow(snapshot) {
        flows.push(hold(snapshot.firstPacket, tellFlow(snapshot)));
      },
    },
    attach() {},
    async flush() {},
    async finish(summary) {
      await output.write(
        `{"schema":"${SCHEMA}","capture":${JSON.stringify(captureObject(summary))},"connections":[`,
      );
      await writeList(connections, summary.drops, store, output);
      await output.write('],"udpFlows":[');
      await writeList(flows, summary.drops, store, output);
      await output.write(']}\n');
      await output.end();
    },
  };
}

/** What stands behind each member of a list but the last. */
const SEPARATOR = ',\n';

function listed(store: TextStore, object: object): StoredText {
  return store.add(`${JSON.stringify(object)}${SEPARATOR}`);
}

async function writeList(
  items: Held[],
  drops: Drops | null,
  store: TextStore,
  output: Output,
): Promise<void> {
  if (items.length === 0) return;
  items.sort((a, b) => a.firstPacket - b.firstPacket);
  if (lostPackets(drops) > 0) {
    // what was lost is known only now
    for (const item of items) {
      if (!item.doubtful) continue;
      const object = JSON.parse(storedText(item.text).slice(0, -SEPARATOR.length));
      item.text = listed(store, withCaveat({ object, doubtful: true }, drops));
    }
  }
  await output.write('\n');
  const texts = items.map(({ text }) => text);
  const last = texts.pop();
  if (last !== undefined) texts.push({ ...last, end: last.end - SEPARATOR.length });
  for (const piece of joined(texts, true)) await output.write(piece);
  await output.write('\n');
}

/**
 * One object a line, in the order in which they end; nothing is held but what waits for an earlier packet. By start
 * (`--sort start`), all but the segments are held, as text.
 */
function linesReporter(
  flags: OutputFlags,
  output: Output,
  isWanted: (index: number) => boolean,
  more: More,
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
    if (byStart === null) order.put(span.lastPacket, text, held());
    else byStart.put(span.firstPacket, text);
  };
  const writeReady = async (): Promise<void> => {
    order.release(held());
    const lines = ready;
    ready = [];
    for (const piece of joined(lines)) await output.write(piece);
    // whatever was told meanwhile, live, is ready or waits
    if (byStart === null && ready.length === 0 && order.waiting === 0) store.reuse();
  };
  // live, a timer flushes too: one after the other, as the memory of lines is used again
  let flushed = Promise.resolve();
  const flush = (): Promise<void> => {
    flushed = flushed.then(writeReady);
    return flushed;
  };
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
      for (const piece of joined([...(byStart?.take() ?? [])], true)) await output.write(piece);
      await output.write(`${JSON.stringify({ type: 'capture', ...captureObject(summary) })}\n`);
      await output.end();
    },
  };
}
