/** svg, png, mermaid, markdown: one connection, or with markdown a few, segment by segment; svg and png also one UDP flow. */

import type { CaptureSummary } from '../../analysis/summary.js';
import { UserError } from '../../errors.js';
import { phrases } from '../../explain/phrases.js';
import { DRAWINGS } from '../../render/formats/renderers.js';
import { GraphRows } from '../../render/picture/graph-data.js';
import { type Block, ladderBlocks } from '../../render/report/report.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../verdict/udp.js';
import type { PicturePlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import { openOutput } from '../terminal/output.js';
import type { Reporter } from './reporter.js';

/** Markdown of more connections would not be read. */
const MAX_IN_MARKDOWN = 20;
/** The number of first UDP flows whose datagrams are kept, as one of them may be drawn. */
const DATAGRAMS_OF = 1000;

export function pictureReporter(plan: PicturePlan, io: CliIo): Reporter {
  const { connections: chosen, format, graph } = plan;
  const max = format === 'markdown' ? MAX_IN_MARKDOWN : 1;
  const reports: ConnectionReport[] = [];
  let matching = 0;
  const flows: UdpFlowReport[] = [];
  let matchingFlows = 0;
  const drawsFlow = (format === 'svg' || format === 'png') && graph === null && plan.named === null;
  const [target = 0] = chosen ?? [];
  const rows = graph === null ? null : new GraphRows(target);
  const blocksOf = (summary: CaptureSummary): Block[] => {
    const [only] = reports;
    if (graph === null || rows === null || only === undefined)
      return ladderBlocks(summary, reports, reports.length > 0 ? [] : flows, null);
    const segments = rows.segments(only);
    return [{ block: 'graph', report: only, segments, leftOut: rows.leftOut, choice: graph }];
  };
  return {
    wants: { ladders: max, ladderOf: chosen, ...(drawsFlow ? { datagramsOf: DATAGRAMS_OF } : {}) },
    sink: {
      wants: (index) => chosen === null || chosen.has(index),
      picks: () => ++matching <= max,
      ...(rows === null ? {} : { segment: (row) => rows.add(row) }),
      connection: (snapshot) => void reports.push(judgeConnection(snapshot)),
      wantsUdpFlow: () => drawsFlow,
      udpFlow: (snapshot) => {
        if (++matchingFlows === 1) flows.push(judgeUdpFlow(snapshot));
      },
    },
    flush: async () => {},
    async finish(summary) {
      reports.sort((a, b) => a.index - b.index);
      if (reports.length > 0 || matchingFlows === 0) check(plan, summary, reports.length, matching, max);
      else if (matchingFlows > 1)
        throw new UserError(phrases.tooManyFlowsText(format, matchingFlows), phrases.CHOOSE_FLOW);
      const render = await DRAWINGS[format]();
      const text = [...render({ summary, blocks: blocksOf(summary) }, plan)].join('');
      const content = format === 'png' ? await (await import('./png.js')).pngOf(text) : text;
      const output = await openOutput(plan.output, io);
      await output.write(content);
      await output.end();
    },
  };
}

/** Throws UserError unless there are as many connections as the format shows. */
function check(
  plan: PicturePlan,
  summary: CaptureSummary,
  found: number,
  matching: number,
  max: number,
): void {
  const { format } = plan;
  if (found === 0) {
    throw new UserError(
      summary.connections === 0
        ? phrases.noTcpText(format, summary.udpFlows)
        : plan.where === null
          ? phrases.NO_CONNECTION_OF_NUMBER
          : phrases.NOTHING_TO_DRAW,
    );
  }
  if (matching > max)
    throw new UserError(phrases.tooManyText(format, max, matching), phrases.CHOOSE_CONNECTION);
}
