/** Which connections to show: `--where` and its shorthands, as one expression (where/filter.ts). */

import type { Command } from 'commander';
import { Network } from '../../decode/network.js';
import { parseDuration } from '../../where/quantity.js';
import { argumentError } from './argument-error.js';
import { collectText } from './options.js';

export interface AskFlags {
  where?: string[];
  failed?: boolean;
  reset?: boolean;
  /** Seconds. */
  slow?: number;
  host?: Peer[];
  server?: Peer[];
  client?: Peer[];
  port?: number[];
  between?: string;
}

/** An address or network, a port, or both. */
interface Peer {
  address: string | null;
  port: number | null;
}

export function addAskOptions(command: Command): Command {
  return command
    .optionsGroup('Select connections:')
    .option('--where <expr>', "those that match, e.g. 'server.port == 443 && duration > 1s'", collectText)
    .option('--failed', 'refused, not answered, not completed, or reset')
    .option('--reset', 'ended by RST')
    .option('--slow <time>', 'connect time or a response time of at least this, e.g. 200ms', duration)
    .option(
      '--host <addr[:port]>',
      'this client or server: an address or network, a port, or both',
      collectPeer,
    )
    .option('--server <addr[:port]>', 'the same of the server', collectPeer)
    .option('--client <addr[:port]>', 'the same of the client', collectPeer)
    .option('--port <n>', 'port of the server', collectPort)
    .option('--between <from to>', 'begun between two times (UTC), e.g. 08:53:20 08:54:00', between);
}

/** Null where all are asked for. */
export function askedExpression(flags: AskFlags): string | null {
  const parts = [...(flags.where ?? [])];
  if (flags.failed === true) parts.push('outcome.failed');
  if (flags.reset === true) parts.push('outcome.kind == "reset"');
  if (flags.slow !== undefined)
    parts.push(`opening.connectTime >= ${flags.slow}s || response.max >= ${flags.slow}s`);
  parts.push(...anyOf(flags.server, (peer) => peerExpression('server', peer)));
  parts.push(...anyOf(flags.client, (peer) => peerExpression('client', peer)));
  parts.push(
    ...anyOf(flags.host, (peer) => `${peerExpression('client', peer)} || ${peerExpression('server', peer)}`),
  );
  if (flags.port !== undefined) parts.push(`server.port in [${flags.port.join(', ')}]`);
  if (flags.between !== undefined) parts.push(flags.between);
  if (parts.length === 0) return null;
  return parts.length === 1 ? (parts[0] ?? null) : parts.map((part) => `(${part})`).join(' && ');
}

function anyOf<Value>(values: readonly Value[] | undefined, text: (value: Value) => string): string[] {
  return values === undefined ? [] : [values.map(text).join(' || ')];
}

function peerExpression(role: 'client' | 'server', { address, port }: Peer): string {
  const parts: string[] = [];
  if (address?.includes('/') === true) parts.push(`cidr("${address}").contains(${role}.address)`);
  else if (address !== null) parts.push(`${role}.address == "${address}"`);
  if (port !== null) parts.push(`${role}.port == ${port}`);
  return `(${parts.join(' && ')})`;
}

function collectPeer(value: string, values: Peer[] = []): Peer[] {
  return [...values, parsePeer(value)];
}

function parsePeer(value: string): Peer {
  // [2001:db8::1]:443, 10.0.0.1:443, :443; an IPv6 address without brackets has no port
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d+)$/.exec(value);
  const address = match === null ? value : (match[1] ?? match[2] ?? '');
  const port = match === null ? null : Number(match[3]);
  const network = address === '' ? null : Network.parse(address);
  if (
    (address === '') !== (network === null) ||
    (port !== null && port > 65_535) ||
    (address === '' && port === null)
  )
    throw argumentError({ kind: 'address-expected' });
  return { address: network === null ? null : network.text, port };
}

function collectPort(value: string, values: number[] = []): number[] {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw argumentError({ kind: 'port-expected' });
  return [...values, Number(value)];
}

export function duration(value: string): number {
  const seconds = parseDuration(value);
  if (seconds === null) throw argumentError({ kind: 'time-expected' });
  return seconds;
}

const TIME_OF_DAY = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?Z?$/;

/** Two times of one kind, with a comma or space in between: times of day (UTC), or with a date. */
function between(value: string): string {
  const [from, to, ...more] = value.split(BETWEEN_SEPARATOR).map(moment);
  if (from === undefined || to === undefined || more.length > 0 || from.ofDay !== to.ofDay)
    throw argumentError({ kind: 'two-times-expected' });
  const [left, right] = [`${from.expression} <= ${from.of}`, `${to.of} < ${to.expression}`];
  // over midnight
  const over = from.ofDay && from.value > to.value;
  return over ? `${left} || ${right}` : `${left} && ${right}`;
}

/** Joins the two words of `--between`, which are one for commander. */
const BETWEEN_SEPARATOR = ',';

/** `--between FROM TO` as one word. */
export function joinBetween(argv: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const [word = '', from, to] = argv.slice(at, at + 3);
    joined.push(word);
    if (word !== '--between' || from === undefined || to === undefined || from.includes(BETWEEN_SEPARATOR))
      continue;
    joined.push(from + BETWEEN_SEPARATOR + to);
    at += 2;
  }
  return joined;
}

interface Moment {
  of: string;
  expression: string;
  ofDay: boolean;
  value: number;
}

function moment(written: string): Moment {
  const text = written.trim();
  const day = TIME_OF_DAY.exec(text);
  if (day !== null) {
    if (Number(day[1]) > 24 || Number(day[2]) > 59 || Number(day[3] ?? 0) >= 60)
      throw argumentError({ kind: 'no-time-of-day', written });
    const value = Number(day[1]) * 3600 + Number(day[2]) * 60 + Number(day[3] ?? 0);
    return { of: 'timeOfDay(start)', expression: String(value), ofDay: true, value };
  }
  const dated = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text.replace(' ', 'T');
  const value = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(dated) ? dated : `${dated}Z`);
  if (Number.isNaN(value)) throw argumentError({ kind: 'no-moment', written });
  return { of: 'start', expression: `timestamp("${new Date(value).toISOString()}")`, ofDay: false, value };
}
