/** ICMP errors, as terms. */
import type { TermText } from '../terms/names.js';

export const icmpTexts = {
  'network-unreachable': {
    title: 'ICMP: no way to that network',
    what: 'A router has no route to the network of the destination (type 3, code 0).',
    why: 'Wrong address, or a route that is missing or gone. It may pass.',
  },
  'host-unreachable': {
    title: 'ICMP: the host does not answer in its network',
    what: 'The last router cannot reach the host, often as ARP gets no answer (type 3, code 1).',
    why: 'The host is off, or has another address.',
  },
  'protocol-unreachable': {
    title: 'ICMP: the host does not know the protocol',
    what: 'The host takes no TCP, or no UDP (type 3, code 2).',
    why: 'Rare; usually a firewall or a very small system.',
  },
  'port-unreachable': {
    title: 'ICMP: no socket takes UDP at this port',
    what: 'The answer of a host to a datagram for a port without a socket (type 3, code 3; ICMPv6 type 1, code 4). A firewall may send the same.',
    why: 'Does the program run, at this port and address? Silence, on the other hand, does not mean that a port is open.',
  },
  'fragmentation-needed': {
    title: 'ICMP: too large for the next link, and must not be cut',
    what: 'A router dropped the packet and names the MTU of the next link (type 3, code 4).',
    why: 'The sender should send smaller packets: path MTU discovery.',
  },
  'administratively-prohibited': {
    title: 'ICMP: a rule forbids it',
    what: 'A firewall or router refused the packet and says so (type 3, codes 9, 10, 13; ICMPv6 type 1, code 1).',
    why: 'The address of the ICMP message tells whose rule it is.',
  },
  'time-exceeded': {
    title: 'ICMP: its hops were used up',
    what: 'The TTL (IPv6: hop limit) reached 0 on the way (type 11, code 0; ICMPv6 type 3, code 0).',
    why: 'A loop of routes; or traceroute, which does it on purpose.',
  },
  'reassembly-time-exceeded': {
    title: 'ICMP: fragments were missing for too long',
    what: 'The receiver could not join a packet, as not all of its fragments came in time (type 11, code 1; ICMPv6 type 3, code 1).',
    why: 'Loss, or a firewall that drops fragments. Send smaller datagrams.',
  },
  'no-route': {
    title: 'ICMPv6: no route to the destination',
    what: 'A router knows no way (type 1, code 0).',
    why: 'Wrong address, or IPv6 is not set up on the way.',
  },
  'address-unreachable': {
    title: 'ICMPv6: the address does not answer in its network',
    what: 'The last router cannot reach the host (type 1, code 3).',
    why: 'The host is off, or has another address.',
  },
  'source-address-failed-policy': {
    title: 'ICMPv6: the source address is not allowed',
    what: 'A rule about source addresses refused the packet (type 1, code 5).',
    why: 'The sender uses an address that does not belong to this way out.',
  },
  'route-rejected': {
    title: 'ICMPv6: the route is set to reject',
    what: 'A router has a rule to refuse packets for this destination (type 1, code 6).',
    why: 'Set by hand on that router.',
  },
  'packet-too-big': {
    title: 'ICMPv6: too large for the next link',
    what: 'A router dropped the packet and names the MTU (type 2, code 0). IPv6 routers never cut packets.',
    why: 'The sender should send smaller ones. If this message is filtered, large packets vanish.',
  },
} as const satisfies Readonly<Record<string, TermText>>;
