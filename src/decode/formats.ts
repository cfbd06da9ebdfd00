/** What is decoded, by name: for `synfin formats`, messages and the README. */
import { UDP_TUNNELS } from './tunnel.js';

const ETHERNET = 'Ethernet';
const RAW = 'raw IP';
const ATM = 'ATM, LLC and VC multiplexed';

/** Link types (LINKTYPE_ values, and the DLT_ values in old files) whose frames are decoded. */
export const DECODED_LINK_TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'BSD loopback'],
  [1, ETHERNET],
  [6, 'token ring'],
  [7, 'ARCNET'],
  [8, 'SLIP'],
  [9, 'PPP'],
  [10, 'FDDI'],
  [11, ATM],
  [12, RAW],
  [13, 'OpenBSD enc (IPsec)'],
  [14, RAW],
  [16, ATM],
  [17, 'OpenBSD pflog before 3.4'],
  [18, ATM],
  [19, ATM],
  [50, 'PPP or Cisco HDLC'],
  [51, 'PPPoE session'],
  [100, ATM],
  [101, RAW],
  [104, 'Cisco HDLC'],
  [105, 'IEEE 802.11'],
  [106, 'Linux classical IP over ATM'],
  [107, 'frame relay'],
  [108, 'OpenBSD loopback'],
  [109, 'OpenBSD enc (IPsec)'],
  [112, 'Cisco HDLC'],
  [113, 'Linux cooked v1'],
  [117, 'OpenBSD pflog'],
  [119, 'IEEE 802.11 with Prism header'],
  [122, 'IP over Fibre Channel'],
  [123, 'SunATM'],
  [127, 'IEEE 802.11 with radiotap header'],
  [128, 'TZSP'],
  [129, 'ARCNET, Linux'],
  [133, 'Juniper GGSN'],
  [135, 'Juniper ATM2'],
  [137, 'Juniper ATM1'],
  [138, 'Apple IP over IEEE 1394'],
  [143, 'DOCSIS'],
  [163, 'IEEE 802.11 with AVS header'],
  [167, 'Juniper PPPoE'],
  [178, 'Juniper Ethernet'],
  [179, 'Juniper PPP'],
  [180, 'Juniper frame relay'],
  [181, 'Juniper Cisco HDLC'],
  [183, 'Juniper voice'],
  [192, 'per-packet information (PPI)'],
  [197, 'Endace ERF'],
  [204, 'PPP with direction'],
  [205, 'Cisco HDLC with direction'],
  [206, 'frame relay with direction'],
  [219, 'MPLS'],
  [226, 'Solaris ipnet'],
  [228, 'raw IPv4'],
  [229, 'raw IPv6'],
  [239, 'Linux NFLOG'],
  [240, 'Ethernet with netANALYZER header'],
  [241, 'Ethernet with netANALYZER header and preamble'],
  [242, 'IP over InfiniBand'],
  [258, 'macOS PKTAP'],
  [274, 'Ethernet with preamble (mPacket)'],
  [276, 'Linux cooked v2'],
]);

/** Some that are known by name but carry no IP, or none that can be identified. */
const OTHER_LINK_TYPES: ReadonlyMap<number, string> = new Map([
  [144, 'Linux IrDA'],
  [165, 'BACnet MS/TP'],
  [169, 'GPRS LLC'],
  [187, 'Bluetooth HCI H4'],
  [189, 'USB Linux'],
  [190, 'CAN 2.0B'],
  [195, 'IEEE 802.15.4'],
  [201, 'Bluetooth HCI H4 with direction'],
  [220, 'USB Linux mmapped'],
  [227, 'SocketCAN'],
  [230, 'IEEE 802.15.4 without FCS'],
  [231, 'D-Bus'],
  [247, 'InfiniBand'],
  [248, 'SCTP'],
  [249, 'USBPcap'],
  [251, 'Bluetooth LE'],
  [252, 'Wireshark upper PDU'],
  [253, 'Linux netlink'],
  [270, 'LoRaTap'],
  [271, 'Linux vsock'],
]);

/** Name of a link type, e.g. `Ethernet`; `link type 147 (user-defined)` or `link type 999` where there is none. */
export function linkTypeName(linkType: number): string {
  const name = DECODED_LINK_TYPES.get(linkType) ?? OTHER_LINK_TYPES.get(linkType);
  if (name !== undefined) return name;
  return linkType >= 147 && linkType <= 162
    ? `link type ${linkType} (user-defined)`
    : `link type ${linkType}`;
}

/** Layers between link and transport that are walked through. */
export const DECODED_LAYERS: readonly { kind: 'link' | 'network' | 'tunnel'; name: string; note: string }[] =
  [
    { kind: 'link', name: 'Ethernet II, IEEE 802.3, LLC, SNAP', note: 'also bridged in SNAP' },
    {
      kind: 'link',
      name: 'VLAN, QinQ',
      note: '802.1Q, 802.1ad, 0x9100, 0x9200; the VLAN ids tell connections apart',
    },
    { kind: 'link', name: 'VN-Tag, E-Tag, Cisco metadata, 802.1CB', note: 'stepped over' },
    { kind: 'link', name: 'Cisco FabricPath', note: 'stepped over; VLANs within' },
    {
      kind: 'link',
      name: 'provider backbone bridging',
      note: '802.1ah; the service id tells connections apart',
    },
    { kind: 'link', name: 'MPLS', note: 'IP, and Ethernet pseudo-wires with and without control word' },
    {
      kind: 'link',
      name: 'PPPoE, PPP, multilink PPP',
      note: 'unfragmented; compressed TCP headers are not undone',
    },
    {
      kind: 'link',
      name: 'IEEE 802.11',
      note: 'data frames: QoS, four addresses, all packets of an A-MSDU; not encrypted ones',
    },
    {
      kind: 'network',
      name: 'IPv4',
      note: 'fragments put together, source routes, total length 0 of offload and BIG TCP',
    },
    { kind: 'network', name: 'IPv6', note: 'extension headers, routing, fragments put together, jumbograms' },
    { kind: 'network', name: 'AH', note: 'stepped over; ESP is not decoded' },
    {
      kind: 'network',
      name: 'IPComp',
      note: 'deflate; other algorithms, and packets cut short, are only counted',
    },
    { kind: 'network', name: 'NSH', note: 'stepped over' },
    { kind: 'tunnel', name: 'IP in IP, 6in4, 4in6, 6in6, EtherIP, MPLS in IP', note: '' },
    {
      kind: 'tunnel',
      name: 'GRE',
      note: 'checksum, key, sequence, routing; transparent Ethernet, NVGRE, EoIP, WCCP, Aruba',
    },
    { kind: 'tunnel', name: 'PPTP', note: 'GRE version 1' },
    { kind: 'tunnel', name: 'ERSPAN', note: 'types I, II and III' },
    ...UDP_TUNNELS.map(({ port, name }) => ({ kind: 'tunnel' as const, name, note: `UDP port ${port}` })),
  ];
