/** Frames of every link type and tunnel that is decoded, each around the same TCP segment. */
import { deflateRawSync } from 'node:zlib';
import {
  type Bytes,
  be16,
  be24,
  be32,
  CLIENT_6,
  ethernet,
  gre,
  ipv4,
  ipv6,
  le16,
  le32,
  MAC,
  mpls,
  network,
  outer,
  outerUdp,
  PAYLOAD,
  SERVER_6,
  snap,
  tcp,
  udp,
  vlan,
  wifi,
  zeros,
} from './bytes.js';

export interface Variant {
  name: string;
  linkType: number;
  bytes: Bytes;
  /** As pathText gives it. */
  path?: string;
  version?: 4 | 6;
  /** Why tshark 4.0 does not find the segment, where it does not. */
  tshark?: string;
}

const ip = ipv4(tcp());
const ip6 = ipv6(tcp());
const frame = ethernet(ip);

function erf(type: number, wireLength: number, record: Bytes): Bytes {
  return [...zeros(8), type, 4, ...be16(16 + record.length), 0, 0, ...be16(wireLength), ...record];
}

const links: Variant[] = [
  { name: 'Ethernet, IPv4', linkType: 1, bytes: frame },
  { name: 'Ethernet, IPv6', linkType: 1, bytes: ethernet(ip6, 0x86dd), version: 6 },
  { name: 'Ethernet with padding', linkType: 1, bytes: [...frame, ...zeros(13)] },
  { name: 'IEEE 802.3 with SNAP', linkType: 1, bytes: ethernet(snap(ip), snap(ip).length) },
  { name: 'IEEE 802.3 with LLC', linkType: 1, bytes: ethernet([6, 6, 3, ...ip], 3 + ip.length) },
  { name: 'VLAN', linkType: 1, bytes: ethernet(vlan(7, ip), 0x8100), path: 'vlan 7' },
  { name: 'priority tag', linkType: 1, bytes: ethernet(vlan(0x6000, ip), 0x8100) },
  {
    name: 'QinQ',
    linkType: 1,
    bytes: ethernet(vlan(100, vlan(7, ip6, 0x86dd), 0x8100), 0x88a8),
    path: 'vlan 100, vlan 7',
    version: 6,
  },
  {
    name: 'VLAN with SNAP',
    linkType: 1,
    bytes: ethernet(vlan(7, snap(ip), snap(ip).length), 0x8100),
    path: 'vlan 7',
  },
  { name: 'VN-Tag', linkType: 1, bytes: ethernet([0, 0, 0, 0, ...be16(0x0800), ...ip], 0x8926) },
  {
    name: 'Cisco metadata',
    linkType: 1,
    bytes: ethernet([1, 1, 0, 1, 0, 5, ...be16(0x0800), ...ip], 0x8909),
  },
  { name: '802.1CB', linkType: 1, bytes: ethernet([0, 0, 0, 9, ...be16(0x0800), ...ip], 0xf1c1) },
  {
    name: 'E-Tag',
    linkType: 1,
    bytes: ethernet([0x60, 1, 0, 2, 0, 0, ...be16(0x0800), ...ip], 0x893f),
  },
  {
    name: 'E-Tag, VLAN',
    linkType: 1,
    bytes: ethernet([0x60, 1, 0, 2, 0, 0, ...be16(0x8100), ...vlan(7, ip6, 0x86dd)], 0x893f),
    path: 'vlan 7',
    version: 6,
  },
  {
    name: 'VLAN, E-Tag',
    linkType: 1,
    bytes: ethernet(vlan(7, [0x60, 1, 0, 2, 0, 0, ...be16(0x0800), ...ip], 0x893f), 0x8100),
    path: 'vlan 7',
  },
  { name: 'FabricPath', linkType: 1, bytes: ethernet([0x00, 0x60, ...frame, ...zeros(4)], 0x8903) },
  {
    name: 'FabricPath, VLAN',
    linkType: 1,
    bytes: ethernet([0x00, 0x60, ...ethernet(vlan(7, ip), 0x8100), ...zeros(4)], 0x8903),
    path: 'vlan 7',
  },
  {
    name: 'provider backbone bridging',
    linkType: 1,
    bytes: ethernet([0, ...be24(4711), ...frame], 0x88e7),
    path: 'pbb 4711',
  },
  { name: 'NSH', linkType: 1, bytes: ethernet([0, 6, 1, 1, ...zeros(20), ...ip], 0x894f) },
  { name: 'MPLS', linkType: 1, bytes: ethernet(mpls(18, mpls(19, ip), false), 0x8847) },
  { name: 'MPLS, IPv6', linkType: 1, bytes: ethernet(mpls(18, ip6), 0x8847), version: 6 },
  { name: 'MPLS pseudo-wire', linkType: 1, bytes: ethernet(mpls(18, frame), 0x8847) },
  {
    name: 'MPLS pseudo-wire, control word',
    linkType: 1,
    bytes: ethernet(mpls(18, [0, 0, 0, 0, ...frame]), 0x8847),
  },
  {
    name: 'PPPoE',
    linkType: 1,
    bytes: ethernet([0x11, 0, 0, 9, ...be16(2 + ip.length), 0, 0x21, ...ip, 0, 0, 0], 0x8864),
  },
  { name: 'BSD loopback, little-endian', linkType: 0, bytes: [2, 0, 0, 0, ...ip] },
  { name: 'BSD loopback, big-endian', linkType: 0, bytes: [0, 0, 0, 2, ...ip] },
  { name: 'macOS loopback, IPv6', linkType: 0, bytes: [30, 0, 0, 0, ...ip6], version: 6 },
  { name: 'FreeBSD loopback, IPv6', linkType: 0, bytes: [28, 0, 0, 0, ...ip6], version: 6 },
  { name: 'OpenBSD loopback', linkType: 108, bytes: [0, 0, 0, 2, ...ip] },
  { name: 'OpenBSD loopback, IPv6', linkType: 108, bytes: [0, 0, 0, 24, ...ip6], version: 6 },
  { name: 'OpenBSD enc', linkType: 109, bytes: [0, 0, 0, 2, ...zeros(8), ...ip] },
  { name: 'pflog of 61 bytes', linkType: 117, bytes: [61, 2, ...zeros(62), ...ip] },
  { name: 'pflog of 100 bytes', linkType: 117, bytes: [100, 24, ...zeros(98), ...ip6], version: 6 },
  { name: 'old pflog', linkType: 17, bytes: [...be32(2), ...zeros(24), ...ip], tshark: 'not read' },
  ...[12, 14, 101, 228].map((linkType) => ({ name: `raw IP ${linkType}`, linkType, bytes: ip })),
  ...[12, 14, 101, 229].map((linkType) => ({
    name: `raw IPv6 ${linkType}`,
    linkType,
    bytes: ip6,
    version: 6 as const,
  })),
  { name: 'SLIP', linkType: 8, bytes: ip, tshark: 'leaves it undecoded' },
  {
    name: 'SLIP with direction',
    linkType: 8,
    bytes: [1, ...zeros(15), ...ip],
    tshark: 'leaves it undecoded',
  },
  { name: 'PPP', linkType: 9, bytes: [0, 0x21, ...ip] },
  { name: 'PPP in HDLC framing', linkType: 50, bytes: [0xff, 3, 0, 0x57, ...ip6], version: 6 },
  { name: 'PPP, compressed protocol field', linkType: 9, bytes: [0xff, 3, 0x21, ...ip] },
  { name: 'PPP multilink', linkType: 9, bytes: [0xff, 3, 0, 0x3d, 0xc0, 0, 0, 1, 0, 0x21, ...ip] },
  { name: 'PPP bridging', linkType: 9, bytes: [0xff, 3, 0, 0x31, 0, 1, ...frame] },
  { name: 'PPP, MPLS', linkType: 9, bytes: [0xff, 3, 0x02, 0x81, ...mpls(18, ip)] },
  { name: 'PPP with direction', linkType: 204, bytes: [1, 0xff, 3, 0, 0x21, ...ip] },
  { name: 'PPPoE by itself', linkType: 51, bytes: [0x11, 0, 0, 9, ...be16(2 + ip.length), 0, 0x21, ...ip] },
  { name: 'Cisco HDLC', linkType: 104, bytes: [0x0f, 0, ...be16(0x0800), ...ip] },
  { name: 'Cisco HDLC on a PPP line', linkType: 50, bytes: [0x0f, 0, ...be16(0x0800), ...ip] },
  {
    name: 'Cisco HDLC with direction',
    linkType: 205,
    bytes: [0, 0x0f, 0, ...be16(0x0800), ...ip],
    tshark: 'not read',
  },
  { name: 'frame relay, NLPID', linkType: 107, bytes: [0x18, 0x41, 3, 0xcc, ...ip] },
  {
    name: 'frame relay, SNAP',
    linkType: 107,
    bytes: [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, ...be16(0x0800), ...ip],
  },
  { name: 'frame relay, Cisco', linkType: 107, bytes: [0x18, 0x41, ...be16(0x0800), ...ip] },
  {
    name: 'frame relay, bridged Ethernet',
    linkType: 107,
    bytes: [0x18, 0x41, 3, 0, 0x80, 0, 0x80, 0xc2, 0, 7, ...frame],
  },
  {
    name: 'frame relay with direction',
    linkType: 206,
    bytes: [0, 0x18, 0x41, 3, 0xcc, ...ip],
    tshark: 'not read',
  },
  { name: 'MPLS by itself', linkType: 219, bytes: mpls(18, ip), tshark: 'not read' },
  { name: 'Linux cooked v1', linkType: 113, bytes: [0, 4, 0, 1, 0, 6, ...zeros(8), ...be16(0x0800), ...ip] },
  {
    name: 'Linux cooked v1, VLAN',
    linkType: 113,
    bytes: [0, 0, 0, 1, 0, 6, ...zeros(8), ...be16(0x8100), ...vlan(7, ip)],
    path: 'vlan 7',
  },
  {
    name: 'Linux cooked v1, LLC',
    linkType: 113,
    bytes: [0, 0, 0, 1, 0, 6, ...zeros(8), ...be16(4), ...snap(ip)],
  },
  {
    name: 'Linux cooked v2',
    linkType: 276,
    bytes: [...be16(0x86dd), 0, 0, ...be32(3), 0, 1, 4, 6, ...zeros(8), ...ip6],
    version: 6,
  },
  {
    name: 'NFLOG, little-endian',
    linkType: 239,
    bytes: [2, 0, 0, 5, ...le16(6), ...le16(10), 65, 0, 0, 0, ...le16(4 + ip.length), ...le16(9), ...ip],
  },
  {
    name: 'NFLOG, big-endian',
    linkType: 239,
    bytes: [10, 0, 0, 5, ...be16(8), ...be16(5), 0, 0, 0, 1, ...be16(4 + ip6.length), ...be16(9), ...ip6],
    version: 6,
    tshark: 'reads the byte order of its own machine',
  },
  {
    name: 'PKTAP',
    linkType: 258,
    bytes: [...le32(108), ...le32(1), ...le32(1), ...zeros(96), ...frame],
  },
  { name: 'Solaris ipnet', linkType: 226, bytes: [1, 2, 0, 0, ...be32(ip.length), ...zeros(16), ...ip] },
  { name: 'ERF, Ethernet', linkType: 197, bytes: erf(2, frame.length + 4, [0, 0, ...frame, ...zeros(4)]) },
  {
    name: 'ERF, Ethernet, extension header',
    linkType: 197,
    bytes: erf(0x82, frame.length + 4, [3, ...zeros(7), 0, 0, ...frame, ...zeros(4)]),
  },
  { name: 'ERF, HDLC', linkType: 197, bytes: erf(1, 4 + ip.length, [0x0f, 0, 8, 0, ...ip]) },
  { name: 'ERF, IPv4', linkType: 197, bytes: erf(22, ip.length, ip) },
  { name: 'IP over InfiniBand', linkType: 242, bytes: [...zeros(40), ...be16(0x0800), 0, 0, ...ip] },
  { name: 'token ring', linkType: 6, bytes: [0x10, 0x40, ...MAC, ...snap(ip)] },
  { name: 'ARCNET', linkType: 7, bytes: [1, 2, 0xd4, 0, 0, 9, ...ip] },
  { name: 'ARCNET, IPv6', linkType: 7, bytes: [1, 2, 0xc4, 0, 0, 9, ...ip6], version: 6 },
  { name: 'ARCNET, the older way', linkType: 7, bytes: [1, 2, 0xf0, ...ip] },
  { name: 'ARCNET, exception', linkType: 7, bytes: [1, 2, 0xd4, 0xff, 0xff, 0xff, 0xd4, 0, 0, 9, ...ip] },
  { name: 'ARCNET, Linux', linkType: 129, bytes: [1, 2, 0, 0, 0xd4, 0, 0, 9, ...ip] },
  {
    name: 'ARCNET, Linux, first of two fragments',
    linkType: 129,
    bytes: [1, 2, 0, 0, 0xd4, 1, 0, 9, ...ip],
  },
  {
    name: 'token ring, source routed',
    linkType: 6,
    bytes: [0x10, 0x40, ...MAC.slice(0, 6), 0x82, ...MAC.slice(7), 0x06, 0, 0, 0x10, 0, 0x20, ...snap(ip)],
  },
  { name: 'FDDI', linkType: 10, bytes: [0x54, ...MAC, ...snap(ip)] },
  { name: 'IP over Fibre Channel', linkType: 122, bytes: [...zeros(16), ...snap(ip)] },
  { name: 'IP over IEEE 1394', linkType: 138, bytes: [...zeros(16), ...be16(0x0800), ...ip] },
  {
    name: 'DOCSIS',
    linkType: 143,
    bytes: [0, 0, ...be16(frame.length + 4), 0xaa, 0x35, ...frame, ...zeros(4)],
  },
  {
    name: 'DOCSIS, extended header',
    linkType: 143,
    bytes: [1, 3, ...be16(frame.length + 7), 0, 0, 0, 0x19, 0x30, ...frame, ...zeros(4)],
  },
  { name: 'netANALYZER', linkType: 240, bytes: [0, 4, 0, 0, ...frame, ...zeros(4)] },
  {
    name: 'netANALYZER with preamble',
    linkType: 241,
    bytes: [0, 4, 0, 0, ...new Array<number>(7).fill(0x55), 0xd5, ...frame, ...zeros(4)],
    tshark: 'leaves it undecoded',
  },
  {
    name: 'Ethernet mPacket',
    linkType: 274,
    bytes: [...new Array<number>(7).fill(0x55), 0xd5, ...frame, ...zeros(4)],
    tshark: 'checks the FCS',
  },
  { name: 'ATM, routed', linkType: 100, bytes: snap(ip) },
  { name: 'ATM, one protocol only', linkType: 100, bytes: ip, tshark: 'takes all ATM for LLC' },
  { name: 'ATM, PPP', linkType: 100, bytes: [0, 0x21, ...ip], tshark: 'takes all ATM for LLC' },
  { name: 'ATM, bridged', linkType: 100, bytes: [0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 7, 0, 0, ...frame] },
  {
    name: 'ATM, bridged with FCS',
    linkType: 100,
    bytes: [0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 1, 0, 0, ...frame, ...zeros(4)],
  },
  { name: 'ATM, ISO', linkType: 100, bytes: [0xfe, 0xfe, 3, 0xcc, ...ip] },
  { name: 'SunATM, LLC', linkType: 123, bytes: [0x02, 0, 0, 100, ...snap(ip)] },
  { name: 'SunATM, LAN emulation', linkType: 123, bytes: [0x01, 0, 0, 100, 0, 5, ...frame] },
];

const juniper = [0x4d, 0x47, 0x43];
const extended = [...juniper, 0x81, ...be16(6), 1, 1, 0, 3, 1, 0];

const routers: Variant[] = [
  { name: 'Juniper Ethernet', linkType: 178, bytes: [...juniper, 1, ...frame] },
  { name: 'Juniper Ethernet, extensions', linkType: 178, bytes: [...extended, ...frame] },
  { name: 'Juniper, no link layer', linkType: 178, bytes: [...juniper, 2, ...le32(2), ...ip] },
  { name: 'Juniper PPP', linkType: 179, bytes: [...juniper, 1, 0xff, 3, 0, 0x21, ...ip] },
  { name: 'Juniper frame relay', linkType: 180, bytes: [...juniper, 1, 0x18, 0x41, 3, 0xcc, ...ip] },
  { name: 'Juniper Cisco HDLC', linkType: 181, bytes: [...juniper, 1, 0x0f, 0, ...be16(0x0800), ...ip] },
  { name: 'Juniper PPPoE', linkType: 167, bytes: [...juniper, 1, ...frame] },
  { name: 'Juniper ATM1', linkType: 137, bytes: [...juniper, 1, ...zeros(4), ...snap(ip)] },
  { name: 'Juniper ATM2', linkType: 135, bytes: [...juniper, 1, ...zeros(8), ...snap(ip)] },
  { name: 'Juniper voice', linkType: 183, bytes: [...juniper, 1, ...zeros(18), ...ip] },
  { name: 'Juniper GGSN', linkType: 133, bytes: [...juniper, 1, ...le16(2), 0, 0, ...ip] },
];

const data = wifi(snap(ip));
const subframes = [...MAC, ...be16(snap(ip).length), ...snap(ip)];
const radiotap = (flags: number): Bytes => [0, 0, ...le16(17), ...le32(3), ...zeros(8), flags];

const wireless: Variant[] = [
  { name: '802.11', linkType: 105, bytes: data },
  { name: '802.11 QoS', linkType: 105, bytes: wifi(snap(ip), 8, 2, [0, 0]) },
  { name: '802.11 QoS, HT control', linkType: 105, bytes: wifi(snap(ip), 8, 0x82, [0, 0, 0, 0, 0, 0]) },
  { name: '802.11, four addresses', linkType: 105, bytes: wifi(snap(ip), 0, 3, MAC.slice(0, 6)) },
  { name: '802.11 A-MSDU', linkType: 105, bytes: wifi(subframes, 8, 2, [0x80, 0]) },
  { name: 'radiotap', linkType: 127, bytes: [0, 0, ...le16(8), ...le32(0), ...data] },
  { name: 'radiotap, FCS', linkType: 127, bytes: [...radiotap(0x10), ...data, ...zeros(4)] },
  {
    name: 'radiotap, padded header',
    linkType: 127,
    bytes: [...radiotap(0x20), ...wifi(snap(ip), 8, 2, [0, 0, 0, 0])],
  },
  {
    name: 'radiotap, two words of fields',
    linkType: 127,
    bytes: [
      0,
      0,
      ...le16(25),
      ...be32(0x030000a0),
      ...le32(0),
      ...zeros(4),
      ...zeros(8),
      0x10,
      ...data,
      ...zeros(4),
    ],
  },
  { name: 'Prism', linkType: 119, bytes: [...le32(0x44), ...le32(144), ...zeros(136), ...data] },
  { name: 'AVS', linkType: 163, bytes: [...be32(0x80211001), ...be32(64), ...zeros(56), ...data] },
  { name: 'AVS as Prism', linkType: 119, bytes: [...be32(0x80211001), ...be32(64), ...zeros(56), ...data] },
  { name: 'PPI, 802.11', linkType: 192, bytes: [0, 0, ...le16(8), ...le32(105), ...data] },
  {
    name: 'PPI, 802.11 with FCS',
    linkType: 192,
    bytes: [
      0,
      0,
      ...le16(32),
      ...le32(105),
      ...le16(2),
      ...le16(20),
      ...zeros(8),
      1,
      0,
      ...zeros(10),
      ...data,
      ...zeros(4),
    ],
  },
  { name: 'PPI, Ethernet', linkType: 192, bytes: [0, 0, ...le16(8), ...le32(1), ...frame] },
  { name: 'TZSP by itself', linkType: 128, bytes: [1, 0, ...be16(1), 1, ...frame] },
];

const deflated = (inside: Bytes, next: number, index = 2): Bytes => [
  next,
  0,
  ...be16(index),
  ...deflateRawSync(Uint8Array.from(inside)),
];

const hopByHop = (next: number): Bytes => [next, 0, 1, 4, 0, 0, 0, 0];
const ah: Bytes = [6, 4, 0, 0, ...be32(9), ...be32(1), ...zeros(12)];

const networks: Variant[] = [
  { name: 'IPComp', linkType: 101, bytes: ipv4(deflated(tcp(), 6), 108) },
  {
    name: 'IPComp, agreed index, IPv6',
    linkType: 101,
    bytes: ipv6(deflated(tcp(), 6, 4711), 108),
    version: 6,
  },
  { name: 'IPComp of a tunnel', linkType: 101, bytes: outer(deflated(ip, 4), 108), path: 'ipip' },
  {
    name: 'IPv4 options',
    linkType: 101,
    bytes: [0x46, 0, ...be16(24 + tcp().length), ...ip.slice(4, 20), 1, 1, 1, 0, ...tcp()],
  },
  { name: 'IPv4, total length 0', linkType: 101, bytes: ipv4(tcp(), 6, { totalLength: 0 }) },
  { name: 'IPv4, AH', linkType: 101, bytes: ipv4([...ah, ...tcp()], 51) },
  { name: 'IPv6 hop-by-hop', linkType: 101, bytes: ipv6([...hopByHop(6), ...tcp()], 0), version: 6 },
  {
    name: 'IPv6 hop-by-hop, routing, destination options',
    linkType: 101,
    bytes: ipv6([...hopByHop(43), 60, 2, 0, 0, ...zeros(4), ...SERVER_6, ...hopByHop(6), ...tcp()], 0),
    version: 6,
  },
  { name: 'IPv6, AH', linkType: 101, bytes: ipv6([...ah, ...tcp()], 51), version: 6 },
  {
    name: 'IPv6 atomic fragment',
    linkType: 101,
    bytes: ipv6([6, 0, 0, 0, ...be32(9), ...tcp()], 44),
    version: 6,
  },
  {
    name: 'IPv6 jumbogram',
    linkType: 101,
    bytes: ipv6([6, 0, 0xc2, 4, ...be32(8 + tcp().length), ...tcp()], 0, 0),
    version: 6,
    tshark: 'wants more than 65,535 bytes in a jumbogram, as RFC 2675 does',
  },
  {
    name: 'IPv6, payload length 0',
    linkType: 101,
    bytes: ipv6(tcp(), 6, 0),
    version: 6,
    tshark: 'takes 0 as 0 in IPv6',
  },
];

const inner = ethernet(ip);
const key = be32(0x01020304);
const gtp = (flags: number, more: Bytes): Bytes => [
  flags,
  0xff,
  ...be16(more.length + ip.length),
  ...be32(77),
  ...more,
  ...ip,
];

const tunnels: Variant[] = [
  { name: 'IP in IP', linkType: 101, bytes: outer(ip, 4), path: 'ipip' },
  { name: '6in4', linkType: 101, bytes: outer(ip6, 41), path: '6in4', version: 6 },
  { name: '4in6', linkType: 101, bytes: ipv6(ip, 4), path: '4in6' },
  { name: '6in6', linkType: 101, bytes: ipv6(ip6, 41), path: '6in6', version: 6 },
  { name: 'EtherIP', linkType: 101, bytes: outer([0x30, 0, ...inner], 97), path: 'etherip' },
  { name: 'MPLS in IP', linkType: 101, bytes: outer(mpls(18, ip), 137), path: 'mpls-in-ip' },
  { name: 'GRE', linkType: 101, bytes: outer(gre(0x0800, ip), 47), path: 'gre' },
  {
    name: 'GRE, key',
    linkType: 101,
    bytes: outer(gre(0x86dd, ip6, 0x2000, key), 47),
    path: 'gre 16909060',
    version: 6,
  },
  {
    name: 'GRE, checksum, key, sequence',
    linkType: 101,
    bytes: outer(gre(0x0800, ip, 0xb000, [0, 0, 0, 0, ...key, 0, 0, 0, 1]), 47),
    path: 'gre 16909060',
  },
  {
    name: 'GRE, routing',
    linkType: 101,
    bytes: outer(gre(0x0800, ip, 0x4000, [0, 0, 0, 0, 8, 0, 0, 4, 9, 9, 9, 9, 0, 0, 0, 0]), 47),
    path: 'gre',
  },
  { name: 'GRE, Ethernet', linkType: 101, bytes: outer(gre(0x6558, inner), 47), path: 'gre' },
  {
    name: 'NVGRE',
    linkType: 101,
    bytes: outer(gre(0x6558, inner, 0x2000, [...be24(5001), 33]), 47),
    path: 'nvgre 5001',
  },
  { name: 'GRE, MPLS', linkType: 101, bytes: outer(gre(0x8847, mpls(18, ip)), 47), path: 'gre' },
  { name: 'GRE, WCCP', linkType: 101, bytes: outer(gre(0x883e, [0, 0, 0, 0, ...ip]), 47), path: 'gre' },
  {
    name: 'PPTP',
    linkType: 101,
    bytes: outer(
      gre(0x880b, [0xff, 3, 0, 0x21, ...ip], 0x3081, [...be16(4 + ip.length), 0, 9, ...be32(1), ...be32(1)]),
      47,
    ),
    path: 'pptp',
  },
  {
    name: 'Mikrotik EoIP',
    linkType: 101,
    bytes: outer([0x20, 1, 0x64, 0, ...be16(inner.length), ...le16(5), ...inner], 47),
    path: 'gre',
  },
  { name: 'ERSPAN I', linkType: 101, bytes: outer(gre(0x88be, inner), 47), path: 'erspan' },
  {
    name: 'ERSPAN II',
    linkType: 101,
    bytes: outer(gre(0x88be, [0x10, 7, 0, 1, 0, 0, 0, 0, ...inner], 0x1000, be32(1)), 47),
    path: 'erspan',
  },
  {
    name: 'ERSPAN III',
    linkType: 101,
    bytes: outer(gre(0x22eb, [0x20, 7, 0, 1, ...zeros(8), ...inner], 0x1000, be32(1)), 47),
    path: 'erspan',
  },
  {
    name: 'ERSPAN III, platform header',
    linkType: 101,
    bytes: outer(gre(0x22eb, [0x20, 7, 0, 1, ...zeros(7), 1, ...zeros(8), ...inner], 0x1000, be32(1)), 47),
    path: 'erspan',
  },
  {
    name: 'VXLAN',
    linkType: 101,
    bytes: outerUdp([8, 0, 0, 0, ...network(99), ...inner], 4789),
    path: 'vxlan 99',
  },
  {
    name: 'VXLAN, old Linux port',
    linkType: 101,
    bytes: outerUdp([8, 0, 0, 0, ...network(99), ...inner], 8472),
    path: 'vxlan 99',
    tshark: 'knows the assigned port only',
  },
  {
    name: 'VXLAN with VLAN within VLAN',
    linkType: 1,
    bytes: ethernet(
      vlan(3, outerUdp([8, 0, 0, 0, ...network(99), ...ethernet(vlan(7, ip), 0x8100)], 4789)),
      0x8100,
    ),
    path: 'vlan 3, vxlan 99, vlan 7',
  },
  {
    name: 'VXLAN-GPE, IP',
    linkType: 101,
    bytes: outerUdp([0x0c, 0, 0, 1, ...network(99), ...ip], 4790),
    path: 'vxlan 99',
  },
  {
    name: 'VXLAN-GPE, NSH, Ethernet',
    linkType: 101,
    bytes: outerUdp([0x0c, 0, 0, 4, ...network(99), 0, 2, 2, 3, ...zeros(4), ...inner], 4790),
    path: 'vxlan 99',
  },
  {
    name: 'Geneve, Ethernet',
    linkType: 101,
    bytes: outerUdp([0, 0, ...be16(0x6558), ...network(99), ...inner], 6081),
    path: 'geneve 99',
  },
  {
    name: 'Geneve, options, IP',
    linkType: 101,
    bytes: outerUdp([2, 0, ...be16(0x0800), ...network(99), 1, 2, 3, 1, 0, 0, 0, 0, ...ip], 6081),
    path: 'geneve 99',
  },
  { name: 'GTP-U', linkType: 101, bytes: outerUdp(gtp(0x30, []), 2152), path: 'gtp-u' },
  { name: 'GTP-U, sequence', linkType: 101, bytes: outerUdp(gtp(0x32, [0, 1, 0, 0]), 2152), path: 'gtp-u' },
  {
    name: 'GTP-U, extension headers',
    linkType: 101,
    bytes: outerUdp(gtp(0x34, [0, 0, 0, 0x85, 1, 0, 9, 0xc0, 1, 0, 1, 0]), 2152),
    path: 'gtp-u',
  },
  {
    name: 'GTP version 0',
    linkType: 101,
    bytes: outerUdp([0x1e, 0xff, ...be16(ip.length), ...zeros(16), ...ip], 3386),
    path: 'gtp-u',
  },
  { name: 'Teredo', linkType: 101, bytes: outerUdp(ip6, 3544), path: 'teredo', version: 6 },
  {
    name: 'Teredo, authentication and origin',
    linkType: 101,
    bytes: outerUdp([0, 1, 0, 0, ...zeros(9), 0, 0, ...zeros(6), ...ip6], 3544),
    path: 'teredo',
    version: 6,
  },
  {
    name: 'L2TP',
    linkType: 101,
    bytes: outerUdp([0x40, 2, ...be16(12 + ip.length), 0, 1, 0, 2, 0xff, 3, 0, 0x21, ...ip], 1701),
    path: 'l2tp',
  },
  {
    name: 'L2TP, sequence and offset',
    linkType: 101,
    bytes: outerUdp([0x0a, 2, 0, 1, 0, 2, 0, 0, 0, 0, 0, 2, 9, 9, 0, 0x21, ...ip], 1701),
    path: 'l2tp',
  },
  { name: 'GRE in UDP', linkType: 101, bytes: outerUdp(gre(0x0800, ip), 4754), path: 'gre' },
  {
    name: 'AYIYA',
    linkType: 101,
    // from another port: tshark takes packets from a former Teredo port for Teredo
    bytes: outer(udp([0x41, 0x52, 0x11, 41, ...be32(1000), ...zeros(36), ...ip6], 5072, 5073), 17),
    path: 'ayiya',
    version: 6,
  },
  {
    name: 'AYIYA without a signature',
    linkType: 101,
    bytes: outerUdp([0x21, 0x00, 0x01, 4, ...be32(1000), ...zeros(4), ...ip], 5072),
    path: 'ayiya',
  },
  { name: 'MPLS in UDP', linkType: 101, bytes: outerUdp(mpls(18, ip), 6635), path: 'mpls-in-ip' },
  { name: 'LISP', linkType: 101, bytes: outerUdp([...zeros(8), ...ip], 4341), path: 'lisp' },
  { name: 'TZSP', linkType: 101, bytes: outerUdp([1, 0, 0, 1, 10, 1, 0, 1, ...inner], 37008), path: 'tzsp' },
  {
    name: 'TZSP, 802.11',
    linkType: 101,
    bytes: outerUdp([1, 0, 0, 0x12, 0, 1, ...data], 37008),
    path: 'tzsp',
  },
  {
    name: 'CAPWAP, 802.3',
    linkType: 101,
    bytes: outerUdp([0, 0x10, 0, 0, ...zeros(4), ...inner], 5247),
    path: 'capwap',
  },
  {
    name: 'CAPWAP, 802.11',
    linkType: 101,
    bytes: outerUdp([0, 0x10, 3, 0, ...zeros(4), ...data], 5247),
    path: 'capwap',
    tshark: 'wants the bytes of frame control swapped, as Cisco sends them',
  },
  {
    name: 'CAPWAP, 802.11, sequence control swapped too',
    linkType: 101,
    bytes: outerUdp(
      [0, 0x10, 3, 0, ...zeros(4), 1, 8, ...data.slice(2, 22), 0x76, 0x30, ...data.slice(24)],
      5247,
    ),
    path: 'capwap',
  },
  {
    name: 'CAPWAP, 802.11, only frame control swapped',
    linkType: 101,
    bytes: outerUdp(
      [0, 0x10, 3, 0, ...zeros(4), 1, 8, ...data.slice(2, 22), 0x30, 0x76, ...data.slice(24)],
      5247,
    ),
    path: 'capwap',
  },
  {
    name: 'CAPWAP, A-MSDU, swapped',
    linkType: 101,
    bytes: outerUdp(
      [
        0,
        0x10,
        3,
        0,
        ...zeros(4),
        2,
        0x88,
        ...wifi(subframes, 8, 2, [0x80, 0]).slice(2, 22),
        0x76,
        0x30,
      ].concat(wifi(subframes, 8, 2, [0x80, 0]).slice(24)),
      5247,
    ),
    path: 'capwap',
  },
  {
    name: 'CAPWAP, 802.11, swapped',
    linkType: 101,
    bytes: outerUdp([0, 0x10, 3, 0, ...zeros(4), 1, 8, ...data.slice(2)], 5247),
    path: 'capwap',
  },
  { name: 'IP in IP in GRE', linkType: 101, bytes: outer(gre(0x0800, outer(ip, 4)), 47), path: 'gre, ipip' },
];

export const VARIANTS: readonly Variant[] = [...links, ...routers, ...wireless, ...networks, ...tunnels];

/** Frames with a UDP datagram or an error, not a segment. */
export const OTHERS: readonly Variant[] = [
  { name: 'UDP', linkType: 101, bytes: ipv4(udp(PAYLOAD, 53), 17) },
  { name: 'ICMP error', linkType: 101, bytes: ipv4([3, 1, 0, 0, 0, 0, 0, 0, ...ip], 1) },
  { name: 'ICMPv6 error', linkType: 101, bytes: ipv6([1, 0, 0, 0, 0, 0, 0, 0, ...ip6], 58) },
  { name: 'IPv4 fragment', linkType: 101, bytes: ipv4(tcp(), 6, { more: true }) },
  { name: 'IPv6 fragment', linkType: 101, bytes: ipv6([6, 0, 0, 1, ...be32(9), ...tcp()], 44) },
  { name: 'ARP', linkType: 1, bytes: ethernet([0, 1, 8, 0, 6, 4, 0, 1, ...CLIENT_6], 0x0806) },
];
