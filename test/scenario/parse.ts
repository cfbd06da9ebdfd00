/**
 * The text form of a scenario. One line a segment, from left (`>`) or right (`<`):
 *
 *     # text after a hash is a comment
 *     isn 100 300                      numbers are relative to these (else they are raw)
 *     0.000 > S 0 | SYN-SENT LISTEN    time, direction, flags, sequence; states of left and right end after it
 *     +0.010 < SA 0 1 [mss 1460, wscale 7] win 1000
 *     40001> S 7                       another left port: another connection; without a time: 10 ms later
 *     * syn-retry retransmission       the codes of the segment above; none where there is no such line
 *     ! rst-in-window                  it is ignored by its receiver; else it must be accepted
 *     < icmp 3/3 of 1                  an ICMP error that quotes the 1st packet
 *     > udp len 5                      a datagram
 *
 * A segment may also have `len`, `win`, `id` (IP identification), `ttl`, `if` (capture interface), `words` (header
 * length, where it is to be wrong), `cap` (bytes captured of the IP packet), and of its checksum, where it is to be wrong:
 * `sum` (that number), `off` (so much more than the right one), `partial 1` (that of the pseudo-header alone, as for
 * offload). An ICMP error may have `mtu`. Settings before it: `isn`, `port` (of the right end), `ipv6`, `left` and `right`
 * (last byte of the address of an end from here on). All other lines are expectations, see check.ts; `of 1` makes those
 * after it speak of connection 1.
 */
import { ACK, AE, CWR, ECE, FIN, PSH, RST, SYN, URG } from '../../src/decode/packet.js';
import { parseOptions } from './options.js';
import { type Ends, icmpPacket, tcpPacket, udpPacket } from './packet.js';
import type { Captured } from './pipeline.js';

/** One packet of a scenario and the expectations for it. */
export interface ScenarioPacket {
  line: number;
  text: string;
  fromLeft: boolean;
  captured: Captured;
  isTcp: boolean;
  /** States of left and right end, null where the line has none. */
  states: readonly [string, string] | null;
  codes: readonly string[];
  ignored: string | null;
}

export interface Expectation {
  line: number;
  text: string;
  words: readonly string[];
  connection: number;
}

export interface Scenario {
  packets: ScenarioPacket[];
  expectations: Expectation[];
}

const NAMES = new Set([
  'len',
  'win',
  'id',
  'ttl',
  'if',
  'of',
  'words',
  'cap',
  'sum',
  'off',
  'partial',
  'mtu',
]);
const START_SECONDS = 1_700_000_000;
const STEP_NS = 10_000_000;
const FLAGS: Readonly<Record<string, number>> = {
  S: SYN,
  F: FIN,
  R: RST,
  P: PSH,
  A: ACK,
  U: URG,
  E: ECE,
  W: CWR,
  X: AE,
};
const PACKET =
  /^(?:(?<time>\+?\d+(?:\.\d+)?)\s+)?(?<port>\d+)?(?<arrow>[<>])\s*(?<rest>[^|[]*)(?:\[(?<options>[^\]]*)\](?<more>[^|]*))?(?:\|(?<states>.*))?$/;

export function parseScenario(text: string): Scenario {
  const scenario: Scenario = { packets: [], expectations: [] };
  const settings = {
    isn: [0, 0] as [number, number],
    port: 80,
    version: 4 as 4 | 6,
    hosts: [1, 2] as [number, number],
    at: -STEP_NS,
  };
  const nextId: [number, number] = [1000, 30_000];
  let connection = 0;
  text.split('\n').forEach((raw, index) => {
    const line = index + 1;
    const content = raw.replace(/(^|\s)#.*/, '').trim();
    if (content === '') return;
    const words = content.split(/\s+/);
    const [word = '', ...rest] = words;
    const last = scenario.packets.at(-1);
    const packet = PACKET.exec(content);
    if (packet?.groups !== undefined) {
      scenario.packets.push(parsePacket(packet.groups, content, line, settings, nextId, scenario.packets));
    } else if (word === '*' && last !== undefined) last.codes = [...rest].sort();
    else if (word === '!' && last !== undefined) last.ignored = rest.at(-1) ?? '';
    else if (word === 'isn') settings.isn = [numberOf(rest[0], line), numberOf(rest[1], line)];
    else if (word === 'port') settings.port = numberOf(rest[0], line);
    else if (word === 'ipv6') settings.version = 6;
    else if (word === 'left') settings.hosts = [numberOf(rest[0], line), settings.hosts[1]];
    else if (word === 'right') settings.hosts = [settings.hosts[0], numberOf(rest[0], line)];
    else if (word === 'of') connection = numberOf(rest[0], line);
    else scenario.expectations.push({ line, text: content, words, connection });
  });
  return scenario;
}

function numberOf(word: string | undefined, line: number): number {
  const value = Number(word);
  if (word === undefined || !Number.isFinite(value)) throw new Error(`line ${line}: "${word}" is no number`);
  return value;
}

interface Settings {
  isn: readonly [number, number];
  port: number;
  version: 4 | 6;
  hosts: readonly [number, number];
  at: number;
}

function parsePacket(
  groups: Record<string, string | undefined>,
  text: string,
  line: number,
  settings: Settings,
  nextId: [number, number],
  before: readonly ScenarioPacket[],
): ScenarioPacket {
  const fromLeft = groups.arrow === '>';
  const [kind = '', ...words] = `${groups.rest ?? ''} ${groups.more ?? ''}`.trim().split(/\s+/);
  const numbers: number[] = [];
  const named: Record<string, number> = {};
  let icmp: [number, number] = [0, 0];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    const typeAndCode = /^(\d+)\/(\d+)$/.exec(word);
    if (typeAndCode !== null) icmp = [Number(typeAndCode[1]), Number(typeAndCode[2])];
    else if (/^[a-z]+$/.test(word)) named[word] = numberOf(words.shift(), line);
    else numbers.push(numberOf(word, line));
  }
  for (const name of Object.keys(named)) {
    if (!NAMES.has(name)) throw new Error(`line ${line}: ${name}?`);
  }
  settings.at = timeOf(groups.time, settings.at);
  const side = fromLeft ? 0 : 1;
  const ends: Ends = {
    fromLeft,
    leftPort: Number(groups.port ?? 40_000),
    rightPort: settings.port,
    version: settings.version,
    hosts: settings.hosts,
    ttl: named.ttl ?? 64,
    ipId: named.id ?? nextId[side]++,
  };
  const bytes = bytesOf(ends, kind, line, numbers, named, icmp, groups.options ?? '', settings, before);
  const states = (groups.states ?? '').trim().split(/\s+/);
  return {
    line,
    text,
    fromLeft,
    isTcp: kind !== 'icmp' && kind !== 'udp',
    captured: {
      seconds: START_SECONDS + Math.floor(settings.at / 1e9),
      nanoseconds: settings.at % 1e9,
      bytes: bytes.subarray(0, named.cap ?? bytes.length),
      originalLength: bytes.length,
      interfaceId: named.if ?? 0,
    },
    states: states.length === 2 ? [states[0] ?? '', states[1] ?? ''] : null,
    codes: [],
    ignored: null,
  };
}

function timeOf(text: string | undefined, before: number): number {
  if (text === undefined) return before + STEP_NS;
  const time = Math.round(Number(text.replace('+', '')) * 1e9);
  return text.startsWith('+') ? before + time : time;
}

function bytesOf(
  ends: Ends,
  kind: string,
  line: number,
  numbers: readonly number[],
  named: Readonly<Record<string, number>>,
  icmp: readonly [number, number],
  options: string,
  settings: Settings,
  before: readonly ScenarioPacket[],
): Uint8Array {
  if (kind === 'udp') return udpPacket(ends, named.len ?? 0);
  if (kind === 'icmp') {
    const quoted = before[(named.of ?? 1) - 1];
    if (quoted === undefined) throw new Error(`line ${line}: there is no packet ${named.of}`);
    return icmpPacket(ends, icmp[0], icmp[1], named.mtu ?? 0, quoted.captured.bytes);
  }
  const flags =
    kind === '-' ? 0 : [...kind].reduce((bits, letter) => bits | (FLAGS[letter] ?? Number.NaN), 0);
  if ([...kind].some((letter) => letter !== '-' && FLAGS[letter] === undefined))
    throw new Error(`line ${line}: flags ${kind}?`);
  const [own, other] = ends.fromLeft ? settings.isn : [settings.isn[1], settings.isn[0]];
  const [sequence = 0, acknowledgement] = numbers;
  const usualWindow = (flags & SYN) !== 0 ? 64_240 : (flags & RST) !== 0 ? 0 : 502;
  return tcpPacket({
    ...ends,
    flags,
    sequence: (own + sequence) | 0,
    acknowledgement: acknowledgement === undefined ? 0 : (other + acknowledgement) | 0,
    window: named.win ?? usualWindow,
    options: parseOptions(options, line),
    length: named.len ?? 0,
    words: named.words ?? null,
    sum: named.sum ?? null,
    off: named.off ?? 0,
    partial: named.partial === 1,
  });
}
