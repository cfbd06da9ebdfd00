/**
 * The path around a packet: the VLANs and tunnels that it was found in, outermost first.
 *
 * Two connections may have equal addresses and ports in different VLANs or tunnels; the path tells them
 * apart. So it holds only what is the same in both directions and means a network of its own: VLAN and
 * VXLAN numbers, GRE keys, but no outer addresses, MPLS labels, tunnel endpoint or session numbers.
 *
 * A path is a small integer: a node in a tree whose root, 0, is "no VLAN, no tunnel". Nodes are found by
 * (parent, kind, id) in a table of integers with open addressing, so that nothing is allocated per packet.
 */

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
] as const;

export type PathKind = (typeof KINDS)[number][0];

export interface PathLayer {
  kind: PathKind;
  /** VLAN id, VXLAN or Geneve network, GRE key, NVGRE subnet, PBB service; null for kinds without one. */
  id: number | null;
}

/** Most paths that are told apart; what comes later is as if outside any. */
export const MOST_PATHS = 65_536;
const SLOTS = 2 * MOST_PATHS;

const parents = new Int32Array(MOST_PATHS);
const kinds = new Uint8Array(MOST_PATHS);
const ids = new Int32Array(MOST_PATHS);
/** Path numbers by hash; 0 = free. */
const slots = new Int32Array(SLOTS);
let count = 1;

/** The path one VLAN or tunnel further in. `kind`: a constant from above; `id`: 0 for kinds without one. */
export function internPath(parent: number, kind: number, id: number): number {
  const word = id | 0;
  let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(word + kind, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  for (let slot = (hash ^ (hash >>> 16)) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
    const path = slots[slot] ?? 0;
    if (path === 0) return count < MOST_PATHS ? add(slot, parent, kind, word) : 0;
    if (parents[path] === parent && kinds[path] === kind && ids[path] === word) return path;
  }
}

function add(slot: number, parent: number, kind: number, id: number): number {
  const path = count++;
  parents[path] = parent;
  kinds[path] = kind;
  ids[path] = id;
  slots[slot] = path;
  return path;
}

/** The VLANs and tunnels of a path, outermost first; empty for 0. */
export function describePath(path: number): PathLayer[] {
  const layers: PathLayer[] = [];
  for (let at = path; at > 0 && at < count; at = parents[at] ?? 0) {
    const [kind, hasId] = KINDS[kinds[at] ?? 0] ?? KINDS[0];
    layers.unshift({ kind, id: hasId ? (ids[at] ?? 0) >>> 0 : null });
  }
  return layers;
}

/** The path with these layers, as `describePath` gives them. */
export function pathOf(layers: readonly PathLayer[]): number {
  return layers.reduce((parent, { kind, id }) => {
    const number = KINDS.findIndex(([name, hasId]) => name === kind && hasId === (id !== null));
    return number < 0 ? parent : internPath(parent, number, id ?? 0);
  }, 0);
}

/** The path as text, e.g. `vlan 7, vxlan 99`; empty for 0. */
export function pathText(path: number): string {
  return describePath(path)
    .map(({ kind, id }) => (id === null ? kind : `${kind} ${id}`))
    .join(', ');
}
