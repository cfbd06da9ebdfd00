/** table and ladder: an overview, the connections, and where they are few the ladder of each. */

import { endpointText } from '../../decode/address.js';
import { dropsCaveat, flowRestsOnAbsence, restsOnAbsence } from '../../explain/en/caveats.js';
import { agreedSentence, performanceSentence } from '../../explain/en/facts.js';
import { findingSentence } from '../../explain/en/finding-sentences.js';
import { grouped } from '../../explain/en/quantities.js';
import { viaText } from '../../explain/via.js';
import { renderLadder, renderUdpLadder } from '../../render/text/ladder.js';
import { renderOverview } from '../../render/text/overview.js';
import { paint, plain, type TextStyle, wrap } from '../../render/text/style.js';
import { renderConnectionTable, renderUdpTable } from '../../render/text/table.js';
import type { CaptureSummary } from '../../summary.js';
import { entryOf } from '../../verdict/catalogue.js';
import { type ConnectionReport, judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../../verdict/udp.js';
import type { OutputFlags } from '../options/options.js';
import type { Output } from '../terminal/output.js';
import type { Reporter } from './reporter.js';

/** As many ladders are shown without being asked for. */
const FEW = 3;
const DEFAULT_LIMIT = 40;

export function textReporter(
  flags: OutputFlags,
  output: Output,
  style: TextStyle,
  isWanted: (index: number) => boolean,
): Reporter {
  const chosen = flags.connection === undefined ? null : new Set(flags.connection);
  const limit = flags.limit ?? DEFAULT_LIMIT;
  const reports: ConnectionReport[] = [];
  const flows: UdpFlowReport[] = [];
  const ladders = flags.format === 'ladder' ? limit : FEW;
  return {
    wants: { ladders, ladderOf: chosen },
    sink: {
      wants: (index) => (chosen === null ? index < limit : isWanted(index)),
      connection(snapshot) {
        reports.push(judgeConnection(snapshot));
      },
      wantsUdpFlow: (index) => chosen === null && index < limit,
      udpFlow(snapshot) {
        flows.push(judgeUdpFlow(snapshot));
      },
    },
    attach() {},
    async flush() {},
    async finish(summary) {
      reports.sort((a, b) => a.index - b.index);
      flows.sort((a, b) => a.index - b.index);
      await output.write(`${compose(summary, reports, flows, chosen, limit, ladders, flags, style)}\n`);
      await output.end();
    },
  };
}

function compose(
  summary: CaptureSummary,
  reports: ConnectionReport[],
  flows: UdpFlowReport[],
  chosen: ReadonlySet<number> | null,
  limit: number,
  ladders: number,
  flags: OutputFlags,
  style: TextStyle,
): string {
  const parts = [renderOverview(summary, style)];
  if (reports.length > 0)
    parts.push(renderConnectionTable(reports, style) + more(summary.connections, limit, chosen));
  if (flows.length > 0) parts.push(renderUdpTable(flows, style) + more(summary.udpFlows, limit, chosen));
  const few = chosen !== null || flags.format === 'ladder' || summary.connections + summary.udpFlows <= FEW;
  if (few) {
    for (const report of reports.slice(0, chosen === null ? ladders : undefined)) {
      const caveat = restsOnAbsence(report) ? dropsCaveat(summary.drops) : null;
      parts.push(ladderOf(report, reports.length > 1, caveat, style));
    }
    for (const flow of flows.slice(0, ladders)) {
      const caveat = flowRestsOnAbsence(flow) ? dropsCaveat(summary.drops) : null;
      parts.push(udpLadderOf(flow, flows.length > 1, caveat, style));
    }
  } else if (reports.length > 0) {
    parts.push('For the ladder of one connection: --connection N');
  }
  return parts.join('\n\n');
}

function more(all: number, limit: number, chosen: ReadonlySet<number> | null): string {
  if (chosen !== null || all <= limit) return '';
  return `\nand ${grouped(all - limit)} more (--limit N shows more, --format ndjson all)`;
}

function ladderOf(report: ConnectionReport, named: boolean, caveat: string | null, style: TextStyle): string {
  const lines: string[] = [];
  if (named) {
    const client = endpointText(report.client.address, report.client.port);
    const server = endpointText(report.server.address, report.server.port);
    lines.push(paint(style, 'bold', plain(`Connection ${report.index}: ${client} → ${server}`, style)));
  }
  lines.push(...viaLine(report.via, style));
  lines.push(renderLadder(report, style));
  lines.push(...caveatLines(caveat, style));
  lines.push(...wholeFindings(report, style));
  for (const text of [agreedSentence(report), performanceSentence(report)]) {
    if (text !== '')
      lines.push(...wrap(plain(text, style), style.width, 2).map((line) => paint(style, 'dim', line)));
  }
  return lines.join('\n');
}

function caveatLines(caveat: string | null, style: TextStyle): string[] {
  if (caveat === null) return [];
  return wrap(plain(`note: ${caveat}`, style), style.width, 2).map((line) => paint(style, 'yellow', line));
}

/** The VLANs and tunnels that it was found in. */
function viaLine(via: ConnectionReport['via'], style: TextStyle): string[] {
  return via.length === 0 ? [] : wrap(`via ${viaText(via)}`, style.width, 2);
}

/** Findings about the connection as a whole, which stand at no arrow. */
function wholeFindings(report: ConnectionReport, style: TextStyle): string[] {
  const sentences = report.findings
    .filter((finding) => entryOf(finding.code)?.scope === 'connection')
    .map(
      (finding) =>
        `note: ${findingSentence(finding, report)}${finding.packet > 0 ? ` (packet ${finding.packet})` : ''}`,
    );
  return [...new Set(sentences)].flatMap((text) => wrap(plain(text, style), style.width, 2));
}

function udpLadderOf(flow: UdpFlowReport, named: boolean, caveat: string | null, style: TextStyle): string {
  const client = endpointText(flow.client.address, flow.client.port);
  const server = endpointText(flow.server.address, flow.server.port);
  const head = named
    ? `${paint(style, 'bold', plain(`UDP flow ${flow.index}: ${client} → ${server}`, style))}\n`
    : '';
  const body = [...viaLine(flow.via, style), renderUdpLadder(flow, style), ...caveatLines(caveat, style)];
  return head + body.join('\n');
}
