/** Properties of any sequence of segments, however absurd. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTURE_DUPLICATE, CODES, codeNames } from '../../src/track/memory/codes.js';
import type { SegmentRow } from '../../src/track/results/sink.js';
import { STATES } from '../../src/track/rfc9293/transition.js';
import type { ConnectionReport } from '../../src/verdict/report.js';
import { analyse } from '../scenario/pipeline.js';
import { captured, segments } from './random-segments.js';
import { History } from './reachable.js';

const RUNS = { numRuns: 150 };

/** A report without times, packets and addresses. */
function verdict(report: ConnectionReport): unknown {
  const { opening, closing, states, completeness, history, connState, rolesFrom, findingCounts } = report;
  const { reset } = closing;
  return {
    opening: { kind: opening.kind, complete: opening.complete, options: opening.options },
    syns: [opening.synCount, opening.synAckCount],
    closing: [closing.kind, closing.complete, closing.initiator, closing.timeWait],
    halfClose: closing.halfClose?.bytes ?? null,
    reset: reset === null ? null : [reset.by, reset.accepted, reset.cause, reset.confidence],
    states,
    completeness,
    zeek: [history, connState],
    rolesFrom,
    traffic: [report.traffic.client, report.traffic.server],
    counts: Object.entries(findingCounts)
      .filter(([code]) => code !== 'capture-duplicate' && code !== 'idle')
      .sort(),
  };
}

function rowsByPacket(rows: readonly SegmentRow[]): SegmentRow[] {
  return [...rows].sort((a, b) => a.packet - b.packet);
}

function byIndex(reports: readonly ConnectionReport[]): ConnectionReport[] {
  return [...reports].sort((a, b) => a.index - b.index);
}

describe('any sequence of segments', () => {
  it('never throws, and moves states only as the table or a named correction allows', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: true, most: 40 }), async (list) => {
        const { rows } = await analyse(captured(list));
        const history = new History();
        for (const row of rows) {
          for (const state of row.states) expect(state).toBeLessThan(STATES.length);
          expect(history.add(row), `packet ${row.packet}`).toBeNull();
        }
      }),
      RUNS,
    );
  });

  it('reports each packet and each connection exactly once, and its counts add up', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: true }), async (list) => {
        const { rows, connections, summary } = await analyse(captured(list, { copiesAfter: 20_000 }));
        const all = Array.from({ length: list.length * 2 - 1 }, (_, index) => index + 1);
        expect(rowsByPacket(rows).map(({ packet }) => packet)).toEqual(all);
        expect(new Set(connections.map(({ index }) => index)).size).toBe(connections.length);
        expect(Object.values(summary.openings).reduce((sum, n) => sum + n, 0)).toBe(connections.length);
        for (const report of connections) {
          const own = rows.filter(({ connection }) => connection === report.index);
          const counted = own.filter(({ codes }) => (codes & CAPTURE_DUPLICATE) === 0);
          const { client, server } = report.traffic;
          expect(client.packets + server.packets).toBe(counted.length);
          expect(client.bytes + server.bytes).toBe(counted.reduce((sum, { length }) => sum + length, 0));
          expect(report.firstPacket).toBe(Math.min(...own.map(({ packet }) => packet)));
          expect(report.lastPacket).toBe(Math.max(...own.map(({ packet }) => packet)));
          const onRows = new Map<string, number>();
          for (const { codes } of own)
            for (const code of codeNames(codes)) onRows.set(code, (onRows.get(code) ?? 0) + 1);
          for (const code of CODES) {
            // these are found at a later packet, not on their own row
            if (code === 'half-open-discovered' || code === 'half-close') continue;
            expect(report.findingCounts[code] ?? 0, code).toBe(onRows.get(code) ?? 0);
          }
        }
      }),
      RUNS,
    );
  });

  it('steps of a life come in order, and end at most once', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false, most: 20 }), async (list) => {
        const one = list.map((segment) => ({ ...segment, port: 40_000 }));
        const { steps, connections } = await analyse(captured(one));
        const ends = steps.filter((step) => step === 'closed' || step === 'failed').length;
        expect(ends).toBeLessThanOrEqual(connections.length);
      }),
      RUNS,
    );
  });
});

describe('the result does not depend on', () => {
  it.each([
    ['a day later', 1_700_086_400, 0],
    ['within a second', 1_700_000_000, 999_999_999],
    ['across 2038', 2_147_483_646, 900_000_000],
    ['in 1970', 0, 0],
    ['across 2106', 4_294_967_294, 1],
  ])('another time: %s', async (_name, seconds, nanoseconds) => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false }), async (list) => {
        const here = await analyse(captured(list));
        const there = await analyse(captured(list, { seconds, nanoseconds }));
        expect(byIndex(there.connections).map(verdict)).toEqual(byIndex(here.connections).map(verdict));
        expect(there.connections.map(({ duration }) => duration)).toEqual(
          here.connections.map(({ duration }) => duration),
        );
        const plain = (rows: readonly SegmentRow[]): unknown =>
          rows.map(({ at, seconds: _s, nanoseconds: _n, ...rest }) => rest);
        expect(plain(there.rows)).toEqual(plain(here.rows));
      }),
      { numRuns: 60 },
    );
  });

  it('swapped ends', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false }), async (list) => {
        const here = await analyse(captured(list));
        const there = await analyse(captured(list, { mirrored: true }));
        expect(byIndex(there.connections).map(verdict)).toEqual(byIndex(here.connections).map(verdict));
        expect(there.connections.map(({ client, server }) => [client.port, server.port])).toEqual(
          here.connections.map(({ client, server }) => [client.port, server.port]),
        );
      }),
      RUNS,
    );
  });

  it('every packet captured twice, 20 µs apart', async () => {
    await fc.assert(
      fc.asyncProperty(segments({ backwards: false }), async (list) => {
        const once = await analyse(captured(list));
        const twice = await analyse(captured(list, { copiesAfter: 20_000 }));
        const rows = rowsByPacket(twice.rows);
        const firsts = rows.filter((_, index) => index % 2 === 0);
        const copies = rows.filter((_, index) => index % 2 === 1);
        for (const { codes } of copies) expect(codeNames(codes)).toEqual(['capture-duplicate']);
        const plain = (list: readonly SegmentRow[]): unknown =>
          list.map(({ at, packet, seconds, nanoseconds, proof, ...rest }) => rest);
        expect(plain(firsts)).toEqual(plain(rowsByPacket(once.rows)));
        copies.forEach((copy, index) => {
          expect(copy.connection, `copy of packet ${index + 1}`).toBe(firsts[index]?.connection);
        });
        expect(byIndex(twice.connections).map(verdict)).toEqual(byIndex(once.connections).map(verdict));
      }),
      RUNS,
    );
  });
});
