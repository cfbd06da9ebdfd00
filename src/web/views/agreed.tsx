/** What both ends offered in their SYNs, and what they agreed on. */
import type { JSX } from 'preact';
import { phrases } from '../../explain/phrases.js';
import type { Agreed as AgreedOptions, Offer } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';

type Cell = string;

export function Agreed({ report }: { report: ConnectionReport }): JSX.Element | null {
  const { client, server, agreed } = report.opening.options;
  if (client === null && server === null) return null;
  const rows: readonly (readonly [string, Cell, Cell, Cell])[] = [
    ['MSS', numberOf(client, 'mss'), numberOf(server, 'mss'), mss(agreed)],
    ['window scale', numberOf(client, 'windowScale'), numberOf(server, 'windowScale'), scale(agreed)],
    ['SACK', yes(client?.sackPermitted), yes(server?.sackPermitted), yes(agreed?.sack)],
    ['timestamps', yes(client?.timestamps), yes(server?.timestamps), yes(agreed?.timestamps)],
    ['ECN', client?.ecn ?? '–', server?.ecn ?? '–', agreed?.ecn ?? '–'],
    ...more('Fast Open', client?.fastOpen, server?.fastOpen, agreed?.fastOpen),
    ...more(
      'Multipath TCP',
      client?.multipath,
      server?.multipath,
      agreed === null ? null : yes(agreed.multipath),
    ),
  ];
  return (
    <section class="card panel" aria-labelledby="agreed-title">
      <h3 id="agreed-title">{agreed === null ? 'Offered in the SYNs' : 'Agreed in the handshake'}</h3>
      <table class="agreed">
        <thead>
          <tr>
            <td />
            <th scope="col">client</th>
            <th scope="col">server</th>
            <th scope="col">agreed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, offered, answered, result]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{offered}</td>
              <td>{answered}</td>
              <td>
                <b>{result}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function numberOf(offer: Offer | null, key: 'mss' | 'windowScale'): Cell {
  const value = offer?.[key] ?? null;
  if (value !== null) return phrases.grouped(value);
  return offer?.cut === true ? 'not captured' : '–';
}

function yes(value: boolean | null | undefined): Cell {
  if (value === null || value === undefined) return '–';
  return value ? 'yes' : 'no';
}

function mss(agreed: AgreedOptions | null): Cell {
  if (agreed === null) return '–';
  const { toServer, toClient } = agreed.mss;
  if (toServer === toClient) return toServer === null ? '–' : `${phrases.grouped(toServer)} both ways`;
  return `${toServer ?? '–'} to the server, ${toClient ?? '–'} to the client`;
}

function scale(agreed: AgreedOptions | null): Cell {
  if (agreed === null) return '–';
  const { client, server } = agreed.windowScale;
  if (client === null || server === null) return '–';
  if (client === 0 && server === 0) return 'none';
  return client === server ? `${client} both ways` : `${client} and ${server}`;
}

function more(
  name: string,
  client: string | null | undefined,
  server: string | null | undefined,
  agreed: string | null | undefined,
): (readonly [string, Cell, Cell, Cell])[] {
  if (client == null && server == null) return [];
  return [[name, client ?? '–', server ?? '–', agreed ?? '–']];
}
