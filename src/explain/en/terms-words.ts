/** General words, as terms. */
import type { MeasureName, TermText, WordName } from '../terms/names.js';

export const wordTexts: Readonly<Record<Exclude<WordName, MeasureName>, TermText>> = {
  handshake: {
    title: 'how a TCP connection opens',
    what: 'Each end sends a SYN, and each SYN is acknowledged. As the SYN-ACK carries both an acknowledgment and a SYN, three segments do: SYN, SYN-ACK, ACK.',
    why: 'Both ends learn the number that the other counts from, and that the other receives at its address. It shows that the system answers, not that the program works, nor who is there.',
  },
  'SYN-ACK': {
    title: 'the second segment of the handshake: SYN and ACK together',
    what: 'It says two things: "I have your SYN" (ACK, with its number plus one) and "I count from this number" (SYN). Its sender is in SYN-RECEIVED.',
    why: 'The system sends it by itself once a program listens; accept() only takes a finished connection from a queue. If no ACK comes, the system sends it again.',
  },
  'FIN-ACK': {
    title: 'a FIN segment with the ACK flag, as nearly all have it',
    what: 'Two statements in one segment: "I have no more to send" (FIN) and "I have your bytes up to here" (ACK). The acknowledgment may be of data, or of the other FIN: its number tells.',
    why: 'After the SYN every segment has the ACK flag, but for some RSTs. So a FIN with ACK is not in itself an answer to a FIN.',
  },
  'half-close': {
    title: 'one direction is closed, the other still in use',
    what: 'One end has sent FIN, and the other goes on sending data: for example a client that has sent its whole request and reads the answer. It is orderly; TCP sets no limit of time.',
    why: 'A program asks for it by shutdown() instead of close(). Both send the same FIN: only what happens to later data tells them apart.',
  },
  'half-open': {
    title: 'one end has the connection, the other has it no longer',
    what: 'One end crashed or restarted and lost the connection; the other is still in ESTABLISHED and does not know. Once the first runs again, it answers the next segment of the other by RST.',
    why: 'TCP sends nothing when there is nothing to say, so the loss may stay unnoticed for ever; keep-alives find it. A handshake that is not finished is another thing: SYN-RECEIVED, often called half-open too.',
  },
  ISN: {
    title: 'initial sequence number: what an end counts from',
    what: "Each end picks a 32-bit number for its SYN; the first byte of its data has the next one. Shown numbers are relative: seq counts from the sender's ISN, ack from the other end's. --absolute-seq shows those of the header.",
    why: 'It is hard to guess, so that nobody off the path can forge segments, and new for each connection, so that old segments do not fit.',
  },
  MTU: {
    title: 'the largest IP packet that a link takes',
    what: 'Ethernet: 1,500 bytes, IP header included; the loopback of Linux: 65,536. The least MTU on the way is the path MTU.',
    why: 'A larger packet is cut into fragments, or dropped with an ICMP error that names the MTU. Where a firewall drops that error, large segments vanish and small ones pass: a black hole.',
  },
  MSL: {
    title: 'maximum segment lifetime: how long a segment may be on its way',
    what: 'TCP takes it to be 2 minutes. TIME-WAIT lasts 2 MSL by the RFC; on Linux it is 60 s.',
    why: 'After it no segment of an old connection can turn up in a new one that has the same addresses and ports.',
  },
  'round trip': {
    title: 'the time there and back (RTT)',
    what: 'From a segment to what acknowledges it, measured at the place of capture. A delayed ACK adds the wait of the receiver, so the least value is nearest to the way itself.',
    why: 'The retransmission timer is set from it. At the client the time from SYN to SYN-ACK is a whole round trip; at the server it is next to nothing.',
  },
  'retransmission timer': {
    title: 'how long TCP waits before it sends again (RTO)',
    what: 'Set from the measured round trips and their variation; 1 s before the first measurement. Each time that it runs out it is doubled. The RFC asks for 1 s at least, Linux for 200 ms.',
    why: 'By it a loss is noticed when no ACKs come. An ACK in time stops it. Linux from 6.5 on repeats the first few SYNs every second before it doubles.',
  },
  'accept queue': {
    title: 'connections that are open and wait for accept()',
    what: 'The system completes handshakes by itself and queues the connections. listen() sets the length of this queue, the backlog; on Linux net.core.somaxconn limits it. Handshakes not yet completed wait elsewhere: the SYN queue.',
    why: 'If the program does not call accept() fast enough, the queue fills up. Linux then drops the SYN, or the ACK that completes the handshake, in silence: it looks like loss, and the client tries again.',
  },
  'SYN cookie': {
    title: 'a server that keeps nothing of a SYN until it is acknowledged',
    what: 'The server puts what it has to know into the number of its SYN-ACK, and keeps no state. The ACK of the client brings the number back, plus one.',
    why: 'So forged SYNs cannot fill its memory. The packets do not show whether a number is a cookie. Linux uses them when the queue of SYNs is full.',
  },
  loopback: {
    title: 'the interface on which a system talks to itself',
    what: '127.0.0.1 and ::1, on Linux the interface lo. The handshake, the states and the order of segments are real, though nothing leaves the machine.',
    why: 'Good for learning: every segment is seen, of both ends. Times are those of the system, not of a network; checksums are not filled in; segments may have 64 kB.',
  },
  port: {
    title: 'a number from 0 to 65535 that tells programs of a host apart',
    what: 'Servers listen at known ports (80 HTTP, 443 HTTPS); for a client the system picks one, on Linux from 32768 to 60999 by default. TCP and UDP ports are separate.',
    why: 'A connection is known by four values: both addresses and both ports. So one server port serves many clients; a server is not limited to 65,535 connections.',
  },
  address: {
    title: 'where IP delivers a packet: a number of an interface of a host',
    what: 'IPv4 addresses have 32 bits (192.0.2.1), IPv6 addresses 128 bits (2001:db8::1). TCP and UDP work the same over both.',
    why: 'The address leads to the host, the port to the program. A host has several: a server that listens at 127.0.0.1 alone is not reached from elsewhere.',
  },
  socket: {
    title: 'an end of communication, as a program uses it',
    what: 'In the RFC: an address with a port. In programs: what socket() returns. A TCP server has one that listens, and one more for each connection that it accepted.',
    why: 'A pair of sockets is a connection. With UDP one socket can talk with everybody, as there are no connections.',
  },
  client: {
    title: 'the end that opens the connection: it sends the first SYN',
    what: 'Its program calls connect() (active open), and its system sends the SYN. Once the connection is open, either end may send first, and either may close first.',
    why: 'Only a SYN or SYN-ACK tells who it is. Where neither was captured, synfin guesses, and says so (roles-guessed).',
  },
  server: {
    title: 'the end that waits for connections: it listens',
    what: 'Its program calls listen() at a port (passive open); its system answers SYNs from then on. accept() gives the program a connection that is already open.',
    why: 'A handshake shows that the system listens, not that the program works. Each client that is accepted has a socket of its own at the same port.',
  },
  TCP: {
    title: 'a reliable stream of bytes between two programs',
    what: 'Transmission Control Protocol: it opens a connection, numbers every byte, acknowledges, sends again what is missing, delivers in order, and adapts its rate. It works both ways at the same time.',
    why: 'IP may lose, repeat and reorder packets. The price: a round trip to open, and waiting for what is missing. Borders between sends are not kept.',
  },
  UDP: {
    title: 'single datagrams, without a connection',
    what: 'User Datagram Protocol: ports, a length and a checksum, and no more. No handshake, no acknowledgment, no order, no closing. A damaged datagram is dropped; nothing sends it again.',
    why: 'For what is short (DNS), late data that is worthless (speech), several receivers (multicast), or protocols that do the rest themselves (QUIC).',
  },
  connection: {
    title: 'two sockets that share a state: numbers, windows, options',
    what: 'Known by four values: the addresses and ports of both ends. Each end has a state of its own (RFC 9293, section 3.3.2), and the two are often in different ones.',
    why: 'There is no line through the network: a connection exists only in the memory of its two ends, and perhaps of firewalls and NATs between.',
  },
  packet: {
    title: 'what IP carries: a header and data, up to about 64 kB',
    what: 'A TCP segment or a UDP datagram travels in one IP packet, which travels in a frame of the link. synfin numbers packets as Wireshark numbers frames.',
    why: 'One send of a program is not one packet: TCP cuts and joins as it likes. The number of a packet is of the capture; TCP itself numbers bytes.',
  },
  segment: {
    title: 'what TCP sends at a time: its header and some data, or none',
    what: 'It carries bytes with consecutive numbers, beginning at seq, up to the MSS of the other end. SYN, FIN, RST and bare ACKs are segments too.',
    why: 'TCP is a stream of bytes: where segments end says nothing about messages. The same bytes may be cut otherwise when they are sent again.',
  },
  datagram: {
    title: 'a message of UDP: sent whole, received whole, or not at all',
    what: 'One send is one datagram, and one receive returns one. What exceeds the buffer of the receiver is lost. A datagram of 0 bytes is one too.',
    why: 'UDP keeps the borders of messages, which TCP does not. Too large for the path, a datagram is cut into IP fragments; if one is lost, all of it is lost.',
  },
  fragment: {
    title: 'a part of an IP packet that was too large for a link',
    what: 'The fragments of a packet share an identification; the receiver joins them, and drops them all if one is missing. Only the first has the ports.',
    why: 'TCP avoids them by its MSS and by path MTU discovery. With IPv6 only the sender may cut, never a router. Large UDP datagrams are the usual case.',
  },
  multicast: {
    title: 'one datagram for all hosts that joined a group',
    what: 'Sent to a group address (IPv4 224.0.0.0 to 239.255.255.255, IPv6 ff00::/8). Routers and switches copy it where there are members.',
    why: 'mDNS and streams of one sender use it, over UDP. TCP cannot: a connection has two ends.',
  },
  broadcast: {
    title: 'one datagram for all hosts of a network',
    what: 'Sent to 255.255.255.255 or to the last address of an IPv4 network. Routers do not forward it beyond the network. IPv6 has none, and uses multicast.',
    why: 'To find a host whose address is unknown, as DHCP does. A program has to ask for it (SO_BROADCAST).',
  },
  buffer: {
    title: 'memory of the system for data between program and network',
    what: 'send() copies bytes into the send buffer and returns; TCP keeps them there until they are acknowledged. What arrives waits in the receive buffer until the program reads it.',
    why: 'Program and network need not keep the same pace. The room in the receive buffer limits the window; when it is full, the window is zero.',
  },
  'full duplex': {
    title: 'data goes both ways at the same time',
    what: 'Each direction has its own numbers, its own window and its own FIN. A segment with data can acknowledge the other direction too.',
    why: 'So either end may send at any time, and one direction can be closed while the other is in use.',
  },
  'flow control': {
    title: 'the receiver says how much it takes',
    what: 'Each segment with ACK announces a window: so many bytes beyond the acknowledgment number may be sent. If the program does not read, it shrinks, down to zero.',
    why: 'So a fast sender does not flood a slow program. It protects the receiver; congestion control protects the network.',
  },
  'congestion control': {
    title: 'the sender limits itself so as not to flood the network',
    what: 'It sends no more than its congestion window: it begins with a few segments, grows with each ACK (slow start, then slower), and shrinks at loss or an ECN mark.',
    why: 'The congestion window is in the memory of the sender and in no header: from packets it can only be estimated.',
  },
  'delayed ACK': {
    title: 'an ACK that waits a little, to go with data',
    what: 'A receiver may wait before it acknowledges, less than 0.5 s, and should acknowledge at least every second full segment. On Linux the wait is 40 ms or more.',
    why: 'It saves segments: an answer of the program can carry the ACK. A pause of 40 to 200 ms before a bare ACK is most likely this timer, not the network.',
  },
  'Nagle algorithm': {
    title: 'small pieces wait while data is unacknowledged',
    what: 'While something sent is not yet acknowledged, TCP holds back what would not fill a segment, and sends it once the ACK has come. TCP_NODELAY turns it off.',
    why: 'It saves many tiny segments. Together with a delayed ACK both ends wait for each other, about 40 ms on Linux: write a request at one go, or set TCP_NODELAY.',
  },
  ICMP: {
    title: 'messages of IP about errors and reachability',
    what: 'A router or host that cannot deliver a packet may report so; the message quotes the beginning of the packet. synfin shows it with the connection or flow that it quotes.',
    why: 'It may fail to come, or come from a firewall: it says what its sender wants to say. TCP must not abort an open connection for "network unreachable" or "host unreachable".',
  },
  NAT: {
    title: 'addresses and ports are rewritten on the way',
    what: 'A router replaces the private address of a client, and often its port, by its own, and keeps a table to translate the answers back. TCP numbers usually stay as they are.',
    why: 'IPv4 addresses are scarce. The table forgets: a connection that is silent for long may no longer be translated. Keep-alives help.',
  },
  firewall: {
    title: 'it lets packets pass or not, by rules',
    what: 'It may drop a packet in silence (the client sees no answer) or reject it (RST, or an ICMP error). Most keep a table of connections.',
    why: 'Its RST may look just like that of the server. Captures on both sides of it, or a differing TTL, help to tell them apart.',
  },
  timeout: {
    title: 'nothing came for too long, so that somebody gave up',
    what: 'The system gives up a connect after its last SYN (Linux: about two minutes by default), a connection after many retransmissions (about 15 minutes), a program when it wants.',
    why: 'It says that no answer came, not why: host down, packets dropped by a firewall, the answer lost. Refused is another thing: somebody said no.',
  },
  conn_state: {
    title: "Zeek's word for how a connection went",
    what: 'One of S0 S1 SF REJ S2 S3 RSTO RSTR RSTOS0 RSTRH SH SHR OTH. synfin writes it by the rules of Zeek, whether or not its own verdict is the same. O stands for originator (client), R for responder.',
    why: 'To compare with logs of Zeek. Its rules check no sequence numbers: an RST that its receiver ignored counts there.',
  },
  history: {
    title: "Zeek's string of what came, in the order of first occurrence",
    what: 'A letter for each kind of segment: capitals of the originator (client), small letters of the responder. ShADadFf: SYN, SYN-ACK, ACK, data, ACK and data of the server, FIN of each.',
    why: 'A whole connection in a few letters. Most letters come once for each side, so that it does not show how many segments there were.',
  },
};
