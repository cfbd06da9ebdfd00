/** What a connection agreed on and how it performed, in a line each: for the expert, below the picture. */
import type { ConnectionReport, Traffic } from '../verdict/report.js';
import { durationText, grouped } from './quantities.js';

/** What the SYNs agreed on; an empty string where no SYN was captured. */
export function agreedSentence(report: ConnectionReport): string {
  const { client, server, agreed } = report.opening.options;
  if (agreed === null) {
    const offer = client ?? server;
    return offer === null
      ? ''
      : `offered by the ${client === null ? 'server' : 'client'}, agreed on: not known`;
  }
  const parts: string[] = [];
  if (agreed.mss !== null) {
    const { toServer, toClient } = agreed.mss;
    parts.push(
      toServer === toClient ? `MSS ${toServer}` : `MSS ${toServer} to the server, ${toClient} to the client`,
    );
  }
  if (agreed.windowScale !== null) parts.push(scaleText(report, agreed.windowScale));
  parts.push(agreed.sack ? 'SACK' : 'no SACK', agreed.timestamps ? 'timestamps' : 'no timestamps');
  if (agreed.ecn !== null) parts.push(agreed.ecn === 'accurate' ? 'accurate ECN' : 'ECN');
  if (client?.userTimeout != null) parts.push(`user timeout ${durationText(client.userTimeout)} (client)`);
  if (server?.userTimeout != null) parts.push(`user timeout ${durationText(server.userTimeout)} (server)`);
  if (client?.md5) parts.push('TCP-MD5');
  if (client?.ao) parts.push('TCP-AO');
  return `agreed: ${parts.join(', ')}`;
}

/** The scale, and what it makes of the client's last window. */
function scaleText(report: ConnectionReport, scale: { client: number; server: number }): string {
  const offered = report.opening.options;
  if (offered.client?.windowScale == null || offered.server?.windowScale == null) return 'no window scale';
  const both =
    scale.client === scale.server ? `${scale.client}` : `${scale.client} (client), ${scale.server} (server)`;
  const { raw, bytes } = report.traffic.client.window;
  const example =
    bytes === null || raw === 0 ? '' : ` (the client's last "${raw}" means ${grouped(bytes)} bytes)`;
  return `window scale ${both}${example}`;
}

/** Mean round trips of both ends' segments as seen from the capture point, and the longest silence. */
export function performanceSentence(report: ConnectionReport): string {
  const { client, server } = report.traffic;
  const trips = [tripText("client's", client), tripText("server's", server)].filter((text) => text !== '');
  const parts = trips.length === 0 ? [] : [`mean round trip: ${trips.join(', ')}`];
  if (report.longestSilence > 0) parts.push(`longest silence ${durationText(report.longestSilence)}`);
  return parts.join('; ');
}

function tripText(whose: string, traffic: Traffic): string {
  return traffic.roundTrip === null ? '' : `${whose} ${durationText(traffic.roundTrip.mean)}`;
}
