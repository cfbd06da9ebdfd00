/** Single segments and whole-connection findings as sentences; part of the same English phrase table. */
import type { Fill, IgnoredBecause, LadderSegment } from '../../track/memory/extras.js';
import type { Finding } from '../../track/memory/finding-log.js';
import type { ConnectionReport } from '../../verdict/report.js';
import { icmpText, icmpWords } from './icmp.js';
import { pathMtuSentence } from './path-mtu.js';
import { byteCount, durationText, grouped } from './quantities.js';
import { twinFindingSentence } from './twin-sentences.js';

/** Why a receiver ignores a segment, to follow "seen, ignored by the receiver: ". */
const IGNORED: Readonly<Record<IgnoredBecause, string>> = {
  'rst-not-for-syn': 'the RST does not acknowledge its SYN (RFC 9293 3.10.7.3)',
  'rst-in-window': 'the RST is not at the expected number; it may trigger a challenge ACK (RFC 5961 3.2)',
  'rst-outside-window': 'the RST lies outside the window (RFC 9293 3.5.3)',
  'rst-refuted': 'both ends go on: the RST was not sent by this end, or did not arrive',
  'syn-in-connection': 'a SYN in an open connection may only trigger a challenge ACK (RFC 5961 4.2)',
  'syn-in-handshake':
    'a SYN with another number, outside the window of SYN-RECEIVED, may only trigger an ACK (RFC 9293 3.10.7.4)',
  'syn-ack-unacceptable':
    'the SYN-ACK does not acknowledge its SYN; it is answered by RST (RFC 9293 3.10.7.3)',
  'syn-ack-echo': 'the SYN-ACK echoes a timestamp that its SYN did not have (RFC 7323 3.2)',
  'other-syn-ack': 'another SYN-ACK with another number: only one of them can be taken',
  'closed-already': 'the receiver had given the connection up',
  'before-syn-ack': 'it came before the SYN-ACK: in SYN-SENT it is dropped (RFC 9293 3.10.7.3)',
  'ack-unacceptable':
    'it acknowledges more than was sent; the answer is an ACK or RST (RFC 9293 3.10.7.3 and 3.10.7.4)',
  'ack-too-old': 'its acknowledgement is older than the window allows; it may trigger an ACK (RFC 5961 5.2)',
  'half-open': 'it belongs to an older connection that the sender still has (RFC 9293 3.5.1)',
  'no-ack-flag': 'a segment without ACK is dropped (RFC 9293 3.10.7.4)',
  'outside-window': 'it lies outside the window; the answer is an ACK (RFC 9293 3.10.7.4)',
  'old-timestamp': 'its timestamp is older than that of what arrived before (PAWS, RFC 7323 5.3)',
  'after-fin': 'its data comes after its own FIN (RFC 9293 3.10.7.4)',
  'fin-refuted': 'both ends go on beyond it: the FIN was not sent by this end, or did not arrive',
  'syn-in-time-wait':
    'its number is not beyond the last one, so that TIME-WAIT answers by an ACK (RFC 9293 3.10.7.4)',
  malformed: 'its TCP header is malformed',
};

export function ignoredSentence(because: IgnoredBecause): string {
  return IGNORED[because];
}

const FINDINGS: Readonly<Record<string, string>> = {
  retransmission: 'retransmission of bytes that were sent before',
  'fast-retransmission': 'fast retransmission: after duplicate ACKs',
  'spurious-retransmission':
    'spurious retransmission: its ACK had passed here, but had not reached the sender in time',
  'out-of-order': 'out of order',
  'lost-segment': 'previous segment not captured so far',
  'ack-lost-segment': 'acknowledges bytes that were not captured',
  'duplicate-ack': 'duplicate ACK',
  'keep-alive': 'keep-alive: asks whether the other end is there',
  'keep-alive-ack': 'keep-alive ACK: answers a keep-alive',
  'zero-window': 'zero window: no room for more data',
  'zero-window-probe': 'zero-window probe: asks whether the window is still closed',
  'zero-window-probe-ack': 'answer to a zero-window probe: the window is still closed',
  'window-update': 'window update',
  'window-full': 'window full: fills the window of the other end',
  'reused-ports': 'the same addresses and ports as an earlier connection',
  'capture-duplicate': 'a second copy of a packet, counted as nothing else',
  'challenge-ack':
    'challenge ACK: answers a segment that is not acceptable with the numbers that it expects (RFC 9293 3.10.7.4)',
  'simultaneous-open': 'both ends open at the same time (RFC 9293 Figure 7)',
  'simultaneous-close': 'both ends close at the same time (RFC 9293 Figure 13)',
  'syn-retry': 'SYN retransmission',
  'syn-ack-retry': 'SYN-ACK retransmission',
  'fin-retry': 'FIN retransmission',
  'half-open-discovered': 'answers a SYN with the numbers of an older connection: half-open (RFC 9293 3.5.1)',
  'time-wait-assassination': 'may end TIME-WAIT early: hosts that follow RFC 1337 ignore it',
  dsack: 'DSACK: reports that it received something twice (RFC 2883)',
  'data-fin': 'Multipath TCP: ends the data of the whole connection (DATA_FIN)',
  'multipath-agreed': 'Multipath TCP: first subflow of a connection',
  'multipath-join': 'Multipath TCP: joins another connection as a further subflow (MP_JOIN)',
  'multipath-declined': 'Multipath TCP was offered by the client, not by the server: plain TCP',
  'fast-open-cookie': 'the server gave a Fast Open cookie: the next connection may send data with its SYN',
  'duplicated-by-network': 'the network delivered it twice: the receiver says so (DSACK)',
  'half-close': "data after the other side's FIN",
  'multipath-tcp': 'Multipath TCP options were used',
  'split-handshake': 'split handshake: the server answered the SYN with a SYN of its own',
  'segmentation-offload': 'segments longer than the MSS: cut after, or joined before, the place of capture',
  'addresses-rewritten':
    'checksums are all off by the same amount: addresses or ports were rewritten, and the checksums not',
  'window-scale-unknown': 'the handshake was not captured, so that the window scale is unknown',
  'fin-scan': 'a FIN scan: FIN without a connection',
  'null-scan': 'a NULL scan: a segment without any flag',
  'xmas-scan': 'an Xmas scan: FIN, PSH and URG without a connection',
  'self-connect': 'a socket connected to itself: both ends are one',
  'third-lost':
    'SYN-ACK retransmission: the ACK that had answered it was lost, or dropped as the accept queue was full, or the server waits for data first (TCP_DEFER_ACCEPT)',
  'close-not-captured':
    'its closing was not captured: this packet is a SYN between the same addresses and ports, and a SYN-ACK answers it',
  'refused-before': 'an earlier SYN was refused; its retransmission was not',
  'options-cut': 'the snap length cut options of its SYN off: what was not captured may have been offered',
  'one-direction': 'only one direction was captured: what the other end did is inferred',
  'old-duplicate-syn': 'an old SYN, arrived late: its sender refused the answer',
};

/** `duplicate ACK #3`; without the number where it is not known. */
export function duplicateAckText(number: number | null): string {
  return `duplicate ACK${number === null ? '' : ` #${number}`}`;
}

/** Why a segment was ignored, and what proves it; null where it was taken. */
export function rowNote({ ignored, proof }: Pick<LadderSegment, 'ignored' | 'proof'>): string | null {
  return ignored === null ? null : `${ignoredSentence(ignored)}${proofText(proof)}`;
}

/** Packets that prove how a segment was taken, to follow that. */
function proofText(proof: readonly number[]): string {
  return proof.length === 0
    ? ''
    : `; packet${proof.length > 1 ? 's' : ''} ${proof.join(' and ')} show${proof.length > 1 ? '' : 's'} it`;
}

/** Of a segment whose bytes were all sent before. */
export const RETRANSMITTED: string = 'retransmission';

/** What the capture has of a segment's bytes, where that is worth a word; `names`: its codes. */
export function bytesSentence(
  { repeated, gap, fill, length }: Pick<LadderSegment, 'repeated' | 'gap' | 'fill' | 'length'>,
  names: readonly string[],
): string {
  const has = (code: string): boolean => names.includes(code);
  if (has('capture-duplicate')) return '';
  if (gap > 0 && has('lost-segment'))
    return `previous segment not captured so far: a gap of ${byteCount(gap)}`;
  const again =
    repeated > 0 && repeated < length
      ? `retransmission of ${grouped(repeated)} of its bytes`
      : 'retransmission';
  if (fill !== 'none') {
    const late = LATE[fill];
    return repeated > 0 ? `${again}; the others ${late}` : late;
  }
  if (has('fin-retry'))
    return repeated > 0 ? `retransmission of FIN and ${byteCount(repeated)}` : 'FIN retransmission';
  if (has('syn-retry') || has('syn-ack-retry') || has('spurious-retransmission')) return '';
  if (has('fast-retransmission')) return `fast ${again}: after duplicate ACKs`;
  if (has('retransmission')) return repeated > 0 ? again : '';
  if (has('out-of-order')) return repeated > 0 ? again : 'out of order';
  return '';
}

/** Bytes that come behind later ones. */
const LATE: Readonly<Record<Exclude<Fill, 'none'>, string>> = {
  overtaken: 'arrived late: overtaken by what was sent after it',
  'sent-again': 'retransmission; the original was lost before the capture point, or not captured',
  unknown: 'fills a gap: late, or a retransmission after a loss before the capture point',
};

/** What a finding means. */
export function findingSentence(finding: Finding, report: Pick<ConnectionReport, 'clientSide'>): string {
  const values = finding.values ?? {};
  const who = finding.by === report.clientSide ? 'client' : 'server';
  switch (finding.code) {
    case 'ignored-segment':
      return `seen, ignored by the receiver: ${ignoredSentence(values.because as IgnoredBecause)}`;
    case 'roles-guessed':
      return values.reason === 'ports'
        ? 'no SYN was captured: client and server are guessed by their ports'
        : 'no SYN was captured: the side seen first is taken for the client';
    case 'fast-open-data':
      return Number(values.taken) < Number(values.length) && Number(values.taken) > 0
        ? `${values.taken} of ${byteCount(Number(values.length))} of data with the SYN accepted: no more was acknowledged`
        : `${byteCount(Number(values.length))} of data with the SYN, accepted`;
    case 'fast-open-ignored':
      return `${byteCount(Number(values.length))} of data with the SYN, ${values.answered === 0 ? 'never answered' : 'not accepted'}`;
    case 'icmp-error':
      return `answered by ICMP: ${icmpText(icmpWords(values))}`;
    case 'handshake-data':
      return `the segment that completes the handshake carries ${byteCount(Number(values.length))}`;
    case 'fin-with-data':
      return `FIN with ${byteCount(Number(values.length))} of data`;
    case 'syn-data':
      return `${byteCount(Number(values.length))} of data with the SYN${values.cut === 1 ? '' : ' without Fast Open'}, ${values.taken}`;
    case 'both-reset':
      return `both sides reset: this RST crossed that of packet ${values.first}`;
    case 'rst-lost':
      if (values.held === 1) {
        return `the ${who} is still in TIME-WAIT: it ignored the RST of packet ${values.rst} (RFC 1337), or never had it`;
      }
      return `the ${who} goes on: the RST of packet ${values.rst} was lost beyond the capture point`;
    case 'rst-refuted':
      return `the ${who} goes on in packet ${values.goesOn}, and is answered in packet ${values.answered}: the RST was not its own (injected), or did not arrive`;
    case 'fin-lost':
      return `the ${who} goes on without acknowledging the FIN of packet ${values.fin}: it was lost beyond the capture point`;
    case 'path-mtu-ignored':
    case 'path-mtu-obeyed':
    case 'path-mtu-black-hole':
      return pathMtuSentence(finding, who);
    case 'checksum-offload':
      return `${who}: checksums were not filled in when captured (offload, or loopback)${values.answered === 0 ? '; whether they were filled in later is not known, as nothing answers them' : ''}`;
    case 'checksum-wrong':
      if (values.refuted === 1)
        return `${who}: an RST with a wrong checksum, dropped by the receiver: both ends go on after it`;
      return `${who}: ${wrongChecksumText(Number(values.count), Number(values.dropped), Number(values.taken))}`;
    case 'unanswered':
      return `${values.count} segments in ${durationText(Number(values.seconds))} without an answer${Number(values.since) > 0 ? `: the other end was last seen in packet ${values.since}` : ''}`;
    case 'zero-window-stall':
      return `waits for the window that packet ${values.closed} closed: ${values.count} probes in ${durationText(Number(values.seconds))}, ${values.answered === 1 ? 'answered: it is still closed' : 'none answered'}`;
    case 'third-lost':
      if (values.data !== 1) break;
      return 'SYN-ACK retransmission: the ACK and the data that had answered it were lost, or dropped as the accept queue was full';
    case 'two-syn-acks':
      return `a second SYN-ACK with another number than that of packet ${values.first}: two hosts answer for this address, or one that keeps no state`;
    case 'window-scale-too-large':
      return `window scale ${values.shift} is more than 14, and taken as 14 (RFC 7323 2.3)`;
    case 'several-resets':
      return `${values.count} RSTs in all`;
    case 'idle':
      return `nothing for ${durationText(Number(values.seconds))}, and still open`;
    case 'translated-twin':
    case 'not-translated':
      return twinFindingSentence(finding);
    default:
      break;
  }
  const text = FINDINGS[finding.code] ?? finding.code;
  return finding.code.endsWith('offload') ? `${who}: ${text}` : text;
}

/** How many segments were dropped, how many were taken all the same, and what that means. */
function wrongChecksumText(count: number, dropped: number, taken: number): string {
  const what = count === 1 ? 'a segment with a wrong checksum' : `${count} segments with a wrong checksum`;
  if (dropped > 0) {
    const some = dropped === count ? '' : `${dropped} of them `;
    return `${what}, ${some}dropped by the receiver: nobody acknowledged ${dropped === 1 ? 'it' : 'them'}`;
  }
  if (taken > 0)
    return `${what}, acknowledged all the same: the receiver got it otherwise than the capture shows it`;
  return `${what}; whether the receiver dropped ${count === 1 ? 'it' : 'them'} is not known`;
}
