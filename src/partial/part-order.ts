/** The order of the parts of a capture, whatever the order in which they are given. */
import { compareTimes } from '../capture/frame.js';
import { UserError } from '../errors.js';
import type { PartHeader } from './part-file.js';

export interface PlacedPart {
  path: string;
  header: PartHeader;
}

/**
 * By the places that were given, or by their first packets.
 *
 * @throws UserError where the order is not clear.
 */
export function inOrder<Part extends PlacedPart>(parts: readonly Part[]): Part[] {
  const numbered = parts.filter(({ header }) => header.part !== null);
  if (numbered.length === 0) return byTime(parts);
  const [other] = parts.filter(({ header }) => header.part === null);
  if (other !== undefined) {
    throw new UserError({ kind: 'of-file', path: other.path, why: { kind: 'no-place' } });
  }
  const sorted = numbered.sort((a, b) => (a.header.part ?? 0) - (b.header.part ?? 0));
  const twice = sorted.find((part, index) => part.header.part === sorted[index - 1]?.header.part);
  if (twice !== undefined) {
    const why = { kind: 'part-twice', part: twice.header.part ?? 0 } as const;
    throw new UserError({ kind: 'of-file', path: twice.path, why });
  }
  return sorted;
}

/** Places that are missing between those given: a part was likely forgotten. */
export function gapsIn(parts: readonly PlacedPart[]): { first: number; last: number }[] {
  return parts.flatMap(({ header: { part } }, index) => {
    const before = parts[index - 1]?.header.part ?? null;
    if (part === null || before === null || part === before + 1) return [];
    return [{ first: before + 1, last: part - 1 }];
  });
}

function byTime<Part extends PlacedPart>(parts: readonly Part[]): Part[] {
  const last = { seconds: Number.POSITIVE_INFINITY, nanoseconds: 0 };
  const sorted = [...parts].sort((a, b) => compareTimes(a.header.first ?? last, b.header.first ?? last));
  const unclear = sorted.find(({ header: { first } }, index) => {
    const before = sorted[index - 1]?.header.first ?? null;
    return first !== null && before !== null && compareTimes(before, first) === 0;
  });
  if (unclear !== undefined)
    throw new UserError({ kind: 'of-file', path: unclear.path, why: { kind: 'same-beginning' } });
  return sorted;
}
