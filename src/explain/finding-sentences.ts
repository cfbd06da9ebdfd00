/** Single segments and whole-connection findings as sentences; part of the same English phrase table. */
import type { IgnoredBecause } from '../track/detail.js';
import type { Finding } from '../track/finding-log.js';
import type { ConnectionReport } from '../verdict/report.js';
import { byteCount, durationText } from './quantities.js';
import { twinFindingSentence } from './twin-sentences.js';

/** Why a receiver ignores a segment, to follow "seen, ignored by the receiver: ". */
export function ignoredSentence(because: IgnoredBecause): string {
  switch (because) {
    case 'rst-not-for-syn':
      return 'the RST does not acknowledge its SYN (RFC 9293 3.10.7.3)';
    case 'rst-in-window':
      return 'the RST is not at the expected number; it draws a challenge ACK (RFC 5961 3.2)';
    case 'rst-outside-window':
      return 'the RST lies outside the window (RFC 9293 3.5.3)';
    case 'syn-in-connection':
      return 'a SYN in an open connection only draws a challenge ACK (RFC 5961 4.2)';
    case 'syn-ack-unacceptable':
      return 'the SYN-ACK does not acknowledge its SYN; it is answered by RST (RFC 9293 3.10.7.3)';
    case 'ack-unacceptable':
      return 'it acknowledges what was never sent; it is answered by RST (RFC 9293 3.10.7.4)';
    case 'half-open':
      return 'it belongs to an older connection that the sender still has (RFC 9293 3.5.1)';
    case 'after-fin':
      return 'its data comes after its own FIN (RFC 9293 3.10.7.4)';
    case 'syn-in-time-wait':
      return 'its number is not beyond the last one, so that TIME-WAIT answers by an ACK (RFC 9293 3.10.7.4)';
    case 'malformed':
      return 'its TCP header is malformed';
    case 'no-ack-flag':
      return 'a segment without ACK is dropped (RFC 9293 3.10.7.4)';
  }
}

const FINDINGS: Readonly<Record<string, string>> = {
  retransmission: 'sent again',
  'fast-retransmission': 'sent again after duplicate ACKs',
  'spurious-retransmission': 'sent again although it was acknowledged',
  'out-of-order': 'arrived out of order',
  'lost-segment': 'a segment before it was not captured',
  'ack-lost-segment': 'acknowledges what was not seen: missed by the capture, or never sent',
  'duplicate-ack': 'repeats its last acknowledgement',
  'keep-alive': 'keep-alive: asks whether the other end is there',
  'keep-alive-ack': 'answers a keep-alive',
  'zero-window': 'zero window: no room for more data',
  'zero-window-probe': 'asks whether the window is still closed',
  'zero-window-probe-ack': 'the window is still closed',
  'window-update': 'announces a new window',
  'window-full': 'fills the window of the other end',
  'reused-ports': 'the same addresses and ports as an earlier connection',
  'capture-duplicate': 'a second copy of a packet, counted as nothing else',
  'challenge-ack': 'challenge ACK: tells the expected numbers to whoever sent the segment before (RFC 5961)',
  'simultaneous-open': 'both ends open at the same time (RFC 9293 Figure 7)',
  'simultaneous-close': 'both ends close at the same time (RFC 9293 Figure 13)',
  'syn-retry': 'SYN sent again',
  'syn-ack-retry': 'SYN-ACK sent again',
  'fin-retry': 'FIN sent again',
  'half-open-discovered': 'answers a SYN with the numbers of an older connection: half-open (RFC 9293 3.5.1)',
  'time-wait-assassination': 'may end TIME-WAIT early: hosts that follow RFC 1337 ignore it',
  dsack: 'says that it received something twice (DSACK, RFC 2883)',
  'data-fin': 'Multipath TCP: ends the data of the whole connection (DATA_FIN)',
  'multipath-agreed': 'Multipath TCP: first subflow of a connection',
  'multipath-join': 'Multipath TCP: joins another connection as a further subflow (MP_JOIN)',
  'multipath-declined': 'Multipath TCP was offered by the client, not by the server: plain TCP',
  'fast-open-cookie': 'the server gave a Fast Open cookie: the next connection may send data with its SYN',
  'duplicated-by-network': 'the network delivered it twice: the receiver says so (DSACK)',
  'half-close': 'data after the other side has closed: half-close',
  'multipath-tcp': 'Multipath TCP options were used',
  'split-handshake': 'split handshake: the server answered the SYN with a SYN of its own',
  'checksum-offload':
    'checksums were left to the network card: the sums in the capture are not those on the wire',
  'segmentation-offload':
    'segments longer than the MSS: the network card cuts or joins them, so that they were shorter on the wire',
  'window-scale-unknown': 'the handshake was not captured, so that the window scale is unknown',
  'fin-scan': 'a FIN scan: FIN without a connection',
  'null-scan': 'a NULL scan: a segment without any flag',
  'xmas-scan': 'an Xmas scan: FIN, PSH and URG without a connection',
  'self-connect': 'a socket connected to itself: both ends are one',
  'third-lost':
    'the SYN-ACK is sent again: the ACK that had answered it was lost, or dropped as the accept queue was full',
  'refused-before': 'an earlier SYN was refused; the one sent again was not',
  'one-direction': 'only one direction was captured: what the other end did is inferred',
  'old-duplicate-syn': 'an old SYN, arrived late: its sender refused the answer',
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
      return `${byteCount(Number(values.length))} of data with the SYN, accepted`;
    case 'fast-open-ignored':
      return `${byteCount(Number(values.length))} of data with the SYN, ${values.answered === 0 ? 'never answered' : 'not accepted'}`;
    case 'icmp-error':
      return `answered by an ICMP error (type ${values.type}, code ${values.code})`;
    case 'handshake-data':
      return `the segment that completes the handshake carries ${byteCount(Number(values.length))}`;
    case 'fin-with-data':
      return `FIN with ${byteCount(Number(values.length))} of data`;
    case 'syn-data':
      return `${byteCount(Number(values.length))} of data with the SYN without Fast Open, ${values.taken}`;
    case 'both-reset':
      return `both sides reset: this RST crossed that of packet ${values.first}`;
    case 'rst-lost':
      if (values.held === 1) {
        return `the ${who} still holds TIME-WAIT: it ignored the RST of packet ${values.rst} (RFC 1337), or never had it`;
      }
      return `the ${who} goes on: the RST of packet ${values.rst} was lost behind the capture point`;
    case 'fin-lost':
      return `the ${who} goes on without acknowledging the FIN of packet ${values.fin}: it was lost behind the capture point`;
    case 'unanswered':
      return `repeated ${values.count} times in ${durationText(Number(values.seconds))} without an answer`;
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
