/** What may be wrong in a capture, as values: each kind has its sentence, and other values are refused. */
import { describe, expect, it } from 'vitest';
import {
  CONTINUATIONS,
  ERROR_PROBLEMS,
  isContinuation,
  isProblem,
  PROBLEMS,
} from '../../src/capture/problem.js';
import { warningText } from '../../src/explain/en/warning-sentences.js';
import { CONTINUATION_VALUES, PROBLEM_VALUES } from './problems.js';

describe('problems', () => {
  it('are all there', () => {
    expect(PROBLEM_VALUES).toHaveLength(Object.keys(PROBLEMS).length + Object.keys(ERROR_PROBLEMS).length);
    expect(CONTINUATION_VALUES).toHaveLength(Object.keys(CONTINUATIONS).length);
  });

  it.each(PROBLEM_VALUES)('$kind: a sentence with each of its numbers', (problem) => {
    const text = warningText({ problem, continued: null });
    // of an interruption, the numbers are in percent and with a unit
    if (!problem.kind.startsWith('interrupted'))
      for (const value of Object.values(problem).filter((value) => typeof value === 'number'))
        expect(text).toContain(String(value));
    expect(text).not.toMatch(/undefined|NaN/);
  });

  it('of a size that is not known have no share', () => {
    const text = (problem: Parameters<typeof warningText>[0]['problem']): string =>
      warningText({ problem, continued: null });
    expect(text({ kind: 'interrupted', read: 45_700_000, size: 907_700_000 })).toBe(
      'interrupted at 5 % (45.7 of 907.7 MB): the result is partial',
    );
    expect(text({ kind: 'interrupted', read: 12, size: 900 })).toBe(
      'interrupted at 1 % (12 of 900 bytes): the result is partial',
    );
    expect(text({ kind: 'interrupted-of-unknown', read: 45_700_000 })).toBe(
      'interrupted at 45.7 MB: the result is partial',
    );
  });

  it.each([
    [null],
    ['cut-in-packet'],
    [{}],
    [{ kind: 'toString' }],
    [{ kind: 'cut-in-packet', packet: 1, wanted: 2, at: 3 }],
    [{ kind: 'cut-in-packet', packet: 1, wanted: 2, at: 3, left: '4' }],
    [{ kind: 'error' }],
    [{ kind: 'error', error: 'is empty' }],
    [{ kind: 'error', error: { kind: 'constructor' } }],
    [{ kind: 'error', error: { kind: 'cut-to' } }],
    [{ kind: 'error', error: { kind: 'cut-to', bytes: '7' } }],
    [{ kind: 'error', error: { kind: 'data-corrupt', compression: 'gzip', at: 7, why: { kind: 'none' } } }],
    [{ kind: 'error', error: { kind: 'cut-in-header', header: 'erf', wanted: 4, there: 3 } }],
  ])('%j is not a problem', (value) => {
    expect(isProblem(value)).toBe(false);
    expect(isContinuation(value)).toBe(false);
  });
});
