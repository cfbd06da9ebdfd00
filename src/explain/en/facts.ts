/** What a connection agreed on and how it performed, in a line each: for the expert, below the picture. */
import type { Agreed, Offer } from '../../verdict/negotiation.js';
import type { ConnectionReport, Traffic } from '../../verdict/report.js';
import { LONG_SILENCE } from '../shared/long-silence.js';
import { durationsText, durationText, grouped } from './quantities.js';

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

function scaleText(report: ConnectionReport, scale: Agreed['windowScale']): string {
  const offered = report.opening.options;
  if (scale.client === null || scale.server === null) return notCaptured('window scale');
  if (offered.client?.windowScale == null || offered.server?.windowScale == null) return 'no window scale';
  const both =
    scale.client === scale.server ? `${scale.client}` : `${scale.client} (client), ${scale.server} (server)`;
  return `window scale ${both}`;
}

/** How long answers took, a long silence, and how long acknowledgements took: all as the capture point sees it. */
export function performanceTexts(report: ConnectionReport): string[] {
  const silence = report.longestSilence;
  const parts = [
    responseText(report),
    silence < LONG_SILENCE ? '' : `longest silence ${durationText(silence)}`,
    ackText(report.traffic),
  ];
  return parts.filter((part) => part !== '');
}

export function performanceSentence(report: ConnectionReport): string {
  return performanceTexts(report).join('; ');
}

function responseText({ response }: ConnectionReport): string {
  if (response === null) return '';
  const { count, first, median, max } = response;
  return count === 1
    ? `response ${durationText(first)}`
    : `response (first/median/max of ${grouped(count)}) ${durationsText(first, median, max)}`;
}

/**
 * From a segment to its ACK: the way to its receiver and back, and however long the ACK was delayed there (RFC 9293
 * 3.8.6.3), which nothing in it says.
 */
function ackText({ client, server }: ConnectionReport['traffic']): string {
  // what the client sends is acknowledged by the server
  const times = [ackTimes('server', client), ackTimes('client', server)].filter((text) => text !== '');
  if (times.length === 0) return '';
  const several = [client, server].some(({ rtt }) => (rtt?.samples ?? 0) > 1);
  return `time to ACK${several ? ' (min/median/max)' : ''}: ${times.join(', ')}`;
}

function ackTimes(by: string, { rtt }: Traffic): string {
  if (rtt === null) return '';
  const { samples, min, median, max } = rtt;
  return `${by} ${samples === 1 ? durationText(min) : durationsText(min, median, max)}`;
}
