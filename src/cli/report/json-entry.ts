/** A connection or flow in JSON, with the doubt that packets lost while capturing put on it. */

import type { Drops } from '../../capture/reader.js';
import { jsonText } from '../../escape.js';
import { phrases } from '../../explain/phrases.js';
import { connectionObject, udpFlowObject } from '../../render/data/json.js';
import type { ConnectionSnapshot } from '../../track/results/snapshot.js';
import type { UdpFlowSnapshot } from '../../track/udp/flow.js';
import { DROPS_WEAKEN, flowRestsOnAbsence, lostPackets, restsOnAbsence } from '../../verdict/losses.js';
import { judgeConnection } from '../../verdict/report.js';
import { judgeUdpFlow } from '../../verdict/udp.js';

/** Further members of a connection, by its index. */
export type More = ((index: number) => object) | null;

export interface JsonEntry {
  object: Record<string, unknown>;
  /** Lost packets would put it in doubt. */
  doubtful(): boolean;
}

export function connectionEntry(snapshot: ConnectionSnapshot, more: More): JsonEntry {
  const report = judgeConnection(snapshot);
  return {
    object:
      more === null ? connectionObject(report) : Object.assign(connectionObject(report), more(report.index)),
    doubtful: () => restsOnAbsence(report),
  };
}

/** As JSON. Only names of processes come from outside: nothing else needs escaping. */
export function entryText(object: object): string {
  return 'process' in object ? jsonText(object) : JSON.stringify(object);
}

export function flowEntry(snapshot: UdpFlowSnapshot): JsonEntry {
  const report = judgeUdpFlow(snapshot);
  return { object: udpFlowObject(report), doubtful: () => flowRestsOnAbsence(report) };
}

/** With the finding that packets were lost, where they were and that matters. */
export function withCaveat({ object, doubtful }: JsonEntry, drops: Drops | null): Record<string, unknown> {
  const caveat = lostPackets(drops) > 0 && doubtful() ? phrases.dropsCaveat(drops) : null;
  if (caveat === null) return object;
  const { findings, findingCounts } = object;
  return {
    ...object,
    findings: [...(Array.isArray(findings) ? findings : []), { ...DROPS_WEAKEN, values: {}, text: caveat }],
    ...(typeof findingCounts === 'object'
      ? { findingCounts: { ...findingCounts, [DROPS_WEAKEN.code]: 1 } }
      : {}),
  };
}
