/**
 * The findings of one connection. Kept small, as a scan or a flood of SYNs that are sent again leaves one or two on each
 * of a million connections: a finding with nothing but a code is one number.
 */
import { CODES } from './codes.js';

/** Something worth reporting about one packet. `by` is the side that sent it. */
export interface Finding {
  code: string;
  packet: number;
  by: 0 | 1;
  /** Numbers and words that its sentence needs. */
  values?: Record<string, number | string>;
}

/** A finding of codes.ts as a number: its packet times PLACES, and its place: 2 for each bit, plus the side. */
const PLACES = 64;
const MAX_FINDINGS = 100;
/** Shared by those that have none; never written to. */
const NONE: (number | Finding)[] = [];

export class FindingLog {
  /** In the order in which they were found. */
  private kept = NONE;
  /** How often what was no longer kept occurred, by place or, where it has no bit, by code. */
  private beyond: Map<number | string, number> | null = null;

  /** Adds a finding that has no bit, or values; past the limit only its count grows. */
  find(code: string, packet: number, by: 0 | 1, values?: Finding['values']): void {
    this.keep(values === undefined ? { code, packet, by } : { code, packet, by, values }, code);
  }

  /** Adds a finding for each code of a segment. */
  count(codes: number, packet: number, by: 0 | 1): void {
    for (let bit = 0; codes >>> bit !== 0; bit++) {
      if ((codes & (1 << bit)) === 0) continue;
      const place = bit * 2 + by;
      this.keep(packet * PLACES + place, place);
    }
  }

  /** Takes over the findings of `other`. */
  protected copyFindings(other: FindingLog): void {
    this.kept = other.kept.length === 0 ? NONE : [...other.kept];
    this.beyond = other.beyond === null ? null : new Map(other.beyond);
  }

  /** Takes back a code that turned out to be wrong. */
  takeBack(by: 0 | 1, packet: number, bit: number): void {
    const place = placeOf(bit, by);
    const at = this.kept.indexOf(packet * PLACES + place);
    if (at >= 0) this.kept.splice(at, 1);
    else this.beyond?.set(place, Math.max(0, (this.beyond.get(place) ?? 0) - 1));
  }

  /** Those that were kept, in the order in which they were found. */
  findings(): Finding[] {
    return this.kept.map((entry) => {
      if (typeof entry !== 'number') return entry;
      const place = entry % PLACES;
      const by = (place & 1) === 0 ? 0 : 1;
      return { code: CODES[place >> 1] ?? '', packet: Math.floor(entry / PLACES), by };
    });
  }

  /** Whether a finding that has no bit was made. */
  found(code: string): boolean {
    return this.beyond?.has(code) === true || this.kept.some((entry) => entryKey(entry) === code);
  }

  /** Occurrences of a code of codes.ts on one side; `bit` is the code's own number. */
  countOf(bit: number, side: 0 | 1): number {
    const place = placeOf(bit, side);
    let count = this.beyond?.get(place) ?? 0;
    for (const entry of this.kept) if (entryKey(entry) === place) count++;
    return count;
  }

  /** How often each code occurred: those of codes.ts in their order, then the others as they were found. */
  counts(): Record<string, number> {
    const { beyond, kept } = this;
    const others: Record<string, number> = {};
    let bits = 0;
    byBit.fill(0);
    for (const entry of kept) {
      if (typeof entry === 'number') bits |= countBit(entry % PLACES, 1);
      else others[entry.code] = (others[entry.code] ?? 0) + 1;
    }
    if (beyond !== null) {
      for (const [key, count] of beyond) {
        if (typeof key === 'number') bits |= countBit(key, count);
        else others[key] = (others[key] ?? 0) + count;
      }
    }
    const counts: Record<string, number> = {};
    for (let bit = 0; bits >>> bit !== 0; bit++) {
      const count = byBit[bit] ?? 0;
      if (count > 0) counts[CODES[bit] ?? ''] = count;
    }
    for (const code in others) counts[code] = (counts[code] ?? 0) + (others[code] ?? 0);
    return counts;
  }

  private keep(entry: number | Finding, key: number | string): void {
    if (this.kept.length < MAX_FINDINGS) this.kept = appended(this.kept, entry);
    else {
      this.beyond ??= new Map();
      this.beyond.set(key, (this.beyond.get(key) ?? 0) + 1);
    }
  }
}

/** Scratch of `counts`. */
const byBit = new Float64Array(PLACES / 2);

function countBit(place: number, count: number): number {
  const bit = place >> 1;
  byBit[bit] = (byBit[bit] ?? 0) + count;
  return 1 << bit;
}

function placeOf(bit: number, side: 0 | 1): number {
  return (31 - Math.clz32(bit)) * 2 + side;
}

function entryKey(entry: number | Finding): number | string {
  return typeof entry === 'number' ? entry % PLACES : entry.code;
}

const FEW = 4;

/** The list with one more. A short list is copied to its exact size: V8 reserves room for 16 on push or spread. */
export function appended<Item>(list: Item[], item: Item): Item[] {
  if (list.length < FEW) return list.concat([item]);
  list.push(item);
  return list;
}
