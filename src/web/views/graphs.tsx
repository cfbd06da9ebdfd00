/** Four graphs of one direction with one time axis and one cursor, which is the chosen segment. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';
import type { PageData } from '../../page/page-data.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { between, type View, wholeView, withTime, zoomed } from '../model/graph-view.js';
import { graphData } from '../model/graphs.js';
import type { Segment } from '../model/segments.js';
import { Graph } from './graph.js';
import { drawSequence } from './graph-marks.js';

interface Props {
  data: PageData;
  report: ConnectionReport;
  segments: readonly Segment[];
  chosen: Segment | null;
  select(packet: number): void;
}

export function Graphs({ data: page, report, segments, chosen, select }: Props): JSX.Element {
  const { client, server } = report.traffic;
  const [fromClient, setFromClient] = useState(client.bytes >= server.bytes);
  const data = useMemo(() => graphData(segments, report, fromClient, page), [segments, fromClient]);
  const sender = fromClient ? 'client' : 'server';
  const { rtt } = report.traffic[sender];
  /** The segment next to a time. */
  const selectAt = (time: number): void => {
    let best = segments[0];
    for (const segment of segments)
      if (best === undefined || Math.abs(segment.time - time) < Math.abs(best.time - time)) best = segment;
    if (best !== undefined) select(best.packet);
  };
  const { duration } = report;
  const [part, setPart] = useState<View | null>(null);
  const cursor = chosen?.time ?? null;
  // the chosen segment stays in sight
  useEffect(() => {
    if (cursor !== null) setPart((view) => (view === null ? null : withTime(view, cursor, duration)));
  }, [cursor]);
  const shared = {
    cursor,
    select: selectAt,
    view: part ?? wholeView(duration),
    isPart: part !== null,
    zoom: (from: number, to: number) => setPart((view) => between(from, to, duration) ?? view),
    source: data,
  };
  const { bytes } = report.traffic[sender];
  const { bin, first, again } = data.throughput;
  const bins = first.map((_, at) => at * bin);
  return (
    <section aria-labelledby="graphs-title">
      <div class="head graphs-head">
        <h3 id="graphs-title">{phrases.graphsTitle(sender)}</h3>
        <button type="button" onClick={() => setFromClient(!fromClient)}>
          {phrases.OTHER_DIRECTION}
        </button>
        <span class="graph-zoom">
          <button
            type="button"
            aria-label={phrases.GRAPHS_CLOSER}
            onClick={() => setPart(zoomed(part, 2, cursor, duration))}
          >
            +
          </button>
          <button
            type="button"
            aria-label={phrases.GRAPHS_WIDER}
            disabled={part === null}
            onClick={() => setPart(zoomed(part, 0.5, cursor, duration))}
          >
            −
          </button>
          <button type="button" disabled={part === null} onClick={() => setPart(null)}>
            {phrases.WHOLE_TIME}
          </button>
        </span>
        <span class="soft">
          {phrases.CLICK_CHOOSES}
          <span class="of-mouse">{phrases.DRAG_ZOOMS}</span>
        </span>
      </div>
      {bytes === 0 ? <p class="soft">{phrases.sentNoData(sender)}</p> : null}
      <div class="graphs">
        {bytes === 0 ? null : (
          <Graph
            {...shared}
            title={data.titles['time-sequence']}
            times={data.sequence.times}
            lines={[
              {
                name: phrases.ACKNOWLEDGED,
                color: 'open',
                values: data.sequence.values[0] ?? [],
                kind: 'step',
              },
              {
                name: phrases.MAY_SEND,
                color: 'closing',
                values: data.sequence.values[1] ?? [],
                kind: 'step',
              },
            ]}
            least={data.highest}
            fitsBelow
            draw={(u, colors) => drawSequence(u, data, colors)}
            format={phrases.grouped}
            note={data.edge !== null && !data.showsEdge ? phrases.WINDOW_FAR_ABOVE : null}
          />
        )}
        {data.roundTrips.length === 0 ? null : (
          <Graph
            {...shared}
            title={data.titles.rtt}
            times={data.roundTrips.map(([time]) => time)}
            lines={[
              {
                color: 'ink',
                values: data.roundTrips.map(([, seconds]) => seconds),
                kind: 'dots',
              },
            ]}
            level={rtt === null ? null : { value: rtt.min, name: phrases.bestText(rtt.min) }}
            format={phrases.durationText}
          />
        )}
        {bytes === 0 ? null : (
          <Graph
            {...shared}
            title={data.titles.window}
            times={data.inFlight.times}
            lines={[
              {
                name: phrases.IN_FLIGHT,
                color: 'ink',
                values: data.inFlight.values[0] ?? [],
                kind: 'filled',
              },
              { name: phrases.WINDOW, color: 'closing', values: data.inFlight.values[1] ?? [], kind: 'step' },
            ]}
            format={phrases.byteCell}
          />
        )}
        {bytes === 0 ? null : (
          <Graph
            {...shared}
            title={data.titles.throughput}
            times={bins}
            lines={[
              {
                color: 'warn',
                values: first.map((n, at) => (n + (again[at] ?? 0)) / bin),
                kind: 'columns',
              },
              { color: 'open', values: first.map((n) => n / bin), kind: 'columns' },
            ]}
            format={phrases.rateTick}
            note={phrases.barsText(
              bin,
              again.some((n) => n > 0),
            )}
          />
        )}
      </div>
    </section>
  );
}
