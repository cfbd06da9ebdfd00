/** `--web`: shows a running capture on a page of this machine. */
import type { Analysis } from '../../analysis/analysis.js';
import type { AnalysisSink } from '../../analysis/sink.js';
import type { CaptureSummary, LiveFacts } from '../../analysis/summary.js';
import type { Drops } from '../../capture/reader.js';
import { LIVE_BOUNDS, LiveLog, type LiveWanted } from '../../page/live-log.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import { livePageText } from '../report/page-file.js';
import type { Reporter } from '../report/reporter.js';
import { stacked } from '../report/stacked.js';
import { PageServer } from './page-server.js';

/** From a segment to its place on the page, so that those that come together go together. */
const GATHER_MS = 15;
/** At most this often; less often where it takes long, so that most time is left for the capture. */
const SPACE_MS = 60;
const PART_OF_TIME = 0.1;
/** Counts are brought up to date without a segment. */
const COUNTS_MS = 500;

export class LivePage {
  readonly #log: LiveLog;
  readonly #server: PageServer;
  #analysis: Analysis | null = null;
  #timer: NodeJS.Timeout | null = null;
  #counting: NodeJS.Timeout | null = null;
  #notBefore = 0;
  #live: LiveFacts | null = null;

  /** Reads the page from the installation: to be made before rights to read it are given up. `wanted`: null for all. */
  constructor(facts: { name: string; version: string }, wanted: LiveWanted | null = null) {
    const log = new LiveLog(LIVE_BOUNDS, wanted);
    this.#log = log;
    this.#server = new PageServer({
      html: livePageText(facts),
      get revision() {
        return log.revision;
      },
      since: (revision) => log.since(revision),
    });
  }

  /** The address to open. `live`: how it is captured, where it is. */
  listen(live: LiveFacts | null): Promise<string> {
    this.#live = live;
    return this.#server.listen();
  }

  /** Resolves when a page listens. */
  get opened(): Promise<void> {
    return this.#server.opened;
  }

  /** The reporter, and the page with it. */
  watch(reporter: Reporter): Reporter {
    const { sink, wants } = reporter;
    const log = this.#log;
    const ladders = (index: number): boolean =>
      wants.ladderOf == null ? index < (wants.ladders ?? 0) : wants.ladderOf.has(index);
    const page: AnalysisSink = {
      ...log.sink,
      segment: (row) => {
        log.sink.segment(row);
        this.#soon();
      },
    };
    const without: AnalysisSink = {
      ...sink,
      connection: (snapshot, drops) =>
        sink.connection(ladders(snapshot.index) ? snapshot : withoutLadder(snapshot), drops),
    };
    return {
      ...reporter,
      wants: {
        datagramsOf: LIVE_BOUNDS.datagramsOf,
        ladderOf: { has: (index) => log.ladderOf.has(index) || ladders(index) },
      },
      recorder: log.recorder,
      sink: stacked(page, without),
      attach: (analysis) => {
        this.#analysis = analysis;
        this.#counting = setInterval(() => this.#soon(), COUNTS_MS);
        reporter.attach?.(analysis);
      },
      finish: async (summary) => {
        this.#stop();
        log.end(summary);
        this.#server.push();
        await reporter.finish(summary);
      },
    };
  }

  #soon(): void {
    if (this.#timer !== null) return;
    const before = performance.now();
    this.#timer = setTimeout(() => this.#update(), Math.max(GATHER_MS, this.#notBefore - before));
  }

  #update(): void {
    this.#timer = null;
    const analysis = this.#analysis;
    if (analysis === null) return;
    const before = performance.now();
    if (this.#log.update(analysis, this.#soFar(analysis))) this.#server.push();
    const after = performance.now();
    this.#notBefore = after + Math.max(SPACE_MS, (after - before) / PART_OF_TIME);
    if (this.#log.isBehind) this.#soon();
  }

  #soFar(analysis: Analysis): CaptureSummary {
    const drops: Drops | null = analysis.drops;
    return analysis.soFar({ files: [], warnings: [], drops }, this.#live);
  }

  #stop(): void {
    for (const timer of [this.#timer, this.#counting]) if (timer !== null) clearTimeout(timer);
    this.#timer = null;
    this.#counting = null;
    this.#analysis = null;
  }

  /** Waits a moment for pages that have not taken everything yet. */
  async close(): Promise<void> {
    this.#stop();
    await this.#server.close();
  }
}

/** For a reporter that wanted no ladder of it. */
function withoutLadder(snapshot: ConnectionSnapshot): ConnectionSnapshot {
  const { extras } = snapshot;
  if (extras === null || extras.ladder === null) return snapshot;
  const without = extras.clone();
  without.ladder = null;
  return { ...snapshot, extras: without };
}
