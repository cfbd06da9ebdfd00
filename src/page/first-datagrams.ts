/** Of a UDP flow, the datagrams that a page shows. */
import type { UdpFlowReport } from '../verdict/udp.js';

export function firstDatagrams(flow: UdpFlowReport, most: number): UdpFlowReport {
  return { ...flow, datagrams: flow.datagrams?.slice(0, most) ?? null };
}
