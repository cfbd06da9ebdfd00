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
    if (client !== null) offers.push(`pelo cliente: ${offerText(client)}`);
    if (server !== null) offers.push(`pelo servidor: ${offerText(server)}`);
    if (offers.length === 0) return '';
    const agreedOn = report.opening.complete ? '; não se sabe o que foi acordado' : '';
    return `oferecido ${offers.join('; ')}${agreedOn}`;
  }
  const parts = [segmentText(agreed.mss), scaleText(report, agreed.windowScale)];
  parts.push(
    agreedText('SACK', 'não capturado', agreed.sack),
    agreedText('timestamps', 'não capturados', agreed.timestamps),
  );
  if (agreed.ecn !== null) parts.push(agreed.ecn === 'accurate' ? 'ECN acurado' : 'ECN');
  if (client?.userTimeout != null)
    parts.push(`user timeout de ${durationText(client.userTimeout)} (cliente)`);
  if (server?.userTimeout != null)
    parts.push(`user timeout de ${durationText(server.userTimeout)} (servidor)`);
  if (client?.md5) parts.push('TCP-MD5');
  if (client?.ao) parts.push('TCP-AO');
  return `acordado: ${parts.join(', ')}`;
}

/** `cut`: it was cut off by the snap length, and may have been there. */
function agreedText(option: string, cut: string, agreed: boolean | null): string {
  if (agreed === null) return `${option} ${cut}`;
  return agreed ? option : `sem ${option}`;
}

function segmentText({ toServer, toClient }: { toServer: number | null; toClient: number | null }): string {
  const cut = 'não capturado';
  if (toServer === toClient) return `MSS ${toServer ?? cut}`;
  return `MSS ${toServer ?? cut} para o servidor, ${toClient ?? cut} para o cliente`;
}

function offerText(offer: Offer): string {
  const parts: string[] = [];
  if (offer.mss !== null) parts.push(`MSS ${offer.mss}`);
  if (offer.windowScale !== null) parts.push(`escala da janela ${offer.windowScale}`);
  if (offer.sackPermitted) parts.push('SACK');
  if (offer.timestamps) parts.push('timestamps');
  if (offer.cut) parts.push('o resto não capturado');
  return parts.length === 0 ? 'nem MSS, nem escala da janela, nem SACK, nem timestamps' : parts.join(', ');
}

function scaleText(report: ConnectionReport, scale: Agreed['windowScale']): string {
  const offered = report.opening.options;
  if (scale.client === null || scale.server === null) return 'escala da janela não capturada';
  if (offered.client?.windowScale == null || offered.server?.windowScale == null)
    return 'sem escala da janela';
  const both =
    scale.client === scale.server
      ? `${scale.client}`
      : `${scale.client} (cliente), ${scale.server} (servidor)`;
  return `escala da janela ${both}`;
}

/** How long answers took, a long silence, and how long acknowledgements took: all as the capture point sees it. */
export function performanceTexts(report: ConnectionReport): string[] {
  const silence = report.longestSilence;
  const parts = [
    responseText(report),
    silence < LONG_SILENCE ? '' : `maior silêncio ${durationText(silence)}`,
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
    ? `resposta ${durationText(first)}`
    : `resposta (primeira/mediana/máxima de ${grouped(count)}) ${durationsText(first, median, max)}`;
}

/**
 * From a segment to its ACK: the way to its receiver and back, and however long the ACK was delayed there (RFC 9293
 * 3.8.6.3), which nothing in it says.
 */
function ackText({ client, server }: ConnectionReport['traffic']): string {
  // what the client sends is acknowledged by the server
  const times = [ackTimes('servidor', client), ackTimes('cliente', server)].filter((text) => text !== '');
  if (times.length === 0) return '';
  const several = [client, server].some(({ rtt }) => (rtt?.samples ?? 0) > 1);
  return `ACK em${several ? ' (mín./mediana/máx.)' : ''}: ${times.join(', ')}`;
}

function ackTimes(by: string, { rtt }: Traffic): string {
  if (rtt === null) return '';
  const { samples, min, median, max } = rtt;
  return `${by} ${samples === 1 ? durationText(min) : durationsText(min, median, max)}`;
}
