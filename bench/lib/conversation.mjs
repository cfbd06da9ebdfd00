// One TCP connection as a list of segments with their times, as a tap next to the client would record them.
import { ACK, FIN, PSH, RST, SYN, synOptions, timestamps } from './pcap-out.mjs';

const CLIENT = 0;
const SERVER = 1;
const MSS = 1448;

export class Conversation {
  segments = [];
  /** Microseconds that the server needs longer for each answer. */
  thinks = 0;

  constructor(random, time) {
    this.random = random;
    this.time = time;
    this.rtt = random.between(300, 1_000) * (random.chance(80) ? random.between(1, 30) : 80);
    this.ends = [0, 1].map((side) => {
      const isn = random.bits();
      return { isn, next: isn, clock: random.bits() >>> 1, window: 502, ttl: side === CLIENT ? 64 : 57 };
    });
    this.origin = random.bits() & 0xffff;
    this.heard = [0, 0]; // the newest timestamp of the peer
  }

  wait(microseconds) {
    this.time += Math.max(1, Math.round(microseconds));
  }

  /** Half a moment: what a host needs to answer. */
  answer() {
    this.wait(this.random.between(20, 90));
  }

  send(side, flags, len = 0, { seq, ack, win, sack } = {}) {
    const end = this.ends[side];
    const peer = this.ends[1 - side];
    const value = (end.clock + Math.floor(this.time / 1000)) >>> 0;
    const echo = this.heard[side];
    const start = seq ?? end.next;
    const isSyn = (flags & SYN) !== 0;
    this.segments.push({
      time: this.time,
      side,
      seq: start >>> 0,
      ack: flags & ACK ? (ack ?? peer.next) >>> 0 : 0,
      flags,
      win: win ?? (isSyn ? 64240 : end.window),
      len,
      place: this.origin + side * 17_000 + ((start - end.isn) >>> 0),
      ttl: end.ttl,
      opt:
        flags & RST ? undefined : isSyn ? synOptions(value, echo) : timestamps(value, echo, ...(sack ?? [])),
    });
    this.heard[1 - side] = value;
    if (seq === undefined) end.next = (end.next + len + (isSyn ? 1 : 0) + (flags & FIN ? 1 : 0)) >>> 0;
  }

  // Openings

  refused() {
    this.send(CLIENT, SYN);
    this.wait(this.rtt);
    this.send(SERVER, RST | ACK, 0, { win: 0 });
  }

  unanswered() {
    this.send(CLIENT, SYN);
    const seq = this.ends[CLIENT].isn;
    for (const seconds of [1, 2]) {
      this.wait(seconds * 1e6);
      this.send(CLIENT, SYN, 0, { seq });
    }
  }

  open() {
    this.send(CLIENT, SYN);
    if (this.random.chance(0.5)) {
      this.wait(1e6);
      this.send(CLIENT, SYN, 0, { seq: this.ends[CLIENT].isn });
    }
    this.wait(this.rtt);
    this.send(SERVER, SYN | ACK);
    this.answer();
    this.send(CLIENT, ACK);
  }

  // Data

  /** A request and its response: `count` segments, all full but the last. */
  exchange(count) {
    this.answer();
    this.send(CLIENT, PSH | ACK, this.random.between(180, 420));
    this.wait(this.rtt);
    this.send(SERVER, ACK);
    this.wait(this.random.between(100, 20_000) + this.thinks);
    let unacknowledged = 0;
    for (let i = 1; i <= count; i++) {
      const last = i === count;
      this.send(SERVER, last ? PSH | ACK : ACK, last ? this.random.between(60, 1_300) : MSS);
      this.wait(this.random.between(8, 40));
      if (++unacknowledged === 2 || last) {
        this.send(CLIENT, ACK);
        this.wait(this.random.between(8, 40));
        unacknowledged = 0;
      }
    }
    if (this.random.chance(30)) this.wait(this.random.between(10_000, 400_000));
  }

  /** A segment that the tap saw arrives once more: its acknowledgement was lost or late. */
  spuriousRetransmission() {
    const seq = this.ends[SERVER].next;
    this.send(SERVER, PSH | ACK, MSS);
    this.answer();
    this.send(CLIENT, ACK);
    this.wait(210_000 + this.rtt);
    this.send(SERVER, PSH | ACK, MSS, { seq });
    this.answer();
    this.send(CLIENT, ACK, 0, { sack: [seq, seq + MSS] });
  }

  /** The request is not acknowledged in time and sent again. */
  timeoutRetransmission() {
    const seq = this.ends[CLIENT].next;
    this.send(CLIENT, PSH | ACK, 300);
    this.wait(220_000 + this.rtt);
    this.send(CLIENT, PSH | ACK, 300, { seq });
    this.wait(this.rtt);
    this.send(SERVER, ACK);
  }

  /** A segment is lost on its way; three duplicate acknowledgements bring it back. */
  fastRetransmission() {
    const server = this.ends[SERVER];
    const hole = server.next;
    server.next = (hole + MSS) >>> 0;
    for (let i = 1; i <= 3; i++) {
      this.send(SERVER, ACK, MSS);
      this.wait(15);
      this.send(CLIENT, ACK, 0, { ack: hole, sack: [hole + MSS, server.next] });
      this.wait(15);
    }
    this.wait(this.rtt);
    this.send(SERVER, ACK, MSS, { seq: hole });
    this.answer();
    this.send(CLIENT, ACK);
  }

  outOfOrder() {
    const server = this.ends[SERVER];
    const first = server.next;
    server.next = (first + MSS) >>> 0;
    this.send(SERVER, ACK, MSS);
    this.wait(12);
    this.send(CLIENT, ACK, 0, { ack: first, sack: [first + MSS, server.next] });
    this.wait(200);
    this.send(SERVER, ACK, MSS, { seq: first });
    this.answer();
    this.send(CLIENT, ACK);
  }

  zeroWindow() {
    this.send(SERVER, PSH | ACK, MSS);
    this.answer();
    this.send(CLIENT, ACK, 0, { win: 0 });
    this.wait(230_000);
    this.send(SERVER, ACK, 0, { seq: this.ends[SERVER].next - 1 });
    this.answer();
    this.send(CLIENT, ACK, 0, { win: 0 });
    this.wait(300_000);
    this.send(CLIENT, ACK);
    this.wait(this.rtt);
  }

  keepAlive() {
    this.wait(500_000);
    this.send(CLIENT, ACK, 0, { seq: this.ends[CLIENT].next - 1 });
    this.wait(this.rtt);
    this.send(SERVER, ACK);
  }

  /** Exactly `count` more segments: small lines, each acknowledged. */
  fill(count) {
    for (let i = 0; i < count; i++) {
      this.wait(1_000);
      if (i % 2 === 0) this.send(CLIENT, PSH | ACK, 40);
      else this.send(SERVER, ACK);
    }
  }

  // Closings

  fourStep(side) {
    this.answer();
    this.send(side, FIN | ACK);
    this.wait(this.rtt / 2);
    this.send(1 - side, ACK);
    this.wait(this.random.between(50, 3_000));
    this.send(1 - side, FIN | ACK);
    this.wait(this.rtt / 2);
    this.send(side, ACK);
  }

  threeStep(side) {
    this.answer();
    this.send(side, FIN | ACK);
    this.wait(this.rtt);
    this.send(1 - side, FIN | ACK);
    this.answer();
    this.send(side, ACK);
  }

  simultaneous() {
    const [client, server] = this.ends;
    const ack = client.next;
    this.send(CLIENT, FIN | ACK);
    this.wait(30);
    this.send(SERVER, FIN | ACK, 0, { ack });
    this.answer();
    this.send(CLIENT, ACK, 0, { ack: server.next });
    this.wait(this.rtt);
    this.send(SERVER, ACK);
  }

  reset(side) {
    this.answer();
    this.send(side, side === CLIENT ? RST | ACK : RST, 0, { win: 0 });
  }

  close() {
    const { random } = this;
    const side = random.chance(70) ? CLIENT : SERVER;
    const lot = random.unit() * 100;
    if (lot < 3) this.reset(side);
    else if (lot < 3.5) this.simultaneous();
    else if (lot < 45) this.threeStep(side);
    else this.fourStep(side);
  }

  incident() {
    const lot = this.random.between(1, 12);
    if (lot <= 3) this.fastRetransmission();
    else if (lot <= 5) this.outOfOrder();
    else if (lot <= 7) this.timeoutRetransmission();
    else if (lot <= 9) this.spuriousRetransmission();
    else if (lot <= 11) this.zeroWindow();
    else this.keepAlive();
  }

  /** A whole life of about `target` segments. */
  live(target) {
    const { random } = this;
    this.open();
    const troubled = random.chance(12);
    while (this.segments.length + 5 < target) {
      const lot = random.unit() * 100;
      const room = Math.floor((target - this.segments.length) / 1.5);
      this.exchange(
        Math.max(1, Math.min(room, lot < 62 ? 1 : lot < 90 ? 2 : lot < 98 ? 3 : random.between(4, 24))),
      );
      if (troubled && random.chance(25)) this.incident();
    }
    this.close();
  }
}
