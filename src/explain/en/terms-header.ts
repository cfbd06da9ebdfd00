/** States, flags and header fields, as terms. Options are in terms-options.ts. */
import type { TermTexts } from '../terms/names.js';

export const stateTexts: TermTexts['state'] = {
  unseen: {
    title: 'nothing of this end was seen so far',
    what: 'A word of synfin, not a state of TCP: no captured packet tells in which state this end is.',
    why: 'The capture began late, has one direction only, or the end has not sent anything yet. Better not known than guessed.',
  },
  CLOSED: {
    title: 'there is no connection',
    what: 'The end keeps nothing of the connection: it has not begun, it is over, or it was reset.',
    why: 'A segment that arrives for no connection is answered by RST, unless it is an RST itself.',
  },
  LISTEN: {
    title: 'the server waits for a SYN',
    what: 'A program has called listen(). A SYN is answered by SYN-ACK; the connection that it begins has its own state, SYN-RECEIVED, while the socket goes on listening.',
    why: 'An end that listens sends nothing, so that only its SYN-ACK shows that it did.',
  },
  'SYN-SENT': {
    title: 'the client has sent SYN and waits for the answer',
    what: 'The end called connect() and sent its SYN. A SYN-ACK that acknowledges it leads to ESTABLISHED, an RST that acknowledges it to CLOSED.',
    why: 'If nothing comes, the SYN is sent again: after about 1 s, then at longer intervals. Many connections that stay here point to a firewall or a host that is down.',
  },
  'SYN-RECEIVED': {
    title: 'the server has answered the SYN and waits for the ACK',
    what: 'The end has received a SYN and sent its own with the ACK of it. An ACK of that SYN leads to ESTABLISHED; until then the SYN-ACK is repeated a few times.',
    why: 'Many that stay here: a SYN flood, a scan, or ACKs that get lost. Linux shows it as SYN-RECV; some call it half-open, which has another meaning in the RFC.',
  },
  ESTABLISHED: {
    title: 'open: data may go both ways',
    what: 'The SYN of this end is acknowledged, and it has the SYN of the other. The client gets here one segment earlier than the server. Data does not change the state.',
    why: 'It lasts until somebody closes or resets. Without traffic it stays for ever, even if the other end is gone: TCP asks only with keep-alives, which programs have to turn on.',
  },
  'FIN-WAIT-1': {
    title: 'it has sent FIN, which is not acknowledged yet',
    what: 'This end has nothing more to send. The ACK of its FIN leads to FIN-WAIT-2; a FIN from the other end to CLOSING, or to TIME-WAIT if the ACK comes with it.',
    why: 'If no ACK comes, the FIN is sent again. Many that stay here: the other end is gone, or has a closed window.',
  },
  'FIN-WAIT-2': {
    title: "its FIN is acknowledged; it waits for the other end's FIN",
    what: 'This end has closed its direction, the other has not. Data may still come; the FIN of the other end leads to TIME-WAIT.',
    why: 'The RFC sets no limit. Linux ends it after tcp_fin_timeout (60 s) where no program has the socket open any more. That setting does not change TIME-WAIT.',
  },
  'CLOSE-WAIT': {
    title: 'the other end has finished; the local program has not closed',
    what: 'The FIN of the other end has come and is acknowledged. This end may still send, until its program closes; then it sends its FIN and is in LAST-ACK.',
    why: 'No timer of TCP ends it. Many that stay here point to a fault of the local program: it does not close its sockets.',
  },
  CLOSING: {
    title: 'both FINs crossed; the ACK of its own is missing',
    what: 'The end sent FIN, and then received a FIN that does not acknowledge it. With the ACK of its FIN it is in TIME-WAIT.',
    why: 'It is seen when both ends close at the same time: rare, and then for one round trip at most, if nothing is lost.',
  },
  'LAST-ACK': {
    title: 'it closed second and waits for the ACK of its FIN',
    what: "The other end's FIN came first, and now this end has sent its own. With the ACK of that it is in CLOSED.",
    why: 'If the ACK is lost, the FIN is sent again, and the other end, in TIME-WAIT, repeats its ACK.',
  },
  'TIME-WAIT': {
    title: 'all is acknowledged; it waits before it forgets',
    what: 'The end that sent the first FIN stays for a while after the last ACK; after crossed FINs both do. 4 minutes by the RFC (2 MSL), 60 s on Linux, unless a new connection or an RST ends it earlier.',
    why: 'To repeat the last ACK if the FIN comes again, and so that old segments die out. It is a good ending, not a leak. SO_REUSEADDR lets a server listen again; it ends no TIME-WAIT.',
  },
};

export const flagTexts: TermTexts['flag'] = {
  SYN: {
    title: 'synchronize: the numbers of its sender begin here',
    what: 'It opens a direction and takes one sequence number, the ISN. The first SYN has no ACK flag, the answer has (SYN-ACK). Options such as MSS and window scale stand in SYNs only.',
    why: 'As it takes a number, it can be acknowledged, and sent again if it is lost.',
  },
  ACK: {
    title: 'acknowledge: the acknowledgment number counts',
    what: 'ack 7 says: everything up to byte 6 has come, byte 7 is expected. All segments have this flag but a first SYN and some RSTs. A bare ACK takes no sequence number.',
    why: 'It tells that the TCP of the other system has the bytes, not that its program has read them. A lost ACK is not repeated: the next one makes up for it.',
  },
  FIN: {
    title: 'finish: its sender has no more data',
    what: 'It closes the direction of its sender only, takes one number after the last byte, and is acknowledged. The other end may go on sending.',
    why: 'It is a statement, not a request. The end of a process, close() and shutdown() all send the same FIN.',
  },
  RST: {
    title: 'reset: the connection ends at once',
    what: 'An answer to a segment that belongs to no connection, or an abort. It is not acknowledged and takes no number. In an open connection it counts only at exactly the expected number (older systems: anywhere in the window).',
    why: 'Data on its way, or not yet read, may be lost. It comes in the name of the other end: from its program, its system, or a firewall between.',
  },
  PSH: {
    title: 'push: hand the data on without waiting for more',
    what: 'The sending system sets it by itself, usually when its send buffer is empty. It is no border of a message.',
    why: 'The receiver is asked not to hold the data back for more. Most systems hand data on at once anyway.',
  },
  URG: {
    title: 'urgent: the urgent pointer counts',
    what: 'Some of the data is urgent; the urgent pointer tells where that ends.',
    why: 'Telnet used it for interrupts. Systems disagree about it, and new programs should not use it.',
  },
  ECE: {
    title: 'ECN echo: a packet came with a mark of congestion',
    what: 'In a SYN (with CWR) it offers ECN, in the SYN-ACK (alone) it agrees. Later it reports that an IP packet arrived marked CE, until CWR comes. With accurate ECN it is part of a counter.',
    why: 'Routers can mark packets instead of dropping them; the sender then slows down without a loss.',
  },
  CWR: {
    title: 'congestion window reduced: its sender slowed down',
    what: 'The answer to ECE: its sender has reduced its congestion window. In a SYN, with ECE, it offers ECN. With accurate ECN it is part of a counter.',
    why: 'So that the receiver stops repeating ECE.',
  },
  AE: {
    title: 'accurate ECN: the ninth flag, once NS',
    what: 'In a SYN, with CWR and ECE, it offers accurate ECN. Once that is agreed, AE, CWR and ECE together are a counter of three bits: how many packets came marked, modulo 8.',
    why: 'Classic ECN reports at most one mark a round trip; new congestion controls need the number.',
  },
};

export const fieldTexts: TermTexts['field'] = {
  'source port': {
    title: 'source port',
    what: 'Bytes 0 and 1: the port of the sender of this segment. Of a client its system usually picked it for this connection.',
    why: 'The answer goes there. With the destination port and both addresses it names the connection.',
  },
  'destination port': {
    title: 'destination port',
    what: 'Bytes 2 and 3: the port that the segment is for. In a SYN it is the port of a service, for example 443.',
    why: 'By it the system finds the socket: of a connection that it has, or one that listens.',
  },
  'sequence number': {
    title: 'sequence number',
    what: 'Bytes 4 to 7: the number of the first byte of data in this segment, or of its SYN. It counts bytes, not segments; SYN and FIN take one number each, a bare ACK none.',
    why: 'By it the receiver puts data in order, finds gaps and drops what it has already. It wraps around at 2^32.',
  },
  'acknowledgment number': {
    title: 'acknowledgment number',
    what: 'Bytes 8 to 11: the next number that the sender of this segment expects from the other end. Everything before it has come. Without the ACK flag it has no meaning.',
    why: 'One number acknowledges all before it, so that a lost ACK does no harm. What came beyond a gap, only SACK can say.',
  },
  'header length': {
    title: 'header length (data offset)',
    what: 'The upper four bits of byte 12: the length of the header in words of 4 bytes, 5 (20 bytes) to 15 (60 bytes). Options fill what is beyond 20 bytes.',
    why: 'So that the receiver knows where data begins. Less than 5 cannot be: such a segment is dropped.',
  },
  flags: {
    title: 'flags (control bits)',
    what: 'Byte 13 and the last bit of byte 12: AE CWR ECE URG ACK PSH RST SYN FIN, from the highest to the lowest. Each is 0 or 1.',
    why: 'They tell what the segment does: open, acknowledge, close, reset. synfin shows the names of those that are set.',
  },
  window: {
    title: 'window',
    what: 'Bytes 14 and 15: how many bytes beyond the acknowledgment number its sender takes. Times 2 to the power of the window scale, but in SYNs, which are never scaled.',
    why: 'Flow control. 0 means: no room for now. Without the handshake in the capture the scale, and so the size, is not known.',
  },
  checksum: {
    title: 'checksum',
    what: 'Bytes 16 and 17 (UDP: 6 and 7): a sum of 16 bits over the header, the data, and the addresses. TCP and UDP use the same; UDP over IPv4 may leave it out.',
    why: 'A segment whose sum does not match is dropped: it was damaged, or came to the wrong host. Most damage shows, not all. Captured on the sending system it is often not filled in yet: that is no fault.',
  },
  'urgent pointer': {
    title: 'urgent pointer',
    what: 'Bytes 18 and 19: with URG set, an offset from the sequence number to the end of the urgent data. Otherwise it has no meaning.',
    why: 'RFCs and systems disagreed whether it points at the last urgent byte or behind it; RFC 6093, section 4, settled for behind it.',
  },
  data: {
    title: 'data (payload)',
    what: 'What follows the header: len bytes of the stream, with the numbers seq to seq + len - 1. Its length is not in the TCP header: it is what the IP packet has beyond the headers.',
    why: 'It is what programs send. synfin shows it only where a segment is looked at byte by byte.',
  },
};
