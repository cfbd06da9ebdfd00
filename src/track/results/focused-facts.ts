/** The facts of the connection in focus, read from the tracker's memory: one object is filled again for each. */
import { CLIENT_IS_SIDE_1 } from '../memory/connection.js';
import type { Extras } from '../memory/extras.js';
import type { FlowTable } from '../memory/flow-table.js';
import { type Focus, NO_TIME } from '../memory/focus.js';
import type { LocatedFacts } from './snapshot.js';

export class FocusedFacts {
  private readonly facts;

  constructor(
    private readonly table: FlowTable,
    private readonly focus: Focus,
  ) {
    this.facts = {
      index: 0,
      startSeconds: 0,
      responses: () => focus.medians.of(focus.connection.responseRow, focus.connection.responses),
      bits: 0,
      clientSide: 0 as 0 | 1,
      ends: [focus.sender, focus.receiver] as const,
      ports: [0, 0] as [number, number],
      words: new Int32Array(8),
      version: 4 as 4 | 6,
      firstPacket: 0,
      startedAt: NO_TIME,
      lastAt: NO_TIME,
      openedAt: NO_TIME,
      codes: 0,
      extras: null as Extras | null,
      captureEndsAt: NO_TIME,
    } satisfies LocatedFacts;
  }

  /** Of the connection in `slot`, which the focus points at with side 0 first; they are valid until the next call. */
  of(slot: number, captureEndsAt: number): LocatedFacts {
    const { facts, focus, table } = this;
    const { bits, firstPacket, openedAt, lastAt, codes, index, startSeconds } = focus.connection;
    facts.index = index;
    facts.startSeconds = startSeconds;
    facts.lastAt = lastAt;
    facts.codes = codes;
    facts.bits = bits;
    facts.clientSide = (bits & CLIENT_IS_SIDE_1) !== 0 ? 1 : 0;
    facts.ports[0] = table.port(slot, 0);
    facts.ports[1] = table.port(slot, 1);
    table.copyAddresses(slot, facts.words);
    facts.version = table.ipVersion(slot);
    facts.firstPacket = firstPacket;
    facts.startedAt = focus.startedAt;
    facts.openedAt = openedAt;
    facts.extras = focus.extras;
    facts.captureEndsAt = captureEndsAt;
    return facts;
  }
}
