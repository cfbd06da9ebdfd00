/** Zeek's words and Wireshark's number, as terms. */
import type { TermTexts } from '../terms/names.js';

export const connStateTexts: TermTexts['connState'] = {
  S0: {
    title: 'attempt seen, no reply',
    what: 'The originator sent SYN, and nothing came from the responder.',
    why: 'Host down, a firewall that drops, or one direction missing in the capture. Many from one address: a scan.',
  },
  S1: {
    title: 'opened, not closed',
    what: 'Both ends are established in the eyes of Zeek, and neither FIN nor RST came.',
    why: 'It was still open when the capture ended.',
  },
  SF: {
    title: 'opened and closed in the normal way',
    what: 'Both ends sent FIN. Zeek also uses SF for UDP with datagrams both ways.',
    why: 'The usual good case. Whether the FINs were acknowledged does not matter to it.',
  },
  REJ: {
    title: 'attempt refused',
    what: 'The originator sent SYN, and the responder answered by RST.',
    why: 'No socket at this port, or a firewall that rejects.',
  },
  S2: {
    title: 'opened; the originator closed, the responder did not',
    what: 'A FIN of the originator, none of the responder.',
    why: 'The capture ended in between, or the program of the responder does not close.',
  },
  S3: {
    title: 'opened; the responder closed, the originator did not',
    what: 'A FIN of the responder, none of the originator.',
    why: 'The capture ended in between, or the program of the originator does not close.',
  },
  RSTO: {
    title: 'opened; the originator sent RST',
    what: 'The originator aborted a connection that the responder had answered.',
    why: 'An abort, a health check or a SYN scan. The order and numbers of RST and FIN are not checked.',
  },
  RSTR: {
    title: 'opened; the responder sent RST',
    what: 'The responder aborted the connection.',
    why: 'For example data left unread. An RST that its receiver ignored counts as well.',
  },
  RSTOS0: {
    title: 'SYN and then RST of the originator, no SYN-ACK seen',
    what: 'The originator broke off an attempt, and nothing came from the responder.',
    why: 'Connecting was cancelled, or the SYN-ACK was not captured.',
  },
  RSTRH: {
    title: 'SYN-ACK and then RST of the responder, no SYN seen',
    what: 'The SYN of the originator is missing in the capture.',
    why: 'One direction was captured, or the answers are to forged SYNs (backscatter of a flood).',
  },
  SH: {
    title: 'SYN and then FIN of the originator, no SYN-ACK seen',
    what: 'Zeek calls this half-open: nothing came from the responder.',
    why: 'Nearly always one direction is missing in the capture.',
  },
  SHR: {
    title: 'SYN-ACK and then FIN of the responder, no SYN seen',
    what: 'Nothing came from the originator.',
    why: 'Nearly always one direction is missing in the capture.',
  },
  OTH: {
    title: 'none of the others, often without its beginning',
    what: 'For example traffic in the middle of a connection whose SYN was not captured.',
    why: 'The capture began late, or a scan without SYN.',
  },
};

export const historyTexts: TermTexts['history'] = {
  S: {
    title: 'SYN without ACK',
    what: 'SYN is set, and neither FIN, RST nor ACK. It is written again only for a SYN with another number.',
    why: 'Usually the first letter. A small s: the responder sent a bare SYN too (simultaneous open).',
  },
  H: {
    title: 'SYN with ACK, the second segment of the handshake',
    what: 'SYN and ACK are set, and neither FIN nor RST. It is written again only with another number.',
    why: 'Usually a small h, right after S.',
  },
  A: {
    title: 'ACK without data',
    what: 'ACK is set, not SYN, FIN or RST, and there is no data. Once for each side.',
    why: 'A after Sh completes the handshake. The ACKs that come with data or FIN leave no letter.',
  },
  D: {
    title: 'data',
    what: 'Payload, and not SYN, FIN or RST. Once for each side, however much there is.',
    why: 'No D or d: the connection carried nothing in that direction, or only together with SYN or FIN.',
  },
  F: {
    title: 'FIN',
    what: 'FIN is set, and neither SYN nor RST. It is written again only if it ends at another number.',
    why: 'Ff: the originator closed first; fF: the responder.',
  },
  R: {
    title: 'RST',
    what: 'RST is set, and neither SYN nor FIN. It is written again only with another number.',
    why: 'Its number is not checked: an RST that the receiver ignored is here too.',
  },
  I: {
    title: 'inconsistent: FIN and RST in one segment',
    what: 'Once for each side.',
    why: 'No usual TCP sends that.',
  },
  Q: {
    title: 'another mixture of flags: SYN with FIN, or SYN with RST',
    what: 'Once for each side.',
    why: 'A scan, or a faulty program.',
  },
  C: {
    title: 'a wrong checksum',
    what: 'Zeek writes it for the 1st, 10th, 100th such packet. synfin does not write it: see the finding checksum-wrong.',
    why: 'On the sending system checksums are often not filled in yet, so that this letter would mislead.',
  },
  G: {
    title: 'a gap: bytes were acknowledged that were not seen',
    what: 'Written for the 1st, 10th, 100th gap of a side.',
    why: 'The capture lost packets, or began late.',
  },
  T: {
    title: 'data that was sent again',
    what: 'A segment with data that ends no higher than what was seen before. Written for the 1st, 10th, 100th of a side.',
    why: 'Loss on the way, or a lost ACK. A SYN or FIN that is sent again leaves no T.',
  },
  W: {
    title: 'a zero window',
    what: 'Its sender announced window 0, not in an RST, nor after the FIN of the other end. Written for the 1st, 10th, 100th of a side.',
    why: 'The program of that side did not read fast enough.',
  },
  '^': {
    title: 'the roles were turned over',
    what: 'The first packet was not sent by the client, as Zeek takes it: by its port it was a server, or it was a SYN-ACK.',
    why: 'The capture began late. From here on capitals are those of the other end.',
  },
  X: {
    title: 'Zeek stopped its analysis',
    what: 'Newer versions write it where a limit was reached. synfin does not write it.',
    why: 'What follows is not in the string.',
  },
};

export const completenessTexts: TermTexts['completeness'] = {
  completeness: {
    title: "Wireshark's number: which kinds of segments were captured",
    what: 'The sum of 1 SYN, 2 SYN-ACK, 4 ACK, 8 data, 16 FIN, 32 RST. 31 = 1+2+4+8+16: opened, used, closed. 23: the same without data. 37 = 1+4+32: SYN and RST with ACK, refused. 63: all of them.',
    why: 'To filter at a glance: tcp.completeness==31. It records neither order nor direction nor numbers: one FIN or two, an RST that counts or not, look alike.',
  },
  '1': {
    title: 'a SYN without ACK began the connection',
    what: 'The capture has the beginning. 1 alone: no answer was captured ("Incomplete, SYN_SENT").',
    why: 'A SYN in the middle of a known connection does not set it.',
  },
  '2': {
    title: 'a SYN-ACK',
    what: 'SYN and ACK are both set. 3 = 1+2: the handshake without its third segment.',
    why: 'It is not checked whether it acknowledges the SYN.',
  },
  '4': {
    title: 'a segment with ACK and without data',
    what: 'Any such segment but SYN-ACK: FIN and RST with ACK count as well. 7 = 1+2+4: "ESTABLISHED".',
    why: 'It is not checked whether it acknowledges the SYN-ACK. That is why a refused connection has 37 and not 33.',
  },
  '8': {
    title: 'data',
    what: 'A segment with ACK and data, or a SYN with data. 15 = 1+2+4+8: open and used, not closed.',
    why: 'In which direction it went is not recorded.',
  },
  '16': {
    title: 'a FIN with ACK',
    what: 'Of either end, one or two. 31 = 15+16: complete, with data; 23: complete, without data.',
    why: 'A FIN without ACK does not set it.',
  },
  '32': {
    title: 'an RST',
    what: 'Whether or not its receiver took it. 47 = 15+32: open, used, and reset; 63: FIN and RST.',
    why: 'It is not checked whether its number fits. synfin does: see its closing.',
  },
};
