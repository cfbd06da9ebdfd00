/**
 * Guesses that later packets may prove wrong, and what happens then.
 *
 * What both ends send afterwards shows whether a segment was accepted by its receiver. Where the packets so far allow
 * another answer, the connection is in doubt: a copy of it from before the segment is kept, with the segments since.
 * When one of them proves the guess wrong, the copy is put back and the segments are processed again, now with what is
 * known. So states, numbers, codes, findings and rows all follow. Rows of a connection in doubt wait.
 *
 * A doubt ends when it is answered, after a minute, with MAX_EVENTS segments, or with the connection.
 */
import { ACK, FIN, type Packet, RST, SYN } from '../../decode/packet.js';
import { FIN_SENT, NEXT_KNOWN, OPENED, SENT_SYN } from '../memory/connection.js';
import type { IgnoredBecause } from '../memory/extras.js';
import type { Arrival, Focus, Saved } from '../memory/focus.js';
import { highestReset } from '../notes/reset.js';
import type { SavedZeek } from '../peers/zeek-ends.js';
import type { SegmentRow } from '../results/sink.js';
import { after, before, distance } from '../rfc9293/sequence.js';
import { CLOSED, SYN_RECEIVED, SYN_SENT, synchronised } from '../rfc9293/transition.js';

/** Captured within this time, packets may be in the wrong order. */
const REORDER_TOLERANCE_NS = 1e6;
/** No segment is under way for longer: RFC 6298 2 sends nothing again sooner. */
const MAX_TRANSIT_NS = 1e9;
/** Segments kept of a connection in doubt. */
const MAX_EVENTS = 256;
/** How often one packet may be judged again, and how often a connection is processed again. */
const MAX_CHANGES = 2;
const MAX_REPLAYS = 24;

/** What is open about a segment. */
type Doubted =
  /** An RST that was accepted: its sender may go on. */
  | 'rst'
  /** An RST that refused a SYN: the handshake may be completed all the same. */
  | 'refusal'
  /** It acknowledges what was not captured, or never sent. */
  | 'unsent'
  /** It came before any SYN-ACK: the SYN-ACK was missed, or the segment was dropped. */
  | 'before-syn-ack'
  /** It was ignored, and may be acknowledged. */
  | 'ignored'
  /** A second SYN-ACK of another number: the ACK shows which one is accepted. */
  | 'second-syn-ack';

interface Question {
  doubted: Doubted;
  packet: number;
  side: 0 | 1;
  at: number;
  sequence: number;
  /** Behind its last byte, SYN and FIN included. */
  end: number;
  hasFin: boolean;
  acknowledgement: number;
  because: IgnoredBecause | null;
  /** The packet in which its supposed sender went on; a SYN-ACK that came after a refusal, and its number. */
  goesOn: number;
  goesOnSequence: number;
}

/** What is now known of a packet that was misjudged. */
export interface Known {
  packet: number;
  ignored: IgnoredBecause | null;
  proof: readonly number[];
  /** Before it: forget the SYN-ACK, or the FIN, of its sender that was accepted in its place. */
  forget: 'nothing' | 'syn-ack' | 'fin';
  changes: number;
}

/** A segment, a copy of one or an ICMP error, as it came to a connection in doubt. */
export interface HeldEvent {
  arrival: Arrival;
  side: 0 | 1;
  kind: 'segment' | 'copy' | 'icmp';
  /** Codes that it earned by beginning the connection. */
  begins: boolean;
}

export class Doubt {
  readonly events: HeldEvent[] = [];
  readonly rows: SegmentRow[] = [];
  readonly known = new Map<number, Known>();
  replays = 0;
  private questions: Question[] = [];

  constructor(
    readonly saved: Saved,
    readonly zeek: SavedZeek | null,
    readonly at: number,
    readonly number: number,
  ) {}

  get isSettled(): boolean {
    return this.questions.length === 0;
  }

  get isFull(): boolean {
    return this.events.length >= MAX_EVENTS;
  }

  /** Asks about the segment in focus; `ignored` is how it was judged. */
  ask(focus: Focus, doubted: Doubted, ignored: IgnoredBecause | null): void {
    const { packet, number, side, at } = focus;
    this.questions.push({
      doubted,
      packet: number,
      side,
      at,
      sequence: doubted === 'rst' ? highestReset(focus) : packet.sequence,
      end: endOf(packet),
      hasFin: (packet.flags & FIN) !== 0,
      acknowledgement: packet.acknowledgement,
      because: ignored,
      goesOn: 0,
      goesOnSequence: 0,
    });
  }

  /** What the segment in focus, not treated yet, proves of an earlier one; null where nothing is to be changed. */
  weigh(focus: Focus): Known | null {
    let found: Known | null = null;
    const open: Question[] = [];
    for (const question of this.questions) {
      const answer = found === null ? answerOf(question, focus) : 'open';
      if (answer === 'open') open.push(question);
      else if (answer !== 'settled') found = this.learn(question, answer);
    }
    this.questions = open;
    return found;
  }

  private learn(question: Question, answer: Answer): Known | null {
    const changes = (this.known.get(question.packet)?.changes ?? 0) + 1;
    if (changes > MAX_CHANGES || this.replays >= MAX_REPLAYS) return null;
    const known = { packet: question.packet, changes, ...answer };
    this.known.set(question.packet, known);
    return known;
  }

  /** The segments so far, to be processed again: each comes back by `add`, each question by `ask`. */
  takeEvents(): HeldEvent[] {
    this.replays++;
    this.questions = [];
    this.rows.length = 0;
    return this.events.splice(0);
  }
}

type Answer = Pick<Known, 'ignored' | 'proof' | 'forget'>;

/** What later packets may show of the segment in focus, or null. `ignored`: how it was judged, before it takes effect. */
export function doubtOf(focus: Focus, ignored: IgnoredBecause | null): Doubted | null {
  const { connection, sender, receiver, packet } = focus;
  const { flags } = packet;
  if ((flags & RST) !== 0) {
    if (ignored !== null || receiver.state === CLOSED || receiver.packets === 0) return null;
    if (receiver.state === SYN_SENT) return (flags & ACK) !== 0 ? 'refusal' : null;
    return sender.state === SYN_SENT ? null : 'rst';
  }
  const occupies = packet.payloadLength > 0 || (flags & (FIN | SYN)) !== 0;
  if (ignored !== null) {
    if (ignored === 'other-syn-ack') return 'second-syn-ack';
    // a FIN without ACK is handled separately (lifecycle.ts)
    if (!occupies || ignored === 'malformed' || (flags & ACK) === 0) return null;
    return receiver.packets > 0 ? 'ignored' : null;
  }
  if ((flags & (SYN | ACK)) !== ACK) return null;
  if (receiver.state === SYN_SENT && (sender.bits & SENT_SYN) === 0 && occupies) return 'before-syn-ack';
  if ((receiver.bits & NEXT_KNOWN) === 0 || !after(packet.acknowledgement, receiver.nextSequence))
    return null;
  const opening = receiver.state === SYN_RECEIVED && (connection.bits & OPENED) === 0;
  return opening || (occupies && synchronised(receiver.state)) ? 'unsent' : null;
}

function endOf(packet: Packet): number {
  const control = ((packet.flags & SYN) !== 0 ? 1 : 0) + ((packet.flags & FIN) !== 0 ? 1 : 0);
  return (packet.sequence + packet.payloadLength + control) | 0;
}

/** What the segment in focus means for a question: it is refuted, it is confirmed, or neither. */
function answerOf(question: Question, focus: Focus): Answer | 'settled' | 'open' {
  switch (question.doubted) {
    case 'rst':
      return afterReset(question, focus);
    case 'refusal':
      return afterRefusal(question, focus);
    case 'unsent':
      return afterUnsent(question, focus);
    case 'before-syn-ack':
      return afterEarly(question, focus);
    case 'ignored':
      return afterIgnored(question, focus);
    case 'second-syn-ack':
      return afterSecondSynAck(question, focus);
  }
}

/** An end that has aborted cannot go on; where the other end answers its segments, the other end had not accepted the RST. */
function afterReset(question: Question, { packet, number, side, at }: Focus): Answer | 'settled' | 'open' {
  if ((packet.flags & (RST | SYN | ACK)) !== ACK) return (packet.flags & SYN) !== 0 ? 'settled' : 'open';
  if (side === question.side) {
    // what the RST overtook lies before it; a bare ACK may have changed places with it in the capture
    const beyond = !before(packet.sequence, question.sequence);
    const says = packet.payloadLength > 0 || (packet.flags & FIN) !== 0;
    if (beyond && (says || at - question.at > REORDER_TOLERANCE_NS) && question.goesOn === 0)
      question.goesOn = number;
    return 'open';
  }
  if (question.goesOn === 0) return 'open';
  const answers = after(packet.acknowledgement, question.sequence) || at - question.at > MAX_TRANSIT_NS;
  return answers ? { ignored: 'rst-refuted', proof: [question.goesOn, number], forget: 'nothing' } : 'open';
}

/** The SYN-ACK that followed was acknowledged by an end that sent no new SYN: it had not accepted the RST. */
function afterRefusal(question: Question, { packet, number, side }: Focus): Answer | 'settled' | 'open' {
  const { flags } = packet;
  if (side === question.side) {
    if ((flags & (SYN | ACK | RST)) === (SYN | ACK)) {
      question.goesOn = number;
      question.goesOnSequence = packet.sequence;
    }
    return 'open';
  }
  if ((flags & SYN) !== 0) return 'settled';
  if ((flags & (RST | ACK)) !== ACK || question.goesOn === 0) return 'open';
  if (!after(packet.acknowledgement, question.goesOnSequence)) return 'open';
  return { ignored: 'rst-refuted', proof: [question.goesOn, number], forget: 'nothing' };
}

/** What its receiver sends next shows whether it had sent as much as was acknowledged. */
function afterUnsent(question: Question, focus: Focus): Answer | 'settled' | 'open' {
  const { packet, number, side } = focus;
  const { flags } = packet;
  if (side === question.side) return 'open';
  const refused: Answer = { ignored: 'ack-unacceptable', proof: [number], forget: 'nothing' };
  if ((flags & RST) !== 0) {
    return (flags & ACK) === 0 && packet.sequence === question.acknowledgement ? refused : 'open';
  }
  if ((flags & (SYN | ACK)) === (SYN | ACK))
    return before(packet.sequence, question.acknowledgement) ? refused : 'open';
  if ((flags & ACK) === 0) return 'open';
  // beyond a FIN that was taken there is nothing
  if (question.hasFin && after(packet.acknowledgement, question.end)) return refused;
  if (!before(packet.sequence, question.acknowledgement)) return 'settled';
  if (after(packet.acknowledgement, question.sequence)) return 'settled';
  // a bare ACK has the next number: less than was acknowledged has been sent
  const bare = packet.payloadLength === 0 && (flags & FIN) === 0;
  return bare && question.end !== question.sequence ? refused : 'open';
}

/** A SYN-ACK behind it shows that its receiver was still in SYN-SENT (RFC 9293 3.10.7.3, fifth). */
function afterEarly(question: Question, { packet, number, side }: Focus): Answer | 'settled' | 'open' {
  const { flags } = packet;
  if (side === question.side) {
    return (flags & (SYN | ACK | RST)) === (SYN | ACK)
      ? { ignored: 'before-syn-ack', proof: [number], forget: 'nothing' }
      : 'open';
  }
  const taken = (flags & (SYN | RST | ACK)) === ACK && !before(packet.acknowledgement, question.end);
  return taken ? 'settled' : 'open';
}

/** What was ignored is acknowledged, though nothing else that was accepted has these numbers. */
function afterIgnored(question: Question, focus: Focus): Answer | 'settled' | 'open' {
  const { packet, number, side, receiver } = focus;
  if (side === question.side || (packet.flags & (RST | ACK)) !== ACK) return 'open';
  if (before(packet.acknowledgement, question.end)) return 'open';
  if (question.because === 'after-fin') {
    // nothing can lie beyond its FIN: that FIN was not accepted
    const beyond =
      (receiver.bits & FIN_SENT) !== 0 && distance(packet.acknowledgement, receiver.finSequence) > 1;
    return beyond ? { ignored: null, proof: [number], forget: 'fin' } : 'settled';
  }
  const explained = (receiver.bits & NEXT_KNOWN) !== 0 && !before(receiver.nextSequence, question.end);
  if (explained) return 'settled';
  // far beyond it, the acknowledgement is of something else
  if (distance(packet.acknowledgement, question.end) > 1 << 20) return 'open';
  return { ignored: null, proof: [number], forget: 'nothing' };
}

function afterSecondSynAck(question: Question, focus: Focus): Answer | 'settled' | 'open' {
  const { packet, number, side, receiver } = focus;
  if (side === question.side || (packet.flags & (SYN | RST | ACK)) !== ACK) return 'open';
  const ofFirst = distance(packet.acknowledgement, receiver.base);
  const ofSecond = distance(packet.acknowledgement, question.sequence);
  // the first number after one of them, or the one that lies closer below
  const second = ofSecond === 1 || (ofSecond > 0 && ofFirst !== 1 && (ofFirst <= 0 || ofSecond < ofFirst));
  return second ? { ignored: null, proof: [number], forget: 'syn-ack' } : 'settled';
}
