/** One UDP flow: its outcome, and its datagrams. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import type { UdpFlowReport } from '../../verdict/udp.js';
import { flowPicture } from './ladder-picture.js';
import { usePictureWidth } from './picture-width.js';

export function UdpFlow({ flow }: { flow: UdpFlowReport }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = usePictureWidth(box);
  useLayoutEffect(() => {
    if (width > 0 && flow.datagrams !== null) box.current?.replaceChildren(flowPicture(flow, width));
  }, [flow, width]);
  const client = endpointText(flow.client.address, flow.client.port);
  const server = endpointText(flow.server.address, flow.server.port);
  return (
    <div id="flow">
      <p class="crumb">
        {phrases.flowName(flow.index)} · {client} → {server}
      </p>
      <h3 tabIndex={-1}>{phrases.flowHeadline(flow)}</h3>
      <div class="card left">
        <p class="soft">{flow.datagrams === null ? phrases.DATAGRAMS_NOT_HERE : phrases.UDP_STANDS_ALONE}</p>
        <div class="ladder still">
          <div ref={box} />
        </div>
      </div>
    </div>
  );
}
