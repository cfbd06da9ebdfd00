/** A capture from its first frame to its last, with all results kept in memory: for the one-call functions of the library. */

import type { FrameStream } from '../capture/reader.js';
import { type ConnectionReport, judgeConnection } from '../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../verdict/udp.js';
import { Analysis } from './analysis.js';
import type { AnalysisOptions } from './sink.js';
import type { CaptureSummary } from './summary.js';

/** Reports in the order of their first packets. */
export interface AnalysisResult {
  capture: CaptureSummary;
  connections: ConnectionReport[];
  udpFlows: UdpFlowReport[];
}

/** Reads a stream to its end and closes it. */
export async function collect(stream: FrameStream, options: AnalysisOptions): Promise<AnalysisResult> {
  try {
    const connections: ConnectionReport[] = [];
    const udpFlows: UdpFlowReport[] = [];
    const analysis = new Analysis(
      {
        connection: (snapshot) => void connections.push(judgeConnection(snapshot)),
        udpFlow: (snapshot) => void udpFlows.push(judgeUdpFlow(snapshot)),
      },
      options,
    );
    await analysis.read(stream);
    const capture = analysis.finish(stream);
    return { capture, connections: byFirstPacket(connections), udpFlows: byFirstPacket(udpFlows) };
  } finally {
    await stream.close();
  }
}

/**
 * Reads a stream to its end and closes it, also where the caller stops early. Each connection comes when it is over, or at the end,
 * and is kept no longer; `return` has the summary.
 */
export async function* oneByOne(
  stream: FrameStream,
  options: AnalysisOptions,
): AsyncGenerator<ConnectionReport, CaptureSummary, undefined> {
  const waiting: ConnectionReport[] = [];
  const analysis = new Analysis(
    { connection: (snapshot) => void waiting.push(judgeConnection(snapshot)) },
    options,
  );
  try {
    while (await analysis.readSome(stream)) yield* waiting.splice(0);
    while (analysis.reportSome(stream)) yield* waiting.splice(0);
    yield* waiting.splice(0);
    return analysis.finish(stream);
  } finally {
    await stream.close();
  }
}

function byFirstPacket<Report extends { firstPacket: number }>(reports: Report[]): Report[] {
  return reports.sort((a, b) => a.firstPacket - b.firstPacket);
}
