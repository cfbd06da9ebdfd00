/** Why large segments are not answered. */
import { isTooBig } from '../../decode/icmp.js';
import type { Finding } from '../../track/memory/finding-log.js';
import type { ConnectionReport } from '../../verdict/report.js';

/** To follow how often a side repeated itself without an answer; null where the path MTU has nothing to do with it. */
export function pathMtuReason(report: ConnectionReport, by: 0 | 1): string | null {
  const of = (code: string): Finding | undefined =>
    report.findings.find((finding) => finding.code === code && finding.by === by);
  if (of('path-mtu-black-hole') !== undefined) {
    return '; segmentos mais curtos chegam, o que sugere um buraco negro de MTU no caminho';
  }
  const error = report.findings.find((finding) => saysTooBig(finding) && finding.by !== by);
  if (error === undefined) return null;
  const mtu = error.values?.mtu === undefined ? '' : ` (MTU ${error.values.mtu})`;
  return `; segundo o ICMP, seus pacotes são grandes demais para o caminho${mtu}`;
}

function saysTooBig({ code, values = {} }: Finding): boolean {
  return (
    code === 'icmp-error' && isTooBig(Number(values.version), Number(values.type) * 256 + Number(values.code))
  );
}

/** The finding of that code. */
export function pathMtuSentence({ code, values = {} }: Finding, who: string): string {
  const mtu = values.mtu === undefined ? '' : `, MTU ${values.mtu}`;
  const times = values.count === 1 ? 'uma vez' : `${values.count} vezes`;
  const smaller = Number(values.smaller) > 0 ? `; o pacote ${values.smaller} envia menos` : '';
  switch (code) {
    case 'path-mtu-ignored':
      return `o ${who} retransmite segmentos grandes demais para o caminho${mtu}, ${times}: ignora o erro ICMP, ou nunca o recebe${smaller}`;
    case 'path-mtu-obeyed':
      return `o ${who} envia segmentos menores depois do erro ICMP${mtu}`;
    default:
      return `o ${who} retransmite ${values.length} bytes ${times} sem confirmação, enquanto segmentos mais curtos chegam: isso sugere um buraco negro de MTU no caminho${smaller}`;
  }
}
