/** json and ndjson (CONTRACT.md). */
import type { Analysis } from '../analyze.js';
import { captureObject, connectionObject, packetObject, SCHEMA, udpFlowObject } from '../render/json.js';
import type { SegmentRow } from '../track/sink.js';
import { judgeConnection } from '../verdict/report.js';
import { judgeUdpFlow } from '../verdict/udp.js';
import type { OutputFlags } from './options.js';
import type { Output, Reporter } from './reporter.js';

export function jsonReporter(
  flags: OutputFlags,
  output: Output,
  isWanted: (index: number) => boolean,
): Reporter {
  return flags.format === 'json'
    ? documentReporter(output, isWanted)
    : linesReporter(flags, output, isWanted);
}

interface Held {
  firstPacket: number;
  text: string;
}

/** One document; connections by first packet, so all of them are held, as text, until the end. */
function documentReporter(output: Output, isWanted: (index: number) => boolean): Reporter {
  const connections: Held[] = [];
  const flows: Held[] = [];
  return {
    wants: {},
    sink: {
      wants: isWanted,
      connection(snapshot) {
        const text = JSON.stringify(connectionObject(judgeConnection(snapshot)));
        connections.push({ firstPacket: snapshot.firstPacket, text });
      },
      udpFlow(snapshot) {
        flows.push({
          firstPacket: snapshot.firstPacket,
          text: JSON.stringify(udpFlowObject(judgeUdpFlow(snapshot))),
        });
      },
    },
    attach() {},
    async flush() {},
    async finish(summary) {
      await output.write(
        `{"schema":"${SCHEMA}","capture":${JSON.stringify(captureObject(summary))},"connections":[`,
      );
      await writeList(connections, output);
      await output.write('],"udpFlows":[');
      await writeList(flows, output);
      await output.write(']}\n');
      await output.end();
    },
  };
}

const BATCH = 500;

async function writeList(items: Held[], output: Output): Promise<void> {
  items.sort((a, b) => a.firstPacket - b.firstPacket);
  for (let from = 0; from < items.length; from += BATCH) {
    const texts = items.slice(from, from + BATCH).map((item) => item.text);
    await output.write((from === 0 ? '\n' : ',\n') + texts.join(',\n'));
  }
  if (items.length > 0) await output.write('\n');
}

/** One object a line, in the order in which they end; nothing is held but what waits for an earlier packet. */
function linesReporter(flags: OutputFlags, output: Output, isWanted: (index: number) => boolean): Reporter {
  let ready: string[] = [];
  let waiting: { packet: number; text: string }[] = [];
  let analysis: Analysis | null = null;
  const put = (packet: number, object: Record<string, unknown>): void => {
    const text = JSON.stringify(object);
    if (waiting.length === 0 && packet <= (analysis?.heldPacket ?? Number.POSITIVE_INFINITY))
      ready.push(text);
    else waiting.push({ packet, text });
  };
  const release = (limit: number): void => {
    if (waiting.length === 0) return;
    waiting.sort((a, b) => a.packet - b.packet);
    const split = waiting.findIndex((line) => line.packet > limit);
    const free = split < 0 ? waiting : waiting.slice(0, split);
    waiting = split < 0 ? [] : waiting.slice(split);
    for (const line of free) ready.push(line.text);
  };
  const flush = async (): Promise<void> => {
    release(analysis?.heldPacket ?? Number.POSITIVE_INFINITY);
    if (ready.length === 0) return;
    const text = `${ready.join('\n')}\n`;
    ready = [];
    await output.write(text);
  };
  return {
    wants: {},
    sink: {
      ...(flags.packets === true
        ? {
            segment(row: SegmentRow) {
              if (isWanted(row.connection)) put(row.packet, { type: 'packet', ...packetObject(row) });
            },
          }
        : {}),
      wants: isWanted,
      connection(snapshot) {
        put(snapshot.lastPacket, { type: 'connection', ...connectionObject(judgeConnection(snapshot)) });
      },
      udpFlow(snapshot) {
        put(snapshot.lastPacket, { type: 'udpFlow', ...udpFlowObject(judgeUdpFlow(snapshot)) });
      },
    },
    attach(given) {
      analysis = given;
    },
    flush,
    async finish(summary) {
      release(Number.POSITIVE_INFINITY);
      ready.push(JSON.stringify({ type: 'capture', ...captureObject(summary) }));
      await flush();
      await output.end();
    },
  };
}
