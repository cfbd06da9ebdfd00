/**
 * The path around a packet: the VLANs and tunnels that it was found in, outermost first.
 *
 * Two connections may have equal addresses and ports in different VLANs or tunnels; the path keeps them
 * apart. So it contains only what is the same in both directions and means a separate network: VLAN and
 * VXLAN numbers, GRE keys, but no outer addresses, MPLS labels, tunnel endpoint or session numbers.
 *
 * A path is a small integer: a node in a tree whose root, 0, is "no VLAN, no tunnel". Nodes are found by
 * (parent, kind, id) in a table of integers with open addressing, so that nothing is allocated per packet.
 */

import { finalHash, secrets, sumWord } from './secret.js';

export const VLAN = 0;
export const VXLAN = 1;
export const GENEVE = 2;
export const GRE_KEY = 3;
export const NVGRE = 4;
export const GRE = 5;
export const ERSPAN = 6;
export const PPTP = 7;
export const IP_IN_IP = 8;
export const IPV6_IN_IPV4 = 9;
export const IPV4_IN_IPV6 = 10;
export const IPV6_IN_IPV6 = 11;
export const ETHERIP = 12;
export const GTP_U = 13;
export const TEREDO = 14;
export const L2TP = 15;
export const MPLS_IN_IP = 16;
export const PBB = 17;
export const LISP = 18;
export const TZSP = 19;
export const CAPWAP = 20;
export const AYIYA = 21;

/** Spelling of each kind, by the numbers above, and whether an id belongs to it. */
const KINDS = [
  ['vlan', true],
  ['vxlan', true],
  ['geneve', true],
  ['gre', true],
  ['nvgre', true],
  ['gre', false],
  ['erspan', false],
  ['pptp', false],
  ['ipip', false],
  ['6in4', false],
  ['4in6', false],
  ['6in6', false],
  ['etherip', false],
  ['gtp-u', false],
  ['teredo', false],
  ['l2tp', false],
  ['mpls-in-ip', false],
  ['pbb', true],
  ['lisp', false],
  ['tzsp', false],
  ['capwap', false],
  ['ayiya', false],
] as const;

export type PathKind = (typeof KINDS)[number][0];

export interface PathLayer {
  kind: PathKind;
  /** VLAN id, VXLAN or Geneve network, GRE key, NVGRE subnet, PBB service; null for kinds without one. */
  id: number | null;
}

/** Most paths of a capture that are kept apart; later ones count as if outside any. */
export const MAX_PATHS = 65_536;
const SMALLEST_SLOTS = 64;
/** The slots of a table without paths, all free; never written to. */
const NO_SLOTS = new Int32Array(1);
const NOTHING = new Int32Array(0);

/**
 * The paths of one analysis. Their numbers mean nothing outside it: if they were shared, paths used up by one capture would
 * be missing in the next.
 */
export class PathTable {
  private parents = NOTHING;
  private kinds = NOTHING;
  private ids = NOTHING;
  /** Path numbers by hash; 0 = free. Twice as many as there may be paths, and a power of two. */
  private slots = NO_SLOTS;
  /** The next path; 0 is no path. */
  private count = 1;
  /** Secret factors of the hash, see secret.ts. */
  private readonly factors = secrets(4);

  /** The path one VLAN or tunnel further in. `kind`: a constant from above; `id`: 0 for kinds without one. */
  enter(parent: number, kind: number, id: number): number {
    const { slots, parents, kinds, ids } = this;
    const word = id | 0;
    const mask = slots.length - 1;
    for (let slot = this.hashOf(parent, kind, word) & mask; ; slot = (slot + 1) & mask) {
      const path = slots[slot] ?? 0;
      if (path === 0) return this.count < MAX_PATHS ? this.add(parent, kind, word) : 0;
      if (parents[path] === parent && kinds[path] === kind && ids[path] === word) return path;
    }
  }

  private add(parent: number, kind: number, id: number): number {
    if (this.count * 2 >= this.slots.length) this.grow();
    const path = this.count++;
    this.parents[path] = parent;
    this.kinds[path] = kind;
    this.ids[path] = id;
    this.place(path);
    return path;
  }

  private grow(): void {
    const size = Math.max(SMALLEST_SLOTS, this.slots.length * 2);
    this.parents = larger(this.parents, size / 2);
    this.kinds = larger(this.kinds, size / 2);
    this.ids = larger(this.ids, size / 2);
    this.slots = new Int32Array(size);
    for (let path = 1; path < this.count; path++) this.place(path);
  }

  /** Puts a path that is not in the slots yet into the first free one. */
  private place(path: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = this.hashOf(this.parents[path] ?? 0, this.kinds[path] ?? 0, this.ids[path] ?? 0) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = path;
  }

  private hashOf(parent: number, kind: number, id: number): number {
    const { factors } = this;
    const sum =
      Math.imul(parent, factors[0] ?? 0) + Math.imul(kind, factors[1] ?? 0) + sumWord(factors, 2, id);
    return finalHash(sum);
  }

  /** The VLANs and tunnels of a path, outermost first; empty for 0. */
  describe(path: number): PathLayer[] {
    const layers: PathLayer[] = [];
    for (let at = path; at > 0 && at < this.count; at = this.parents[at] ?? 0) {
      const [kind, hasId] = KINDS[this.kinds[at] ?? 0] ?? KINDS[0];
      layers.unshift({ kind, id: hasId ? (this.ids[at] ?? 0) >>> 0 : null });
    }
    return layers;
  }

  /** The path with these layers, as `describe` gives them. */
  of(layers: readonly PathLayer[]): number {
    return layers.reduce((parent, { kind, id }) => {
      const number = KINDS.findIndex(([name, hasId]) => name === kind && hasId === (id !== null));
      return number < 0 ? parent : this.enter(parent, number, id ?? 0);
    }, 0);
  }
}

function larger(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}
