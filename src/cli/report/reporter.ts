/** Where results go: one reporter for each format, which is a sink of the analysis and finishes the output. */

import type { Analysis } from '../../analysis/analysis.js';
import type { AnalysisOptions, AnalysisSink, PacketRecorder, ResultWriter } from '../../analysis/sink.js';
import type { CaptureSummary } from '../../analysis/summary.js';

export interface Reporter extends ResultWriter {
  sink: AnalysisSink;
  /** What the tracker must keep for this format. */
  wants: Pick<AnalysisOptions, 'ladders' | 'ladderOf' | 'datagramsOf' | 'zeek'>;
  /** Records each packet. */
  recorder?: PacketRecorder;
  /** Called once, before anything is analysed: for a status line and the live page, which show how far it is. */
  attach?(analysis: Analysis): void;
  /** Finishes the output: everything has been reported. */
  finish(summary: CaptureSummary): Promise<void>;
}
