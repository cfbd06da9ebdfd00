/**
 * What only shows over many connections: SYN floods and port scans. Memory is bounded: only so many addresses
 * are followed, the first ones seen.
 */
import { RST_ENDED, SENT_SYN } from '../track/connection.js';
import type { ConnectionFacts, ConnectionSnapshot } from '../track/snapshot.js';
import type { OpeningKind } from './opening.js';

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
  targets: Set<string>;
  used: number;
  attempts: number;
  kinds: Map<Pattern['code'], number>;
  firstPacket: number;
}

interface Target {
  address: string;
  port: number;
  open: number;
  incomplete: number;
  firstPacket: number;
}

export class Patterns {
  private readonly sources = new Map<string, Source>();
  private readonly targets = new Map<string, Target>();
  private readonly targetPorts = new Set<number>();
  /** Completed openings at each port while it had no incomplete one. */
  private readonly openAt = new Map<number, number>();

  /** Takes a connection into account; `snapshot` is asked for only where its addresses matter. */
  add(facts: ConnectionFacts, opening: OpeningKind, snapshot: () => ConnectionSnapshot): void {
    const odd = facts.detail?.oddFlags ?? -1;
    const client = facts.ends[facts.clientSide];
    const server = facts.ends[facts.clientSide === 0 ? 1 : 0];
    const used = client.bytes + server.bytes > 0;
    const tried = (client.bits & SENT_SYN) !== 0;
    const stray =
      !tried && odd < 0 && !used && server.packets + client.packets <= 2 && (facts.bits & RST_ENDED) !== 0;
    if (!tried && odd < 0 && !stray) return;
    const incomplete = tried && (opening === 'no-answer' || opening === 'not-completed');
    // ordinary connections are by far the most: they only matter to a target that has incomplete ones
    const port = facts.ports[facts.clientSide === 0 ? 1 : 0];
    if (!incomplete && used && !this.targetPorts.has(port)) {
      this.openAt.set(port, (this.openAt.get(port) ?? 0) + 1);
      return;
    }
    const connection = snapshot();
    const target = connection.ends[connection.clientSide === 0 ? 1 : 0];
    if (!incomplete && used && !this.targets.has(`${target.address} ${target.port}`)) return;
    if (tried) this.addTarget(connection, target.address, target.port, incomplete);
    if (!used) this.addSource(connection, opening, odd);
  }

  private addTarget(
    connection: ConnectionSnapshot,
    address: string,
    port: number,
    incomplete: boolean,
  ): void {
    const key = `${address} ${port}`;
    let target = this.targets.get(key);
    if (target === undefined) {
      if (this.targets.size >= MOST_ADDRESSES) return;
      // those before it at the same port, whoever the server was
      const open = this.openAt.get(port) ?? 0;
      target = { address, port, open, incomplete: 0, firstPacket: connection.firstPacket };
      this.targets.set(key, target);
      this.targetPorts.add(port);
    }
    if (incomplete) target.incomplete++;
    else target.open++;
  }

  private addSource(connection: ConnectionSnapshot, opening: OpeningKind, odd: number): void {
    const sender =
      odd >= 0 || opening === 'not-captured' ? connection.ends[0] : connection.ends[connection.clientSide];
    const other = sender === connection.ends[0] ? connection.ends[1] : connection.ends[0];
    let source = this.sources.get(sender.address);
    if (source === undefined) {
      if (this.sources.size >= MOST_ADDRESSES) return;
      source = {
        targets: new Set(),
        used: 0,
        attempts: 0,
        kinds: new Map(),
        firstPacket: connection.firstPacket,
      };
      this.sources.set(sender.address, source);
    }
    source.attempts++;
    if (source.targets.size < MOST_PORTS) source.targets.add(`${other.address} ${other.port}`);
    const kind = scanKind(opening, odd);
    source.kinds.set(kind, (source.kinds.get(kind) ?? 0) + 1);
    source.firstPacket = Math.min(source.firstPacket, connection.firstPacket);
  }

  result(): Pattern[] {
    const patterns: Pattern[] = [];
    for (const [address, source] of this.sources) {
      if (source.targets.size < SCAN_PORTS) continue;
      const kind = scanOf(source.kinds);
      patterns.push({
        code: kind,
        address,
        port: null,
        count: source.targets.size,
        firstPacket: source.firstPacket,
      });
    }
    for (const target of this.targets.values()) {
      const all = target.incomplete + target.open;
      if (target.incomplete < FLOOD_ATTEMPTS || target.open > all * FLOOD_SHARE) continue;
      patterns.push({
        code: 'syn-flood',
        address: target.address,
        port: target.port,
        count: target.incomplete,
        firstPacket: target.firstPacket,
      });
    }
    return patterns.sort((a, b) => a.firstPacket - b.firstPacket);
  }
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
