import { expect, test } from 'vitest';
import { GRE, GRE_KEY, MAX_PATHS, PathTable, VLAN, VXLAN } from '../../src/decode/path.js';

test('equal paths have one number, others another', () => {
  const paths = new PathTable();
  const vlan = paths.enter(0, VLAN, 7);
  expect(vlan).toBeGreaterThan(0);
  expect(paths.enter(0, VLAN, 7)).toBe(vlan);
  expect(paths.enter(0, VLAN, 8)).not.toBe(vlan);
  expect(paths.enter(0, VXLAN, 7)).not.toBe(vlan);
  expect(paths.enter(vlan, VLAN, 7)).not.toBe(vlan);
});

test('a path is described from the outside in, and found again by that', () => {
  const paths = new PathTable();
  const path = paths.enter(paths.enter(paths.enter(0, VLAN, 7), GRE_KEY, 0xfffffffe), GRE, 0);
  const layers = [
    { kind: 'vlan', id: 7 },
    { kind: 'gre', id: 0xfffffffe },
    { kind: 'gre', id: null },
  ] as const;
  expect(paths.describe(path)).toEqual(layers);
  expect(paths.of(layers)).toBe(path);
  expect(new PathTable().of(layers)).toBe(3);
});

test('outside any VLAN or tunnel, and unknown numbers', () => {
  const paths = new PathTable();
  expect(paths.describe(0)).toEqual([]);
  expect(paths.describe(1)).toEqual([]);
  expect(paths.describe(MAX_PATHS)).toEqual([]);
});

test('the number of paths is bounded; existing ones stay', () => {
  const paths = new PathTable();
  const first = paths.enter(0, VLAN, 7);
  const numbers = new Set([first]);
  for (let id = 0; id < 70_000; id++) numbers.add(paths.enter(0, VXLAN, id));
  // 0 is among them
  expect(numbers.size).toBe(MAX_PATHS);
  expect(paths.enter(0, VXLAN, 70_001)).toBe(0);
  expect(paths.enter(0, VLAN, 7)).toBe(first);
  const kept = Array.from({ length: MAX_PATHS - 2 }, (_, id) => paths.enter(0, VXLAN, id));
  expect(kept.map((path) => paths.describe(path)[0]?.id)).toEqual(kept.map((_, id) => id));
});

test('a full table does not affect another', () => {
  const full = new PathTable();
  for (let id = 0; id < 70_000; id++) full.enter(0, VXLAN, id);
  expect(new PathTable().enter(0, VLAN, 7)).toBeGreaterThan(0);
});
