import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowIndex } from '../../src/track/memory/flow-index.js';

function found(index: FlowIndex, hash: number): number[] {
  const slots: number[] = [];
  for (let at = index.first(hash); at >= 0; at = index.after(at)) slots.push(index.slot(at));
  return slots.sort((a, b) => a - b);
}

describe('the index of flows', () => {
  it('finds all slots of a hash, and none of another in the same place', () => {
    const index = new FlowIndex(4);
    index.add(0, 7);
    index.add(1, 7 + 8);
    index.add(2, 7);
    expect(found(index, 7)).toEqual([0, 2]);
    expect(found(index, 15)).toEqual([1]);
    expect(found(index, 23)).toEqual([]);
  });

  it('finds the others after a slot before them is removed', () => {
    const index = new FlowIndex(4);
    for (const slot of [0, 1, 2, 3]) index.add(slot, 7);
    index.remove(1, 7);
    expect(found(index, 7)).toEqual([0, 2, 3]);
    index.remove(1, 7);
    expect(found(index, 7)).toEqual([0, 2, 3]);
  });

  it('agrees with a map after any changes, however hashes collide', () => {
    // few hashes: those that wrap around the end, and negative ones, among them
    const change = fc.record({ slot: fc.nat(63), hash: fc.integer({ min: -6, max: 200 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 400 }), (changes) => {
        const index = new FlowIndex(64);
        const map = new Map<number, number>();
        for (const { slot, hash } of changes) {
          const its = map.get(slot);
          if (its === undefined) {
            index.add(slot, hash);
            map.set(slot, hash);
          } else {
            index.remove(slot, its);
            map.delete(slot);
          }
          const expected = [...map].filter(([, other]) => other === hash).map(([other]) => other);
          expect(found(index, hash)).toEqual(expected.sort((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });
});
