/** The options of the TCP header, as terms. */
import type { TermTexts } from '../terms/names.js';

export const optionTexts: TermTexts['option'] = {
  'end of options': {
    title: 'kind 0: no more options follow',
    what: 'One byte. What follows it, up to the end of the header, is filling and should be 0.',
    why: 'Headers have a length that is a multiple of 4 bytes; options need not.',
  },
  'no operation': {
    title: 'kind 1: a byte that does nothing',
    what: 'One byte between options. Receivers skip it.',
    why: 'It lets the next option, for example timestamps, begin where it is quick to read.',
  },
  MSS: {
    title: 'kind 2: the most data that may come in one segment',
    what: 'Only in SYNs: its sender can take segments with so many bytes of data. Each end says its own; they need not be equal. Without it: 536 (IPv4), 1220 (IPv6).',
    why: 'So that segments fit into packets: on Ethernet 1460 with IPv4 (1500 - 40), 1440 with IPv6. It is announced, not negotiated.',
  },
  'window scale': {
    title: 'kind 3: windows count in larger units',
    what: 'Only in SYNs: shift 7 says that windows of its sender are to be multiplied by 2^7 = 128. Used only if both SYNs have it; at most 14.',
    why: 'The window field has 16 bits, 65,535 bytes, which is too little for fast and far connections.',
  },
  'SACK permitted': {
    title: 'kind 4: its sender understands SACK',
    what: 'Only in SYNs. The other end may then send SACK options.',
    why: 'So that only what is missing needs to be sent again.',
  },
  SACK: {
    title: 'kind 5: what has come beyond a gap',
    what: 'Up to four blocks of numbers, each from its first number to the one after its last, that arrived although something before them is missing.',
    why: 'The acknowledgment number stops at the first gap. With SACK the sender knows what is missing, and sends only that. A first block that repeats what was acknowledged is a DSACK.',
  },
  timestamps: {
    title: 'kind 8: clocks of both ends, for round trips and old segments',
    what: 'TSval is the clock of the sender, TSecr a TSval that it received from the other end. If both SYNs have the option, each later segment but an RST has to have it.',
    why: 'They measure round trips, also of what was sent again, and tell old segments whose number would fit (PAWS).',
  },
  'MD5 signature': {
    title: 'kind 19: the segment is signed with a shared key',
    what: '16 bytes of MD5 over the segment and a key that both ends were given. Old sessions of BGP use it.',
    why: 'Forged segments are dropped. A missing or wrong signature is dropped in silence: it looks like no answer. TCP-AO replaces it.',
  },
  'user timeout': {
    title: 'kind 28: how long its sender waits for an acknowledgment',
    what: 'A bit for the unit (minutes or seconds) and 15 bits for the time. It is advice to the other end, in a SYN or later.',
    why: 'A longer time survives interruptions, a shorter one frees resources. Few systems send it.',
  },
  authentication: {
    title: 'kind 29: TCP-AO, a signature whose keys can be changed',
    what: 'Two numbers of keys and a code over the segment (MAC). Both ends have the same keys beforehand.',
    why: 'As the MD5 signature, with better codes, and with keys that change while the connection goes on.',
  },
  'Multipath TCP': {
    title: 'kind 30: one connection over several paths',
    what: 'Its first four bits are a subtype: MP_CAPABLE opens, MP_JOIN adds a subflow, DSS maps data of the subflow to that of the connection and can end it (DATA_FIN), and more.',
    why: 'A phone may use Wi-Fi and mobile network at the same time, or change from one to the other. Each subflow is a TCP connection of its own on the wire.',
  },
  'Fast Open': {
    title: 'kind 34: data with the SYN',
    what: 'Empty in a SYN it asks for a cookie; a SYN-ACK brings one; with that cookie a later SYN may carry data that the server takes before the handshake is complete.',
    why: 'It saves a round trip. The SYN with data may arrive twice, so it suits requests that may be repeated.',
  },
  'accurate ECN': {
    title: 'kinds 172 and 174: counts of bytes by their ECN bits',
    what: 'Up to three counters of 24 bits: how many bytes came with ECT(0), CE and ECT(1). The kind tells their order.',
    why: 'More exact than the three flags AE, CWR and ECE, which count packets modulo 8.',
  },
  experiment: {
    title: 'kinds 253 and 254: for experiments',
    what: 'The first two or four bytes (ExID) tell which experiment it is: 0xF989 was Fast Open before it had kind 34.',
    why: 'So that several experiments can share two kinds. Receivers that do not know one skip it.',
  },
};
