/** What a connection agreed on and how it performed, in a line each: for the expert, below the picture. */
import type { Agreed, Offer } from '../verdict/options.js';
import type { ConnectionReport, Traffic } from '../verdict/report.js';
import { durationText, grouped } from './quantities.js';

/** What the SYNs agreed on, or offered where no handshake was completed; empty where no SYN was captured. */
export function agreedSentence(report: ConnectionReport): string {
  const { client, server, agreed } = report.opening.options;
  if (agreed === null) {
    const offers: string[] = [];
    if (client !== null) offers.push(`by the client: ${offerText(client)}`);
    if (server !== null) offers.push(`by the server: ${offerText(server)}`);
    if (offers.length === 0) return '';
    const agreedOn = report.opening.complete ? '; agreed on: not known' : '';
    return `offered ${offers.join('; ')}${agreedOn}`;
  }
  const parts = [segmentText(agreed.mss), scaleText(report, agreed.windowScale)];
  parts.push(agreedText('SACK', agreed.sack), agreedText('timestamps', agreed.timestamps));
  if (agreed.ecn !== null) parts.push(agreed.ecn === 'accurate' ? 'accurate ECN' : 'ECN');
  if (client?.userTimeout != null) parts.push(`user timeout ${durationText(client.userTimeout)} (client)`);
  if (server?.userTimeout != null) parts.push(`user timeout ${durationText(server.userTimeout)} (server)`);
  if (client?.md5) parts.push('TCP-MD5');
  if (client?.ao) parts.push('TCP-AO');
  return `agreed: ${parts.join(', ')}`;
}

function agreedText(option: string, agreed: boolean | null): string {
  if (agreed === null) return notCaptured(option);
  return agreed ? option : `no ${option}`;
}

/** Cut off by the snap length: it may have been there. */
function notCaptured(option: string): string {
  return `${option} not captured`;
}

function segmentText({ toServer, toClient }: { toServer: number | null; toClient: number | null }): string {
  if (toServer === toClient) return toServer === null ? notCaptured('MSS') : `MSS ${toServer}`;
  return `MSS ${toServer ?? 'not captured'} to the server, ${toClient ?? 'not captured'} to the client`;
}

function offerText(offer: Offer): string {
  const parts: string[] = [];
  if (offer.mss !== null) parts.push(`MSS ${offer.mss}`);
  if (offer.windowScale !== null) parts.push(`window scale ${offer.windowScale}`);
  if (offer.sackPermitted) parts.push('SACK');
  if (offer.timestamps) parts.push('timestamps');
  if (offer.cut) parts.push('the rest not captured');
  return parts.length === 0 ? 'none of MSS, window scale, SACK and timestamps' : parts.join(', ');
}

/** The scale, and what it makes of the client's last window. */
function scaleText(report: ConnectionReport, scale: Agreed['windowScale']): string {
  const offered = report.opening.options;
  if (scale.client === null || scale.server === null) return notCaptured('window scale');
  if (offered.client?.windowScale == null || offered.server?.windowScale == null) return 'no window scale';
  const both =
    scale.client === scale.server ? `${scale.client}` : `${scale.client} (client), ${scale.server} (server)`;
  const { raw, bytes } = report.traffic.client.window;
  const example =
    bytes === null || raw === 0 ? '' : ` (client's last window ${grouped(raw)} = ${grouped(bytes)} bytes)`;
  return `window scale ${both}${example}`;
}

/** Round trips from the capture point to either end and back, and the longest silence. */
export function performanceSentence(report: ConnectionReport): string {
  const { client, server } = report.traffic;
  // what the client sends is acknowledged by the server
  const trips = [tripText('server', client), tripText('client', server)].filter((text) => text !== '');
  const parts = trips.length === 0 ? [] : [`round trip ${trips.join(', ')}`];
  if (report.longestSilence > 0) parts.push(`longest silence ${durationText(report.longestSilence)}`);
  return parts.join('; ');
}

/** The shortest is the way itself; acknowledgements that wait for company make the mean longer. */
function tripText(to: string, { roundTrip }: Traffic): string {
  if (roundTrip === null) return '';
  const shortest = `to the ${to} ${durationText(roundTrip.min)}`;
  return roundTrip.samples === 1 ? shortest : `${shortest} (mean ${durationText(roundTrip.mean)})`;
}
