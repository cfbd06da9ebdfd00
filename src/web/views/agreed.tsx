/** What both ends offered in their SYNs, and what they agreed on. */
import type { JSX } from 'preact';
import type { OptionWord } from '../../explain/phrases.js';
import { phrases } from '../../explain/phrases.js';
import type { Agreed as AgreedOptions, Offer } from '../../verdict/negotiation.js';
import type { ConnectionReport } from '../../verdict/report.js';

type Cell = string;

export function Agreed({ report }: { report: ConnectionReport }): JSX.Element | null {
  const { client, server, agreed } = report.opening.options;
  if (client === null && server === null) return null;
  const rows: readonly (readonly [string, Cell, Cell, Cell])[] = [
    ['MSS', numberOf(client, 'mss'), numberOf(server, 'mss'), mss(agreed)],
    [phrases.WINDOW_SCALE, numberOf(client, 'windowScale'), numberOf(server, 'windowScale'), scale(agreed)],
    ['SACK', yes(client?.sackPermitted), yes(server?.sackPermitted), yes(agreed?.sack)],
    ['timestamps', yes(client?.timestamps), yes(server?.timestamps), yes(agreed?.timestamps)],
    ['ECN', word(client?.ecn), word(server?.ecn), word(agreed?.ecn)],
    ...more('Fast Open', client?.fastOpen, server?.fastOpen, word(agreed?.fastOpen)),
    ...more('Multipath TCP', client?.multipath, server?.multipath, yes(agreed?.multipath)),
  ];
  return (
    <section class="card panel" aria-labelledby="agreed-title">
      <h3 id="agreed-title">{agreed === null ? phrases.OFFERED_TITLE : phrases.AGREED_TITLE}</h3>
      <table class="agreed">
        <thead>
          <tr>
            <td />
            <th scope="col">{phrases.LADDER_HEADS.client}</th>
            <th scope="col">{phrases.LADDER_HEADS.server}</th>
            <th scope="col">{phrases.AGREED_HEAD}</th>
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
  return offer?.cut === true ? phrases.NOT_CAPTURED : '–';
}

function yes(value: boolean | null | undefined): Cell {
  if (value === null || value === undefined) return '–';
  return phrases.yesOrNo(value);
}

function word(value: OptionWord | null | undefined): Cell {
  return value === null || value === undefined ? '–' : phrases.optionWord(value);
}

function mss(agreed: AgreedOptions | null): Cell {
  if (agreed === null) return '–';
  const { toServer, toClient } = agreed.mss;
  if (toServer === toClient) return toServer === null ? '–' : phrases.bothWays(toServer);
  return phrases.eachWay(toServer, toClient);
}

function scale(agreed: AgreedOptions | null): Cell {
  if (agreed === null) return '–';
  const { client, server } = agreed.windowScale;
  if (client === null || server === null) return '–';
  if (client === 0 && server === 0) return phrases.NO_SCALE;
  return client === server ? phrases.bothWays(client) : phrases.scalesText(client, server);
}

function more(
  name: string,
  client: OptionWord | null | undefined,
  server: OptionWord | null | undefined,
  agreed: Cell,
): (readonly [string, Cell, Cell, Cell])[] {
  if (client == null && server == null) return [];
  return [[name, word(client), word(server), agreed]];
}
