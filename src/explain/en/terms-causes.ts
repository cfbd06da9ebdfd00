/** Causes of a reset, and reasons to ignore a segment, as terms. */
import type { TermTexts } from '../terms/names.js';

export const causeTexts: TermTexts['cause'] = {
  refused: {
    title: 'no socket took the SYN at this address and port',
    what: "The system answered the SYN by RST. A firewall's answer can have the same bytes.",
    why: 'Is the program running, and does it listen at this address, not only at 127.0.0.1? Is the port right? Then look at firewalls.',
  },
  'rejected-syn-ack': {
    title: 'the SYN-ACK does not answer the SYN of its receiver',
    what: 'It acknowledges a number that the client did not send, so that the client answers by RST and goes on waiting.',
    why: 'That is how the handshake protects itself: the answer belongs to an old SYN, is forged, or was translated wrongly on its way back.',
  },
  scan: {
    title: 'the system of the client knows nothing of the SYN that it sent',
    what: 'After the SYN-ACK comes an RST without ACK: the answer of a system that has no such connection. A program had sent the SYN by itself, past the TCP of its system.',
    why: 'Port scanners do so. A client that gave up meanwhile looks the same (connect-cancelled). Over many ports it is a scan.',
  },
  'connect-cancelled': {
    title: 'the client gave up connecting before the SYN-ACK came',
    what: 'Its socket was closed while it was in SYN-SENT. The SYN-ACK, when it came, was answered by RST.',
    why: 'The timeout of the program is shorter than the network or server took. Find out why the SYN-ACK was late, or allow more time.',
  },
  'accept-queue-overflow': {
    title: 'the accept queue or the SYN cache of the server was full',
    what: 'The client had a SYN-ACK and thought that the connection was open; its ACK, or its first data, was answered by RST.',
    why: 'On Linux only with tcp_abort_on_overflow; some other systems do so. Let the program accept faster, or listen with a larger backlog. ss -ltn shows the queues.',
  },
  'listener-closed': {
    title: 'the program stopped listening before it accepted',
    what: 'The connection was in the queue of a listening socket that was closed, or whose process ended. The system then resets all that wait there.',
    why: 'Typical of a restart. Stop the flow of new connections first, and accept those that wait.',
  },
  'no-such-connection': {
    title: 'the system of its sender has no such connection',
    what: 'A segment came for a connection that this system does not have, or has no longer; it answers by RST without ACK, at the number that the segment acknowledged.',
    why: 'It restarted, or closed long ago, or the packet came to the wrong host (load balancer, address moved). A firewall may answer in its name.',
  },
  'state-lost': {
    title: 'a NAT or firewall did not know the connection that both ends have',
    what: 'Something between the ends forgot the connection, or never saw its beginning, and answered a segment by RST. Both ends still have it.',
    why: 'Typical after a long silence, or after a change of route. Send keep-alives more often than its timer, or raise that timer.',
  },
  firewall: {
    title: 'something on the way answered in the name of its sender',
    what: 'The RST has the address of one end, but a device between sent it.',
    why: 'Rules of a firewall or filter. A capture at the end in whose name it came does not have this RST: that proves it.',
  },
  'half-open-discovered': {
    title: 'its sender had forgotten the connection',
    what: 'It restarted and sent a new SYN; the other end, which still had the old connection, answered with its numbers. This RST ends the old one, and the SYN can be repeated.',
    why: 'That is how TCP recovers from a crash. Why did the first system restart?',
  },
  'data-after-close': {
    title: 'data came for an end that had closed',
    what: 'Its program had called close(), not only shutdown(), so nobody could read what came: the system answered by RST. Those bytes are lost.',
    why: 'The two programs disagree who is finished. Let the sender stop when it reads the end of the stream, or the other read on before it closes.',
  },
  'gone-after-close': {
    title: 'the socket of its sender was gone after its FIN',
    what: 'After its FIN its system kept nothing of the connection, so that the next segment of the other end was answered by RST without ACK.',
    why: 'On Linux FIN-WAIT-2 without an owner has a time limit (tcp_fin_timeout); some systems and devices end it at once. As a rule it does no harm.',
  },
  'unread-data': {
    title: 'closed with received data unread',
    what: 'The program closed although data was waiting in its receive buffer. The system then sends RST in place of FIN: the bytes may have been acknowledged, but nobody read them.',
    why: 'Read until the end of the stream before closing. An abort on purpose can look the same. What was sent before may be lost at the other end too.',
  },
  'gave-up': {
    title: 'its sender was not answered for too long',
    what: 'It had repeated a segment or a probe, nobody answered, and it ended the connection.',
    why: 'The other end, or the way there, was gone. The RST may well get lost as well. Look for where the answers stop.',
  },
  aborted: {
    title: 'the application aborted the connection',
    what: 'The program ended it by RST: SO_LINGER with time 0, or a call for that. Some systems also do so when a process is killed.',
    why: 'On purpose as a rule: health checks, load balancers and servers do it to avoid TIME-WAIT. What is on its way is thrown away.',
  },
  'not-translated': {
    title: 'a segment of another connection, whose address was not translated',
    what: 'It has the ports and numbers of a connection that goes through a NAT, but its address was left as it was.',
    why: 'The NAT had dropped its entry, often after the close. Harmless if it comes after the end; otherwise a fault of the NAT.',
  },
  injected: {
    title: 'not sent by the end whose address it has',
    what: 'Its supposed sender went on as if nothing had happened, or the TTL does not fit. Something on the way, or an attacker, sent it.',
    why: 'Some firewalls, filters and censors end connections so. Captures at both ends prove it: the sender has no such RST.',
  },
  'time-wait-assassination': {
    title: 'it ended TIME-WAIT early',
    what: 'A late segment reached an end in TIME-WAIT, which answered by ACK; the other end, already in CLOSED, answered that by RST.',
    why: 'Old segments might then get into a new connection, which is rare. Systems that follow RFC 1337, section 1, ignore such an RST; on Linux net.ipv4.tcp_rfc1337 does that.',
  },
  ignored: {
    title: 'its receiver ignored it, and nothing followed',
    what: 'The number of the RST does not fit, so that its receiver did not take it. It may have sent a challenge ACK.',
    why: 'A late RST, or a forged one. As nothing follows, what became of the connection was not captured.',
  },
  'cannot-tell': {
    title: 'the packets do not tell why',
    what: 'None of the rules fits. An honest answer: several causes leave the same packets.',
    why: 'Logs of the program, or a capture at the other end, may tell more.',
  },
};

export const ignoredTexts: TermTexts['ignored'] = {
  'rst-not-for-syn': {
    title: 'an RST that does not acknowledge the SYN',
    what: 'In SYN-SENT only an RST that acknowledges the SYN counts. This one does not, and is dropped.',
    why: 'So an old or forged RST cannot stop a connection that is opening.',
  },
  'rst-in-window': {
    title: 'an RST within the window, not at the expected number',
    what: 'It might be real, or guessed: the receiver answers by a challenge ACK and stays. Systems limit the rate of such answers.',
    why: 'A real sender that has no connection answers that ACK by an RST with the exact number. A forger off the path cannot.',
  },
  'rst-outside-window': {
    title: 'an RST outside the window',
    what: 'Its number is not among those that the receiver accepts. It is dropped without an answer.',
    why: 'It is old, or its sender guesses.',
  },
  'rst-refuted': {
    title: 'an RST after which both ends went on',
    what: 'Later packets show that the RST was not taken: its supposed sender goes on, and is answered.',
    why: 'It was not sent by that end, or did not arrive.',
  },
  'syn-in-connection': {
    title: 'a SYN in an open connection',
    what: 'It may only trigger a challenge ACK; the connection goes on. Its number does not matter.',
    why: 'If the other end really restarted, it answers that ACK by RST, and the way is free for a new connection.',
  },
  'syn-in-handshake': {
    title: 'a SYN of another number in SYN-RECEIVED',
    what: 'It lies outside the window: it may only trigger an ACK, and the handshake goes on with the first number.',
    why: 'An old SYN, or two clients with the same address and port, for example behind a NAT.',
  },
  'syn-ack-unacceptable': {
    title: 'a SYN-ACK that does not acknowledge the SYN',
    what: 'Its acknowledgment number is not that of the SYN plus one. The client answers by RST and stays in SYN-SENT.',
    why: 'It answers an old SYN, or is forged: without seeing the SYN nobody knows its number.',
  },
  'syn-ack-echo': {
    title: 'a SYN-ACK that echoes a timestamp that was never sent',
    what: 'Its TSecr is not the TSval of any SYN, so that Linux answers by RST and stays in SYN-SENT.',
    why: 'It comes from an older connection, or from a device that made it up.',
  },
  'other-syn-ack': {
    title: 'a second SYN-ACK of another number',
    what: 'Two SYN-ACKs with different numbers answer one SYN. Only one of them can be taken.',
    why: 'Two hosts answer for one address, or one that keeps no state of its first answer.',
  },
  'closed-already': {
    title: 'a SYN-ACK for an end that had given up',
    what: 'The client was in CLOSED when it came. The usual answer is RST.',
    why: 'The answer was slower than the patience of the program.',
  },
  'before-syn-ack': {
    title: 'a segment without SYN for an end in SYN-SENT',
    what: 'In SYN-SENT only a SYN, or an RST that acknowledges the SYN, has a meaning. It is dropped; one with a wrong ACK is answered by RST.',
    why: 'Reordered on the way, or of an older connection.',
  },
  'ack-unacceptable': {
    title: 'an acknowledgment of what was never sent',
    what: 'Its acknowledgment number is beyond all that the other end has sent. In an open connection it may trigger an ACK, before that an RST.',
    why: 'Forged, or of another connection. Or the capture missed what it acknowledges.',
  },
  'ack-too-old': {
    title: 'an acknowledgment older than the window allows',
    what: 'It acknowledges less than the oldest number that is still acceptable (SND.UNA minus the largest window). It may trigger a challenge ACK.',
    why: 'It hinders a forger who guesses numbers. A very late segment looks the same.',
  },
  'half-open': {
    title: 'a segment of an older connection in answer to a SYN',
    what: 'The other end still has a connection that this one forgot, and answers the SYN with the numbers of that.',
    why: 'This end answers by RST, which ends the old connection; then the SYN is repeated.',
  },
  'no-ack-flag': {
    title: 'a segment without ACK',
    what: 'Once a connection is synchronized, each segment but SYN and RST must have the ACK flag. Without it, it is dropped.',
    why: 'No TCP sends that: a scan, or a program that makes its own packets.',
  },
  'outside-window': {
    title: 'a segment outside the window',
    what: 'None of its bytes are among those that the receiver takes now. It is dropped, and answered by an ACK with the expected numbers.',
    why: 'The window was closed or shrank, or the segment is old or of another connection.',
  },
  'old-timestamp': {
    title: 'a timestamp older than what came before',
    what: 'Its TSval is older than one that was accepted already (PAWS): it is dropped, and answered by an ACK.',
    why: 'Numbers repeat after 4 GB; the timestamp tells that this segment is of an earlier round. A late copy looks the same.',
  },
  'after-fin': {
    title: 'data behind its own FIN',
    what: 'An end that sent FIN has no further numbers. Data with numbers beyond it is not taken.',
    why: 'A fault of its sender, or a forged segment.',
  },
  'fin-refuted': {
    title: 'a FIN beyond which both ends went on',
    what: 'Its sender goes on with the number that the FIN had taken, and the other end acknowledges that. So the FIN had not been taken: nothing comes behind one that was.',
    why: 'It was forged, or it did not arrive.',
  },
  'syn-in-time-wait': {
    title: 'an old SYN in TIME-WAIT',
    what: 'A SYN may replace a connection in TIME-WAIT if its number, or its timestamp, is beyond the last one. This one is not: it is answered by ACK.',
    why: 'It is late, or a client that uses the ports again with a smaller number. It answers the ACK by RST and tries once more.',
  },
  malformed: {
    title: 'a TCP header that cannot be',
    what: 'The header claims less than 20 bytes, or more than the packet has. It is dropped.',
    why: 'Damage, a faulty program, or a test of how systems take it.',
  },
};
