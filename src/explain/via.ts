/** The VLANs and tunnels around a connection, as people write them. */
import type { PathKind, PathLayer } from '../decode/path.js';

const NAMES: Readonly<Record<PathKind, string>> = {
  vlan: 'VLAN',
  vxlan: 'VXLAN',
  geneve: 'Geneve',
  gre: 'GRE',
  nvgre: 'NVGRE',
  erspan: 'ERSPAN',
  pptp: 'PPTP',
  ipip: 'IP in IP',
  '6in4': '6in4',
  '4in6': '4in6',
  '6in6': '6in6',
  etherip: 'EtherIP',
  'gtp-u': 'GTP-U',
  teredo: 'Teredo',
  l2tp: 'L2TP',
  'mpls-in-ip': 'MPLS in IP',
  pbb: 'PBB',
  lisp: 'LISP',
  tzsp: 'TZSP',
  capwap: 'CAPWAP',
  ayiya: 'AYIYA',
};

/** Outermost first, e.g. `VXLAN 99, VLAN 7`; empty outside any. */
export function viaText(via: readonly PathLayer[]): string {
  return via.map(({ kind, id }) => (id === null ? NAMES[kind] : `${NAMES[kind]} ${id}`)).join(', ');
}
