/**
 * synfin as a library.
 *
 *     import { analyzeFiles } from 'synfin';
 *     const { capture, connections } = await analyzeFiles(['trace.pcap']);
 */

import { type AnalysisResult, collect, oneByOne } from './analysis/collect.js';
import type { AnalysisOptions } from './analysis/sink.js';
import type { CaptureSummary } from './analysis/summary.js';
import { nodeHost } from './files/host.js';
import { openCaptures } from './files/open-captures.js';
import type { ConnectionReport } from './verdict/report.js';

export { Analysis } from './analysis/analysis.js';
export type { AnalysisResult } from './analysis/collect.js';
export type { AnalysisOptions, AnalysisSink, FrameSource } from './analysis/sink.js';
export type { CaptureSummary } from './analysis/summary.js';
export { Frame } from './capture/frame.js';
export { CaptureReader } from './capture/open.js';
export type { CaptureWarning, FrameStream } from './capture/reader.js';
export { decodeFrame } from './decode/decode-frame.js';
export { Packet } from './decode/packet.js';
export {
  CaptureError,
  type CaptureErrorCode,
  type ErrorValues,
  type ReadingError,
  UserError,
} from './errors.js';
export { findingSentence } from './explain/en/finding-sentences.js';
export { resetSentence } from './explain/en/reset-sentences.js';
export { closingSentence, openingSentence } from './explain/en/sentences.js';
export { udpSentence } from './explain/en/udp-sentences.js';
export { nodeHost } from './files/host.js';
export { openCapture, openStream } from './files/open.js';
export { openCaptures } from './files/open-captures.js';
export type { ByteStream, ByteTarget } from './files/streams.js';
export { type CaptureWriter, createCaptureWriter } from './files/writer.js';
export { captureObject, connectionObject, packetObject, SCHEMA, udpFlowObject } from './render/data/json.js';
export { ladderSvg, type PictureOptions } from './render/svg/ladder.js';
export { renderLadder } from './render/text/ladder.js';
export type { TextStyle } from './render/text/style.js';
export { renderConnectionTable, renderUdpTable } from './render/text/table.js';
export { renderUdpLadder } from './render/text/udp-ladder.js';
export { CODES, type Code } from './track/memory/codes.js';
export type { SegmentRow, Step } from './track/results/sink.js';
export type { ConnectionSnapshot } from './track/results/snapshot.js';
export { ARMS, EVENTS, STATES, type StateName, transition } from './track/rfc9293/transition.js';
export type { UdpFlowSnapshot } from './track/udp/flow.js';
export type { ClosedByFins, ClosedByReset, Closing, HalfClosed, NotClosed } from './verdict/closing.js';
export type { NotOpened, Opened, Opening, OpeningNotCaptured } from './verdict/opening.js';
export { type ConnectionReport, judgeConnection } from './verdict/report.js';
export { judgeUdpFlow, type UdpFlowReport } from './verdict/udp.js';

/**
 * Reads capture files (a folder stands for the captures in it, `-` for standard input) as one capture in time
 * order and judges every connection. Keeps all reports in memory; for larger captures, use `connections`.
 *
 * @throws CaptureError where a file cannot be read at all; damage further on is in `capture.warnings`.
 */
export async function analyzeFiles(
  paths: readonly string[],
  options: AnalysisOptions = {},
): Promise<AnalysisResult> {
  return collect(await openCaptures(paths), { host: nodeHost, ...options });
}

/**
 * The same, connection by connection: each comes when it is over, or at the end of the capture, and is not kept. Leaving the loop
 * closes the files; `options.signal` ends the reading, and what is known so far still comes.
 *
 *     for await (const { outcome } of connections(['trace.pcap'])) console.log(outcome.kind);
 *
 * @throws CaptureError where a file cannot be read at all.
 */
export async function* connections(
  paths: readonly string[],
  options: AnalysisOptions = {},
): AsyncGenerator<ConnectionReport, CaptureSummary, undefined> {
  return yield* oneByOne(await openCaptures(paths), { host: nodeHost, ...options });
}
