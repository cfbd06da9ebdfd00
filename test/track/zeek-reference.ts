/**
 * Zeek's rules of `history` and `conn_state` once more, written down plainly and without any saving: every number of
 * both ends is kept as Zeek keeps it, and every block that its reassembler would have. src/track/peers/zeek*.ts keep almost
 * none of that, and must give the same result.
 */
import type { SegmentRow } from '../../src/track/results/sink.js';

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;
const FAR = 1_048_576;
const GIVES_UP_ABOVE = 16_384;

type State = 'INACTIVE' | 'SYN_SENT' | 'SYN_ACK_SENT' | 'PARTIAL' | 'ESTABLISHED' | 'CLOSED' | 'RESET';

class End {
  state: State = 'INACTIVE';
  previous: State = 'INACTIVE';
  start = 0;
  last = 0;
  acked = 0;
  /** Relative, as all below. */
  reassembled = 1;
  blocks: [number, number][] = [];
  skips = false;
  lastSyn = 0;
  lastFin = 0;
  lastRst = 0;
  finCount = 0;
  finEnd = 0;
  counts = { T: 0, W: 0, G: 0 };

  enter(state: State): void {
    if (state === this.state) return;
    this.previous = this.state;
    this.state = state;
  }

  get clean(): boolean {
    return this.state === 'ESTABLISHED' || (this.state === 'CLOSED' && this.previous === 'ESTABLISHED');
  }

  get nothingAcked(): boolean {
    return this.acked === this.start || this.acked === ((this.start + 1) | 0);
  }

  get sentNothing(): boolean {
    const most = this.finCount > 0 ? 2 : 1;
    return ((this.last - this.start) | 0) <= most && ((this.acked - this.start) | 0) <= most;
  }

  setStart(sequence: number, last: number): void {
    this.start = sequence;
    this.acked = sequence;
    this.last = last;
  }

  /** The blocks that begin where all before was delivered are delivered. */
  deliver(): void {
    for (const [from, to] of this.blocks) {
      if (from <= this.reassembled && to > this.reassembled) this.reassembled = to;
    }
  }
}

export class ZeekReference {
  history = '';
  private readonly ends = [new End(), new End()] as const;
  private originatorSide: 0 | 1 = 0;
  private readonly seen = new Set<string>();
  private earlyAck = false;

  get connState(): string {
    const os = this.orig.state;
    const rs = this.resp.state;
    const unheard = (state: State): boolean => state === 'INACTIVE' || state === 'PARTIAL';
    if (rs === 'RESET') {
      const silent = this.orig.sentNothing && this.resp.sentNothing;
      if (os === 'SYN_SENT' || os === 'SYN_ACK_SENT' || (os === 'RESET' && silent)) return 'REJ';
      return unheard(os) ? 'RSTRH' : 'RSTR';
    }
    if (os === 'RESET') {
      if (!unheard(rs)) return 'RSTO';
      return /^\^?S[^HAFGIQ]*R.*$/.test(this.history) ? 'RSTOS0' : 'OTH';
    }
    if (rs === 'CLOSED' && os === 'CLOSED') return 'SF';
    if (os === 'CLOSED') return unheard(rs) ? 'SH' : 'S2';
    if (rs === 'CLOSED') return unheard(os) ? 'SHR' : 'S3';
    if (os === 'SYN_SENT' && rs === 'INACTIVE') return 'S0';
    return os === 'ESTABLISHED' && rs === 'ESTABLISHED' ? 'S1' : 'OTH';
  }

  private get orig(): End {
    return this.ends[this.originatorSide];
  }

  private get resp(): End {
    return this.ends[this.originatorSide === 0 ? 1 : 0];
  }

  /** `cut`: the capture does not have all of its payload. */
  segment(row: SegmentRow, cut = false): void {
    const { side, flags, rawSequence, rawAcknowledgement, length, window } = row;
    const own = this.ends[side];
    const peer = this.ends[side === 0 ? 1 : 0];
    const [syn, fin, rst, ack] = [SYN, FIN, RST, ACK].map((bit) => (flags & bit) !== 0);
    const originator = own === this.orig;
    const seq = rawSequence | 0;
    const acknowledged = rawAcknowledgement | 0;
    const occupies = (rst ? 0 : length) + (syn ? 1 : 0) + (fin ? 1 : 0);
    const past = (seq + occupies) | 0;

    // init_endpoint
    if (own.state === 'INACTIVE') own.setStart(syn ? seq : (seq - 1) | 0, syn ? past : seq);
    else if (syn) {
      if (own.state === 'SYN_SENT' || own.state === 'SYN_ACK_SENT') {
        if (seq !== own.start) own.setStart(seq, past);
      } else if (own.state === 'ESTABLISHED' || own.state === 'PARTIAL') own.setStart(seq, past);
      else if (own.state === 'RESET' && own.previous === 'INACTIVE') own.setStart(seq, past);
    }
    const relative = (seq - own.start) | 0;

    // update_history
    const control = [syn, fin, rst].filter((set) => set === true).length;
    if (control > 1) this.once(own, fin && rst ? 'I' : 'Q', fin && rst ? 'I' : 'Q');
    else if (syn) {
      if (this.once(own, 'S', ack ? 'H' : 'S') && relative !== own.lastSyn) this.add(own, ack ? 'H' : 'S');
      own.lastSyn = relative;
    } else if (fin) {
      if (this.once(own, 'F', 'F') && ((relative + length) | 0) !== own.lastFin) this.add(own, 'F');
      own.lastFin = (relative + length) | 0;
    } else if (rst) {
      if (this.once(own, 'R', 'R') && relative !== own.lastRst) this.add(own, 'R');
      own.lastRst = relative;
    } else if (length > 0) this.once(own, 'D', 'D');
    else if (ack) this.once(own, 'A', 'A');

    // update_window
    if (window === 0 && !rst && peer.state !== 'CLOSED' && own.state !== 'RESET') this.scaled(own, 'W');

    if (fin) {
      own.finCount++;
      own.finEnd = relative + occupies;
    }
    let relativeAck = 0;
    if (ack) {
      if (peer.state === 'INACTIVE') relativeAck = 1;
      else {
        relativeAck = (acknowledged - peer.start) | 0;
        const further = (acknowledged - peer.acked) | 0;
        if (relativeAck < 0) relativeAck = 0;
        else if (!rst && further > 0 && !(acknowledged === 0 && further > FAR)) peer.acked = acknowledged;
      }
    }

    // update_last_seq
    const further = (past - own.last) | 0;
    if ((syn || rst) && Math.abs(further) > FAR) {
      // not believed
    } else if (fin && own.last === ((own.start + 1) | 0)) own.last = past;
    else if (own.state === 'RESET') {
      // not believed
    } else if (further > 0) own.last = past;
    else if (length > 0) this.scaled(own, 'T');

    this.move(own, peer, { syn, fin, rst, ack }, length, originator);
    if (ack) this.acknowledge(peer, own, relativeAck);
    if (length > 0 && !rst && relative >= 0 && !cut) this.data(own, syn ? relative + 1 : relative, length);
  }

  private move(
    own: End,
    peer: End,
    { syn, fin, rst, ack }: Record<'syn' | 'fin' | 'rst' | 'ack', boolean | undefined>,
    length: number,
    originator: boolean,
  ): void {
    switch (own.state) {
      case 'INACTIVE':
        if (syn && originator) own.enter(ack ? 'SYN_ACK_SENT' : 'SYN_SENT');
        else if (syn) {
          if (!ack && peer.state === 'SYN_ACK_SENT') {
            this.flip();
            peer.enter('ESTABLISHED');
          }
          if (peer.state === 'SYN_SENT') peer.enter('ESTABLISHED');
          own.enter('ESTABLISHED');
        }
        if (fin) own.enter('CLOSED');
        if (rst) own.enter('RESET');
        if (own.state !== 'INACTIVE') break;
        if (!originator && length === 0 && this.orig.state === 'SYN_SENT') this.earlyAck = true;
        else own.enter(ack && peer.state === 'ESTABLISHED' ? 'ESTABLISHED' : 'PARTIAL');
        break;
      case 'SYN_SENT':
      case 'SYN_ACK_SENT':
        if (fin) own.enter('CLOSED');
        if (rst) own.enter('RESET');
        break;
      case 'ESTABLISHED':
      case 'PARTIAL':
        if (syn && own.state === 'PARTIAL' && peer.state === 'INACTIVE' && !ack) own.enter('SYN_SENT');
        if (fin && !rst) {
          own.enter('CLOSED');
          if (peer.state === 'RESET' && peer.previous === 'CLOSED') peer.enter('CLOSED');
        }
        if (rst) own.enter('RESET');
        break;
      case 'CLOSED':
        if (rst && peer.state !== 'CLOSED') own.enter('RESET');
        break;
      default:
        break;
    }
  }

  /** TCP_Reassembler::AckReceived, Undelivered and Gap. */
  private acknowledge(end: End, other: End, relative: number): void {
    const upTo = end.finCount > 0 && relative >= end.finEnd ? end.finEnd - 1 : relative;
    if (upTo <= end.reassembled) return;
    if (upTo <= 2 && this.earlyAck) return;
    for (;;) {
      const next = end.blocks
        .filter(([from]) => from > end.reassembled && from < upTo)
        .sort(([a], [b]) => a - b)[0];
      if (end.reassembled >= upTo) break;
      if (end.clean && other.clean && !end.skips) this.scaled(end, 'G');
      end.reassembled = next === undefined ? upTo : next[0];
      end.deliver();
    }
    end.deliver();
  }

  /** TCP_Reassembler::DataSent. */
  private data(end: End, relative: number, length: number): void {
    const acknowledged = (end.acked - end.start) | 0;
    const from = Math.max(relative, acknowledged, end.reassembled);
    const to = relative + length;
    if (end.skips) return;
    if (to > from) {
      end.blocks.push([from, to]);
      end.deliver();
    }
    const highest = Math.max(...end.blocks.map(([, upper]) => upper));
    if (end.nothingAcked && highest - end.reassembled > GIVES_UP_ABOVE) {
      end.skips = true;
      end.blocks = [];
    }
  }

  private flip(): void {
    this.originatorSide = this.originatorSide === 0 ? 1 : 0;
    this.history += '^';
  }

  private add(end: End, letter: string): void {
    this.history += end === this.orig ? letter : letter.toLowerCase();
  }

  /** CheckHistory: true where the role had left it before. */
  private once(end: End, mask: string, letter: string): boolean {
    if ((letter === 'A' || letter === 'D') && this.history === 'H') {
      this.flip();
      this.history = '^h';
    }
    const key = `${end === this.orig ? 'o' : 'r'}${mask}`;
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    this.add(end, letter);
    return false;
  }

  private scaled(end: End, letter: 'T' | 'W' | 'G'): void {
    const count = ++end.counts[letter];
    if (/^10*$/.test(String(count))) this.add(end, letter);
  }
}
