/** svg, png, mermaid, markdown: one connection, or with markdown a few, segment by segment; svg and png also one UDP flow. */

import { UserError } from '../../errors.js';
import { phrases } from '../../explain/phrases.js';
import { markdownOf } from '../../render/markdown/markdown.js';
import { mermaidOf } from '../../render/markdown/mermaid.js';
import { GraphRows } from '../../render/picture/graph-data.js';
import { graphSvg } from '../../render/svg/graph.js';
import { ladderSvg } from '../../render/svg/ladder.js';
import { udpSvg } from '../../render/svg/udp-ladder.js';
import type { CaptureSummary } from '../../summary.js';
import { doubtedBy } from '../../verdict/losses.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../verdict/udp.js';
import type { PicturePlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import { openOutput } from '../terminal/output.js';
import { pngOf } from './png.js';
import type { Reporter } from './reporter.js';

/** Markdown of more connections would not be read. */
const MAX_IN_MARKDOWN = 20;
/** Of so many UDP flows, the first ones, datagrams are kept, as one of them may be drawn. */
const DATAGRAMS_OF = 1000;

export function pictureReporter(plan: PicturePlan, io: CliIo): Reporter {
  const { connections: chosen, format } = plan;
  const most = format === 'markdown' ? MAX_IN_MARKDOWN : 1;
  const reports: ConnectionReport[] = [];
  let matching = 0;
  const flows: UdpFlowReport[] = [];
  let matchingFlows = 0;
  const drawsFlow = (format === 'svg' || format === 'png') && plan.graph === null && plan.named === null;
  const [target = 0] = chosen ?? [];
  const rows = plan.graph === null ? null : new GraphRows(target);
  return {
    wants: { ladders: most, ladderOf: chosen, ...(drawsFlow ? { datagramsOf: DATAGRAMS_OF } : {}) },
    sink: {
      wants: (index) => chosen === null || chosen.has(index),
      picks: () => ++matching <= most,
      ...(rows === null ? {} : { segment: (row) => rows.add(row) }),
      connection: (snapshot) => void reports.push(judgeConnection(snapshot)),
      wantsUdpFlow: () => drawsFlow,
      udpFlow: (snapshot) => {
        if (++matchingFlows === 1) flows.push(judgeUdpFlow(snapshot));
      },
    },
    attach() {},
    flush: async () => {},
    async finish(summary) {
      reports.sort((a, b) => a.index - b.index);
      if (reports.length > 0 || matchingFlows === 0) check(plan, summary, reports.length, matching, most);
      else if (matchingFlows > 1)
        throw new UserError(phrases.tooManyFlowsText(format, matchingFlows), phrases.CHOOSE_FLOW);
      const content = await contentOf(plan, reports, flows, summary, rows);
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
  most: number,
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
  if (matching > most)
    throw new UserError(phrases.tooManyText(format, most, matching), phrases.CHOOSE_CONNECTION);
}

async function contentOf(
  plan: PicturePlan,
  reports: readonly ConnectionReport[],
  flows: readonly UdpFlowReport[],
  summary: CaptureSummary,
  rows: GraphRows | null,
): Promise<string | Uint8Array> {
  const { format, theme, width, absolute } = plan;
  const [only] = reports;
  const [flow] = flows;
  if (only === undefined) {
    if (flow === undefined) return '';
    return picture(format, udpSvg(flow, { width, theme, file: nameOf(summary), caveat: null }));
  }
  const caveatOf = (report: ConnectionReport): string | null =>
    phrases.dropsCaveat(doubtedBy(report, summary.drops));
  switch (format) {
    case 'mermaid':
      return mermaidOf(only, absolute);
    case 'markdown':
      return reports.map((report) => markdownOf(report, { absolute, caveat: caveatOf(report) })).join('\n');
    case 'svg':
    case 'png': {
      const name = nameOf(summary);
      const svg =
        plan.graph === null || rows === null
          ? ladderSvg(only, { width, theme, file: name, absolute, caveat: caveatOf(only) })
          : graphSvg(only, rows.segments(only), {
              ...plan.graph,
              width,
              theme,
              file: name,
              leftOut: rows.leftOut,
            });
      return picture(format, svg);
    }
  }
}

async function picture(format: PicturePlan['format'], svg: string): Promise<string | Uint8Array> {
  return format === 'svg' ? `${svg}\n` : pngOf(svg);
}

/** Of the file; null where there are several, or none that has a name. */
function nameOf({ files: [file, ...more] }: CaptureSummary): string | null {
  if (file === undefined || more.length > 0 || file.path === '-') return null;
  const { path } = file;
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
