/** UDP flows: a table, and the datagrams of the one that is chosen. */
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { UdpFlow } from './udp-flow.js';

/** Rows that are in the page at once. */
const SHOWN = 100;

interface Props {
  flows: readonly UdpFlowReport[];
  all: number;
  /** The flow whose datagrams are shown. */
  open: number | null;
  choose(flow: number): void;
}

export function UdpFlows({ flows, all, open, choose }: Props): JSX.Element {
  const shown = flows.find(({ index }) => index === open);
  useLayoutEffect(() => {
    if (shown !== undefined) document.getElementById('flow')?.scrollIntoView({ block: 'nearest' });
  }, [shown?.index]);
  return (
    <section class="in" aria-labelledby="udp-title">
      <div class="head">
        <h2 id="udp-title">{phrases.UDP_FLOWS_TITLE}</h2>
        <span class="count">{phrases.count(all, 'flow')}</span>
      </div>
      <div class="card">
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{phrases.flowHead('index')}</th>
              <th scope="col">{phrases.flowHead('client')}</th>
              <th scope="col">{phrases.flowHead('server')}</th>
              <th scope="col">{phrases.flowHead('verdict')}</th>
              <th scope="col" class="n">
                {phrases.flowHead('duration')}
              </th>
              <th scope="col" class="n">
                {phrases.flowHead('sent')}
              </th>
              <th scope="col" class="n">
                {phrases.flowHead('received')}
              </th>
            </tr>
          </thead>
          <tbody>
            {flows.slice(0, SHOWN).map((flow) => (
              <tr
                key={flow.index}
                class={flow === shown ? 'cur' : undefined}
                onClick={() => choose(flow.index)}
              >
                <td class="soft">
                  <a href={`#flow=${flow.index}`}>{flow.index}</a>
                </td>
                <td>{endpointText(flow.client.address, flow.client.port)}</td>
                <td>{endpointText(flow.server.address, flow.server.port)}</td>
                <td>{phrases.udpSentence(flow)}</td>
                <td class="n">{phrases.durationCell(flow.duration)}</td>
                <td class="n">{phrases.byteCell(flow.traffic.client.bytes)}</td>
                <td class="n">{phrases.byteCell(flow.traffic.server.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all > SHOWN ? <p class="more">{phrases.firstFlows(SHOWN)}</p> : null}
      {shown === undefined ? null : <UdpFlow key={shown.index} flow={shown} />}
    </section>
  );
}
