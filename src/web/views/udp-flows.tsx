/** UDP flows: there is no handshake to show, so a table is all there is to say. */
import type { JSX } from 'preact';
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { UdpFlowReport } from '../../verdict/udp.js';

/** Rows that are in the page at once. */
const SHOWN = 100;

export function UdpFlows({ flows, all }: { flows: readonly UdpFlowReport[]; all: number }): JSX.Element {
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
              <tr key={flow.index}>
                <td class="soft">{flow.index}</td>
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
    </section>
  );
}
