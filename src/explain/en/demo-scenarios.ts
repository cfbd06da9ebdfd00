/** The scenarios of `synfin demo`: the title of each, and what it shows, in one sentence. */
import type { ScenarioName } from '../terms/scenarios.js';

export interface ScenarioText {
  title: string;
  expect: string;
}

export const DEMO_SCENARIOS: Readonly<Record<ScenarioName, ScenarioText>> = {
  simple: {
    title: 'One message and its echo; the client closes first',
    expect: 'Eleven packets: a three-way opening, one message each way, a four-step closing.',
  },
  'three-step': {
    title: 'The server closes at once when the client does',
    expect: 'The closing takes three packets: the second FIN carries the acknowledgement of the first.',
  },
  'server-first': {
    title: 'The server closes first',
    expect: 'The first FIN comes from the server, which therefore ends in TIME-WAIT.',
  },
  'half-close': {
    title: 'The client has said all, the server goes on',
    expect: 'After the FIN of the client three more messages come from the server, then its own FIN.',
  },
  refused: {
    title: 'Nobody listens on the port',
    expect: 'Two packets: the SYN, and the RST that refuses it.',
  },
  reset: {
    title: 'The client breaks the connection off',
    expect: 'The connection ends with an RST of the client instead of FINs.',
  },
  unread: {
    title: 'The server closes without having read',
    expect: 'The connection ends with an RST of the server, because data was waiting unread.',
  },
  duplex: {
    title: 'Both sides talk at the same time',
    expect: 'Each side sends four messages, and acknowledgements ride on data.',
  },
  many: {
    title: 'Three clients at once',
    expect:
      'Three connections to one server port, open together and distinguished by the port of the client.',
  },
  ipv6: {
    title: 'The same over IPv6',
    expect: 'Eleven packets as in "simple", between addresses of IPv6: TCP is the same above both.',
  },
  'no-answer': {
    title: 'Nobody answers, and the client gives up',
    expect: 'Only SYNs: the queue of the server is full, and its system drops them.',
  },
  'syn-retry': {
    title: 'The first SYN is dropped, the second one is answered',
    expect: 'Opening takes a second: the queue of the server was full when the first SYN came.',
  },
  'simultaneous-open': {
    title: 'Both sides open the connection at once (root)',
    expect: 'A SYN from each side, which cross on the way, and one connection.',
  },
  'fast-open': {
    title: 'Data in the SYN: TCP Fast Open (root)',
    expect:
      'The first SYN asks for a cookie; with it the second one has data, which the server reads at once.',
  },
  'slow-server': {
    title: 'The server takes 400 ms to answer',
    expect:
      'The handshake is quick and the acknowledgement too: the time goes by in the program of the server.',
  },
  'keep-alive': {
    title: 'Silence, in which the system asks for a sign of life',
    expect: 'After each second of silence a probe of the client, which the server answers; no data.',
  },
  'zero-window': {
    title: 'The server does not read, and the client has to wait',
    expect: 'The window shrinks to 0; the client probes it until the server reads and it opens.',
  },
  large: {
    title: 'Two megabytes in one go',
    expect: 'The window grows beyond 64 kB, which its field of 16 bits only has room for by window scaling.',
  },
  loss: {
    title: 'A segment is lost on the way and sent again (root)',
    expect:
      'Each segment after it triggers the same acknowledgement again: so the sender sees that one is missing.',
  },
  'write-after-close': {
    title: 'The client writes after the server has closed',
    expect: 'The server closes both directions, so that the next data of the client is answered by an RST.',
  },
  'port-reuse': {
    title: 'A new connection from the port of one in TIME-WAIT',
    expect: 'The server closes first and waits in TIME-WAIT; a SYN with the same ports ends that.',
  },
  'udp-simple': {
    title: 'Three datagrams, each answered',
    expect: 'Six datagrams and nothing else: no handshake, no closing.',
  },
  unanswered: {
    title: 'Nobody answers',
    expect: 'Three datagrams one way; whether they were read cannot be seen.',
  },
  'one-to-many': {
    title: 'One says it, all get it',
    expect: 'The server sends each datagram on to every client known so far.',
  },
  'port-unreachable': {
    title: 'Nobody listens on the port',
    expect: 'The answer to the datagram is ICMP: port unreachable.',
  },
  question: {
    title: 'One question and its answer, as with DNS',
    expect: 'Two datagrams; the time between them is what the server took.',
  },
  lost: {
    title: 'Some datagrams of many are lost: the server reads too late',
    expect: 'All are on the wire, but only those that found room in the receive buffer are answered.',
  },
  fragments: {
    title: 'A datagram larger than the MTU (root)',
    expect: 'Each datagram of 4000 bytes travels as three fragments of IP; UDP sees one.',
  },
  multicast: {
    title: 'To a group: those that have joined it get it',
    expect: 'One datagram to 239.7.7.7, and an answer from each of the two that have joined the group.',
  },
  broadcast: {
    title: 'To all of the network',
    expect: 'One datagram to 255.255.255.255, and an answer from each of the two that listen there.',
  },
};
