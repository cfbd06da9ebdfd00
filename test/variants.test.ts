/**
 * One real recording in every container and link layer (fixtures/variants): all give the same verdict, and
 * tshark, where it is on PATH, finds the same segments.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { PathLayer } from '../src/decode/path.js';
import { type AnalysisResult, analyzeFiles } from '../src/index.js';

const run = promisify(execFile);
const FOLDER = resolve(import.meta.dirname, '../fixtures/variants');
const RECORDING = resolve(FOLDER, '../kernel/half-close.pcap');

interface Variant {
  file: string;
  what: string;
  by: string;
  precision: 'ns' | 'us';
}

const variants: Variant[] = JSON.parse(readFileSync(join(FOLDER, 'variants.json'), 'utf8'));

/** VLANs and tunnels that a variant is in; the others are in none. */
const VIA: Readonly<Record<string, string>> = {
  'vlan.pcap': 'vlan 7',
  'qinq.pcap': 'vlan 100, vlan 7',
  'e-tag.pcap': 'vlan 7',
  'fabricpath.pcap': 'vlan 7',
  'ayiya.pcap': 'ayiya',
  'capwap.pcap': 'capwap',
  'gre.pcap': 'gre',
  'gre-key.pcap': 'gre 42',
  'gre-ethernet.pcap': 'gre',
  'erspan.pcap': 'erspan',
  'ipip.pcap': 'ipip',
  '4in6.pcap': '4in6',
  'vxlan.pcap': 'vxlan 99',
  'geneve.pcap': 'geneve 99',
  'gtp-u.pcap': 'gtp-u',
  'l2tp.pcap': 'l2tp',
  'vxlan-vlan.pcap': 'vlan 5, vxlan 99, vlan 7',
};

function pathOf(via: readonly PathLayer[]): string {
  return via.map(({ kind, id }) => (id === null ? kind : `${kind} ${id}`)).join(', ');
}

/** Of which the packets are cut within the options of the SYN. */
const SNAPPED = 'snapped.pcap';

/** What does not depend on the container, and the times apart from it. */
function verdictOf({ capture, connections }: AnalysisResult) {
  expect(connections).toHaveLength(1);
  const [connection] = connections;
  if (connection === undefined) throw new Error('no connection');
  const { opening, closing, traffic } = connection;
  const side = ({ packets, bytes, retransmissions }: typeof traffic.client) => ({
    packets,
    bytes,
    retransmissions,
  });
  return {
    via: pathOf(connection.via),
    verdict: {
      tcpSegments: capture.tcpSegments,
      client: connection.client,
      server: connection.server,
      rolesFrom: connection.rolesFrom,
      opening: { kind: opening.kind, complete: opening.complete, options: opening.options },
      closing: {
        kind: closing.kind,
        complete: closing.complete,
        initiator: closing.initiator,
        timeWait: closing.timeWait,
        halfCloseBytes: closing.halfClose?.bytes,
      },
      states: connection.states,
      connState: connection.connState,
      history: connection.history,
      completeness: connection.completeness,
      traffic: [side(traffic.client), side(traffic.server)],
    },
    times: {
      start: connection.startSeconds - SECOND + connection.startNanoseconds / 1e9,
      duration: connection.duration,
      connectTime: opening.connectTime ?? -1,
      synToSynAck: opening.synToSynAck ?? -1,
      halfClose: closing.halfClose?.duration ?? -1,
      longestSilence: connection.longestSilence,
    },
  };
}

/** A second near the recording's, so that times keep their nanoseconds in a double. */
const SECOND = (await analyzeFiles([RECORDING])).connections[0]?.startSeconds ?? 0;
const original = verdictOf(await analyzeFiles([RECORDING]));

describe('the same verdict in every container and link layer', () => {
  it('has as many files as it lists', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'README.md' && name !== 'variants.json');
    expect(files.sort()).toEqual(variants.map(({ file }) => file).sort());
    expect(variants.length).toBeGreaterThan(50);
  });

  it.each(variants.map((variant) => [variant.file, variant] as const))('%s', async (file, { precision }) => {
    const result = await analyzeFiles([join(FOLDER, file)]);
    expect(result.capture.warnings).toEqual([]);
    const { via, verdict, times } = verdictOf(result);
    if (file === SNAPPED) {
      // as in Zeek, a segment whose TCP header was cut leaves no letter: the SYN and SYN-ACK carry the long options
      expect(verdict.history).toBe('ADadFf');
      verdict.history = original.verdict.history;
    }
    if (file === SNAPPED) verdict.opening.options = original.verdict.opening.options;
    expect(verdict).toEqual(original.verdict);
    expect(via).toBe(VIA[file] ?? '');
    const slack = precision === 'us' ? 1.001e-6 : 1e-11;
    for (const [name, value] of Object.entries(times)) {
      const wanted = original.times[name as keyof typeof times];
      expect(Math.abs(value - wanted), `${name}: ${value}, ${wanted} in the recording`).toBeLessThan(slack);
    }
  });
});

const tshark = await run('tshark', ['--version']).then(
  () => true,
  () => false,
);

async function segmentsOf(file: string): Promise<string> {
  const fields = [
    'tcp.seq_raw',
    'tcp.ack_raw',
    'tcp.len',
    'tcp.flags',
    'tcp.srcport',
    'tcp.window_size_value',
  ];
  const { stdout } = await run(
    'tshark',
    [
      '-n',
      '-r',
      file,
      '-Y',
      'tcp',
      '-T',
      'fields',
      '-E',
      'occurrence=l',
      ...fields.flatMap((f) => ['-e', f]),
    ],
    { maxBuffer: 1 << 24, timeout: 60_000 },
  );
  return stdout;
}

describe('tshark finds the same segments', { timeout: 180_000 }, () => {
  it.skipIf(!tshark)('in every variant (skipped where tshark is not on PATH)', async () => {
    const wanted = await segmentsOf(RECORDING);
    expect(wanted.trim().split('\n')).toHaveLength(16);
    const differing: string[] = [];
    const waiting = variants.map(({ file }) => file);
    const worker = async (): Promise<void> => {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
        if ((await segmentsOf(join(FOLDER, file))) !== wanted) differing.push(file);
      }
    };
    await Promise.all([worker(), worker()]);
    expect(differing).toEqual([]);
  });
});
