/** Findings are kept as numbers where that is enough, and only counted past a limit: reported as if each were an object. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as codes from '../../src/track/memory/codes.js';
import { type Finding, FindingLog } from '../../src/track/memory/finding-log.js';

const MOST = 100;
const BITS = [codes.RETRANSMISSION, codes.CAPTURE_DUPLICATE, codes.SYN_RETRY, codes.DATA_FIN];
const OTHERS = ['ignored-segment', 'icmp-error', 'half-open-discovered'];

type Step =
  | { kind: 'bits'; bits: number; packet: number; by: 0 | 1 }
  | { kind: 'other'; code: string; packet: number; by: 0 | 1; hasValues: boolean }
  | { kind: 'back'; bit: number; packet: number; by: 0 | 1 };

// beyond 2^31 too, where a number with its place no longer fits a small integer
const packet = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 33e6, max: 9e12 }));
const by = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('bits' as const),
      bits: fc.subarray(BITS, { minLength: 1 }).map((list) => list.reduce((sum, bit) => sum | bit, 0)),
      packet,
      by,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('other' as const),
      code: fc.constantFrom(...OTHERS),
      packet,
      by,
      hasValues: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('back' as const),
      bit: fc.constantFrom(...BITS),
      packet: fc.integer({ min: 1, max: 20 }),
      by,
    }),
  },
);

const nameOf = (bit: number): string => codes.CODES[31 - Math.clz32(bit)] ?? '';

/** The same by plain lists and counts. */
class Plain {
  readonly kept: Finding[] = [];
  readonly byBit = new Map<string, number>();
  readonly others = new Map<string, number>();

  keep(finding: Finding, counts: Map<string, number>, key: string): void {
    if (this.kept.length < MOST) this.kept.push(finding);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  do(step: Step): void {
    const { packet, by } = step;
    if (step.kind === 'other') {
      const { code } = step;
      const finding = step.hasValues ? { code, packet, by, values: { hasValues: 1 } } : { code, packet, by };
      this.keep(finding, this.others, code);
    } else if (step.kind === 'bits') {
      for (const bit of BITS) {
        if ((step.bits & bit) === 0) continue;
        this.keep({ code: nameOf(bit), packet, by }, this.byBit, `${nameOf(bit)} ${by}`);
      }
    } else {
      const key = `${nameOf(step.bit)} ${by}`;
      const at = this.kept.findIndex((kept) => kept.packet === packet && keyOf(kept) === key);
      const beyond = (this.byBit.get(key) ?? 0) - this.kept.filter((kept) => keyOf(kept) === key).length;
      if (at < 0 && beyond === 0) return;
      if (at >= 0) this.kept.splice(at, 1);
      this.byBit.set(key, (this.byBit.get(key) ?? 0) - 1);
    }
  }

  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const code of codes.CODES) {
      const count = (this.byBit.get(`${code} 0`) ?? 0) + (this.byBit.get(`${code} 1`) ?? 0);
      if (count > 0) counts[code] = count;
    }
    for (const [code, count] of this.others) counts[code] = (counts[code] ?? 0) + count;
    return counts;
  }
}

const keyOf = (finding: Finding): string => `${finding.code} ${finding.by}`;

it('reports the same as plain lists, whatever was found and taken back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
      const log = new FindingLog();
      const plain = new Plain();
      for (const one of steps) {
        plain.do(one);
        if (one.kind === 'bits') log.count(one.bits, one.packet, one.by);
        else if (one.kind === 'back') log.takeBack(one.by, one.packet, one.bit);
        else log.find(one.code, one.packet, one.by, one.hasValues ? { hasValues: 1 } : undefined);
      }
      expect(log.findings()).toEqual(plain.kept);
      expect(log.counts()).toEqual(plain.counts());
      expect(Object.keys(log.counts())).toEqual(Object.keys(plain.counts()));
      for (const bit of BITS) {
        for (const side of [0, 1] as const) {
          expect(log.countOf(bit, side)).toBe(plain.byBit.get(`${nameOf(bit)} ${side}`) ?? 0);
        }
      }
      for (const code of OTHERS) expect(log.found(code)).toBe(plain.others.has(code));
    }),
    { numRuns: 500 },
  );
});
