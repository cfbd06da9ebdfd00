/** Port scans and host sweeps, from who tried which port of whom. */
import { FIRST_EPHEMERAL_PORT } from '../track/notes/roles.js';
import { NOT_COMPLETED, noOutcomes, OUTCOMES, PROBES, SCAN_KINDS, USED } from './attempt-outcomes.js';
import type { Attempts } from './attempts.js';
import type { Pattern } from './patterns.js';

/** A port scan tries at least this many ports of one host, and a sweep one port of at least this many hosts… */
const SCAN_PORTS = 10;
const SWEEP_HOSTS = 10;
/** …of which more than this share led to nothing. */
const FAILED_SHARE = 0.5;
/** A sweep asks for no more ports than this… */
const SWEEP_PORTS = 5;
/** …and leaves out rare ports: those tried at fewer than one in this many of the hosts of the most frequent port. */
const MINOR_PORT = 10;
/** A sweep moves on: a client that tries most of its hosts more often than this waits for them. */
const SWEEP_TRIES = 2;

/** Numbers of the records of one client. */
type Records = number[];

/** The scans of all clients; `skip`: records that are known to be something else. */
export function scansAmong(attempts: Attempts, skip: ReadonlySet<number>): Pattern[] {
  const patterns: Pattern[] = [];
  for (const records of suspects(attempts, skip).values()) {
    const scanned: Records = [];
    const others: Records = [];
    for (const ports of grouped(records, (number) => attempts.serverKey(number))) {
      const services = ports.filter((number) => isService(attempts, number));
      const isScan = services.length >= SCAN_PORTS && most(ports, (number) => attempts.best(number) < USED);
      for (const number of ports) (isScan ? scanned : others).push(number);
    }
    if (scanned.length > 0) patterns.push(portScan(attempts, scanned));
    const sweep = hostSweep(attempts, others);
    if (sweep !== null) patterns.push(sweep);
  }
  return patterns;
}

/** Probes without SYN at ports that clients have are mostly the last segments of old connections. */
function isService(attempts: Attempts, number: number): boolean {
  return attempts.port(number) < FIRST_EPHEMERAL_PORT || (attempts.kinds(number) & PROBES) === 0;
}

/** Clients with enough attempts that led to nothing, with all their records. */
function suspects(attempts: Attempts, skip: ReadonlySet<number>): Map<string | number, Records> {
  const least = Math.min(SCAN_PORTS, SWEEP_HOSTS) * FAILED_SHARE;
  const failed = attempts.failed.filter((number) => !skip.has(number));
  const counts = new Map<string | number, number>();
  for (const number of failed) {
    const key = attempts.clientKey(number);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const clients = new Map<string | number, Records>();
  for (const [key, count] of counts) if (count > least) clients.set(key, []);
  if (clients.size === 0) return clients;
  for (const number of failed) clients.get(attempts.clientKey(number))?.push(number);
  attempts.settle(clients);
  for (let number = 0; number < attempts.count; number++) {
    if (attempts.firstPacket(number) === 0) clients.get(attempts.clientKey(number))?.push(number);
  }
  return clients;
}

function portScan(attempts: Attempts, records: Records): Pattern {
  const ports = new Set(records.map((number) => attempts.port(number)));
  const hosts = grouped(records, (number) => attempts.serverKey(number));
  const outcomes = noOutcomes();
  for (const number of records) outcomes[OUTCOMES[attempts.best(number)] ?? 'used']++;
  return {
    ...ends(attempts, records),
    code: scanOf(attempts, records),
    target: hosts.length === 1 ? attempts.serverText(records[0] ?? 0) : null,
    port: null,
    ports: ports.size,
    hosts: hosts.length,
    count: ports.size,
    interval: null,
    outcomes,
  };
}

/** One or a few ports of many hosts, most of which do not open a connection. */
function hostSweep(attempts: Attempts, records: Records): Pattern | null {
  const byPort = grouped(records, (number) => attempts.port(number)).filter(
    (hosts) =>
      most(hosts, (number) => attempts.best(number) <= NOT_COMPLETED) &&
      most(hosts, (number) => attempts.total(number) <= SWEEP_TRIES),
  );
  const largest = Math.max(0, ...byPort.map((hosts) => hosts.length));
  const swept = byPort.filter((hosts) => hosts.length * MINOR_PORT >= largest);
  if (swept.length === 0 || swept.length > SWEEP_PORTS) return null;
  const all = swept.flat();
  const hosts = grouped(all, (number) => attempts.serverKey(number));
  const best = hosts.map((ports) => Math.max(...ports.map((number) => attempts.best(number))));
  if (hosts.length < SWEEP_HOSTS || !most(best, (outcome) => outcome <= NOT_COMPLETED)) return null;
  const outcomes = noOutcomes();
  for (const outcome of best) outcomes[OUTCOMES[outcome] ?? 'used']++;
  return {
    ...ends(attempts, all),
    code: 'host-sweep',
    target: null,
    port: swept.length === 1 ? attempts.port(all[0] ?? 0) : null,
    ports: swept.length,
    hosts: hosts.length,
    count: hosts.length,
    interval: null,
    outcomes,
  };
}

/** More of them than FAILED_SHARE. */
function most(numbers: readonly number[], holds: (number: number) => boolean): boolean {
  return numbers.filter(holds).length > numbers.length * FAILED_SHARE;
}

/** Who tried, since when, and whether that is all of it. */
function ends(attempts: Attempts, records: Records): Pick<Pattern, 'address' | 'firstPacket' | 'exact'> {
  let firstPacket = Number.POSITIVE_INFINITY;
  for (const number of records) {
    const first = attempts.firstPacket(number);
    if (first > 0 && first < firstPacket) firstPacket = first;
  }
  const [first = 0] = records;
  return {
    address: attempts.clientText(first),
    firstPacket,
    exact: !attempts.full,
  };
}

/** The kind of a scan by its attempts: the most frequent of those that have one. */
function scanOf(attempts: Attempts, records: Records): Pattern['code'] {
  const counts = SCAN_KINDS.map(
    (_, kind) => records.filter((number) => (attempts.kinds(number) & (1 << kind)) !== 0).length,
  );
  const highest = Math.max(...counts);
  return highest === 0 ? 'port-scan' : (SCAN_KINDS[counts.indexOf(highest)] ?? 'port-scan');
}

function grouped(records: Records, key: (number: number) => string | number): Records[] {
  const groups = new Map<string | number, Records>();
  for (const number of records) {
    const at = key(number);
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [number]);
    else group.push(number);
  }
  return [...groups.values()];
}
