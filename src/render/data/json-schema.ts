/**
 * JSON Schema (draft 2020-12) of the document of `--format json`: values are those of the catalogue of fields; lists, objects
 * and members that may be null are defined here. It allows further members, as later versions may add some.
 */
import { CONNECTION_COLUMNS } from '../../fields/connection.js';
import { GROUP_COLUMNS } from '../../fields/group.js';
import { UDP_FLOW_COLUMNS } from '../../fields/udp.js';
import { STEPS } from '../../track/results/sink.js';
import { STATES } from '../../track/rfc9293/transition.js';
import { OUTCOMES } from '../../verdict/attempt-outcomes.js';
import { FINDING_CODES, PATTERN_CODES, RESET_CAUSES } from '../../verdict/catalogue.js';
import { SCHEMA } from './json.js';
import { listOf, objectOf, oneOf, orNull, type Schema, schemaOf, TIME } from './schema-tree.js';

const COUNT: Schema = { type: 'integer', minimum: 0 };
const PACKET: Schema = { type: 'integer', minimum: 1, description: 'number in the capture, from 1' };
const PORT: Schema = { type: 'integer', minimum: 0, maximum: 65_535 };
const TEXT: Schema = { type: 'string' };
const FLAG: Schema = { type: 'boolean' };
const SECONDS: Schema = { type: 'number', minimum: 0, description: 'in seconds' };
const PACKETS = listOf(PACKET, 'packets that it rests on');

const VIA = listOf(
  objectOf({ kind: TEXT, id: orNull({ ...COUNT, description: 'null where its kind has no number' }) }),
  'VLANs and tunnels around it, outermost first; left out where there are none',
);

const FINDINGS: Schema = {
  ...listOf(
    objectOf({
      code: oneOf(Object.keys(FINDING_CODES)),
      packet: { ...COUNT, description: '0 for what is said of the whole' },
      severity: oneOf(['note', 'warning']),
      values: {
        type: 'object',
        additionalProperties: { type: ['number', 'string', 'null'] },
        description: 'numbers and words of its text',
      },
      text: { type: 'string', description: 'for people; it may change' },
    }),
  ),
  // of a connection with a hundred, another may say that packets were lost
  maxItems: 101,
};

const PROCESS = orNull(objectOf({ pid: COUNT, name: TEXT }));
const STATE = oneOf(STATES);
const CAUSE = oneOf(Object.keys(RESET_CAUSES));
const CUT: Schema = { const: true, description: 'the snap length cut options off: null may have been sent' };

const offers = (side: 'client' | 'server'): readonly string[] =>
  [
    'mss',
    'windowScale',
    'sackPermitted',
    'timestamps',
    'fastOpen',
    'ecn',
    'multipath',
    'md5',
    'ao',
    'userTimeout',
  ]
    .map((option) => `opening.options.${side}.${option}`)
    .concat(`opening.options.${side}`);

const CONNECTION = schemaOf({
  fields: CONNECTION_COLUMNS,
  without: ['findingCount'],
  others: {
    'client.port': PORT,
    'server.port': PORT,
    via: VIA,
    twin: orNull({
      ...objectOf({
        index: COUNT,
        changed: listOf(oneOf(['client.address', 'client.port', 'server.address', 'server.port'])),
      }),
      description: 'the same connection under other addresses, as an address translation makes them',
    }),
    'opening.packets': PACKETS,
    'opening.synSpacing': listOf(SECONDS, 'between repeated SYNs, in order'),
    'opening.options.client.cut': CUT,
    'opening.options.server.cut': CUT,
    'closing.packets': PACKETS,
    'closing.reset.alternatives': listOf(CAUSE, 'causes that the packets do not exclude either'),
    'closing.reset.evidence': PACKETS,
    'closing.timeWaitReused': orNull({
      ...objectOf({ packet: PACKET, after: SECONDS }),
      description: 'the packet of another connection that ended TIME-WAIT by using its addresses and ports',
    }),
    'states.client': STATE,
    'states.server': STATE,
    revision: {
      ...COUNT,
      description:
        'in ndjson while a capture is read as it grows (live, demo, --follow), without --sort start: of the same index the highest counts',
    },
    findings: FINDINGS,
    findingCounts: {
      type: 'object',
      additionalProperties: { type: 'integer', minimum: 1 },
      propertyNames: { enum: Object.keys(FINDING_CODES) },
    },
    process: {
      ...objectOf({ client: PROCESS, server: PROCESS }),
      description: 'the processes at its ends; only live, with `--process`',
    },
  },
  nullable: [
    'start',
    'outcome.by',
    ...['connectTime', 'synWait', 'synToSynAck', 'synAckWait', 'synAckToAck', 'capturePoint', 'slowSide'].map(
      (name) => `opening.${name}`,
    ),
    ...offers('client'),
    ...offers('server'),
    'opening.options.agreed',
    ...['mss.toServer', 'mss.toClient', 'windowScale.client', 'windowScale.server', 'sack', 'timestamps'].map(
      (name) => `opening.options.agreed.${name}`,
    ),
    ...['ecn', 'multipath', 'fastOpen'].map((name) => `opening.options.agreed.${name}`),
    'closing.initiator',
    'closing.halfClose',
    'closing.halfClose.duration',
    'closing.reset',
    'closing.timeWait',
    'closing.timeWaitEnds',
    'response',
    ...['client', 'server'].flatMap((side) => [`traffic.${side}.rtt`, `traffic.${side}.window.bytes`]),
  ],
  optional: ['via', 'process', 'revision', 'opening.options.client.cut', 'opening.options.server.cut'],
});

const UDP_FLOW = schemaOf({
  fields: UDP_FLOW_COLUMNS,
  without: ['findingCount'],
  others: {
    'client.port': PORT,
    'server.port': PORT,
    via: VIA,
    answeredBy: listOf(COUNT, '`index` of the flows that answer it from another address'),
    'icmp.mtu': orNull({ ...COUNT, description: 'of a packet that was too big' }),
    findings: FINDINGS,
  },
  nullable: ['start', 'answers', 'icmp'],
  optional: ['via'],
});

const GROUP = schemaOf({
  fields: GROUP_COLUMNS,
  others: {},
  nullable: ['key', 'mainCause', 'connect', 'response', 'retransmittedShare'],
});

const PATTERN = objectOf({
  code: oneOf(Object.keys(PATTERN_CODES)),
  address: { ...TEXT, description: 'who scans or checks; of a flood, who is flooded' },
  target: orNull({ ...TEXT, description: 'who is scanned, checked or flooded; null: several' }),
  port: orNull({ ...PORT, description: 'null: several' }),
  ports: COUNT,
  hosts: COUNT,
  count: { ...COUNT, description: 'what docs/findings.md says of each code' },
  interval: orNull({ ...SECONDS, description: 'between health checks: the median, in seconds' }),
  outcomes: objectOf(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, COUNT]))),
  firstPacket: PACKET,
  exact: { ...FLAG, description: 'false: the numbers are lower bounds' },
});

/** As the library has it in `CaptureError.values`. */
const ERROR = {
  type: 'object',
  properties: { kind: { ...TEXT, description: 'a word' } },
  required: ['kind'],
  additionalProperties: { type: ['number', 'string', 'null', 'object'] },
  description: 'why it could not be read, or not further, with its numbers and texts',
};

const WARNING = objectOf({
  code: { ...TEXT, description: 'a stable word' },
  message: { ...TEXT, description: 'for people; it may change' },
  values: {
    type: 'object',
    properties: { problem: { ...TEXT, description: 'what is wrong, as a word' }, error: ERROR },
    required: ['problem'],
    additionalProperties: { type: ['number', 'string'] },
    description: 'its numbers, or the error that it is; `continued`: where reading went on',
  },
  file: orNull({ ...TEXT, description: 'null: the capture as a whole' }),
  packet: orNull({ ...PACKET, description: 'number within the file, from 1' }),
  offset: orNull({ ...COUNT, description: 'byte in the file, after decompression' }),
});

const LIVE = objectOf({
  backend: TEXT,
  interface: TEXT,
  clock: oneOf(['kernel', 'user-space']),
  precision: oneOf(['ns', 'us']),
  snaplen: COUNT,
});

const FILE = objectOf({
  path: TEXT,
  format: oneOf(['pcap', 'pcapng']),
  packets: COUNT,
  bytes: COUNT,
  damaged: FLAG,
});

const CAPTURE = objectOf(
  {
    files: listOf(FILE),
    complete: { ...FLAG, description: 'false: reading was interrupted' },
    packets: { ...COUNT, description: 'frames' },
    tcpSegments: COUNT,
    udpDatagrams: COUNT,
    other: { ...COUNT, description: 'neither of them' },
    others: listOf(objectOf({ what: TEXT, packets: COUNT, broken: FLAG })),
    start: orNull(TIME),
    end: orNull(TIME),
    drops: orNull({
      ...objectOf({ kernel: orNull(COUNT), interface: orNull(COUNT) }),
      description: 'packets lost while capturing, as far as the capture tells',
    }),
    live: { ...LIVE, description: 'how it was captured; only live' },
    evicted: {
      ...objectOf({ halfOpen: COUNT, others: COUNT, udpFlows: COUNT }),
      description: 'reported before their end for lack of room',
    },
    patterns: listOf(PATTERN, 'what shows over many connections'),
    oneToMany: listOf(objectOf({ server: TEXT, clients: COUNT }), 'UDP servers of several clients'),
    warnings: listOf(WARNING),
  },
  ['live'],
);

const ofConnection = (member: string): Schema => ({ $ref: `#/$defs/connection/properties/${member}` });

/** A line of `--format ndjson --events` (event.ts). */
const EVENT = {
  ...objectOf({
    type: { const: 'event' },
    event: oneOf(STEPS, 'failed: refused, reset, or given up without an answer'),
    connection: { type: 'integer', minimum: 0, description: 'index of the connection' },
    packet: { type: 'integer', minimum: 1, description: 'the packet that was the step' },
    time: orNull({ ...TIME, description: 'time of that packet' }),
    client: ofConnection('client'),
    server: ofConnection('server'),
    states: { ...ofConnection('states'), description: 'after that packet' },
    outcome: {
      anyOf: [{ type: 'null' }, ofConnection('outcome')],
      description: 'null until it is closed or failed',
    },
    text: { type: 'string', description: 'for people; may change' },
  }),
  description: 'A step of a connection: a line of `synfin --format ndjson --events`.',
};

const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const HEAD = { schema: { const: SCHEMA }, capture: reference('capture') };

/** Connections and flows; or, with `--by`, groups. */
export const JSON_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: SCHEMA,
  description: 'The document of `synfin --format json`. Durations are in seconds; what is not known is null.',
  anyOf: [
    objectOf({
      ...HEAD,
      connections: listOf(reference('connection'), 'by their first packets'),
      udpFlows: listOf(reference('udpFlow'), 'by their first packets'),
    }),
    objectOf({
      ...HEAD,
      by: { type: 'string', description: 'what `--by` named' },
      total: reference('group'),
      groups: listOf(reference('group')),
    }),
  ],
  $defs: { capture: CAPTURE, connection: CONNECTION, udpFlow: UDP_FLOW, group: GROUP, event: EVENT },
};
