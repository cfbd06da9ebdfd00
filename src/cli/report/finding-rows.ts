/** The findings of a connection or UDP flow as rows of a table. */

import { phrases } from '../../explain/phrases.js';
import type { FindingRow } from '../../fields/finding.js';
import { DROPS_WEAKEN } from '../../verdict/losses.js';
import type { ConnectionReport } from '../../verdict/report.js';
import type { UdpFlowReport } from '../../verdict/udp.js';

/** As many as JSON has. */
const MOST = 100;

/** `caveat`: what lost packets mean for it, null where they do not matter. */
export function connectionFindings(report: ConnectionReport, caveat: string | null): FindingRow[] {
  const rows = report.findings.slice(0, MOST).map((finding) => ({
    connection: report.index,
    udpFlow: null,
    packet: finding.packet,
    code: finding.code,
    severity: finding.severity,
    text: phrases.findingSentence(finding, report),
  }));
  return caveat === null
    ? rows
    : [...rows, { ...DROPS_WEAKEN, connection: report.index, udpFlow: null, text: caveat }];
}

export function flowFindings(flow: UdpFlowReport, caveat: string | null): FindingRow[] {
  const rows = flow.findings.map((finding) => ({
    connection: null,
    udpFlow: flow.index,
    packet: finding.packet,
    code: finding.code,
    severity: finding.severity,
    text: phrases.udpSentence(flow),
  }));
  return caveat === null
    ? rows
    : [...rows, { ...DROPS_WEAKEN, connection: null, udpFlow: flow.index, text: caveat }];
}
