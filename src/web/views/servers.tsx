/** Connections by server: the ones with failures first; a click lists those of one. */
import type { JSX } from 'preact';
import { phrases } from '../../explain/phrases.js';
import type { GroupReport } from '../../group/groups.js';
import type { Filters } from './report.js';

const SHOWN = 6;

interface Props {
  servers: readonly GroupReport[];
  filter(change: Partial<Filters>): void;
}

export function Servers({ servers, filter }: Props): JSX.Element {
  return (
    <section class="servers" aria-labelledby="servers-title">
      <h2 id="servers-title">
        {phrases.BY_SERVER}
        {servers.length > SHOWN ? <small>{phrases.someOf(SHOWN, servers.length)}</small> : null}
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{phrases.serverHead('server')}</th>
            <th scope="col" class="n">
              {phrases.serverHead('all')}
            </th>
            <th scope="col" class="n">
              {phrases.serverHead('failed')}
            </th>
            <th scope="col" class="n">
              {phrases.serverHead('connect')}
            </th>
            <th scope="col" class="n">
              {phrases.serverHead('respond')}
            </th>
          </tr>
        </thead>
        <tbody>
          {servers.slice(0, SHOWN).map((group) => (
            <tr key={group.key}>
              <th scope="row">
                <button
                  type="button"
                  class="link"
                  onClick={() => filter({ outcome: null, where: serverExpression(group.key ?? '') })}
                >
                  {group.key}
                </button>
              </th>
              <td class="n">{phrases.grouped(group.connections)}</td>
              <td class={group.failed > 0 ? 'n bad' : 'n'}>{phrases.grouped(group.failed)}</td>
              <td class="n">{group.connect === null ? '–' : phrases.durationCell(group.connect.p50)}</td>
              <td class="n">{group.response === null ? '–' : phrases.durationCell(group.response.p50)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `192.0.2.1:443` or `[2001:db8::1]:443` as a condition. */
function serverExpression(key: string): string {
  const at = key.lastIndexOf(':');
  const address = key.slice(0, at).replace(/^\[|\]$/g, '');
  return `server.address == "${address}" && server.port == ${key.slice(at + 1)}`;
}
