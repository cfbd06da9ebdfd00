/** A capture: overview, list, and the connection that is open. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';
import type { PageData } from '../../page/page-data.js';
import { compileFilter, WhereError } from '../../where/filter.js';
import { hashOf, NOWHERE, type Place, placeOf } from '../model/address.js';
import { type Row, rowsOf, type Sort, searchRows, sortRows } from '../model/rows.js';
import { ConnectionView } from './connection.js';
import { Connections } from './connections.js';
import { KeysHelp, keysAreOn } from './keys-help.js';
import { chosenRow, showRow } from './ladder.js';
import type { Live } from './live-mark.js';
import { Overview } from './overview.js';
import { TopBar } from './top-bar.js';
import { UdpFlows } from './udp-flows.js';

export interface Filters {
  /** An outcome's kind; null for all. */
  outcome: string | null;
  where: string;
  words: string;
}

interface Props {
  data: PageData;
  problem: string | null;
  /** How much of the segments is read, 0 to 1; null where nothing is being read. */
  coming: number | null;
  choose(): void;
  /** Null for a capture that is read as a whole. */
  live: Live | null;
}

export function Report({ data, problem, coming, choose, live }: Props): JSX.Element {
  const [place, setPlace] = useState<Place>(() => placeOf(location.hash));
  const [filters, setFilters] = useState<Filters>({ outcome: null, where: '', words: '' });
  const [sort, setSort] = useState<Sort>({ key: 'index', descending: false });
  const [help, setHelp] = useState(false);
  const rows = useMemo(() => rowsOf(data.connections), [data]);
  const { shown, wrong } = useMemo(() => chosen(rows, filters, sort), [rows, filters, sort]);
  const open = rows.find(({ index }) => index === place.connection) ?? null;
  const scroll = useRef(open !== null);

  const go = (next: Place, push: boolean): void => {
    if (push) history.pushState(null, '', hashOf(next));
    else history.replaceState(null, '', hashOf(next));
    scroll.current = push && next.connection !== null;
    setPlace(next);
  };
  useEffect(() => {
    const follow = (): void => {
      const next = placeOf(location.hash);
      scroll.current = next.connection !== null;
      setPlace(next);
    };
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  useEffect(() => {
    if (!scroll.current || place.connection === null) return;
    scroll.current = false;
    const section = document.getElementById('connection');
    section?.scrollIntoView();
    section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    const row = place.packet === null ? null : chosenRow();
    if (row !== null) showRow(row);
  }, [place.connection]);

  // the segments of a connection that is being watched are wanted
  const opensFirst = useRef(live !== null && location.hash === '');
  const only = rows.length === 1 ? rows[0]?.index : undefined;
  useEffect(() => {
    if (!opensFirst.current || only === undefined) return;
    opensFirst.current = false;
    const next = { ...NOWHERE, connection: only };
    history.replaceState(null, '', hashOf(next));
    scroll.current = true;
    setPlace(next);
  }, [only]);

  /** The next connection of the list, or the one before. */
  const neighbour = (step: 1 | -1): void => {
    const at = shown.findIndex(({ index }) => index === place.connection);
    const next = shown[at + step];
    if (at >= 0 && next !== undefined) go({ ...NOWHERE, connection: next.index }, true);
  };
  const back = (): void => {
    const from = place.connection;
    go(NOWHERE, true);
    document.getElementById('connections')?.scrollIntoView();
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`tr[data-index="${from}"] a, .list tbody a[tabindex="0"]`)?.focus(),
    );
  };
  // at once, so that fast keys see the effect of the one before
  useLayoutEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'Escape' && !help && open !== null) back();
      else if (!keysAreOn()) return;
      else if (event.key === '/') document.getElementById('where')?.focus();
      else if (event.key === '?') setHelp(true);
      else if (event.key === '[') neighbour(-1);
      else if (event.key === ']') neighbour(1);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  });

  return (
    <>
      <TopBar
        data={data}
        open={open?.index ?? null}
        live={live}
        coming={coming}
        choose={choose}
        help={() => setHelp(true)}
      />
      <main>
        {problem === null ? null : (
          <p class="problem in" role="alert">
            {problem}
          </p>
        )}
        <Overview
          data={data}
          rows={rows}
          outcome={filters.outcome}
          filter={(change) => setFilters({ ...filters, ...change })}
          open={(connection) => go({ ...NOWHERE, connection }, true)}
        />
        {rows.length === 0 ? null : (
          <Connections
            rows={shown}
            all={data.overview?.connections ?? rows.length}
            filters={filters}
            wrong={wrong}
            sort={sort}
            open={open?.index ?? null}
            setSort={setSort}
            setFilters={setFilters}
            choose={(connection) => go({ ...NOWHERE, connection }, true)}
          />
        )}
        {data.udpFlows.length === 0 ? null : (
          <UdpFlows
            flows={data.udpFlows}
            all={data.capture.udpFlows}
            open={place.flow ?? onlyFlow(data)}
            choose={(flow) => go({ ...NOWHERE, flow }, true)}
          />
        )}
        {open === null ? (
          place.connection === null ? null : (
            <p class="in problem" role="alert">
              {phrases.notInPage(place.connection)}
            </p>
          )
        ) : (
          <ConnectionView
            key={open.index}
            data={data}
            report={open.report}
            packet={place.packet}
            select={(packet) => go({ connection: open.index, packet, flow: null }, false)}
            back={back}
            coming={coming !== null}
            isLive={live !== null}
            soFar={live !== null && live.state !== 'ended'}
          />
        )}
      </main>
      {help ? <KeysHelp close={() => setHelp(false)} /> : null}
    </>
  );
}

/** A flow that is alone in a capture is open. */
function onlyFlow({ connections, udpFlows: [flow, ...more] }: PageData): number | null {
  return connections.length === 0 && more.length === 0 ? (flow?.index ?? null) : null;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}

/** `wrong`: what is wrong with the expression; all rows are shown then. */
function chosen(rows: readonly Row[], filters: Filters, sort: Sort): { shown: Row[]; wrong: string | null } {
  let found =
    filters.outcome === null ? rows : rows.filter(({ report }) => report.outcome.kind === filters.outcome);
  found = searchRows(found, filters.words);
  let wrong: string | null = null;
  if (filters.where.trim() !== '') {
    try {
      const filter = compileFilter(filters.where);
      found = found.filter(({ report }) => filter.connection(report));
    } catch (error) {
      if (!(error instanceof WhereError)) throw error;
      wrong = phrases.errorText(error.why);
    }
  }
  return { shown: sortRows(found, sort), wrong };
}
