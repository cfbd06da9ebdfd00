/** Openings, closings and outcomes of a connection, as terms. */
import type { TermTexts } from '../terms/names.js';

export const openingTexts: TermTexts['opening'] = {
  'three-way': {
    title: 'opened by SYN, SYN-ACK and the ACK of that',
    what: 'The usual handshake: both SYNs are acknowledged, and both ends are in ESTABLISHED.',
    why: 'Its times tell where the wait was: up to the SYN-ACK on the side of the server, from there to the ACK on the side of the client, both seen from the place of capture.',
  },
  simultaneous: {
    title: 'both ends sent a SYN before they had the other',
    what: 'The SYNs cross; each end is in SYN-RECEIVED, and each SYN is acknowledged. One connection comes of it, not two.',
    why: 'Rare: each end has to connect from the very port that the other connects to. Programs that pass through NATs do so; a socket that connects to itself looks the same.',
  },
  'fast-open': {
    title: 'opened with data in the SYN, and the server took it',
    what: 'The SYN had a Fast Open cookie and data, and the SYN-ACK acknowledges both.',
    why: 'It saves a round trip. The cookie comes from an earlier connection to that server.',
  },
  refused: {
    title: 'the SYN was answered by RST or an ICMP error',
    what: 'Somebody answered no: no socket took the SYN at this address and port, or a firewall answered in its place. An answer came, so the way to whoever sent it works, there and back.',
    why: 'Check that the program runs, and listens at this very address and port (ss -ltn on Linux); then firewalls. Captures on both sides tell who sent the RST.',
  },
  'no-answer': {
    title: 'nothing answered the SYN',
    what: 'The SYN was sent, as a rule several times, and nothing was seen in reply. That alone does not show why.',
    why: 'Host down, wrong address, a firewall that drops, a full accept queue on Linux, or the answer lost. Capture at the server: does the SYN arrive, does an answer leave?',
  },
  'not-completed': {
    title: 'a SYN-ACK was seen that was never validly acknowledged',
    what: 'The server answered, and stayed in SYN-RECEIVED as far as was seen. There was no ACK of its SYN, or one with a wrong number, or an RST.',
    why: 'One such: the ACK was lost, or the client gave up. Many ports: a scan. Many of one port from many addresses: a SYN flood.',
  },
  'not-captured': {
    title: 'the capture has no SYN of the client',
    what: 'The connection was there before the capture, or its beginning was not captured.',
    why: 'Who is client is guessed, the window scale unknown, times of opening missing. Start the capture before the program.',
  },
};

export const closingTexts: TermTexts['closing'] = {
  'four-step': {
    title: 'closed in four segments: FIN, its ACK, FIN, its ACK',
    what: 'Each direction is closed by a FIN and its acknowledgment. Between the two FINs the second end may still send.',
    why: 'A pause between the first ACK and the second FIN is the time that the second program took to close.',
  },
  'three-step': {
    title: 'closed in three segments: the second FIN carries the ACK',
    what: 'FIN, then FIN with the ACK of the first, then ACK. As complete as with four segments.',
    why: 'The second program closed at once, before the delayed ACK was due.',
  },
  simultaneous: {
    title: 'both ends sent FIN before they had the other',
    what: 'The FINs cross: both ends go through CLOSING, and both end in TIME-WAIT.',
    why: 'Both programs closed within one way through the network. Nothing is wrong with that.',
  },
  reset: {
    title: 'ended by an RST that was taken',
    what: 'One end, or something in its name, gave the connection up at once. Data on its way may be lost, even if it was acknowledged.',
    why: 'The cause says why, as far as packets show it. Some programs always close like this.',
  },
  'half-closed': {
    title: 'only one end had sent FIN when the capture ended',
    what: 'One direction is closed, the other still open as far as was seen.',
    why: 'The other program may still be sending, or forgot to close: CLOSE-WAIT. Capture for longer, or look at its sockets (ss -tn state close-wait).',
  },
  open: {
    title: 'no closing was seen',
    what: 'The connection was open when the capture ended: neither FIN nor an RST that counts.',
    why: 'Usual for connections that are kept (HTTP, SSH, databases). If one end is gone, it looks the same as long as the other sends nothing.',
  },
  none: {
    title: 'there was nothing to close: it never opened',
    what: 'Refused, not answered or not completed.',
    why: 'The opening says what happened.',
  },
};

export const outcomeTexts: TermTexts['outcome'] = {
  closed: {
    title: 'both ends closed it',
    what: 'Both sent FIN. The word in the table names who was first, for example "closed by client".',
    why: 'The end that was first is in TIME-WAIT afterwards. On a server with many connections that may be worth knowing.',
  },
  reset: {
    title: 'an RST that was taken ended it',
    what: 'The connection had opened, and one end broke it off. It counts as failed, though some programs close so on purpose.',
    why: 'See the likely cause in the table, and synfin explain with its word, for example unread-data.',
  },
  refused: {
    title: 'its SYN was answered by RST or an ICMP error',
    what: 'The connection never opened: somebody answered no, as a rule within a round trip.',
    why: 'No socket at this address and port, or a firewall. Unlike with no-answer, somebody did answer.',
  },
  'no-answer': {
    title: 'its SYN was not answered',
    what: 'The connection never opened: nothing came back while the SYN was repeated.',
    why: 'The program waits for its timeout, which takes seconds to minutes. Find out where the SYN, or its answer, gets lost.',
  },
  'not-completed': {
    title: 'its SYN-ACK was never validly acknowledged',
    what: 'The server answered, and the third segment of the handshake is missing.',
    why: 'A scan, a SYN flood, a client that gave up, or loss on the way to the server.',
  },
  'half-closed': {
    title: 'one end closed it, the other had not when the capture ended',
    what: 'One FIN was seen, without the other.',
    why: 'Normal in a capture that ends too early; otherwise look for CLOSE-WAIT at the end that did not close.',
  },
  open: {
    title: 'it opened, and was not closed in the capture',
    what: 'Neither FIN nor RST ended it before the capture did.',
    why: 'It does not count as failed. The finding idle says whether it was silent for more than a minute.',
  },
  'not-captured': {
    title: 'neither its opening nor its closing was captured',
    what: 'Only segments of its middle were seen.',
    why: 'The capture is a section out of a longer time. What it says of data and losses is true all the same.',
  },
};
