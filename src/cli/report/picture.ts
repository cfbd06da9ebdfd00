/** svg, png, mermaid, markdown: one connection, or with markdown a few, segment by segment. */
import { UserError } from '../../errors.js';
import { phrases } from '../../explain/phrases.js';
import { markdownOf } from '../../render/markdown/markdown.js';
import { mermaidOf } from '../../render/markdown/mermaid.js';
import { GraphRows } from '../../render/picture/graph-data.js';
import { graphSvg } from '../../render/svg/graph.js';
import { ladderSvg } from '../../render/svg/ladder.js';
import type { CaptureSummary } from '../../summary.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import type { PicturePlan } from '../options/plan.js';
import type { CliIo } from '../terminal/io.js';
import { openOutput } from '../terminal/output.js';
import { pngOf } from './png.js';
import type { Reporter } from './reporter.js';

/** Markdown of more connections would not be read. */
const MAX_IN_MARKDOWN = 20;

export function pictureReporter(plan: PicturePlan, io: CliIo): Reporter {
  const { connections: chosen, format } = plan;
  const most = format === 'markdown' ? MAX_IN_MARKDOWN : 1;
  const reports: ConnectionReport[] = [];
  let matching = 0;
  const [target = 0] = chosen ?? [];
  const rows = plan.graph === null ? null : new GraphRows(target);
  return {
    wants: { ladders: most, ladderOf: chosen },
    sink: {
      wants: (index) => chosen === null || chosen.has(index),
      picks: () => ++matching <= most,
      ...(rows === null ? {} : { segment: (row) => rows.add(row) }),
      connection: (snapshot) => void reports.push(judgeConnection(snapshot)),
    },
    attach() {},
    flush: async () => {},
    async finish(summary) {
      reports.sort((a, b) => a.index - b.index);
      check(plan, summary, reports.length, matching, most);
      const content = await contentOf(plan, reports, summary, rows);
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
  summary: CaptureSummary,
  rows: GraphRows | null,
): Promise<string | Uint8Array> {
  const { format, theme, width, absolute } = plan;
  const [only] = reports;
  if (only === undefined) return '';
  const caveatOf = (report: ConnectionReport): string | null =>
    phrases.restsOnAbsence(report) ? phrases.dropsCaveat(summary.drops) : null;
  switch (format) {
    case 'mermaid':
      return mermaidOf(only, absolute);
    case 'markdown':
      return reports.map((report) => markdownOf(report, { absolute, caveat: caveatOf(report) })).join('\n');
    case 'svg':
    case 'png': {
      const [file] = summary.files;
      const name =
        summary.files.length === 1 && file !== undefined && file.path !== '-' ? nameOf(file.path) : null;
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
      return format === 'svg' ? `${svg}\n` : pngOf(svg);
    }
  }
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
