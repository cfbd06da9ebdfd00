/** Events of the live page's server, from which the page gets what it does not have yet. */
import type { LiveChange } from '../page/live-log.js';
import type { PageData } from '../page/page-data.js';
import { LiveData, type LiveFacts, type LiveState } from './model/live-data.js';

export interface LiveListener {
  data(data: PageData): void;
  state(state: LiveState): void;
}

/** Drawn at most so often. Milliseconds. */
const DRAWN_EVERY = 100;

/** What the server put into the page; null for a page that is not live. */
export function liveFacts(): LiveFacts | null {
  const block = document.getElementById('live');
  return block === null ? null : (JSON.parse(block.textContent ?? '') as LiveFacts);
}

export class LiveFeed {
  private readonly data: LiveData;
  private readonly source = new EventSource('events');
  /** Data that is not shown yet: while the page is paused, changes are collected here. */
  private latest: PageData | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isPaused = false;
  private isFirst = true;
  private shownAt = Number.NEGATIVE_INFINITY;

  constructor(
    facts: LiveFacts,
    private readonly listener: LiveListener,
  ) {
    this.data = new LiveData(facts);
    this.source.onopen = () => listener.state(this.isFirst ? 'waiting' : 'live');
    // the browser reconnects by itself, unless it was refused
    this.source.onerror = () => listener.state('lost');
    this.source.onmessage = (event: MessageEvent<string>) => this.take(JSON.parse(event.data) as LiveChange);
  }

  private take(change: LiveChange): void {
    this.isFirst = false;
    this.latest = this.data.apply(change);
    if (change.ended) this.source.close();
    this.listener.state(change.ended ? 'ended' : 'live');
    this.timer ??= setTimeout(
      () => {
        this.timer = null;
        this.show();
      },
      Math.max(0, this.shownAt + DRAWN_EVERY - performance.now()),
    );
  }

  private show(): void {
    if (this.isPaused || this.latest === null) return;
    this.shownAt = performance.now();
    this.listener.data(this.latest);
    this.latest = null;
  }

  /** Nothing is lost meanwhile: new data is shown when the page continues. */
  pause(isPaused: boolean): void {
    this.isPaused = isPaused;
    this.show();
  }

  close(): void {
    this.source.close();
    if (this.timer !== null) clearTimeout(this.timer);
  }
}
