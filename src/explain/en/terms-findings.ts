/** Findings of single segments, and patterns, as terms. Those of whole connections are in terms-connections.ts. */
import type { Code } from '../../track/memory/codes.js';
import type { TermText, TermTexts } from '../terms/names.js';

export const segmentTexts: Readonly<Record<Code, TermText>> = {
  retransmission: {
    title: 'bytes that were sent before, sent again',
    what: "By Wireshark's rule: its number is below the highest one seen of this end, and no more special word fits.",
    why: 'No ACK came in time: the data or its ACK was lost, or late. A few are normal; many mean loss on the way. Look at both ends to see on which side.',
  },
  'fast-retransmission': {
    title: 'sent again at once, after duplicate ACKs',
    what: "Wireshark's rule: at least two duplicate ACKs asked for it, within the last 20 ms. TCP itself waits for the third, or learns it by SACK.",
    why: 'The repair without a timer: it costs a round trip, not the 200 ms or more of the retransmission timer.',
  },
  'spurious-retransmission': {
    title: 'sent again, although it was acknowledged',
    what: 'The ACK of these bytes had passed the place of capture already. It had not reached the sender, or not in time.',
    why: 'The ACK was lost or late, or the timer too short. A DSACK in reply confirms that the bytes were there.',
  },
  'out-of-order': {
    title: 'it came after segments that were sent later',
    what: "Wireshark's rule: below the highest number, within a round trip. It may be late, overtaken on the way, or a quick retransmission.",
    why: 'Several paths, or several queues of a network card. The IP identification and the timestamp tell late from sent again; the numbers do not.',
  },
  'lost-segment': {
    title: 'bytes before it were not seen so far',
    what: 'There is a gap in the numbers. Later packets tell which case it is: sent again (lost before this place), arrives late, or acknowledged though never seen (missed by the capture).',
    why: 'Look at what fills the gap. If nothing does and all goes on, the capture lost packets.',
  },
  'ack-lost-segment': {
    title: 'it acknowledges bytes that were not captured',
    what: 'The receiver says that it has them; this capture has not.',
    why: 'Nearly always the capture lost packets or began late. Larger capture buffers help. An ACK of what was never sent is rare; it changes nothing at its receiver.',
  },
  'duplicate-ack': {
    title: 'the same acknowledgment again',
    what: 'A segment without data that repeats acknowledgment number and window: something came which was not what was expected.',
    why: 'One or two may come of reordering or of a repeated segment. From the third on the sender takes it for a loss and sends again.',
  },
  'keep-alive': {
    title: 'a segment that asks whether the other end is there',
    what: 'It has the number before the next one, with no data or one byte of old data, so that the other end answers by ACK.',
    why: 'A program turned it on. By default after two hours of silence. On Linux the same bytes are a zero-window probe while the window is closed.',
  },
  'keep-alive-ack': {
    title: 'the answer to a keep-alive',
    what: 'An ACK with the same numbers as before: the other end is there and has the connection.',
    why: 'It proves that the system is alive, not that the program is.',
  },
  'zero-window': {
    title: 'its sender takes no more data for now',
    what: 'The window is 0: the receive buffer is full, as the program does not read fast enough. The other end has to wait.',
    why: 'The receiving program is behind; the network is not to blame. It may stay so as long as the program likes.',
  },
  'zero-window-probe': {
    title: 'it asks whether the window is still closed',
    what: 'By the RFC one byte of new data; Linux sends no data and an old number. It is repeated at intervals that double.',
    why: 'A window update might be lost, and then both ends would wait for ever.',
  },
  'zero-window-probe-ack': {
    title: 'the answer to a probe: still closed',
    what: 'An ACK with window 0.',
    why: 'As long as probes are answered, the connection may stay so. Ask what the receiving program is waiting for.',
  },
  'window-update': {
    title: 'a new window, and nothing else',
    what: 'An ACK with the numbers of the last one and another window, usually because the program has read and there is room again.',
    why: 'Normal. After a zero window it lets the sender go on.',
  },
  'window-full': {
    title: 'it fills the window of the other end',
    what: 'With this segment the sender has sent all that the announced window allows. It must wait for an ACK or a larger window.',
    why: 'The receiver limits the rate: a slow program, or a receive buffer too small for this distance and speed.',
  },
  'reused-ports': {
    title: 'the addresses and ports of an earlier connection',
    what: 'A new connection with the same four values as one before it in this capture.',
    why: 'Normal if the old one is over. With very many short connections ports become scarce: keep connections open, or use more addresses.',
  },
  'capture-duplicate': {
    title: 'a second copy of a packet, made by the capture',
    what: 'The same packet was captured twice, for example on "any", on a bridge or at a mirror port. It counts as nothing else.',
    why: 'Not a retransmission: over IPv4 the identification in the IP header is usually the same. Capture on one interface to be rid of it.',
  },
  'challenge-ack': {
    title: 'an ACK that answers a segment which was not acceptable',
    what: 'It states the numbers that its sender expects. It answers an RST at a number that is not exact, a SYN in an open connection, or an ACK out of range.',
    why: 'A real sender then corrects itself; a forger off the path learns nothing. Look at the segment before it. Systems limit its rate.',
  },
  'ignored-segment': {
    title: 'seen, but its receiver ignored it',
    what: 'By the rules of TCP its receiver does not take this segment: it changes no state. It may still be answered by an ACK.',
    why: 'The finding says why: late, forged, of another connection, or malformed.',
  },
  'simultaneous-open': {
    title: 'both ends open at the same time',
    what: "A SYN met a SYN: each end gets the other's before its own is acknowledged.",
    why: 'Allowed and rare. Some analyzers call its SYN-ACKs retransmissions.',
  },
  'simultaneous-close': {
    title: 'both ends close at the same time',
    what: 'A FIN that does not acknowledge the FIN of the other end: they cross.',
    why: 'Nothing is wrong. Both ends end in TIME-WAIT.',
  },
  'half-close': {
    title: "data after the other side's FIN",
    what: 'One direction is closed, and data still comes in the other.',
    why: 'If it is acknowledged, it is a half-close on purpose. If it is answered by RST, the socket was closed wholly (data-after-close).',
  },
  'syn-retry': {
    title: 'a SYN that was sent again',
    what: 'No SYN-ACK reached the client in time, so that its system repeats the SYN, the first time after about 1 s.',
    why: 'The SYN or its answer was lost, is filtered, or the accept queue is full. Each repetition makes the user wait: a connect time of 1 s or 3 s is typical.',
  },
  'syn-ack-retry': {
    title: 'a SYN-ACK that was sent again',
    what: 'The server got no valid ACK in time, or got the SYN again.',
    why: 'The ACK was lost, or dropped as the accept queue was full; or the client is not there (scan, flood).',
  },
  'fin-retry': {
    title: 'a FIN that was sent again',
    what: 'Its ACK did not come in time.',
    why: 'The FIN or the ACK was lost, or the other end is gone. An end in TIME-WAIT repeats its ACK.',
  },
  'half-open-discovered': {
    title: 'an answer with the numbers of an older connection',
    what: 'A SYN is answered by an ACK whose numbers belong to a connection that the sender of the SYN has forgotten.',
    why: 'That end crashed or restarted, or uses the ports again early. It answers by RST, and then opens a new connection.',
  },
  'time-wait-assassination': {
    title: 'an RST for an end in TIME-WAIT',
    what: 'It may end TIME-WAIT before its time. Systems that protect TIME-WAIT ignore it.',
    why: 'A late segment was answered by ACK, and that by RST. Rarely harmful.',
  },
  dsack: {
    title: 'it reports that something was received twice',
    what: 'The first SACK block names bytes that its sender had before, and has now received again.',
    why: 'The retransmission was not needed, or the network doubled a packet. The sender may take back its slowing down.',
  },
  'data-fin': {
    title: 'Multipath TCP: the end of the data of all subflows',
    what: 'An option, not the flag FIN: it closes one direction of the Multipath TCP connection as a whole.',
    why: 'The subflows are closed by FINs of their own afterwards.',
  },
};

export const patternTexts: TermTexts['pattern'] = {
  'port-scan': {
    title: 'one client tries many ports of a host',
    what: 'Ten ports or more, and more than half of them are refused, silent, or broken off without data.',
    why: 'Somebody looks for services. Those that were answered by SYN-ACK are the ones found.',
  },
  'syn-scan': {
    title: 'a port scan by SYNs whose SYN-ACKs are not taken',
    what: 'A SYN-ACK is answered by RST, so that the connection never opens and programs do not notice.',
    why: 'The usual scan of nmap as root (-sS). Also called half-open scan; that has nothing to do with a half-open connection.',
  },
  'connect-scan': {
    title: 'a port scan by whole connections without data',
    what: 'Each connection opens and is closed or reset at once.',
    why: 'A scan without special rights (nmap -sT), or a monitor that tries many ports.',
  },
  'ack-scan': {
    title: 'a port scan by ACKs without a connection',
    what: 'A system answers such an ACK by RST, whether or not something listens. No answer points to a firewall.',
    why: 'It looks for rules of firewalls, not for services.',
  },
  'fin-scan': {
    title: 'a port scan by FINs without a connection',
    what: 'By the RFC a closed port answers by RST, and an open one not at all.',
    why: 'To get past filters that look at SYNs only. Some systems answer in both cases.',
  },
  'null-scan': {
    title: 'a port scan by segments without any flag',
    what: 'By the RFC a closed port answers by RST, and an open one not at all.',
    why: 'No TCP sends such segments. Some systems answer in both cases.',
  },
  'xmas-scan': {
    title: 'a port scan by segments with FIN, PSH and URG',
    what: 'By the RFC a closed port answers by RST, and an open one not at all.',
    why: 'Lit up like a Christmas tree. No TCP begins like that.',
  },
  'host-sweep': {
    title: 'one client tries a port or a few of many hosts',
    what: 'Ten hosts or more, most of which open no connection.',
    why: 'Somebody looks for one service in a network: a worm, a scanner, or an inventory. A program with a long list of peers that are gone looks the same.',
  },
  'syn-flood': {
    title: 'many openings at one port that are never completed',
    what: 'Fifty or more, at least one a second, and at most one in five is completed. The addresses are often forged.',
    why: 'An attack on the queue of SYNs. SYN cookies keep the service open; the senders are probably not who they claim to be.',
  },
  'health-checks': {
    title: 'a port opened and closed at once, at equal intervals',
    what: 'The same client connects again and again, sends nothing, and closes or resets within a second.',
    why: 'A load balancer or monitor asks whether the server listens. It shows that the system does, not that the program works.',
  },
};
