/**
 * All that can be said of a connection, a segment or a flow in a stable word: kinds, causes, reasons and codes, each
 * with what it means. The severity of findings, the docs and the contract test are made from it; explain/ has the
 * sentences that a person reads.
 */
import type { Code } from '../track/memory/codes.js';
import type { IgnoredBecause } from '../track/memory/extras.js';

export const OPENING_KINDS = {
  'three-way': 'SYN, SYN-ACK and the ACK of that (RFC 9293 Figure 6)',
  simultaneous: 'both ends sent a SYN before they had the other (RFC 9293 Figure 7)',
  'fast-open': 'data came with the SYN and was accepted (RFC 7413)',
  refused: 'the SYN was answered by RST or an ICMP error',
  'no-answer': 'nothing answered the SYN',
  'not-completed': 'a SYN-ACK was seen that was never validly acknowledged',
  'not-captured': 'the capture has no SYN of the client',
} as const;
export type OpeningKind = keyof typeof OPENING_KINDS;

export const CLOSING_KINDS = {
  'four-step': 'FIN, its ACK, FIN, its ACK (RFC 9293 Figure 12)',
  'three-step': 'the second FIN carries the ACK of the first',
  simultaneous: 'both ends sent a FIN before they had the other (RFC 9293 Figure 13)',
  reset: 'an RST that was taken ended it',
  'half-closed': 'only one end sent a FIN, at the end of the capture',
  open: 'no closing was seen',
  none: 'it never opened',
} as const;
export type ClosingKind = keyof typeof CLOSING_KINDS;

/** The outcome of a connection, in one word (outcome.ts). */
export const OUTCOME_KINDS = {
  closed: 'both ends closed it',
  reset: 'an RST that was taken ended it',
  refused: 'its SYN was answered by RST or an ICMP error',
  'no-answer': 'its SYN was not answered',
  'not-completed': 'its SYN-ACK was never validly acknowledged',
  'half-closed': 'one end closed it, and the other did not before the capture ended',
  open: 'it opened, and was not closed before the capture ended',
  'not-captured': 'neither its opening nor its closing was captured',
} as const;
export type OutcomeKind = keyof typeof OUTCOME_KINDS;

/** Why an RST was sent; docs/reset-causes.md has the rules. */
export const RESET_CAUSES = {
  refused: 'no socket took the SYN at this address and port',
  'rejected-syn-ack': 'the SYN-ACK does not answer the SYN of its receiver',
  scan: 'the system of the client knows nothing of the SYN that it sent',
  'connect-cancelled': 'the client gave up connecting before the SYN-ACK came',
  'accept-queue-overflow': 'the accept queue or the SYN cache of the server was full',
  'listener-closed': 'the program stopped listening, or ended, before it accepted the connection',
  'no-such-connection': 'the system of its sender has no such connection',
  'state-lost':
    'address translation or a firewall did not recognise a segment of a connection that both ends have',
  firewall: 'something on the way answered in the name of its sender',
  'half-open-discovered': 'its sender had forgotten the connection (RFC 9293 3.5.1)',
  'data-after-close': 'data came for an end that had closed',
  'gone-after-close': 'the socket of its sender was gone after its FIN',
  'unread-data': 'closed with received data unread (RFC 1122 4.2.2.13)',
  'gave-up': 'its sender was not answered for too long',
  aborted: 'the application aborted the connection (RFC 9293 3.10.5)',
  'not-translated': 'a segment of another connection, whose address was not translated',
  injected: 'not sent by the end whose address it has',
  'time-wait-assassination': 'it ended TIME-WAIT early (RFC 1337)',
  ignored: 'its receiver ignored it, and nothing followed',
  'cannot-tell': 'the packets do not tell why',
} as const;
export type ResetCause = keyof typeof RESET_CAUSES;

/** Why a receiver ignores a segment. */
export const IGNORED_REASONS: Readonly<Record<IgnoredBecause, string>> = {
  'rst-not-for-syn': 'an RST that does not acknowledge the SYN',
  'rst-in-window': 'an RST within the window, not at the expected number',
  'rst-outside-window': 'an RST outside the window',
  'rst-refuted': 'an RST after which both ends went on',
  'syn-in-connection': 'a SYN in an open connection',
  'syn-in-handshake': 'a SYN of another number in SYN-RECEIVED',
  'syn-ack-unacceptable': 'a SYN-ACK that does not acknowledge the SYN',
  'syn-ack-echo': 'a SYN-ACK that echoes a timestamp that was never sent',
  'other-syn-ack': 'a second SYN-ACK of another number',
  'closed-already': 'a SYN-ACK for an end that had given up',
  'before-syn-ack': 'a segment without SYN for an end in SYN-SENT',
  'ack-unacceptable': 'an acknowledgement of what was never sent',
  'ack-too-old': 'an acknowledgement older than the window allows',
  'half-open': 'a segment of an older connection in answer to a SYN',
  'no-ack-flag': 'a segment without ACK',
  'outside-window': 'a segment outside the window',
  'old-timestamp': 'a timestamp older than what came before',
  'after-fin': 'data behind its own FIN',
  'fin-refuted': 'a FIN beyond which both ends went on',
  'syn-in-time-wait': 'an old SYN in TIME-WAIT',
  malformed: 'a TCP header that cannot be',
};

export type Severity = 'note' | 'warning';

export interface CodeEntry {
  severity: Severity;
  /** Of one segment; of the connection as a whole, shown below its ladder; or of a UDP flow. */
  scope: 'segment' | 'connection' | 'flow';
  meaning: string;
}

const note = (scope: CodeEntry['scope'], meaning: string): CodeEntry => ({
  severity: 'note',
  scope,
  meaning,
});
const warning = (scope: CodeEntry['scope'], meaning: string): CodeEntry => ({
  severity: 'warning',
  scope,
  meaning,
});

/** Codes of single segments: Wireshark's and ours (track/codes.ts). */
const SEGMENT_CODES: Readonly<Record<Code, CodeEntry>> = {
  retransmission: warning('segment', "Wireshark's rule: its number lies below the highest one seen"),
  'fast-retransmission': warning('segment', 'the same, after duplicate ACKs and within 20 ms of them'),
  'spurious-retransmission': warning('segment', 'its bytes were acknowledged already'),
  'out-of-order': warning('segment', "Wireshark's rule: below the highest number, within a round trip"),
  'lost-segment': warning('segment', 'bytes before it were not seen so far'),
  'ack-lost-segment': warning('segment', 'it acknowledges bytes that were not captured'),
  'duplicate-ack': note('segment', 'the same acknowledgement and window again'),
  'keep-alive': note('segment', 'one byte below the next number (RFC 1122 4.2.3.6)'),
  'keep-alive-ack': note('segment', 'the answer to a keep-alive'),
  'zero-window': warning('segment', 'no room for more data'),
  'zero-window-probe': note('segment', 'asks whether the window is still closed'),
  'zero-window-probe-ack': note('segment', 'the window is still closed'),
  'window-update': note('segment', 'a new window, and nothing else'),
  'window-full': warning('segment', 'it fills the window of the other end'),
  'reused-ports': note('segment', 'the addresses and ports of an earlier connection'),
  'capture-duplicate': note('segment', 'a second copy of a packet, counted as nothing else'),
  'challenge-ack': warning('segment', 'the answer to a segment that was not acceptable (RFC 5961)'),
  'ignored-segment': warning('segment', 'its receiver ignored it'),
  'simultaneous-open': note('segment', 'both ends open at the same time'),
  'simultaneous-close': note('segment', 'both ends close at the same time'),
  'half-close': note('segment', "data after the other side's FIN"),
  'syn-retry': warning('segment', 'a SYN retransmission'),
  'syn-ack-retry': warning('segment', 'a SYN-ACK retransmission'),
  'fin-retry': warning('segment', 'a FIN retransmission'),
  'half-open-discovered': warning('segment', 'an answer with the numbers of an older connection'),
  'time-wait-assassination': warning('segment', 'an RST for an end in TIME-WAIT (RFC 1337)'),
  dsack: note('segment', 'it says that something was received twice (RFC 2883)'),
  'data-fin': note('segment', 'Multipath TCP: the end of the data of all subflows'),
};

/** Findings of a connection, other than those of its segments. */
const CONNECTION_CODES = {
  'roles-guessed': note('segment', 'no SYN was captured: who is the client is guessed'),
  'fast-open-data': note('connection', 'data with the SYN was accepted, in whole or in part'),
  'fast-open-ignored': note('connection', 'data with the SYN was not accepted'),
  'fast-open-cookie': note('connection', 'the server gave a Fast Open cookie'),
  'syn-data': note('connection', 'data with a SYN that has no Fast Open cookie'),
  'self-connect': note('connection', 'a socket connected to itself'),
  'one-direction': warning('connection', 'only one direction was captured'),
  'multipath-agreed': note('connection', 'first subflow of a Multipath TCP connection'),
  'multipath-join': note('connection', 'a further subflow (MP_JOIN)'),
  'multipath-declined': note('connection', 'Multipath TCP was offered by the client alone'),
  'multipath-tcp': note('connection', 'Multipath TCP options were used'),
  'split-handshake': warning('connection', 'the server answered the SYN with a SYN'),
  'options-cut': note('connection', 'the snap length cut off options of its SYN'),
  'checksum-wrong': warning('connection', 'wrong checksums of an end whose others are right'),
  'addresses-rewritten': note('connection', 'all checksums are wrong by the same amount'),
  'path-mtu-ignored': warning('connection', 'too large segments repeated in spite of an ICMP error'),
  'path-mtu-obeyed': note('connection', 'smaller segments after an ICMP error that names the MTU'),
  'path-mtu-black-hole': warning('connection', 'large segments are lost, small ones pass'),
  'checksum-offload': note('segment', 'checksums were not filled in when captured'),
  'segmentation-offload': note('connection', 'segments longer than the MSS'),
  'fin-scan': warning('connection', 'FIN without a connection'),
  'null-scan': warning('connection', 'a segment without any flag'),
  'xmas-scan': warning('connection', 'FIN, PSH and URG without a connection'),
  unanswered: warning('connection', 'the other end was silent for longer than a retransmission timer'),
  'zero-window-stall': warning(
    'connection',
    'the window stays closed: probes are not answered, or the answers say so',
  ),
  'window-scale-too-large': warning('connection', 'a window scale of more than 14 (RFC 7323 2.3)'),
  'window-scale-unknown': note('connection', 'the handshake was not captured'),
  'several-resets': note('connection', 'more than one RST'),
  idle: note('connection', 'nothing for more than a minute, and still open'),
  'icmp-error': warning('connection', 'an ICMP error answered it'),
  'handshake-data': note('connection', 'the segment that completes the handshake carries data'),
  'fin-with-data': note('connection', 'the first FIN carries data'),
  'both-reset': warning('connection', 'two RSTs crossed'),
  'rst-lost': warning('connection', 'the end that an RST was sent to goes on'),
  'rst-refuted': warning('connection', 'both ends go on after an RST: injected, or lost'),
  'two-syn-acks': warning('connection', 'two SYN-ACKs of different numbers answer one SYN'),
  'fin-lost': warning('connection', 'the other end goes on without acknowledging a FIN'),
  'close-not-captured': note(
    'connection',
    'its ports were used again: it had ended, and its closing was not captured',
  ),
  'refused-before': warning('connection', 'an earlier SYN was refused, its retransmission was not'),
  'third-lost': warning('connection', 'the SYN-ACK was repeated although it had been acknowledged'),
  'duplicated-by-network': warning('connection', 'the network delivered a segment twice'),
  'old-duplicate-syn': warning('connection', 'an old SYN whose answer was refused (RFC 9293 Figure 8)'),
  'translated-twin': note('connection', 'the same connection on the other side of an address translation'),
  'not-translated': warning('connection', 'a segment whose address was not translated'),
  'drops-weaken': warning('segment', 'packets that the capture lost put the verdict in doubt'),
} as const satisfies Readonly<Record<string, CodeEntry>>;

/** What shows over many connections; docs/findings.md has the thresholds. */
export const PATTERN_CODES = {
  'port-scan': 'many ports of a host, most of them refused or silent',
  'syn-scan': 'the same, by SYNs whose SYN-ACKs are not taken',
  'connect-scan': 'the same, by whole connections without data',
  'ack-scan': 'the same, by ACKs without a connection',
  'fin-scan': 'the same, by FINs',
  'null-scan': 'the same, by segments without flags',
  'xmas-scan': 'the same, by segments with FIN, PSH and URG',
  'host-sweep': 'one or a few ports of many hosts, most of which open no connection',
  'syn-flood': 'many openings at one port that are never completed',
  'health-checks': 'a port of a host opened and closed at once, without data, at equal intervals',
} as const;
export type PatternCode = keyof typeof PATTERN_CODES;

/** ICMP errors that answered a UDP flow. */
const FLOW_CODES = {
  'network-unreachable': warning('flow', 'ICMP 3/0'),
  'host-unreachable': warning('flow', 'ICMP 3/1'),
  'protocol-unreachable': warning('flow', 'ICMP 3/2'),
  'port-unreachable': warning('flow', 'ICMP 3/3, ICMPv6 1/4'),
  'fragmentation-needed': warning('flow', 'ICMP 3/4 (RFC 1191)'),
  'administratively-prohibited': warning('flow', 'ICMP 3/9, 3/10, 3/13, ICMPv6 1/1'),
  'time-exceeded': warning('flow', 'ICMP 11/0, ICMPv6 3/0'),
  'reassembly-time-exceeded': warning('flow', 'ICMP 11/1, ICMPv6 3/1'),
  'no-route': warning('flow', 'ICMPv6 1/0'),
  'address-unreachable': warning('flow', 'ICMPv6 1/3'),
  'source-address-failed-policy': warning('flow', 'ICMPv6 1/5'),
  'route-rejected': warning('flow', 'ICMPv6 1/6'),
  'packet-too-big': warning('flow', 'ICMPv6 2/0 (RFC 8201)'),
} as const satisfies Readonly<Record<string, CodeEntry>>;

export type FindingCode = Code | keyof typeof CONNECTION_CODES | keyof typeof FLOW_CODES;

/** Every code that a finding may have. */
export const FINDING_CODES: Readonly<Record<FindingCode, CodeEntry>> = {
  ...SEGMENT_CODES,
  ...CONNECTION_CODES,
  ...FLOW_CODES,
};

/** What the catalogue says of a code; undefined where it has none. */
export function entryOf(code: string): CodeEntry | undefined {
  return Object.hasOwn(FINDING_CODES, code) ? FINDING_CODES[code as FindingCode] : undefined;
}

export function severityOf(code: string): Severity {
  return entryOf(code)?.severity ?? 'note';
}
