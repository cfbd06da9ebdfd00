/**
 * json (CONTRACT.md): one document, its connections by first packet. Connections that end before the capture are kept until
 * its end, as text; those that are still open then are written as they are reported.
 */

import type { CaptureSummary } from '../../analysis/summary.js';
import type { Drops } from '../../capture/reader.js';
import { jsonText } from '../../escape.js';
import { captureObject, SCHEMA } from '../../render/data/json.js';
import { lostPackets } from '../../verdict/losses.js';
import type { Output } from '../terminal/output.js';
import { serialized } from '../terminal/serialized.js';
import {
  connectionEntry,
  entryText,
  flowEntry,
  type JsonEntry,
  type More,
  withCaveat,
} from './json-entry.js';
import type { Reporter } from './reporter.js';
import { joined, type StoredText, storedText, TextStore } from './text-store.js';

/** The text before each member of a list; the first has no comma. */
const SEPARATOR = ',\n';
const COMMA = 1;

export function jsonReporter(
  output: Output,
  isWanted: (index: number) => boolean,
  more: More = null,
): Reporter {
  const held = new TextStore();
  const connections = new List(held);
  const flows = new List(held);
  let document: Document | null = null;
  const begun = (summary: CaptureSummary): Document => {
    document ??= new Document(summary, connections, flows);
    return document;
  };
  // as the memory of texts is used again
  const flush = serialized(() => document?.flush(output));
  return {
    wants: {},
    sink: {
      wants: isWanted,
      connection(snapshot) {
        const entry = connectionEntry(snapshot, more);
        if (document === null) connections.hold(snapshot.firstPacket, entry);
        else document.connection(snapshot.firstPacket, entry);
      },
      udpFlow(snapshot) {
        const entry = flowEntry(snapshot);
        if (document === null) flows.hold(snapshot.firstPacket, entry);
        else document.flow(snapshot.firstPacket, entry);
      },
    },
    begin(summary) {
      begun(summary);
      return flush();
    },
    flush,
    async finish(summary) {
      begun(summary).end();
      await flush();
      await output.end();
    },
  };
}

interface Held {
  firstPacket: number;
  doubtful: boolean;
  text: StoredText;
}

/** The members of a list that were reported before the end. */
class List {
  private readonly items: Held[] = [];
  /** How many of them, by first packet, were taken. */
  private taken = 0;

  constructor(private readonly store: TextStore) {}

  hold(firstPacket: number, { object, doubtful }: JsonEntry): void {
    this.items.push({ firstPacket, doubtful: doubtful(), text: member(this.store, object) });
  }

  /** All are there: applies the doubt of lost packets, which are known only now. */
  close(drops: Drops | null): void {
    this.items.sort((a, b) => a.firstPacket - b.firstPacket);
    if (lostPackets(drops) === 0) return;
    for (const item of this.items) {
      if (!item.doubtful) continue;
      const object = JSON.parse(storedText(item.text).slice(SEPARATOR.length));
      item.text = member(this.store, withCaveat({ object, doubtful: () => true }, drops));
    }
  }

  /** Those before a packet that were not taken yet. */
  *before(packet: number): Generator<StoredText> {
    for (let item = this.items[this.taken]; item !== undefined; item = this.items[this.taken]) {
      if (item.firstPacket >= packet) return;
      this.taken++;
      yield item.text;
    }
  }
}

function member(store: TextStore, object: object): StoredText {
  return store.add(`${SEPARATOR}${entryText(object)}`);
}

/** The document while it is written. */
class Document {
  private readonly store = new TextStore();
  private ready: StoredText[] = [];
  private current: List;
  /** The current list has a member already. */
  private begun = false;
  private readonly drops: Drops | null;

  constructor(
    summary: CaptureSummary,
    private readonly connections: List,
    private readonly flows: List,
  ) {
    this.drops = summary.drops;
    connections.close(summary.drops);
    flows.close(summary.drops);
    this.current = connections;
    this.put(`{"schema":"${SCHEMA}","capture":${jsonText(captureObject(summary))},"connections":[`);
  }

  connection(firstPacket: number, entry: JsonEntry): void {
    this.add(firstPacket, entry);
  }

  /** Flows come behind all connections. */
  flow(firstPacket: number, entry: JsonEntry): void {
    if (this.current === this.connections) this.next();
    this.add(firstPacket, entry);
  }

  end(): void {
    if (this.current === this.connections) this.next();
    this.rest();
    this.put(']}\n');
  }

  /** Writes what is ready. */
  async flush(output: Output): Promise<void> {
    const texts = this.ready;
    this.ready = [];
    for (const piece of joined(texts)) await output.write(piece);
    this.store.reuse();
  }

  private next(): void {
    this.rest();
    this.put('],"udpFlows":[');
    this.current = this.flows;
    this.begun = false;
  }

  private add(firstPacket: number, entry: JsonEntry): void {
    for (const text of this.current.before(firstPacket)) this.list(text);
    this.list(member(this.store, withCaveat(entry, this.drops)));
  }

  private rest(): void {
    for (const text of this.current.before(Number.POSITIVE_INFINITY)) this.list(text);
    if (this.begun) this.put('\n');
  }

  private list(text: StoredText): void {
    this.ready.push(this.begun ? text : { ...text, start: text.start + COMMA });
    this.begun = true;
  }

  private put(text: string): void {
    this.ready.push(this.store.add(text));
  }
}
