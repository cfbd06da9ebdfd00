/**
 * What packets show of a connection that is seen under other addresses as well (track/twins.ts): it was captured on both
 * sides of an address translation, or some of its segments were not translated.
 */
import { ACK, RST, SYN } from '../decode/packet.js';
import { type Reset, type Twin, twinOf } from '../track/memory/extras.js';
import type { Finding } from '../track/memory/finding-log.js';
import type { ConnectionSnapshot } from '../track/results/snapshot.js';
import { CLIENT_ADDRESS, CLIENT_PORT, SERVER_ADDRESS, SERVER_PORT } from '../track/twins/twins.js';
import type { ResetFinding } from './reset-rule.js';

export type TwinChange = 'client.address' | 'client.port' | 'server.address' | 'server.port';

/** What the packets show of a twin: both sides of a translation, the other direction, or missing translation. */
export type TwinShows = 'both-sides' | 'other-direction' | 'not-translated';

export interface TwinReport {
  /** Index of the other connection. */
  index: number;
  /** How it differs. */
  changed: TwinChange[];
  shows: TwinShows;
  /** This connection began after the other, and its first segment was a SYN-ACK. */
  second: boolean;
  answers: boolean;
}

const CHANGES: readonly [number, TwinChange][] = [
  [CLIENT_ADDRESS, 'client.address'],
  [CLIENT_PORT, 'client.port'],
  [SERVER_ADDRESS, 'server.address'],
  [SERVER_PORT, 'server.port'],
];

export function judgeTwin(connection: ConnectionSnapshot): TwinReport | null {
  const twin = twinOf(connection.extras);
  if (twin === null) return null;
  return {
    index: twin.index,
    changed: CHANGES.flatMap(([bit, name]) => ((twin.changed & bit) !== 0 ? [name] : [])),
    shows: shows(connection, twin),
    second: twin.second,
    answers: answers(twin),
  };
}

function shows(connection: ConnectionSnapshot, twin: Twin): TwinShows {
  if (twin.how === 'copy') return 'both-sides';
  if (twin.how === 'segment') return 'not-translated';
  const { ends, extras, clientSide } = connection;
  // the other direction of it: translated elsewhere where it was taken, as its receiver goes on
  if (twin.second)
    return refusedByReceiver(connection, extras?.reset ?? null) ? 'not-translated' : 'other-direction';
  const client = ends[clientSide];
  return answers(twin) && client.packets === client.synCount ? 'not-translated' : 'other-direction';
}

function answers({ flags }: Twin): boolean {
  return (flags & (SYN | ACK)) === (SYN | ACK);
}

/** All that the receiver of its first segment sent were RSTs. */
function refusedByReceiver(connection: ConnectionSnapshot, reset: Reset | null): boolean {
  const sent = connection.ends[1].packets;
  return sent > 0 && reset?.side === 1 && sent <= (connection.extras?.resets ?? 0);
}

/** Why a connection made only of such segments was reset, with the packets that show it; null where it was not. */
export function resetOfTwin(connection: ConnectionSnapshot, reset: Reset): ResetFinding | null {
  const twin = twinOf(connection.extras);
  if (twin === null || !twin.second || twin.how === 'copy') return null;
  const sure = { confidence: 'high', evidence: [twin.packet, connection.firstPacket] } as const;
  if (refusedByReceiver(connection, reset))
    return { cause: answers(twin) ? 'rejected-syn-ack' : 'not-translated', ...sure };
  const first = reset.packet === connection.firstPacket && (twin.flags & RST) !== 0;
  return first ? { cause: 'not-translated', ...sure } : null;
}

/** Its finding: `not-translated` where a segment missed its receiver, else `translated-twin`. */
export function twinFinding(connection: ConnectionSnapshot): Finding | null {
  const twin = twinOf(connection.extras);
  const report = judgeTwin(connection);
  if (twin === null || report === null) return null;
  const { firstPacket } = connection;
  const values = {
    index: twin.index,
    shows: report.shows,
    second: twin.second ? 1 : 0,
    answers: report.answers ? 1 : 0,
    changed: report.changed.join(' '),
  };
  const code = report.shows === 'not-translated' ? 'not-translated' : 'translated-twin';
  // the finding of the whole connection names the segment that came under other addresses
  const packet = twin.second || twin.how === 'copy' ? firstPacket : twin.packet;
  return { code, packet, by: 0, values };
}
