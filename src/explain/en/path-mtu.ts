/** Why large segments are not answered; part of the same English phrase table. */
import { isTooBig } from '../../decode/icmp.js';
import type { Finding } from '../../track/memory/finding-log.js';
import type { ConnectionReport } from '../../verdict/report.js';

/** To follow how often a side repeated itself without an answer; null where the path MTU has nothing to do with it. */
export function pathMtuReason(report: ConnectionReport, by: 0 | 1): string | null {
  const of = (code: string): Finding | undefined =>
    report.findings.find((finding) => finding.code === code && finding.by === by);
  if (of('path-mtu-black-hole') !== undefined) {
    return '; shorter segments arrive, which suggests a path MTU black hole';
  }
  const error = report.findings.find((finding) => saysTooBig(finding) && finding.by !== by);
  if (error === undefined) return null;
  const mtu = error.values?.mtu === undefined ? '' : ` (MTU ${error.values.mtu})`;
  return `; ICMP says that its packets are too big for the path${mtu}`;
}

function saysTooBig({ code, values = {} }: Finding): boolean {
  return (
    code === 'icmp-error' && isTooBig(Number(values.version), Number(values.type) * 256 + Number(values.code))
  );
}

/** The finding of that code. */
export function pathMtuSentence({ code, values = {} }: Finding, who: string): string {
  const mtu = values.mtu === undefined ? '' : `, MTU ${values.mtu}`;
  const times = values.count === 1 ? 'once' : `${values.count} times`;
  const smaller = Number(values.smaller) > 0 ? `; packet ${values.smaller} sends less` : '';
  switch (code) {
    case 'path-mtu-ignored':
      return `the ${who} sends segments again that are too big for the path${mtu}, ${times}: it ignores the ICMP error, or never gets it${smaller}`;
    case 'path-mtu-obeyed':
      return `the ${who} sends smaller segments after the ICMP error${mtu}`;
    default:
      return `the ${who} sends ${values.length} bytes again ${times} without an acknowledgement, while shorter segments arrive: this suggests a path MTU black hole${smaller}`;
  }
}
