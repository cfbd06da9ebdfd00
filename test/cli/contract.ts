/** CONTRACT.md's JSON, schema synfin/1, as shapes. */
import { isErrorValues } from '../../src/error-kinds/all.js';
import { STATES } from '../../src/track/rfc9293/transition.js';
import {
  CLOSING_KINDS,
  FINDING_CODES,
  OPENING_KINDS,
  OUTCOME_KINDS,
  PATTERN_CODES,
  RESET_CAUSES,
} from '../../src/verdict/catalogue.js';
import {
  anyText,
  type Check,
  count,
  flag,
  list,
  mapOf,
  number,
  object,
  oneOf,
  orNull,
  packet,
  port,
  text,
  time,
  uint32,
} from './shape.js';

const scalar: Check = (value, path) =>
  value === null || ['number', 'string'].includes(typeof value) ? [] : [`${path}: a number or a word`];

/** Where it is the error of a warning: one that is declared, with all of its values. */
const scalarOrError: Check = (value, path) => {
  if (!path.endsWith('.error')) return scalar(value, path);
  return isErrorValues(value) ? [] : [`${path}: an error with its values`];
};

const role = oneOf('client', 'server');
const endpoint = object({ address: text, port });
const state = oneOf(...STATES);
/** Null where its kind has no number, as IP in IP. */
const via = list(object({ kind: text }, { id: orNull(count) }));
/** Null beyond the years that RFC 3339 can tell. */
const moment = orNull(time);
/** Null where the clock went back between the two. */
const span = orNull(number);

const capture: Record<string, Check> = {
  files: list(
    object({ path: text, format: oneOf('pcap', 'pcapng'), packets: count, bytes: count, damaged: flag }),
  ),
  complete: flag,
  packets: count,
  tcpSegments: count,
  udpDatagrams: count,
  other: count,
  others: list(object({ what: text, packets: count, broken: flag })),
  start: moment,
  end: moment,
  drops: orNull(object({ kernel: orNull(count), interface: orNull(count) })),
  evicted: object({ halfOpen: count, others: count, udpFlows: count }),
  patterns: list(
    object({
      code: oneOf(...Object.keys(PATTERN_CODES)),
      address: text,
      target: orNull(text),
      port: orNull(port),
      ports: count,
      hosts: count,
      count,
      interval: orNull(number),
      outcomes: object({
        noAnswer: count,
        refused: count,
        notCompleted: count,
        reset: count,
        closed: count,
        used: count,
      }),
      firstPacket: packet,
      exact: flag,
    }),
  ),
  warnings: list(
    object({
      code: text,
      message: text,
      values: mapOf(scalarOrError),
      file: orNull(text),
      packet: orNull(packet),
      offset: orNull(count),
    }),
  ),
};
const live = {
  live: object({
    backend: text,
    interface: text,
    clock: oneOf('kernel', 'user-space'),
    precision: oneOf('ns', 'us'),
    snaplen: count,
  }),
};

const offer = object(
  {
    mss: orNull(count),
    windowScale: orNull(count),
    sackPermitted: orNull(flag),
    timestamps: orNull(flag),
    fastOpen: orNull(oneOf('cookie-request', 'cookie')),
    ecn: orNull(oneOf('classic', 'accurate')),
    multipath: orNull(oneOf('capable', 'join')),
    md5: orNull(flag),
    ao: orNull(flag),
    userTimeout: orNull(count),
  },
  { cut: flag },
);

const options = object({
  client: orNull(offer),
  server: orNull(offer),
  agreed: orNull(
    object({
      mss: object({ toServer: orNull(count), toClient: orNull(count) }),
      windowScale: object({ client: orNull(count), server: orNull(count) }),
      sack: orNull(flag),
      timestamps: orNull(flag),
      ecn: orNull(oneOf('classic', 'accurate')),
      multipath: orNull(flag),
      fastOpen: orNull(oneOf('requested', 'cookie-given', 'data-accepted', 'data-ignored')),
    }),
  ),
});

const opening = object({
  kind: oneOf(...Object.keys(OPENING_KINDS)),
  complete: flag,
  packets: list(packet),
  synCount: count,
  synAckCount: count,
  connectTime: orNull(number),
  synWait: orNull(number),
  synToSynAck: orNull(number),
  synAckWait: orNull(number),
  synAckToAck: orNull(number),
  synSpacing: list(number),
  capturePoint: orNull(oneOf('near-client', 'near-server', 'middle')),
  slowSide: orNull(oneOf('client', 'server', 'network')),
  options,
});

const closing = object({
  kind: oneOf(...Object.keys(CLOSING_KINDS)),
  complete: flag,
  initiator: orNull(role),
  packets: list(packet),
  halfClose: orNull(object({ duration: span, bytes: count })),
  reset: orNull(
    object({
      by: role,
      packet,
      accepted: flag,
      cause: oneOf(...Object.keys(RESET_CAUSES)),
      alternatives: list(oneOf(...Object.keys(RESET_CAUSES))),
      confidence: oneOf('high', 'medium', 'low'),
      evidence: list(packet),
    }),
  ),
  timeWait: orNull(oneOf('client', 'server', 'both')),
  timeWaitEnds: moment,
});

const traffic = object({
  packets: count,
  bytes: count,
  retransmissions: count,
  retransmittedBytes: count,
  outOfOrder: count,
  duplicateAcks: count,
  zeroWindows: count,
  keepAlives: count,
  rtt: orNull(object({ min: number, median: number, max: number, samples: count })),
  window: object({ raw: count, bytes: orNull(count) }),
});

const findings = list(
  object({
    code: oneOf(...Object.keys(FINDING_CODES)),
    packet: count,
    severity: oneOf('note', 'warning'),
    values: mapOf(scalar),
    text,
  }),
  100,
);

const connection: Record<string, Check> = {
  index: count,
  client: endpoint,
  server: endpoint,
  rolesFrom: oneOf('syn', 'syn-ack', 'guess'),
  firstPacket: packet,
  lastPacket: packet,
  start: moment,
  duration: number,
  twin: orNull(
    object({
      index: count,
      changed: list(oneOf('client.address', 'client.port', 'server.address', 'server.port')),
    }),
  ),
  opening,
  closing,
  outcome: object({
    kind: oneOf(...Object.keys(OUTCOME_KINDS)),
    by: orNull(oneOf('client', 'server', 'both')),
    failed: flag,
  }),
  states: object({ client: state, server: state }),
  completeness: count,
  history: anyText,
  connState: oneOf(
    'S0',
    'S1',
    'SF',
    'REJ',
    'S2',
    'S3',
    'RSTO',
    'RSTR',
    'RSTOS0',
    'RSTRH',
    'SH',
    'SHR',
    'OTH',
  ),
  response: orNull(object({ count, first: number, median: number, max: number })),
  traffic: object({ client: traffic, server: traffic }),
  longestSilence: number,
  findings,
  findingCounts: mapOf(packet),
};

const udpFlow: Record<string, Check> = {
  index: count,
  client: endpoint,
  server: endpoint,
  firstPacket: packet,
  lastPacket: packet,
  start: moment,
  duration: number,
  traffic: object({
    client: object({ packets: count, bytes: count }),
    server: object({ packets: count, bytes: count }),
  }),
  answered: flag,
  cast: oneOf('unicast', 'multicast', 'broadcast'),
  icmp: orNull(object({ packet, from: text, type: count, code: count, meaning: text, mtu: orNull(count) })),
  findings,
};

const segment: Record<string, Check> = {
  packet,
  connection: count,
  from: role,
  time: moment,
  flags: list(oneOf('SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE')),
  flagBits: count,
  seq: number,
  ack: orNull(number),
  rawSeq: uint32,
  rawAck: uint32,
  length: count,
  window: port,
  sack: orNull(list(list(number))),
  analysis: list(text),
  states: object({ client: state, server: state }),
  accepted: flag,
  note: orNull(text),
};

/** The document of `--format json`. */
export const documentShape = object({
  schema: oneOf('synfin/1'),
  capture: object(capture, live),
  connections: list(object(connection, { via })),
  udpFlows: list(object(udpFlow, { via })),
});

/** A line of `--format ndjson`, by its type. */
export const lineShapes: Readonly<Record<string, Check>> = {
  capture: object({ type: oneOf('capture'), ...capture }, live),
  connection: object({ type: oneOf('connection'), ...connection }, { via }),
  udpFlow: object({ type: oneOf('udpFlow'), ...udpFlow }, { via }),
  packet: object({ type: oneOf('packet'), ...segment }),
  event: object({
    type: oneOf('event'),
    event: oneOf('opening', 'opened', 'closing', 'closed', 'failed'),
    connection: count,
    packet,
    time: moment,
    client: endpoint,
    server: endpoint,
    states: object({ client: state, server: state }),
    outcome: orNull(object({ kind: oneOf(...Object.keys(OUTCOME_KINDS)), by: orNull(text), failed: flag })),
    text,
  }),
};
