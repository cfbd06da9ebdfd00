/** Endace extensible record format, from capture cards. To read first: Endace "ERF Types Reference Guide". */
import { decodeAtm } from './atm.js';
import { decodeEthernet } from './ethernet.js';
import { decodeIp } from './ip.js';
import { has, narrow, OTHER, type Packet, stopAt } from './packet.js';
import { decodeSerial } from './ppp.js';

const TYPE = 8;
const WIRE_LENGTH = 14;
const HEADER = 16;
const EXTENSION = 8;
const MORE_EXTENSIONS = 0x80;
const MAX_EXTENSIONS = 16;
const ETHERNET_PADDING = 2;
const AAL5_HEADER = 4;
const FCS = 4;

/** Timestamp, type, flags, record length, loss counter, wire length; extension headers of 8 bytes; the packet. */
export function decodeErf(packet: Packet, offset: number, end: number): number {
  if (!has(packet, offset, HEADER, 'ERF header cut short')) return OTHER;
  const { view } = packet;
  const type = view.getUint8(offset + TYPE);
  const wireLength = view.getUint16(offset + WIRE_LENGTH);
  let at = offset + HEADER;
  let more = type;
  for (let count = 0; (more & MORE_EXTENSIONS) !== 0; count++) {
    if (count === MAX_EXTENSIONS) return stopAt(packet, 'too many ERF extension headers', true);
    if (!has(packet, at, EXTENSION, 'ERF header cut short')) return OTHER;
    more = view.getUint8(at);
    at += EXTENSION;
  }
  switch (type & 0x7f) {
    case 2:
    case 11:
    case 16:
    case 20:
      return ethernet(packet, at + ETHERNET_PADDING, end, wireLength);
    case 1:
    case 10:
    case 15:
    case 17:
      return decodeSerial(packet, at, Math.min(end, at + wireLength));
    case 4:
      return decodeAtm(packet, at + AAL5_HEADER, Math.min(end, at + wireLength));
    case 22:
    case 23:
      return decodeIp(packet, at, Math.min(end, at + wireLength));
    default:
      return stopAt(packet, 'other ERF record', false);
  }
}

/** The wire length counts the frame check sequence; records are padded to eight bytes behind it. */
function ethernet(packet: Packet, offset: number, end: number, wireLength: number): number {
  const frameEnd = Math.min(end, offset + wireLength - FCS);
  narrow(packet, frameEnd);
  return decodeEthernet(packet, offset, frameEnd);
}
