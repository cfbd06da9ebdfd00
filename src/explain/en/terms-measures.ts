/** Words for what synfin measures and concludes, as terms. */
import type { TermText } from '../terms/names.js';

export const measureTexts = {
  'connect time': {
    title: 'from the first SYN to the ACK that completes the handshake',
    what: "It has a round trip, and all that SYNs sent again had to wait for. At the client it is what connect() takes, and the ACK's short way out. A capture in the middle has the same sum.",
    why: 'A slow connect is the network, a full accept queue, or a lost SYN (then 1 s and more). The program on the server has no part in it: its delay is the response time.',
  },
  'response time': {
    title: 'from the last byte of a request to the first byte of its answer',
    what: 'A request is data of the client, an answer data of the server. Of each connection: the first, the median and the longest. Near the server it is the time of its program; elsewhere it has a round trip too.',
    why: 'With the connect time it tells the network from the server: a fast connect and a slow answer is the program, or what that waits for.',
  },
  'capture point': {
    title: 'where on the way the capture was made: near the client, near the server, between',
    what: 'Found from the two parts of the handshake: near the client the SYN-ACK takes long to come and the ACK follows at once; near the server it is the other way round.',
    why: 'Times, and what was lost before or behind that point, mean something else at each end. It is null where the handshake does not tell, for instance on a loopback.',
  },
  evidence: {
    title: 'the packets that a verdict rests on, by number',
    what: 'For a reset: the segment that it answers, or what the receiver had and its sender lacked. The numbers are those of Wireshark; --explain and the report page show them.',
    why: 'You can check the verdict yourself. Evidence of an answer comes from the other end, or from time: never from the RST itself alone.',
  },
  confidence: {
    title: 'how sure the cause of a reset is: high, medium or low',
    what: 'high: the packets exclude other causes, or these are very rare. medium: another cause would look the same here. low: one sign alone speaks for it. `alternatives` has the causes that are not excluded.',
    why: 'Two causes can send the same RST. Then the sentence says "or" or "likely", and where nothing decides, the cause is cannot-tell.',
  },
} as const satisfies Readonly<Record<string, TermText>>;
