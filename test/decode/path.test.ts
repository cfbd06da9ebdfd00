import { expect, test } from 'vitest';
import {
  describePath,
  GRE,
  GRE_KEY,
  internPath,
  MOST_PATHS,
  pathText,
  VLAN,
  VXLAN,
} from '../../src/decode/path.js';

test('equal paths have one number, others another', () => {
  const vlan = internPath(0, VLAN, 7);
  expect(vlan).toBeGreaterThan(0);
  expect(internPath(0, VLAN, 7)).toBe(vlan);
  expect(internPath(0, VLAN, 8)).not.toBe(vlan);
  expect(internPath(0, VXLAN, 7)).not.toBe(vlan);
  expect(internPath(vlan, VLAN, 7)).not.toBe(vlan);
});

test('a path is described from the outside in', () => {
  const path = internPath(internPath(internPath(0, VLAN, 7), GRE_KEY, 0xfffffffe), GRE, 0);
  expect(describePath(path)).toEqual([
    { kind: 'vlan', id: 7 },
    { kind: 'gre', id: 0xfffffffe },
    { kind: 'gre', id: null },
  ]);
  expect(pathText(path)).toBe('vlan 7, gre 4294967294, gre');
});

test('outside any, and numbers that were never given out', () => {
  expect(describePath(0)).toEqual([]);
  expect(pathText(0)).toBe('');
  expect(describePath(MOST_PATHS)).toEqual([]);
});

test('the number of paths is bounded; those there are stay', () => {
  const first = internPath(0, VLAN, 7);
  for (let id = 0; id < 70_000; id++) internPath(0, VXLAN, id);
  expect(internPath(0, VXLAN, 70_001)).toBe(0);
  expect(internPath(0, VLAN, 7)).toBe(first);
  expect(pathText(internPath(0, VXLAN, 1000))).toBe('vxlan 1000');
});
