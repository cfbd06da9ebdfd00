/**
 * From a frame's first byte to its network layer, by link type.
 * To read first: https://www.tcpdump.org/linktypes.html
 */
import { decodeArcnet } from './arcnet.js';
import { decodeAtm, decodeSunAtm } from './atm.js';
import { decodeEnc, decodeIpnet, decodeNull, decodeOldPflog, decodePflog } from './bsd.js';
import { decodeCooked, decodeCooked2, decodeNflog } from './cooked.js';
import { decodeErf } from './erf.js';
import { decodeEthernet } from './ethernet.js';
import { decodeIp } from './ip.js';
import { decodeJuniper } from './juniper.js';
import {
  decodeApple1394,
  decodeDocsis,
  decodeFddi,
  decodeIpOverFibreChannel,
  decodeIpoib,
  decodeTokenRing,
} from './lan.js';
import { decodeMpls } from './mpls.js';
import { deeper, has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { decodeCiscoHdlc, decodeFrameRelay, decodePpp, decodePppoe, decodeSerial } from './ppp.js';
import { decodeAvs, decodePpi, decodePrism, decodeRadiotap, decodeTzsp } from './radio.js';
import { decodeWifi } from './wifi.js';

const LINKTYPE_ETHERNET = 1;
const NETANALYZER_HEADER = 4;
const PREAMBLE = 8;
const PKTAP_HEADER = 12;
const FCS = 4;
const SLIP_HEADER = 16;

/** Walks from `offset`; `end` is where the packet ended on the wire, which may lie beyond the capture. */
export function decodeLink(packet: Packet, linkType: number, offset: number, end: number): number {
  if (linkType === LINKTYPE_ETHERNET) return decodeEthernet(packet, offset, end);
  switch (linkType) {
    case 0:
    case 108:
      return decodeNull(packet, offset, end);
    case 6:
      return decodeTokenRing(packet, offset, end);
    case 7:
    case 129:
      return decodeArcnet(packet, offset, end, linkType === 129);
    case 8:
      return decodeSlip(packet, offset, end);
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return decodeIp(packet, offset, end);
    case 9:
    case 50:
      return decodeSerial(packet, offset, end);
    case 10:
      return decodeFddi(packet, offset, end);
    case 11:
    case 16:
    case 18:
    case 19:
    case 100:
    case 106:
      return decodeAtm(packet, offset, end);
    case 13:
    case 109:
      return decodeEnc(packet, offset, end);
    case 17:
      return decodeOldPflog(packet, offset, end);
    case 51:
      return decodePppoe(packet, offset, end);
    case 104:
    case 112:
      return decodeCiscoHdlc(packet, offset, end);
    case 105:
      return decodeWifi(packet, offset, end);
    case 107:
      return decodeFrameRelay(packet, offset, end);
    case 113:
      return decodeCooked(packet, offset, end);
    case 117:
      return decodePflog(packet, offset, end);
    case 119:
      return decodePrism(packet, offset, end);
    case 122:
      return decodeIpOverFibreChannel(packet, offset, end);
    case 123:
      return decodeSunAtm(packet, offset, end);
    case 127:
      return decodeRadiotap(packet, offset, end);
    case 128:
      return decodeTzsp(packet, offset, end);
    case 138:
      return decodeApple1394(packet, offset, end);
    case 143:
      return decodeDocsis(packet, offset, end);
    case 163:
      return decodeAvs(packet, offset, end);
    case 192:
      return decodePpi(packet, offset, end);
    case 197:
      return decodeErf(packet, offset, end);
    case 204: // one byte for the direction
      return decodePpp(packet, offset + 1, end);
    case 205:
      return decodeCiscoHdlc(packet, offset + 1, end);
    case 206:
      return decodeFrameRelay(packet, offset + 1, end);
    case 219:
      return decodeMpls(packet, offset, end);
    case 226:
      return decodeIpnet(packet, offset, end);
    case 239:
      return decodeNflog(packet, offset, end);
    case 240:
      return decodeWithFcs(packet, offset + NETANALYZER_HEADER, end);
    case 241:
      return decodeWithFcs(packet, offset + NETANALYZER_HEADER + PREAMBLE, end);
    case 242:
      return decodeIpoib(packet, offset, end);
    case 258:
      return decodePktap(packet, offset, end);
    case 274:
      return decodeWithFcs(packet, offset + PREAMBLE, end);
    case 276:
      return decodeCooked2(packet, offset, end);
    case 133:
    case 135:
    case 137:
    case 167:
    case 178:
    case 179:
    case 180:
    case 181:
    case 183:
      return decodeJuniper(packet, linkType, offset, end);
    default:
      return stopAt(packet, 'unknown link type', false);
  }
}

/** macOS pktap: header length, record type, link type of what follows; process names and more. */
function decodePktap(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, PKTAP_HEADER, 'PKTAP header cut short') || !deeper(packet)) return OTHER;
  const length = packet.view.getUint32(offset, true);
  if (length < PKTAP_HEADER) return stopAt(packet, 'malformed PKTAP header', true);
  return decodeLink(packet, packet.view.getUint32(offset + 8, true), offset + length, end);
}

/** Ethernet that always has its frame check sequence. */
function decodeWithFcs(packet: Packet, offset: number, end: number): number {
  narrow(packet, end - FCS);
  return decodeEthernet(packet, offset, end - FCS);
}

/** SLIP: the IP packet, after 16 bytes of direction and compression where BSD wrote it. */
function decodeSlip(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, SLIP_HEADER, 'SLIP cut short')) return OTHER;
  const bare = packet.view.getUint8(offset) >= 0x40;
  return decodeIp(packet, bare ? offset : offset + SLIP_HEADER, end);
}
