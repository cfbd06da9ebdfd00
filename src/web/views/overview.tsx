/** The capture as a whole: its soundness first, then outcomes, times, causes and servers. */
import type { JSX } from 'preact';
import { phrases } from '../../explain/phrases.js';
import type { Overview as Outcomes } from '../../group/overview.js';
import type { PageData } from '../../page/page-data.js';
import { type OutcomeKind, RESET_CAUSES, type ResetCause } from '../../verdict/catalogue.js';
import type { Row } from '../model/rows.js';
import { overallSentence, remarksOf } from '../model/summary-text.js';
import type { Filters } from './report.js';
import { Servers } from './servers.js';
import { Timeline } from './timeline.js';

interface Props {
  data: PageData;
  rows: readonly Row[];
  outcome: string | null;
  filter(change: Partial<Filters>): void;
  open(connection: number): void;
}

export function Overview({ data, rows, outcome, filter, open }: Props): JSX.Element {
  const { overview } = data;
  const remarks = remarksOf(data);
  return (
    <section class="in" id="overview" aria-labelledby="overview-title">
      <h1 id="overview-title">{overallSentence(data)}</h1>
      {remarks.length === 0 ? null : (
        <ul class="remarks">
          {remarks.map(({ tag, severity, text }) => (
            <li key={text}>
              <span class={`tag ${severity}`}>{tag}</span> {text}
            </li>
          ))}
        </ul>
      )}
      {overview === null ? null : (
        <div class="cards">
          <Ended overview={overview} outcome={outcome} filter={filter} />
          <Timeline overview={overview} />
          <Causes overview={overview} filter={filter} />
          <Slowest
            title={phrases.SLOWEST_TO_CONNECT}
            rows={rows}
            value={({ connect }) => connect}
            open={open}
          />
          <Slowest
            title={phrases.SLOWEST_TO_RESPOND}
            rows={rows}
            value={({ response }) => response}
            open={open}
          />
          <Servers servers={data.servers} filter={filter} />
        </div>
      )}
    </section>
  );
}

const ALWAYS = ['closed', 'open', 'reset', 'refused', 'no-answer'];
const OFTEN = [...ALWAYS, 'half-closed', 'not-completed', 'not-captured'];
const FAILED = ['reset', 'refused', 'no-answer', 'not-completed'];

/** A bar for each outcome: a button that filters the list. */
function Ended({
  overview,
  outcome,
  filter,
}: Pick<Props, 'outcome' | 'filter'> & { overview: Outcomes }): JSX.Element {
  const counts = new Map<string, number>(overview.outcomes);
  const most = Math.max(1, ...counts.values());
  const kinds = OFTEN.filter((kind) => ALWAYS.includes(kind) || (counts.get(kind) ?? 0) > 0);
  return (
    <section aria-labelledby="ended-title">
      <h2 id="ended-title">{phrases.HOW_THEY_ENDED}</h2>
      {kinds.map((kind) => {
        const n = counts.get(kind) ?? 0;
        const isOn = outcome === kind;
        const style = FAILED.includes(kind) ? 'bad' : kind === 'closed' ? 'ok' : 'still';
        return (
          <button
            type="button"
            key={kind}
            class="bar"
            aria-pressed={isOn}
            disabled={n === 0}
            onClick={() => filter({ outcome: isOn ? null : kind })}
          >
            <span>{phrases.outcomeOfSeveral(kind as OutcomeKind)}</span>
            <Meter part={n / most} style={style} />
            <b>{phrases.grouped(n)}</b>
          </button>
        );
      })}
    </section>
  );
}

export function Meter({ part, style }: { part: number; style: string }): JSX.Element {
  return (
    <span class="meter">
      {part > 0 ? <i class={style} style={{ width: `${Math.max(1, part * 100)}%` }} /> : null}
    </span>
  );
}

/** Who ended or refused connections, and why. */
function Causes({ overview, filter }: Pick<Props, 'filter'> & { overview: Outcomes }): JSX.Element {
  const lines = overview.failures.flatMap((failure) => {
    const named = failure.causes.length === 0 ? [['', failure.count] as const] : failure.causes;
    return named.map(([cause, n]) => ({ failure, cause, n }));
  });
  lines.sort((a, b) => b.n - a.n);
  const shown = lines.slice(0, 6);
  const most = Math.max(1, ...shown.map(({ n }) => n));
  return (
    <section aria-labelledby="causes-title">
      <h2 id="causes-title">{phrases.WHO_FAILS}</h2>
      {shown.length === 0 ? <p class="none">{phrases.NOBODY_FAILS}</p> : null}
      {shown.map(({ failure, cause, n }) => (
        <button
          type="button"
          class="bar cause"
          key={`${failure.kind} ${failure.by} ${cause}`}
          onClick={() => filter({ outcome: failure.kind, where: causeFilter(cause) })}
        >
          <span>
            {phrases.failureName(failure)}
            {causeWords(cause) === '' ? null : <small>{causeWords(cause)}</small>}
          </span>
          <Meter part={n / most} style="bad" />
          <b>{phrases.grouped(n)}</b>
        </button>
      ))}
    </section>
  );
}

/** Why connections were reset or refused, by the codes that are counted; empty for what is no reset. */
function causeWords(causes: string): string {
  return phrases.resetCausesWords(causes.split(' ').filter(isCause));
}

/** That cause, and the others that are possible. */
function causeFilter(causes: string): string {
  const [cause = '', ...others] = causes.split(' ');
  if (!isCause(cause)) return '';
  return `closing.reset.cause == "${cause}" && closing.reset.alternatives == "${others.join(' ')}"`;
}

function isCause(cause: string): cause is ResetCause {
  return Object.hasOwn(RESET_CAUSES, cause);
}

/** Slower than this, in seconds, a bar is in the color of trouble. */
const SLOW = 0.2;

function Slowest({
  title,
  rows,
  value,
  open,
}: Pick<Props, 'rows' | 'open'> & { title: string; value(row: Row): number | null }): JSX.Element {
  const timed = rows.flatMap((row) => {
    const seconds = value(row);
    return seconds === null ? [] : [{ row, seconds }];
  });
  const shown = timed.sort((a, b) => b.seconds - a.seconds).slice(0, 5);
  const most = Math.max(Number.MIN_VALUE, ...shown.map(({ seconds }) => seconds));
  return (
    <section>
      <h2>{title}</h2>
      {shown.length === 0 ? <p class="none">{phrases.NONE_TIMED}</p> : null}
      {shown.map(({ row, seconds }) => (
        <a
          class="bar slow"
          key={row.index}
          href={`#connection=${row.index}`}
          onClick={(event) => {
            event.preventDefault();
            open(row.index);
          }}
        >
          <span>
            <small>#{row.index}</small> {row.server}
          </span>
          <Meter part={seconds / most} style={seconds >= SLOW ? 'warn' : 'ok'} />
          <b>{phrases.durationCell(seconds)}</b>
        </a>
      ))}
    </section>
  );
}
