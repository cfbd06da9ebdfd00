/** Which groups stand out: those with a cause, and none in even data. */
import { describe, expect, it } from 'vitest';
import { DIMENSIONS, type Failure, logFisher, standingOut } from '../../src/group/stands-out.js';

/** A seeded generator: the same numbers everywhere (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

interface Even {
  connections: number;
  servers: number;
  clients: number;
  rate: number;
  /** Fails by itself. */
  broken?: (server: number, client: number, second: number) => boolean;
}

function simulate(random: () => number, { connections, servers, clients, rate, broken }: Even) {
  const totals: number[][] = DIMENSIONS.map(() => []);
  const pairs = new Map<string, number>();
  const failures: Failure[] = [];
  for (let i = 0; i < connections; i++) {
    const server = Math.floor(random() * servers);
    const client = Math.floor(random() * clients);
    const second = Math.floor((i / connections) * 60);
    const network = client >> 5;
    const pair = pairs.get(`${network} ${server}`) ?? pairs.size;
    pairs.set(`${network} ${server}`, pair);
    const groups = Int32Array.of(pair, server, client, network, server % 3, second);
    for (const [dimension, id] of groups.entries()) {
      const of = totals[dimension];
      if (of !== undefined) of[id] = (of[id] ?? 0) + 1;
    }
    if (random() < rate || broken?.(server, client, second) === true)
      failures.push({ kind: 0, groups, at: second * 1e9 });
  }
  return standingOut(
    failures,
    totals.map((of) => Array.from(of, (count) => count ?? 0)),
    connections,
    1,
  );
}

describe("Fisher's exact test", () => {
  // computed by the definition, with whole numbers
  it.each([
    // the tea of Fisher's lady: all four of four, among eight
    [4, 4, 4, 8, 1 / 70],
    [3, 4, 4, 8, 17 / 70],
    [1, 1, 1, 2, 1 / 2],
    [0, 5, 5, 20, 1],
    [2, 2, 10, 100, (10 * 9) / (100 * 99)],
  ])('%i of %i, %i of %i in all', (failed, total, all, connections, p) => {
    expect(Math.exp(logFisher(failed, total, all, connections))).toBeCloseTo(p, 10);
  });

  it('stays exact where the values are too small for a double', () => {
    // all 400 failures in one group of 400 among 100,000: 1 / C(100000, 400)
    const log = logFisher(400, 400, 400, 100_000);
    let expected = 0;
    for (let i = 0; i < 400; i++) expected -= Math.log((100_000 - i) / (400 - i));
    expect(log / expected).toBeCloseTo(1, 8);
  });
});

describe('in even data nothing stands out', () => {
  it.each([
    ['few connections', { connections: 200, servers: 5, clients: 20, rate: 0.1 }],
    ['many servers', { connections: 5000, servers: 500, clients: 300, rate: 0.05 }],
    ['few failures', { connections: 10_000, servers: 60, clients: 500, rate: 0.002 }],
    ['most fail', { connections: 2000, servers: 20, clients: 100, rate: 0.8 }],
  ] as const)('%s, 100 times', (_, even) => {
    let alarms = 0;
    for (let seed = 1; seed <= 100; seed++) alarms += simulate(seeded(seed), even).length > 0 ? 1 : 0;
    // each capture has less than one chance in a hundred
    expect(alarms).toBeLessThanOrEqual(1);
  });
});

describe('the most specific group is named, and no other', () => {
  const base = { connections: 20_000, servers: 60, clients: 960, rate: 0.015 };

  it('a server', () => {
    const found = simulate(seeded(7), { ...base, broken: (server) => server === 23 });
    expect(found.map(({ dimension, id }) => [dimension, id])).toEqual([['server', 23]]);
  });

  it('a client', () => {
    const found = simulate(seeded(8), { ...base, broken: (_, client) => client === 44 });
    expect(found.map(({ dimension, id }) => [dimension, id])).toEqual([['client', 44]]);
  });

  it('a network that does not reach a server', () => {
    const found = simulate(seeded(9), {
      ...base,
      broken: (server, client) => server === 9 && client >> 5 === 3,
    });
    expect(found.map(({ dimension }) => dimension)).toEqual(['pair']);
    expect(found[0]?.failed).toBe(found[0]?.total);
  });

  it('two independent faults', () => {
    const broken = (server: number, client: number): boolean => server === 23 || client === 44;
    const found = simulate(seeded(10), { ...base, broken });
    expect(found.map(({ dimension, id }) => `${dimension} ${id}`).sort()).toEqual(['client 44', 'server 23']);
  });

  it('a second in which all fail', () => {
    const found = simulate(seeded(11), { ...base, broken: (_server, _client, second) => second === 30 });
    expect(found.map(({ dimension, id }) => [dimension, id])).toEqual([['second', 30]]);
  });
});
