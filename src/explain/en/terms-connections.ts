/** Findings of whole connections, as terms. */
import type { TermText } from '../terms/names.js';

export const connectionTexts = {
  'roles-guessed': {
    title: 'no SYN was captured: who is the client is guessed',
    what: 'The end with the port that a service is likelier to have, or else the one seen second, is taken for the server.',
    why: 'Only a SYN or SYN-ACK tells. If the guess is wrong, read client and server the other way round.',
  },
  'fast-open-data': {
    title: 'data with the SYN was accepted',
    what: 'The SYN-ACK acknowledges the SYN and the data in it, or a part of it.',
    why: 'A round trip was saved. What was not acknowledged is sent again after the handshake.',
  },
  'fast-open-ignored': {
    title: 'data with the SYN was not accepted',
    what: 'The SYN-ACK acknowledges the SYN alone, or nothing answered. The data is sent again after the handshake.',
    why: 'The cookie is not valid any more, the server does not offer Fast Open, or something on the way removed the option.',
  },
  'fast-open-cookie': {
    title: 'the server gave a Fast Open cookie',
    what: 'The SYN asked for one, and the SYN-ACK brings it.',
    why: 'The next connection to this server may send data with its SYN.',
  },
  'syn-data': {
    title: 'data with a SYN that has no Fast Open cookie',
    what: 'TCP allows it. The receiver may keep the data, but gives it to the program only once the handshake is complete.',
    why: 'Few systems send it: a test, a scan, or an unusual stack.',
  },
  'self-connect': {
    title: 'a socket connected to itself',
    what: 'Both ends have the same address and the same port: the SYN met its own socket. It opens as a simultaneous open.',
    why: 'A client that tries a local port in the range for clients may get that very port. Let servers listen outside that range.',
  },
  'one-direction': {
    title: 'only one direction was captured',
    what: 'Segments of one end only, though their acknowledgments show that the other one sends.',
    why: 'The ways there and back differ, or the filter or mirror port leaves one out. What the other end did is inferred.',
  },
  'multipath-agreed': {
    title: 'first subflow of a Multipath TCP connection',
    what: 'Both ends sent MP_CAPABLE.',
    why: 'Further subflows may join from other addresses; their data belongs to the same connection.',
  },
  'multipath-join': {
    title: 'a further subflow of a Multipath TCP connection',
    what: 'Its SYN has MP_JOIN: it joins a connection that exists already.',
    why: 'Its bytes alone say little: read it together with the first subflow.',
  },
  'multipath-declined': {
    title: 'Multipath TCP was offered by the client alone',
    what: 'The SYN has MP_CAPABLE, the SYN-ACK has not: it goes on as plain TCP.',
    why: 'The server does not know or want it, or something on the way removed the option.',
  },
  'multipath-tcp': {
    title: 'Multipath TCP options were used',
    what: 'Segments carry the option, and the beginning was not captured.',
    why: 'It may be one of several subflows.',
  },
  'split-handshake': {
    title: 'the server answered the SYN with a SYN of its own',
    what: 'In place of a SYN-ACK came a bare SYN, which the client answered by SYN-ACK. The connection opens all the same.',
    why: 'Allowed by the rules of simultaneous open; no usual server does it. It can confuse firewalls about who opened.',
  },
  'options-cut': {
    title: 'the snap length cut off options of its SYN',
    what: 'The capture kept fewer bytes of the packet than its header has. What was cut may have been offered.',
    why: 'Capture with a larger snap length (tcpdump -s 0).',
  },
  'checksum-wrong': {
    title: 'wrong checksums of an end whose others are right',
    what: 'The segment was damaged, or written by a faulty program. Receivers drop it, and it is sent again.',
    why: 'Many of them: a faulty cable, card or device on the way.',
  },
  'addresses-rewritten': {
    title: 'all checksums are wrong by the same amount',
    what: 'Addresses or ports were replaced in the packets, and the checksums were not.',
    why: 'Typical of captures that were made anonymous. It says nothing about the network.',
  },
  'path-mtu-ignored': {
    title: 'too large segments repeated in spite of an ICMP error',
    what: 'A router said that packets are too big, and the sender sends the same size again.',
    why: 'The error does not reach the sender (firewall), or it ignores it. Let ICMP type 3 code 4 and ICMPv6 type 2 pass, or lower the MSS.',
  },
  'path-mtu-obeyed': {
    title: 'smaller segments after an ICMP error that names the MTU',
    what: 'Path MTU discovery at work.',
    why: 'Nothing to do; it cost one round trip.',
  },
  'path-mtu-black-hole': {
    title: 'large segments are lost, small ones pass',
    what: 'Full segments are repeated without an ACK, while shorter ones get through, and no ICMP error was seen.',
    why: 'A link with a smaller MTU whose ICMP errors are dropped, often a tunnel. Let them pass, or lower the MSS at the tunnel.',
  },
  'checksum-offload': {
    title: 'checksums were not filled in when captured',
    what: 'On the sending system packets are captured before the network card computes the sum; on the loopback it is never computed.',
    why: 'Normal, no damage. Capture at the receiver to see the final sums.',
  },
  'segmentation-offload': {
    title: 'segments longer than the MSS',
    what: 'The system handles larger segments than the network does: they are cut after the place of capture (TSO, GSO), or were joined before it (GRO, LRO).',
    why: 'Normal. Numbers of packets and their sizes are then not those of the network.',
  },
  'fin-scan': {
    title: 'FIN without a connection',
    what: 'A FIN, without ACK, of a connection of which nothing else was seen.',
    why: 'A scan that tries to get past filters. A late segment would have ACK.',
  },
  'null-scan': {
    title: 'a segment without any flag',
    what: 'None of the flags is set, which no TCP sends.',
    why: 'A scan, or a faulty program.',
  },
  'xmas-scan': {
    title: 'FIN, PSH and URG without a connection',
    what: 'These three flags in a segment of which no connection was seen.',
    why: 'A scan.',
  },
  unanswered: {
    title: 'the other end was silent for longer than a retransmission timer',
    what: 'Segments were sent again and again, and nothing came back. The finding says when the other end was last seen.',
    why: 'The other end is gone, or the way to it or back is. If it goes on, the connection is given up after minutes.',
  },
  'zero-window-stall': {
    title: 'the window stays closed: probes are not answered, or the answers say so',
    what: 'The sender waits for room, to the end of the capture.',
    why: 'Where probes are answered, the program there does not read. Where none is, the other end is gone, or limits its answers.',
  },
  'window-scale-too-large': {
    title: 'a window scale of more than 14',
    what: 'A shift of 14 is the most; a larger one counts as 14.',
    why: 'A faulty stack, or a made-up SYN.',
  },
  'window-scale-unknown': {
    title: 'the handshake was not captured',
    what: 'The scale is in the SYNs only, so that the size of windows is not known.',
    why: 'Do not read window 64 as 64 bytes. Capture from the SYN on.',
  },
  'several-resets': {
    title: 'more than one RST',
    what: 'Usual where several segments are on their way: each one is answered by RST.',
    why: 'Look at the first; the others follow from it.',
  },
  idle: {
    title: 'nothing for more than a minute, and still open',
    what: 'No segment came until the end of the capture.',
    why: 'Normal for kept connections. Firewalls and NATs may forget it; keep-alives prevent that.',
  },
  'icmp-error': {
    title: 'an ICMP error answered it',
    what: 'A router, a host or a firewall reports that a packet was not delivered. The finding names its type and code.',
    why: 'While a connection opens, it usually fails by it; an open one goes on after most such errors.',
  },
  'handshake-data': {
    title: 'the segment that completes the handshake carries data',
    what: 'The third segment has the ACK of the SYN-ACK and the first bytes together.',
    why: 'Allowed, and saves a segment. Seen with TCP_DEFER_ACCEPT, Fast Open, or where the bare ACK was lost.',
  },
  'fin-with-data': {
    title: 'the first FIN carries data',
    what: 'The last bytes and the FIN in one segment; the FIN has the number after the data.',
    why: 'Normal: the program sent and closed at once.',
  },
  'both-reset': {
    title: 'two RSTs crossed',
    what: 'Each end sent an RST before it had the other.',
    why: 'Both gave up, or something between reset both ends.',
  },
  'rst-lost': {
    title: 'the end that an RST was sent to goes on',
    what: 'It sends as if it had no RST: the RST was lost after the place of capture, or is ignored in TIME-WAIT.',
    why: 'Its next segment will be answered by RST again.',
  },
  'rst-refuted': {
    title: 'both ends go on after an RST',
    what: 'The supposed sender of the RST sends on, and is answered.',
    why: 'The RST was injected, or did not arrive. Captures at both ends tell who sent it.',
  },
  'two-syn-acks': {
    title: 'two SYN-ACKs of different numbers answer one SYN',
    what: 'Two hosts answer for this address, or one that keeps no state.',
    why: 'Look at TTL and MAC address of both: a doubled address, a load balancer, or a device that answers in the name of the server.',
  },
  'fin-lost': {
    title: 'the other end goes on without acknowledging a FIN',
    what: 'The FIN passed here, and then the other end shows that it does not have it.',
    why: 'Lost between here and the receiver, or late. It will be sent again.',
  },
  'close-not-captured': {
    title: 'its ports were used again: it had ended, and its closing was not captured',
    what: 'No FIN or RST of both ends was captured, and later a SYN opened a new connection between the same ports.',
    why: 'The capture lost the closing, or it passed elsewhere; or one end forgot the connection, as after a restart.',
  },
  'refused-before': {
    title: 'an earlier SYN was refused, its retransmission was not',
    what: 'An RST answered the first SYN, and the same connection opened or went on later.',
    why: 'The server had just started, or a firewall or load balancer answers differently from time to time.',
  },
  'third-lost': {
    title: 'the SYN-ACK was repeated although it had been acknowledged',
    what: 'The ACK that completes the handshake passed here, and the server asks again.',
    why: 'It was lost after this place, dropped as the accept queue was full, or the server waits for data first (TCP_DEFER_ACCEPT).',
  },
  'duplicated-by-network': {
    title: 'the network delivered a segment twice',
    what: 'Two copies of one packet, and the receiver reports both (DSACK).',
    why: 'A loop, a faulty device, or two mirrored paths. Rare.',
  },
  'old-duplicate-syn': {
    title: 'an old SYN whose answer was refused',
    what: 'A SYN of an earlier attempt arrived late. The server answered it; the client saw the wrong number and sent RST.',
    why: 'That is what the third segment of the handshake is for. The right connection opens after it.',
  },
  'translated-twin': {
    title: 'the same connection on the other side of an address translation',
    what: 'The capture has both sides of a NAT: two pairs of addresses, the same numbers.',
    why: 'It counts once. Comparing the two shows what the NAT or the network behind it does.',
  },
  'not-translated': {
    title: 'a segment whose address was not translated',
    what: 'It has the numbers of a connection through a NAT, under the address that should have been replaced.',
    why: 'The NAT had forgotten the connection, usually at its end.',
  },
  'drops-weaken': {
    title: 'packets that the capture lost put the verdict in doubt',
    what: 'The capture reports losses, so that "not seen" may be "not captured".',
    why: 'Capture less (a filter, a smaller snap length) or with a larger buffer.',
  },
} as const satisfies Readonly<Record<string, TermText>>;
