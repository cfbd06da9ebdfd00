/**
 * synfin in a browser, or wherever there is no Node.js: what `index.ts` has, except files, pipes and text tables.
 *
 *     import { analyzeBlob } from 'synfin/browser';
 *     const { connections } = await analyzeBlob(file, file.name);
 */

import { collect } from './analysis/collect.js';
import type { AnalysisOptions } from './analysis/sink.js';
import { blobSource, inflateGzip } from './capture/blob.js';
import { CaptureReader } from './capture/open.js';
import { captureObject, connectionObject, SCHEMA, udpFlowObject } from './render/data/json.js';

export { Analysis } from './analysis/analysis.js';
export type { AnalysisOptions, AnalysisSink, FrameSource } from './analysis/sink.js';
export type { CaptureSummary } from './analysis/summary.js';
export { blobSource, inflateGzip } from './capture/blob.js';
export { Frame } from './capture/frame.js';
export { CaptureReader, type ReadOptions } from './capture/open.js';
export { CaptureError, type CaptureErrorCode, type ErrorValues, type ReadingError } from './errors.js';
export { captureObject, connectionObject, packetObject, SCHEMA, udpFlowObject } from './render/data/json.js';
export type { Closing } from './verdict/closing.js';
export type { Opening } from './verdict/opening.js';
export { type ConnectionReport, judgeConnection } from './verdict/report.js';
export { judgeUdpFlow, type UdpFlowReport } from './verdict/udp.js';

/** The document of `synfin analyze --format json` (CONTRACT.md, schema synfin/1). */
export interface CaptureDocument {
  schema: string;
  capture: Record<string, unknown>;
  connections: Record<string, unknown>[];
  udpFlows: Record<string, unknown>[];
}

/**
 * Reads a capture (pcap or pcapng, also compressed) and judges every connection. `name` is its name in messages and
 * the `path` in the document. Keeps all results in memory.
 *
 * @throws CaptureError where it cannot be read at all; damage further on is in `capture.warnings`.
 */
export async function analyzeBlob(
  blob: Blob,
  name: string,
  options: AnalysisOptions = {},
): Promise<CaptureDocument> {
  const reader = await CaptureReader.from(blobSource(blob), name, {
    gunzip: inflateGzip,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const { capture, connections, udpFlows } = await collect(reader, options);
  return {
    schema: SCHEMA,
    capture: captureObject(capture),
    connections: connections.map(connectionObject),
    udpFlows: udpFlows.map(udpFlowObject),
  };
}
