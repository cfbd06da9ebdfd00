/**
 * What only shows over many connections: SYN floods and port scans. Memory is bounded: only so many addresses
 * are followed, the first ones met.
 */

import { addressText } from '../decode/address.js';
import { RST_ENDED, SENT_SYN } from '../track/connection.js';
import type { LocatedFacts } from '../track/snapshot.js';
import type { OpeningKind } from './catalogue.js';
import { Targets } from './targets.js';

/** A scan touches at least this many ports of a host, or hosts, without a connection to be used. */
const SCAN_PORTS = 10;
/** A flood leaves at least this many openings at one port incomplete… */
const FLOOD_ATTEMPTS = 50;
/** …and at most one in so many is completed. */
const FLOOD_SHARE = 0.2;
const MOST_ADDRESSES = 10_000;
const MOST_PORTS = 1000;

export interface Pattern {
  code:
    | 'port-scan'
    | 'syn-scan'
    | 'connect-scan'
    | 'ack-scan'
    | 'fin-scan'
    | 'null-scan'
    | 'xmas-scan'
    | 'syn-flood';
  /** Who scans, or who is flooded. */
  address: string;
  /** For a flood, the port; for a scan, null. */
  port: number | null;
  /** Ports or hosts touched; attempts of a flood. */
  count: number;
  firstPacket: number;
}

interface Source {
  version: 4 | 6;
  words: readonly number[];
  targets: Set<string | number>;
  attempts: Map<Pattern['code'], number>;
  firstPacket: number;
}

/** What it tells does not depend on the order in which connections come, as long as its memory suffices. */
export class Patterns {
  private readonly sources = new Map<string | number, Source>();
  private readonly targets = new Targets();

  /** Takes a connection into account. */
  add(facts: LocatedFacts, opening: OpeningKind): void {
    const odd = facts.detail?.oddFlags ?? -1;
    const serverSide = facts.clientSide === 0 ? 1 : 0;
    const client = facts.ends[facts.clientSide];
    const server = facts.ends[serverSide];
    const used = client.bytes + server.bytes > 0;
    const tried = (client.bits & SENT_SYN) !== 0;
    const incomplete = tried && (opening === 'no-answer' || opening === 'not-completed');
    if (tried) this.targets.add(facts, serverSide, incomplete);
    if (used) return;
    const stray = odd < 0 && server.packets + client.packets <= 2 && (facts.bits & RST_ENDED) !== 0;
    if (tried || odd >= 0 || stray) this.addSource(facts, opening, odd);
  }

  private addSource(facts: LocatedFacts, opening: OpeningKind, odd: number): void {
    const side = odd >= 0 || opening === 'not-captured' ? 0 : facts.clientSide;
    const other = side === 0 ? 1 : 0;
    const key = hostKey(facts, side);
    let source = this.sources.get(key);
    if (source === undefined) {
      if (this.sources.size >= MOST_ADDRESSES) return;
      const words = [...facts.words.subarray(side * 4, side * 4 + 4)];
      const { version, firstPacket } = facts;
      source = { version, words, targets: new Set(), attempts: new Map(), firstPacket };
      this.sources.set(key, source);
    }
    if (source.targets.size < MOST_PORTS) source.targets.add(portKey(facts, other));
    const kind = scanKind(opening, odd);
    source.attempts.set(kind, (source.attempts.get(kind) ?? 0) + 1);
    source.firstPacket = Math.min(source.firstPacket, facts.firstPacket);
  }

  result(): Pattern[] {
    const patterns: Pattern[] = [];
    for (const { version, words, targets, attempts, firstPacket } of this.sources.values()) {
      if (targets.size < SCAN_PORTS) continue;
      const address = textOf(version, words);
      patterns.push({ code: scanOf(attempts), address, port: null, count: targets.size, firstPacket });
    }
    for (const target of this.targets.withIncomplete(FLOOD_ATTEMPTS)) {
      const { version, words, port, open, incomplete, firstPacket } = target;
      if (open > (open + incomplete) * FLOOD_SHARE) continue;
      const address = textOf(version, words);
      patterns.push({ code: 'syn-flood', address, port, count: incomplete, firstPacket });
    }
    return patterns.sort(
      (a, b) => a.firstPacket - b.firstPacket || a.code.localeCompare(b.code) || a.count - b.count,
    );
  }
}

function textOf(version: 4 | 6, [a = 0, b = 0, c = 0, d = 0]: readonly number[]): string {
  return addressText(version, a, b, c, d);
}

/** A host as a key: a number where that is enough. */
function hostKey(facts: LocatedFacts, side: 0 | 1): string | number {
  const { words } = facts;
  const last = words[side * 4 + 3] ?? 0;
  return facts.version === 4 ? last : words.subarray(side * 4, side * 4 + 4).join();
}

function portKey(facts: LocatedFacts, side: 0 | 1): string | number {
  const host = hostKey(facts, side);
  const port = facts.ports[side];
  return typeof host === 'number' ? host * 0x1_0000 + port : `${host} ${port}`;
}

/** What one attempt shows; a refusal or silence shows only that a port was tried. */
function scanKind(opening: OpeningKind, odd: number): Pattern['code'] {
  if (odd === 0) return 'null-scan';
  if (odd === 0x001) return 'fin-scan';
  if (odd > 0) return 'xmas-scan';
  if (opening === 'not-captured') return 'ack-scan';
  if (opening === 'three-way') return 'connect-scan';
  return opening === 'not-completed' ? 'syn-scan' : 'port-scan';
}

/** The kind of a scan by its attempts: the most frequent, but for those that could be any. */
function scanOf(kinds: ReadonlyMap<Pattern['code'], number>): Pattern['code'] {
  const telling = [...kinds].filter(([kind]) => kind !== 'port-scan').sort((a, b) => b[1] - a[1]);
  return telling[0]?.[0] ?? 'port-scan';
}
