/** The data of a live page so far, built from the changes that the server sends. */
import type { PageState } from '../../explain/phrases.js';
import type { LiveChange } from '../../page/live-log.js';
import { liveOverview } from '../../page/live-overview.js';
import { PAGE_SCHEMA, type PageData } from '../../page/page-data.js';
import type { ConnectionReport } from '../../verdict/report.js';

/** What the server put into the page. */
export interface LiveFacts {
  name: string;
  version: string;
}

/** `lost`: the server is asked again. */
export type LiveState = PageState;

export class LiveData {
  private readonly connections = new Map<number, ConnectionReport>();
  private readonly udpFlows = new Map<number, PageData['udpFlows'][number]>();
  private readonly headers: Record<number, string> = {};
  private readonly roundTrips: Record<number, number> = {};
  private readonly sacks: Record<number, LiveChange['sacks'][number]> = {};

  constructor(private readonly facts: LiveFacts) {}

  /** A change may bring again what an earlier one brought. */
  apply({
    connections,
    removed,
    udpFlows,
    removedFlows,
    headers,
    roundTrips,
    sacks,
    capture,
    where,
    left,
  }: LiveChange): PageData {
    for (const index of removed) this.connections.delete(index);
    for (const report of connections) this.connections.set(report.index, report);
    for (const index of removedFlows) this.udpFlows.delete(index);
    for (const flow of udpFlows) this.udpFlows.set(flow.index, flow);
    Object.assign(this.headers, headers);
    Object.assign(this.roundTrips, roundTrips);
    Object.assign(this.sacks, sacks);
    const list = [...this.connections.values()].sort((a, b) => a.index - b.index);
    return {
      schema: PAGE_SCHEMA,
      version: this.facts.version,
      files: [this.facts.name],
      where,
      capture,
      overview: liveOverview(list, capture),
      servers: [],
      connections: list,
      udpFlows: [...this.udpFlows.values()].sort((a, b) => a.index - b.index),
      folded: {},
      roundTrips: { ...this.roundTrips },
      sacks: { ...this.sacks },
      headers: this.headers,
      left,
    };
  }
}
