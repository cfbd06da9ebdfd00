/** Where results go: one reporter a format, each a sink of the analysis and a last word. */

import type { Analysis, AnalysisOptions, AnalysisSink, PacketRecorder, ResultWriter } from '../../analyze.js';
import type { CaptureSummary } from '../../summary.js';

export interface Reporter extends ResultWriter {
  sink: AnalysisSink;
  /** What the tracker must keep for this format. */
  wants: Pick<AnalysisOptions, 'ladders' | 'ladderOf' | 'datagramsOf' | 'zeek'>;
  /** Takes down each packet. */
  recorder?: PacketRecorder;
  /** Called once, before anything is analysed. */
  attach(analysis: Analysis): void;
  /** The last word: everything has been reported. */
  finish(summary: CaptureSummary): Promise<void>;
}
