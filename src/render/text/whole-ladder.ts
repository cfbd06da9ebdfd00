/** Everything about one connection or flow: its outcome in a line; its ladder with what surrounds it. */
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import { viaText } from '../../explain/via.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { renderLadder } from './ladder.js';
import { paint, plain, type TextStyle, wrap, wrapParts } from './style.js';
import { renderUdpLadder } from './udp-ladder.js';

/** The two ends and the outcome: one connection needs no table. */
export function outcomeLine(report: ConnectionReport, style: TextStyle): string {
  const client = endpointText(report.client.address, report.client.port);
  const server = endpointText(report.server.address, report.server.port);
  const cause = phrases.causeWords(report);
  const said = `${client} → ${server}   ${phrases.outcomeWords(report.outcome)}${cause === '' ? '' : `: ${cause}`}`;
  // the three spaces part two columns where they fit
  const lines =
    said.length <= style.width ? [said] : wrap(said, style.width, 2).map((line) => line.trimEnd());
  return lines.map((line) => paint(style, 'bold', plain(line, style))).join('\n');
}

/** `named`: the text above names the connection; `caveat`: what puts it in doubt. */
export function renderWholeLadder(
  report: ConnectionReport,
  named: boolean,
  caveat: string | null,
  style: TextStyle,
): string {
  const lines: string[] = [];
  if (named) {
    const client = endpointText(report.client.address, report.client.port);
    const server = endpointText(report.server.address, report.server.port);
    lines.push(...headingLines(`${phrases.connectionHeading(report.index)}: ${client} → ${server}`, style));
  }
  lines.push(...viaLine(report.via, style));
  lines.push(renderLadder(report, style));
  lines.push(...caveatLines(caveat, style));
  for (const sentence of phrases.wholeFindings(report, true))
    lines.push(...wrap(plain(phrases.noteText(sentence), style), style.width, 2));
  const facts = [phrases.agreedSentence(report), ...phrases.performanceTexts(report)];
  const said = facts.filter((text) => text !== '').map((text) => plain(text, style));
  lines.push(...wrapParts(said, style.width).map((line) => paint(style, 'dim', line)));
  return lines.join('\n');
}

function headingLines(text: string, style: TextStyle): string[] {
  return wrap(plain(text, style), style.width, 2).map((line) => paint(style, 'bold', line));
}

function caveatLines(caveat: string | null, style: TextStyle): string[] {
  if (caveat === null) return [];
  return wrap(plain(phrases.noteText(caveat), style), style.width, 2).map((line) =>
    paint(style, 'yellow', line),
  );
}

/** The VLANs and tunnels that it was found in. */
function viaLine(via: ConnectionReport['via'], style: TextStyle): string[] {
  return via.length === 0 ? [] : wrap(phrases.viaLineText(viaText(via)), style.width, 2);
}

export function renderWholeUdpLadder(
  flow: UdpFlowReport,
  named: boolean,
  caveat: string | null,
  style: TextStyle,
): string {
  const client = endpointText(flow.client.address, flow.client.port);
  const server = endpointText(flow.server.address, flow.server.port);
  const head = named ? headingLines(`${phrases.flowHeading(flow.index)}: ${client} → ${server}`, style) : [];
  const body = [...viaLine(flow.via, style), renderUdpLadder(flow, style), ...caveatLines(caveat, style)];
  return [...head, ...body].join('\n');
}
