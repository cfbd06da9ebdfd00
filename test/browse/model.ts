/** A browser without a terminal: the connections of a capture, keys, and the lines that would be on the screen. */
import { resolve } from 'node:path';
import { collect } from '../../src/analysis/collect.js';
import { browseRow } from '../../src/browse/row.js';
import { stripped } from '../../src/browse/sgr.js';
import { type Effect, initialState, type State } from '../../src/browse/state.js';
import { type Event, update } from '../../src/browse/update.js';
import { view } from '../../src/browse/view.js';
import { openCapture } from '../../src/files/open.js';
import type { ConnectionReport } from '../../src/verdict/report.js';

export const ROOT = resolve(import.meta.dirname, '../..');

export async function reportsOf(path: string): Promise<ConnectionReport[]> {
  const capture = await openCapture(resolve(ROOT, path));
  return (await collect(capture, { ladders: 1000 })).connections;
}

export class Model {
  state: State;
  readonly effects: Effect[] = [];

  constructor(
    private readonly reports: readonly ConnectionReport[],
    width = 80,
    height = 24,
    files: readonly string[] = ['a.pcap'],
  ) {
    this.state = initialState({
      size: { width, height },
      style: { width, color: true, unicode: true, absolute: false },
      time: { how: 'utc', from: null, detail: 'milliseconds' },
      title: 'synfin a.pcap',
      shown: { files, options: [] },
      where: '',
      sort: { key: 'start', reversed: false },
    });
    this.on({ what: 'rows', rows: reports.map(browseRow) });
    this.on({ what: 'counts', matching: reports.length, all: reports.length, udpFlows: 0 });
    this.on({ what: 'reading', reading: null });
  }

  /** Notes the effects; ladders are returned at once. */
  on(event: Event): void {
    const { state, effects } = update(this.state, event);
    this.state = state;
    for (const effect of effects) {
      this.effects.push(effect);
      const report =
        effect.do === 'ladder' ? this.reports.find(({ index }) => index === effect.index) : undefined;
      if (report !== undefined) this.on({ what: 'ladder', report });
    }
  }

  press(...keys: string[]): this {
    for (const key of keys) this.on({ what: 'key', key });
    return this;
  }

  type(text: string): this {
    return this.press(...text);
  }

  get lines(): string[] {
    return view(this.state).lines.map((line) => stripped(line).trimEnd());
  }

  get screen(): string {
    return this.lines.join('\n');
  }

  /** The connection that is selected. */
  get selected(): number | undefined {
    return this.state.list.order[this.state.list.selected]?.index;
  }
}
