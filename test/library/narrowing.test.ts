/** `kind` of a report narrows its type: `npm run check` compiles this, and real captures are checked against it. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Closing, ConnectionReport, Opening } from '../../src/index.js';
import { analyzeFiles } from '../../src/index.js';
import type { ResetVerdict } from '../../src/verdict/reset.js';
import { ROOT, readableCaptures } from '../cli/fixtures.js';

/** The packets that a report rests on, by what its kinds leave of it. */
function packetsOf({ opening, closing }: ConnectionReport): number[] {
  if (closing.kind === 'reset') {
    expectTypeOf(closing.reset).toEqualTypeOf<ResetVerdict>();
    expectTypeOf(closing.complete).toEqualTypeOf<true>();
    expectTypeOf(closing.timeWait).toEqualTypeOf<null>();
    return closing.reset.evidence;
  }
  expectTypeOf(closing.reset).toEqualTypeOf<ResetVerdict | null>();
  if (closing.kind === 'open' || closing.kind === 'none') {
    expectTypeOf(closing.initiator).toEqualTypeOf<null>();
    expectTypeOf(closing.complete).toEqualTypeOf<false>();
  }
  if (closing.kind === 'half-closed') expectTypeOf(closing.complete).toEqualTypeOf<false>();
  if (closing.complete) {
    expectTypeOf(closing.kind).toEqualTypeOf<'four-step' | 'three-step' | 'simultaneous'>();
  }
  if (opening.kind === 'refused') {
    expectTypeOf(opening.complete).toEqualTypeOf<false>();
    expectTypeOf(opening.connectTime).toEqualTypeOf<null>();
  }
  if (opening.kind === 'three-way') {
    expectTypeOf(opening.complete).toEqualTypeOf<true>();
    expectTypeOf(opening.connectTime).toEqualTypeOf<number | null>();
  }
  if (!opening.complete) expectTypeOf(opening.capturePoint).toEqualTypeOf<null>();
  return closing.packets;
}

it('every kind that the catalogue has is in the unions', () => {
  expectTypeOf<Closing['kind']>().toEqualTypeOf<
    'four-step' | 'three-step' | 'simultaneous' | 'reset' | 'half-closed' | 'open' | 'none'
  >();
  expectTypeOf<Opening['kind']>().toEqualTypeOf<
    'three-way' | 'simultaneous' | 'fast-open' | 'refused' | 'no-answer' | 'not-completed' | 'not-captured'
  >();
});

describe('the reports of every capture', () => {
  it.each(readableCaptures())('%s', async (capture) => {
    const { connections } = await analyzeFiles([`${ROOT}/${capture}`]);
    for (const report of connections) {
      const { closing } = report;
      for (const packet of packetsOf(report)) expect(packet).toBeGreaterThan(0);
      if (closing.kind === 'reset') expect(closing.reset.accepted).toBe(true);
    }
  });
});
