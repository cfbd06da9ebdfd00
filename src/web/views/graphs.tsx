/** Four graphs of one direction with one time axis and one cursor, which is the chosen segment. */
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { phrases } from '../../explain/phrases.js';
import type { PageData } from '../../page/page-data.js';
import type { ConnectionReport } from '../../verdict/report.js';
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
  const shared = { cursor: chosen?.time ?? null, select: selectAt, duration: report.duration, source: data };
  const { bytes } = report.traffic[sender];
  const { bin, first, again } = data.throughput;
  const bins = first.map((_, at) => at * bin);
  return (
    <section aria-labelledby="graphs-title">
      <div class="head graphs-head">
        <h3 id="graphs-title">
          From {sender} to {phrases.otherEnd(sender)}
        </h3>
        <button type="button" onClick={() => setFromClient(!fromClient)}>
          the other direction
        </button>
        <span class="soft">a click chooses the nearest segment</span>
      </div>
      {bytes === 0 ? <p class="soft">The {sender} sent no data.</p> : null}
      <div class="graphs">
        {bytes === 0 ? null : (
          <Graph
            {...shared}
            title={data.titles['time-sequence']}
            times={data.sequence.times}
            lines={[
              { name: 'acknowledged', color: 'open', values: data.sequence.values[0] ?? [], kind: 'step' },
              {
                name: 'may send up to here',
                color: 'closing',
                values: data.sequence.values[1] ?? [],
                kind: 'step',
              },
            ]}
            least={data.highest}
            draw={(u, colors) => drawSequence(u, data, colors)}
            format={phrases.grouped}
            note={data.edge !== null && !data.showsEdge ? 'the window is far above' : null}
          />
        )}
        {data.roundTrips.length === 0 ? null : (
          <Graph
            {...shared}
            title={data.titles.rtt}
            times={data.roundTrips.map(([time]) => time)}
            lines={[
              {
                name: 'round trip',
                color: 'ink',
                values: data.roundTrips.map(([, seconds]) => seconds),
                kind: 'dots',
              },
            ]}
            level={rtt === null ? null : { value: rtt.min, name: `best ${phrases.durationText(rtt.min)}` }}
            format={phrases.durationText}
          />
        )}
        {bytes === 0 ? null : (
          <Graph
            {...shared}
            title={data.titles.window}
            times={data.inFlight.times}
            lines={[
              { name: 'in flight', color: 'ink', values: data.inFlight.values[0] ?? [], kind: 'filled' },
              { name: 'window', color: 'closing', values: data.inFlight.values[1] ?? [], kind: 'step' },
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
                name: 'with retransmissions',
                color: 'warn',
                values: first.map((n, at) => (n + (again[at] ?? 0)) / bin),
                kind: 'columns',
              },
              { name: 'sent', color: 'open', values: first.map((n) => n / bin), kind: 'columns' },
            ]}
            format={phrases.rateTick}
            note={
              again.some((n) => n > 0)
                ? `bars of ${phrases.durationText(bin)}; retransmissions on top`
                : `bars of ${phrases.durationText(bin)}`
            }
          />
        )}
      </div>
    </section>
  );
}
