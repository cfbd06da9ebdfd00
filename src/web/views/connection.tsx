/** One connection: its verdict and what that rests on, the ladder, and what the chosen segment is. One selection for all. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { endpointText } from '../../decode/address.js';
import { phrases } from '../../explain/phrases.js';
import { viaText } from '../../explain/via.js';
import type { PageData } from '../../page/page-data.js';
import { ladderRows } from '../../render/ladder-rows.js';
import type { OpenFolds } from '../../render/picture/open-folds.js';
import { storiesOf } from '../../render/stories.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { icmpRows, segmentsOf } from '../model/segments.js';
import { statePath } from '../model/state-path.js';
import { Agreed } from './agreed.js';
import { Graphs } from './graphs.js';
import { keysAreOn } from './keys-help.js';
import { type Drawn, Ladder } from './ladder.js';
import { isTyping } from './report.js';
import { SegmentPanel } from './segment-panel.js';
import { SegmentTable } from './segment-table.js';
import { StateDiagram } from './state-diagram.js';
import { Stepper } from './stepper.js';
import { Verdict } from './verdict.js';

interface Props {
  data: PageData;
  report: ConnectionReport;
  packet: number | null;
  /** `null`: none is chosen. */
  select(packet: number): void;
  back(): void;
  /** Segments are still being read. */
  coming: boolean;
  /** Segments still come: where none is chosen, the newest is shown. */
  isLive: boolean;
  /** The verdict may still change. */
  soFar: boolean;
}

/** Between two segments while it plays. */
const PACE_MS = 700;

export function ConnectionView({
  data,
  report,
  packet,
  select,
  back,
  coming,
  isLive,
  soFar,
}: Props): JSX.Element {
  const segments = useMemo(() => segmentsOf(report, data.folded[report.index] ?? []), [report]);
  const icmpErrors = useMemo(() => icmpRows(report), [report]);
  const stories = useMemo(() => storiesOf(report, ladderRows(report, false, false), false), [report]);
  const path = useMemo(() => statePath(segments), [segments]);
  const [{ packets, folds }, setDrawn] = useState<Drawn>({ packets: [], folds: 0 });
  const [asTable, setAsTable] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [zoom, setZoom] = useState(100);
  const [ranges, setRanges] = useState<OpenFolds['ranges']>([]);
  const open = useMemo(() => ({ segments: data.folded[report.index] ?? [], ranges }), [report, ranges]);
  const steps = asTable ? segments.map((segment) => segment.packet) : packets;
  const packetNow = packet ?? (isLive ? steps.at(-1) : steps[0]) ?? 0;
  const chosen = segments.findLast((segment) => segment.packet <= packetNow) ?? segments[0] ?? null;
  const error = icmpErrors.find((row) => row.packet === packetNow) ?? null;
  const at = steps.findLastIndex((step) => step <= packetNow);

  const go = (to: number): void => {
    const next = steps[Math.max(0, Math.min(steps.length - 1, to))];
    if (next !== undefined) select(next);
  };
  useEffect(() => {
    if (!playing) return;
    if (at >= steps.length - 1) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => go(at + 1), PACE_MS);
    return () => clearTimeout(timer);
  }, [playing, at, steps.length]);
  const play = (): void => {
    if (!playing && at >= steps.length - 1) go(0);
    setPlaying(!playing);
  };
  const isFolded = folds > 0 ? true : ranges.length > 0 ? false : null;
  const fold = (): void => setRanges(isFolded === true ? [[0, Number.POSITIVE_INFINITY]] : []);
  // at once, so that fast keys see the effect of the one before
  useLayoutEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const isArrow = event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
      if (!isArrow && !keysAreOn()) return;
      const inButton = event.target instanceof Element && event.target.closest('button, a, summary') !== null;
      if (event.key === 'j' || event.key === 'ArrowDown') go(at + 1);
      else if (event.key === 'k' || event.key === 'ArrowUp') go(at - 1);
      else if (event.key === 'Home') go(0);
      else if (event.key === 'End') go(steps.length - 1);
      else if (event.key === ' ' && !inButton) play();
      else if (event.key === 't') setAsTable(!asTable);
      else if (event.key === 'z') fold();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  });

  const client = endpointText(report.client.address, report.client.port);
  const server = endpointText(report.server.address, report.server.port);
  const via = viaText(report.via);
  return (
    <section class="in conn" id="connection" aria-labelledby="connection-title">
      <p class="crumb">
        <button type="button" class="link" onClick={back}>
          {phrases.BACK_TO_LIST}
        </button>{' '}
        {phrases.connectionName(report.index)} · {client} → {server}
        {via === '' ? '' : ` · ${via}`}
        {soFar ? ` · ${phrases.SO_FAR}` : ''}
      </p>
      <Verdict report={report} capture={data.capture} select={select} />
      {report.ladder === null && coming ? (
        <p class="card missing">{phrases.SEGMENTS_COMING}</p>
      ) : report.ladder === null ? (
        <p class="card missing">
          {phrases.SEGMENTS_NOT_HERE}
          <code>
            synfin {phrases.FILE_NAME} --connection {report.index}
          </code>
          {phrases.PAGE_OF_THEIR_OWN}
          <code>
            synfin report {phrases.FILE_NAME} --connection {report.index}
          </code>
          .
        </p>
      ) : (
        <>
          <div class="two">
            <div class="card left">
              <Stepper
                at={at}
                steps={steps.length}
                playing={playing}
                asTable={asTable}
                go={(to) => {
                  setPlaying(false);
                  go(to);
                }}
                play={play}
                turn={() => setAsTable(!asTable)}
                zoom={zoom}
                setZoom={setZoom}
                fold={fold}
                isFolded={isFolded}
              />
              {asTable ? (
                <SegmentTable segments={segments} chosen={chosen} select={select} />
              ) : (
                <Ladder
                  report={report}
                  chosen={packetNow}
                  select={select}
                  zoom={zoom}
                  drawn={setDrawn}
                  open={open}
                  unfold={(range) => setRanges([...ranges, range])}
                />
              )}
            </div>
            <div class="right">
              {error === null ? null : (
                <section class="card panel">
                  <h3>
                    <span class="bad">{phrases.ICMP_ERROR}</span> <small>#{error.packet}</small>
                  </h3>
                  <p>{error.text}</p>
                </section>
              )}
              {chosen === null || error !== null ? null : (
                <SegmentPanel
                  segment={chosen}
                  report={report}
                  header={data.headers[chosen.packet] ?? null}
                  story={stories.get(chosen.packet)}
                  isChosen={packet !== null}
                  quiet={playing}
                />
              )}
              <StateDiagram path={path} segments={segments} packet={chosen?.packet ?? 0} />
              <Agreed report={report} />
            </div>
          </div>
          {report.traffic.client.bytes + report.traffic.server.bytes === 0 ? null : (
            <Graphs data={data} report={report} segments={segments} chosen={chosen} select={select} />
          )}
        </>
      )}
    </section>
  );
}
