/** The scenarios are complete: every arm, kind, cause, reason and code occurs in at least one of them. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CODES, codeNames } from '../../src/track/memory/codes.js';
import type { IgnoredBecause } from '../../src/track/memory/extras.js';
import { ARMS, EVENTS, STATES } from '../../src/track/rfc9293/transition.js';
import { CLOSING_KINDS, IGNORED_REASONS, OPENING_KINDS, RESET_CAUSES } from '../../src/verdict/catalogue.js';
import { bugs, cases, runScenario } from './scenario.js';

/** What the pipeline asked the table, as `state event`. */
const asked = vi.hoisted(() => new Set<string>());

vi.mock('../../src/track/rfc9293/transition.js', async (original) => {
  const real = await original<typeof import('../../src/track/rfc9293/transition.js')>();
  return {
    ...real,
    transition(state: number, event: number): number {
      asked.add(`${STATES[state]} ${EVENTS[event]}`);
      return real.transition(state, event);
    },
  };
});

/** Arms that the pipeline never reaches, and why; transition.test.ts compares them with the RFC all the same. */
const NEVER_ASKED: Readonly<Record<string, string>> = {
  'SYN-SENT sends FIN': 'the ACK that comes with a FIN moves the end to ESTABLISHED first',
};

const seen = {
  openings: new Set<string>(),
  closings: new Set<string>(),
  causes: new Set<string>(),
  reasons: new Set<IgnoredBecause>(),
  codes: new Set<string>(),
};

beforeAll(async () => {
  for (const { text } of [...cases(), ...bugs()]) {
    const { connections, rows } = await runScenario(text);
    for (const { opening, closing, findingCounts } of connections) {
      for (const code of Object.keys(findingCounts)) seen.codes.add(code);
      seen.openings.add(opening.kind);
      seen.closings.add(closing.kind);
      if (closing.reset !== null) seen.causes.add(closing.reset.cause);
    }
    for (const row of rows) {
      if (row.ignored !== null) seen.reasons.add(row.ignored);
      for (const code of codeNames(row.codes)) seen.codes.add(code);
    }
  }
}, 60_000);

afterAll(() => vi.restoreAllMocks());

describe('the scenarios have', () => {
  it.each(ARMS.map((arm) => [`${arm.from} ${arm.event}`, arm.because] as const))('the arm %s (%s)', (arm) => {
    if (arm in NEVER_ASKED) expect(asked, NEVER_ASKED[arm]).not.toContain(arm);
    else expect(asked).toContain(arm);
  });

  it('every kind of opening', () => {
    expect([...seen.openings].sort()).toEqual(Object.keys(OPENING_KINDS).sort());
  });

  it('every kind of closing', () => {
    expect([...seen.closings].sort()).toEqual(Object.keys(CLOSING_KINDS).sort());
  });

  it('every cause of a reset', () => {
    expect([...seen.causes].sort()).toEqual(Object.keys(RESET_CAUSES).sort());
  });

  it.each(CODES)('the code %s', (code) => {
    expect(seen.codes).toContain(code);
  });

  it('a segment ignored for every reason there is', () => {
    expect([...seen.reasons].sort()).toEqual(Object.keys(IGNORED_REASONS).sort());
  });
});
