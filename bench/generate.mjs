// Makes the captures that the benchmark reads: seeded, so the same bytes everywhere, into bench/data/.
//   node bench/generate.mjs [large|incident|small|flood|flood10m|retried|open1m|wide|long|longHalf|all] [--flood N]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Conversation } from './lib/conversation.mjs';
import { ACK, PcapWriter, SYN, synOptions, timestamps } from './lib/pcap-out.mjs';
import { seeded } from './lib/random.mjs';

/** Raise it with any change of the captures: those of another version are made again. */
const VERSION = 1;
const DATA = fileURLToPath(new URL('./data/', import.meta.url));
const EPOCH = 1_760_000_000 * 1e6;
const address = (a, b, c, d) => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

export const KINDS = {
  large: { file: 'large.pcap', make: (out) => traffic(out, 2_200_000, 60_000, 1_000) },
  incident: { file: 'incident.pcap', make: (out) => traffic(out, 2_200_000, 60_000, 1_000, faults) },
  small: { file: 'small.pcap', make: small },
  flood: { file: 'flood.pcap', make: (out, count) => flood(out, count ?? 1_000_000) },
  flood10m: { file: 'flood10m.pcap', make: (out) => flood(out, 10_000_000) },
  open1m: { file: 'open.pcap', make: (out) => open(out, 1_000_000) },
  retried: { file: 'retried.pcap', make: (out) => flood(out, 1_000_000, 2) },
  long: { file: 'long.pcap', make: (out) => headers(out, 8_800_000, 240_000) },
  wide: { file: 'wide.pcap', make: (out) => headers(out, 4_400_000, 240_000, 200_000) },
  longHalf: { file: 'long-half.pcap', make: (out) => headers(out, 4_400_000, 120_000) },
};

/** Connections that come and go, `slots` of them at any time, `packets` segments in all, to the segment. */
function traffic(out, packets, connections, slots, faultOf = () => null) {
  const random = seeded(1981);
  const running = new Array(slots);
  const queue = new Schedule(slots);
  let begun = 0;
  let planSaving = 0;

  const begin = (slot, time) => {
    const index = begun++;
    const talk = new Conversation(random, time);
    const rest = packets - planSaving;
    const left = connections - index;
    const steer = left <= 50; // the last ones only complete the number of segments
    const fault = steer ? null : faultOf(endpoints(index), time);
    const refused = !steer && (random.chance(1.5) || fault === 'refused');
    const unanswered = !steer && !refused && (random.chance(1.5) || fault === 'unanswered');
    if (fault === 'slow') talk.thinks = 400_000;
    if (left === 1) {
      talk.open();
      talk.fill(rest - talk.segments.length - 4);
      talk.fourStep(0);
    } else if (refused) talk.refused();
    else if (unanswered) talk.unanswered();
    else {
      // Most are short, a few long; the rest of the budget keeps the sum right.
      const weight = steer ? 1 : Math.min(8, 0.3 - 0.7 * Math.log(1 - random.unit()));
      talk.live(Math.round((rest / left) * weight));
    }
    planSaving += talk.segments.length;
    running[slot] = { talk, at: 0, ...endpoints(index) };
    queue.push(talk.segments[0].time, slot);
  };

  for (let slot = 0; slot < slots; slot++) begin(slot, EPOCH + random.between(0, 2_000_000));
  while (queue.size > 0) {
    const slot = queue.pop();
    const connection = running[slot];
    const { talk, client, server, clientPort, serverPort } = connection;
    const segment = talk.segments[connection.at++];
    if (segment.side === 0) out.segment(segment.time, client, server, clientPort, serverPort, segment);
    else out.segment(segment.time, server, client, serverPort, clientPort, segment);
    if (connection.at < talk.segments.length) queue.push(talk.segments[connection.at].time, slot);
    else if (begun < connections) begin(slot, segment.time + random.between(100, 100_000));
  }
  if (out.packets !== packets) throw new Error(`${out.packets} segments in place of ${packets}`);
}

/** A server that refuses for 12 s, one that a network does not reach, and one that is slow. */
function faults({ client, server }, time) {
  const second = (time - EPOCH) / 1e6;
  const host = server & 255;
  if (host === 23 && second >= 12 && second < 24) return 'refused';
  if (host === 9 && client >>> 8 === address(10, 0, 3, 0) >>> 8) return 'unanswered';
  return host === 31 ? 'slow' : null;
}

/** The same with more or fewer at a time: a tenth takes ten times as long. Of each frame no more than its headers. */
function headers(out, packets, connections, slots = 100) {
  out.cutAt(96);
  traffic(out, packets, connections, slots);
}

/** 997 clients and 61 servers; no two connections share both ends. */
function endpoints(index) {
  const host = index % 997;
  const server = index % 61;
  return {
    client: address(10, 0, host >> 8, host & 255),
    clientPort: 32_768 + ((Math.floor(index / 997) * 7 + host * 13) % 28_000),
    server: address(192, 168, 1, 1 + server),
    serverPort: server % 3 === 0 ? 80 : 443,
  };
}

/** The smallest slot time first: a binary heap in two typed arrays. */
class Schedule {
  #times;
  #slots;
  size = 0;

  constructor(capacity) {
    this.#times = new Float64Array(capacity);
    this.#slots = new Int32Array(capacity);
  }

  push(time, slot) {
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#times[parent] <= time) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#times[at] = time;
    this.#slots[at] = slot;
  }

  pop() {
    const first = this.#slots[0];
    const last = --this.size;
    const time = this.#times[last];
    const slot = this.#slots[last];
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && this.#times[child + 1] < this.#times[child]) child++;
      if (this.#times[child] >= time) break;
      this.#move(child, at);
      at = child;
    }
    this.#times[at] = time;
    this.#slots[at] = slot;
    return first;
  }

  #move(from, to) {
    this.#times[to] = this.#times[from];
    this.#slots[to] = this.#slots[from];
  }
}

/** Three segments to open, four with data, four to close. */
function small(out) {
  const talk = new Conversation(seeded(11), EPOCH);
  talk.open();
  talk.exchange(1);
  talk.fourStep(0);
  const { client, server, clientPort, serverPort } = endpoints(0);
  for (const segment of talk.segments) {
    if (segment.side === 0) out.segment(segment.time, client, server, clientPort, serverPort, segment);
    else out.segment(segment.time, server, client, serverPort, clientPort, segment);
  }
}

/** SYNs from random addresses and ports to one server, 100,000 a second, that nobody answers; each `times`. */
function flood(out, count, times = 1) {
  for (let time = 0; time < times; time++) syns(out, count, EPOCH + time * count * 10);
}

function syns(out, count, begin) {
  const random = seeded(1996);
  const segment = { ack: 0, flags: SYN, win: 64240, len: 0, place: 0, ttl: 64, opt: undefined };
  for (let i = 0; i < count; i++) {
    segment.seq = random.bits();
    segment.opt = synOptions(random.bits(), 0);
    const from = address(
      random.between(11, 120),
      random.bits() & 255,
      random.bits() & 255,
      random.bits() & 255,
    );
    out.segment(begin + i * 10, from, address(192, 168, 1, 1), random.between(1024, 65_535), 443, segment);
  }
}

/** Connections that open, 50 of them on their way at a time, and then stay silent. */
function open(out, count) {
  const server = address(192, 168, 1, 1);
  const base = { win: 64240, len: 0, place: 0, ttl: 64 };
  const isn = (i, side) => (Math.imul(i, 2654435761) + side * 77_777_777) >>> 0;
  const client = (i) => (address(10, 0, 0, 0) + (i >> 5)) >>> 0;
  const port = (i) => 40_000 + (i & 31) * 601;
  for (let i = 0; i < count + 60; i++) {
    const time = EPOCH + i * 100;
    const answered = i - 50;
    const opened = i - 60;
    if (i < count) {
      const syn = { ...base, seq: isn(i, 0), ack: 0, flags: SYN, opt: synOptions(i, 0) };
      out.segment(time, client(i), server, port(i), 443, syn);
    }
    if (answered >= 0 && answered < count) {
      const seq = isn(answered, 1);
      const ack = (isn(answered, 0) + 1) >>> 0;
      const synAck = { ...base, seq, ack, flags: SYN | ACK, opt: synOptions(i, answered) };
      out.segment(time + 20, server, client(answered), 443, port(answered), synAck);
    }
    if (opened >= 0) {
      const seq = (isn(opened, 0) + 1) >>> 0;
      const ack = (isn(opened, 1) + 1) >>> 0;
      const last = { ...base, win: 502, seq, ack, flags: ACK, opt: timestamps(i, i) };
      out.segment(time + 40, client(opened), server, port(opened), 443, last);
    }
  }
}

/** The capture's path, packets and bytes; made if it is missing or of another version. */
export function capture(kind, floodSize) {
  const { file, make } = KINDS[kind];
  const path = DATA + file;
  const note = `${path}.json`;
  const known = existsSync(path) && existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : undefined;
  const wanted = kind === 'flood' ? (floodSize ?? 1_000_000) : undefined;
  if (known?.version === VERSION && known.count === wanted) return { path, ...known };
  mkdirSync(DATA, { recursive: true });
  const started = performance.now();
  const out = new PcapWriter(path);
  make(out, wanted);
  out.close();
  const facts = { version: VERSION, count: wanted, packets: out.packets, bytes: out.bytes };
  writeFileSync(note, `${JSON.stringify(facts)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.error(`${path}: ${out.packets} packets, ${out.bytes} bytes, made in ${seconds} s`);
  return { path, ...facts };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const at = words.indexOf('--flood');
  const floodSize = at < 0 ? undefined : Number(words.splice(at, 2)[1]);
  const chosen = words.includes('all')
    ? Object.keys(KINDS)
    : words.length > 0
      ? words
      : ['large', 'small', 'flood'];
  for (const kind of chosen) {
    if (!(kind in KINDS)) {
      console.error(`${kind}: unknown; one of ${Object.keys(KINDS).join(', ')}, all`);
      process.exit(1);
    }
    console.log(capture(kind, floodSize).path);
  }
}
