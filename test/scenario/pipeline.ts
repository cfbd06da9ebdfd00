/** Frames from memory through the real pipeline: its results, as plain values. */
import { Analysis } from '../../src/analysis/analysis.js';
import type { AnalysisOptions, FrameSource } from '../../src/analysis/sink.js';
import type { CaptureSummary } from '../../src/analysis/summary.js';
import type { Frame } from '../../src/capture/frame.js';
import type { SegmentRow, Step } from '../../src/track/results/sink.js';
import { type ConnectionReport, judgeConnection } from '../../src/verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../src/verdict/udp.js';
import { RAW_IP } from './packet.js';

export interface Captured {
  seconds: number;
  nanoseconds: number;
  bytes: Uint8Array;
  /** Length on the wire; that of `bytes` where it is not given. */
  originalLength?: number;
  linkType?: number;
  interfaceId?: number;
}

export interface Results {
  /** In the order of their ends. */
  connections: ConnectionReport[];
  udpFlows: UdpFlowReport[];
  rows: SegmentRow[];
  steps: Step[];
  summary: CaptureSummary;
}

const NOTHING_MORE = { files: [], warnings: [], drops: null };

/**
 * The frames one after the other, some at a time; the memory of each is overwritten when the next one is read.
 * `filling` is called before each time.
 */
export function frameSource(
  frames: readonly Captured[],
  atATime = Number.POSITIVE_INFINITY,
  filling: () => Promise<void> = async () => {},
): FrameSource {
  let given = 0;
  let most = atATime;
  const chunk = new Uint8Array(1 << 17);
  const view = new DataView(chunk.buffer);
  return {
    async fill() {
      await filling();
      if (given >= frames.length) return false;
      most = given + atATime;
      return true;
    },
    next(frame: Frame) {
      const captured = given < most ? frames[given] : undefined;
      if (captured === undefined) return false;
      const { seconds, nanoseconds, bytes, linkType = RAW_IP, interfaceId = 0 } = captured;
      given++;
      chunk.fill(0xee);
      chunk.set(bytes, 8);
      Object.assign(frame, { number: given, seconds, nanoseconds, linkType, interfaceId, view, offset: 8 });
      frame.capturedLength = bytes.length;
      frame.originalLength = captured.originalLength ?? bytes.length;
      frame.fcsLength = 0;
      frame.direction = 0;
      return true;
    },
  };
}

/** `rows: false`: without segments and steps, as for a table. */
export async function analyse(
  frames: readonly Captured[],
  options: AnalysisOptions = {},
  { rows: wanted = true } = {},
): Promise<Results> {
  const connections: ConnectionReport[] = [];
  const udpFlows: UdpFlowReport[] = [];
  const rows: SegmentRow[] = [];
  const steps: Step[] = [];
  const analysis = new Analysis(
    {
      connection: (snapshot) => void connections.push(judgeConnection(snapshot)),
      udpFlow: (snapshot) => void udpFlows.push(judgeUdpFlow(snapshot)),
      ...(wanted
        ? { segment: (row: SegmentRow) => void rows.push(row), step: (step: Step) => void steps.push(step) }
        : {}),
    },
    options,
  );
  await analysis.read(frameSource(frames));
  const summary = analysis.finish(NOTHING_MORE);
  return { connections, udpFlows, rows, steps, summary };
}
