/** The list of connections: searched, filtered and sorted; only the rows in sight are in the page. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';
import type { OutcomeKind } from '../../verdict/catalogue.js';
import type { Row, Sort, SortKey } from '../model/rows.js';
import type { Filters } from './report.js';
import { useRowWindow } from './row-window.js';

interface Props {
  rows: readonly Row[];
  /** Connections of the capture. */
  all: number;
  filters: Filters;
  /** What is wrong with the expression. */
  wrong: string | null;
  sort: Sort;
  open: number | null;
  setSort(sort: Sort): void;
  setFilters(filters: Filters): void;
  choose(connection: number): void;
}

const COLUMNS: readonly { key: SortKey; style: string }[] = [
  { key: 'index', style: 'n i' },
  { key: 'client', style: 'e' },
  { key: 'server', style: 'e' },
  { key: 'outcome', style: 'o' },
  { key: 'connect', style: 'n c' },
  { key: 'start', style: 'life' },
  { key: 'duration', style: 'n d' },
  { key: 'sent', style: 'n b' },
  { key: 'received', style: 'n b' },
  { key: 'tags', style: 'f' },
];

export function Connections(props: Props): JSX.Element {
  const { rows, all, filters, wrong, setFilters } = props;
  return (
    <section class="in" id="connections" aria-labelledby="connections-title">
      <div class="head">
        <h2 id="connections-title">{phrases.CONNECTIONS_TITLE}</h2>
        <label class={wrong === null ? 'box where' : 'box where wrong'}>
          <span>{phrases.WHERE_BOX}</span>
          <input
            id="where"
            type="text"
            spellcheck={false}
            autocomplete="off"
            placeholder="outcome.failed || opening.connectTime > 100ms"
            value={filters.where}
            aria-invalid={wrong !== null}
            aria-describedby="where-problem"
            onInput={({ currentTarget }) => setFilters({ ...filters, where: currentTarget.value })}
          />
        </label>
        <label class="box search">
          <span>{phrases.SEARCH_BOX}</span>
          <input
            type="search"
            value={filters.words}
            onInput={({ currentTarget }) => setFilters({ ...filters, words: currentTarget.value })}
          />
        </label>
        {filters.outcome === null ? null : (
          <button type="button" class="chip" onClick={() => setFilters({ ...filters, outcome: null })}>
            {phrases.outcomeOfSeveral(filters.outcome as OutcomeKind)} ✕
            <span class="hidden">{phrases.SHOW_ALL_OUTCOMES}</span>
          </button>
        )}
        <span class="count" role="status">
          {phrases.someOf(rows.length, all)}
        </span>
      </div>
      <p class="wrong" id="where-problem" role={wrong === null ? undefined : 'alert'}>
        {wrong}
      </p>
      <List {...props} />
    </section>
  );
}

function List({ rows, sort, open, setSort, choose }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const span = Math.max(Number.MIN_VALUE, ...rows.map(({ start, duration }) => start + duration));
  const { first, last, height, show } = useRowWindow(box, rows.length);
  const current = Math.min(at, rows.length - 1);
  const focus = useRef(false);

  useEffect(() => {
    const found = rows.findIndex(({ index }) => index === open);
    if (found < 0) return;
    setAt(found);
    show(found);
  }, [open, rows]);
  useLayoutEffect(() => {
    if (!focus.current) return;
    const link = box.current?.querySelector<HTMLElement>(`tr[aria-rowindex="${current + 2}"] a`);
    if (link === null || link === undefined) return;
    focus.current = false;
    link.focus({ preventScroll: true });
  });

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    focus.current = true;
    show(next);
    setAt(next);
  };
  const key = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      j: 1,
      ArrowUp: -1,
      k: -1,
      PageDown: 15,
      PageUp: -15,
    };
    const step = steps[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step !== undefined) move(current + step);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(rows.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="card list" ref={box}>
      <table aria-label={phrases.CONNECTIONS_TABLE} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {COLUMNS.map(({ key: name, style }) => (
              <th
                key={name}
                scope="col"
                class={style}
                aria-sort={sort.key !== name ? 'none' : sort.descending ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => setSort(turned(sort, name))}>
                  {name === 'start' ? phrases.whenHead(span) : phrases.rowHead(name)}
                  {sort.key === name ? <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span> : null}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={key}>
          <Gap rows={first} height={height} />
          {rows.slice(first, last).map((row, offset) => (
            <ListRow
              key={row.index}
              row={row}
              place={first + offset}
              span={span}
              isOpen={row.index === open}
              isCurrent={first + offset === current}
              choose={choose}
            />
          ))}
          <Gap rows={rows.length - last} height={height} />
        </tbody>
      </table>
      {rows.length === 0 ? <p class="none">{phrases.NONE_MATCHES}</p> : null}
    </div>
  );
}

function turned(sort: Sort, key: SortKey): Sort {
  const first = ['connect', 'duration', 'sent', 'received', 'tags'].includes(key);
  return sort.key === key ? { key, descending: !sort.descending } : { key, descending: first };
}

/** Room for rows that are not in the page. */
function Gap({ rows, height }: { rows: number; height: number }): JSX.Element | null {
  if (rows <= 0) return null;
  return (
    <tr class="gap">
      <td colSpan={COLUMNS.length} style={{ height: `${rows * height}px` }} />
    </tr>
  );
}

interface RowProps {
  row: Row;
  place: number;
  span: number;
  isOpen: boolean;
  isCurrent: boolean;
  choose(connection: number): void;
}

function ListRow({ row, place, span, isOpen, isCurrent, choose }: RowProps): JSX.Element {
  const { failed, kind } = row.report.outcome;
  const mark = !failed
    ? kind === 'open' || kind === 'half-closed'
      ? '○'
      : '●'
    : kind === 'no-answer'
      ? '?'
      : '✕';
  const left = (100 * row.start) / span;
  return (
    <tr
      data-index={row.index}
      aria-rowindex={place + 2}
      class={isOpen ? 'cur' : undefined}
      onClick={() => choose(row.index)}
    >
      <td class="n i">
        <a
          href={`#connection=${row.index}`}
          tabIndex={isCurrent ? 0 : -1}
          aria-current={isOpen}
          aria-label={phrases.connectionName(row.index)}
          onClick={(event) => event.preventDefault()}
        >
          {row.index}
        </a>
      </td>
      <td class="e">{row.client}</td>
      <td class="e">
        <span class="to" aria-hidden="true">
          →{' '}
        </span>
        {row.server}
      </td>
      <td class={failed ? 'o bad' : 'o'}>
        <i aria-hidden="true">{mark}</i> {row.outcome}
      </td>
      <td class="n c">{row.connect === null ? '–' : phrases.durationCell(row.connect)}</td>
      <td class="life">
        <span>
          <i
            class={failed ? 'bad' : 'ok'}
            style={{ left: `${left}%`, width: `${Math.min(100 - left, (100 * row.duration) / span)}%` }}
          />
        </span>
      </td>
      <td class="n d">{phrases.durationCell(row.duration)}</td>
      <td class="n b">{phrases.byteCell(row.sent)}</td>
      <td class="n b">{phrases.byteCell(row.received)}</td>
      <td class="f">
        {row.tags.slice(0, 2).map(({ text, severity }) => (
          <span key={text} class={`tag ${severity}`}>
            {text}
          </span>
        ))}
        {row.tags.length > 2 ? <small>+{row.tags.length - 2}</small> : null}
      </td>
    </tr>
  );
}
