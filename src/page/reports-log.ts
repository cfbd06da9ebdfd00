/** The first reading of a capture for the page: the outcomes of all connections, and the reports of those in its list. */
import type { AnalysisSink } from '../analysis/sink.js';
import type { CaptureSummary } from '../analysis/summary.js';
import { type GroupReport, GroupTally } from '../group/groups.js';
import { groupKey } from '../group/keys.js';
import { type Overview, OverviewTally } from '../group/overview.js';
import { secondsBetween } from '../time.js';
import type { ConnectionSnapshot, LocatedFacts } from '../track/results/snapshot.js';
import { isFailure, judgeEnd } from '../verdict/outcome.js';
import { type ConnectionReport, judgeConnection } from '../verdict/report.js';
import { judgeUdpFlow, type UdpFlowReport } from '../verdict/udp.js';
import type { PageBounds } from './page-data.js';

/** Bars of the timeline at most. */
const MOST_BARS = 40;

/** Which connections and flows are in the list. */
export interface PageFilter {
  connection(report: ConnectionReport): boolean;
  udpFlow(flow: UdpFlowReport): boolean;
}

export class ReportsLog {
  readonly connections: ConnectionReport[] = [];
  readonly flows: UdpFlowReport[] = [];
  /** Connections and flows that would be in the list if there were room. */
  leftConnections = 0;
  leftFlows = 0;
  private readonly tally = new OverviewTally();
  private readonly servers = new GroupTally(groupKey('server'), null);
  private explains = false;
  private explainsServer = false;
  private failures = 0;

  constructor(
    readonly bounds: PageBounds,
    private readonly filter: PageFilter | null,
  ) {}

  readonly sink: AnalysisSink = {
    picks: (facts) => this.picks(facts),
    connection: (snapshot) => this.connection(snapshot),
    udpFlow: (snapshot) => {
      const flow = judgeUdpFlow(snapshot);
      if (this.filter?.udpFlow(flow) === false) return;
      if (this.flows.length < this.bounds.udpFlows) this.flows.push(flow);
      else this.leftFlows++;
    },
  };

  private picks(facts: LocatedFacts): boolean {
    this.explains = this.tally.add(facts);
    this.explainsServer = this.servers.add(facts);
    const hasRoom = this.hasRoom(isFailure(this.tally.lastOutcome));
    if (!hasRoom && this.filter === null) this.leftConnections++;
    return this.explains || this.explainsServer || hasRoom || this.filter !== null;
  }

  private connection(snapshot: ConnectionSnapshot): void {
    if (this.explains || this.explainsServer) {
      const { by, cause, causes } = judgeEnd(snapshot);
      if (this.explains) this.tally.explain(by, causes);
      if (this.explainsServer) this.servers.explain(by, cause);
    }
    const failed = isFailure(this.tally.lastOutcome);
    const hasRoom = this.hasRoom(failed);
    if (!hasRoom && this.filter === null) return;
    const report = judgeConnection(snapshot);
    if (this.filter?.connection(report) === false) return;
    if (!hasRoom) {
      this.leftConnections++;
      return;
    }
    if (this.connections.length >= this.bounds.connections) this.failures++;
    this.connections.push(report);
  }

  private hasRoom(failed: boolean): boolean {
    const { connections } = this.bounds;
    return this.connections.length < connections || (failed && this.failures < connections);
  }

  overview({ start, end }: CaptureSummary): Overview | null {
    if (start === null || end === null || this.tally.count === 0) return null;
    return this.tally.result(start, secondsBetween(start, end), MOST_BARS);
  }

  topServers(): GroupReport[] {
    return this.servers
      .reports()
      .sort((a, b) => b.failed - a.failed || b.connections - a.connections)
      .slice(0, this.bounds.servers);
  }
}
