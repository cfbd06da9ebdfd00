/** ICMP errors: sources, pictures, scenarios, synonyms. */
import type { TermFacts } from './names.js';

export const icmpFacts = {
  'network-unreachable': {
    rfc: ['792 Destination Unreachable', '1122 3.2.2.1'],
    also: ['ICMP', 'host-unreachable'],
    aliases: ['ENETUNREACH'],
  },
  'host-unreachable': {
    rfc: ['792 Destination Unreachable', '1122 3.2.2.1'],
    also: ['ICMP', 'network-unreachable', 'address-unreachable'],
    aliases: ['EHOSTUNREACH', 'no route to host'],
  },
  'protocol-unreachable': {
    rfc: ['792 Destination Unreachable', '1122 3.2.2.1'],
    also: ['ICMP', 'port-unreachable'],
  },
  'port-unreachable': {
    rfc: ['1122 4.1.3.1', '4443 3.1'],
    picture: 'udp-unreachable',
    see: ['port-unreachable'],
    also: ['ICMP', 'firewall', 'refused'],
  },
  'fragmentation-needed': {
    rfc: ['1191 4', '792 Destination Unreachable'],
    picture: 'too-big',
    also: ['MTU', 'fragment', 'packet-too-big'],
  },
  'administratively-prohibited': { rfc: ['1812 5.2.7.1', '4443 3.1'], also: ['firewall', 'ICMP', 'refused'] },
  'time-exceeded': {
    rfc: ['792 Time Exceeded', '4443 3.3'],
    also: ['ICMP', 'reassembly-time-exceeded'],
    aliases: ['TTL', 'hop limit', 'traceroute'],
  },
  'reassembly-time-exceeded': {
    rfc: ['792 Time Exceeded', '1122 3.3.2'],
    also: ['fragment', 'time-exceeded'],
  },
  'no-route': { rfc: ['4443 3.1'], also: ['ICMP', 'network-unreachable'] },
  'address-unreachable': { rfc: ['4443 3.1'], also: ['ICMP', 'host-unreachable'] },
  'source-address-failed-policy': { rfc: ['4443 3.1'], also: ['ICMP', 'firewall'] },
  'route-rejected': { rfc: ['4443 3.1'], also: ['ICMP', 'no-route'] },
  'packet-too-big': {
    rfc: ['4443 3.2', '8201 4'],
    picture: 'too-big',
    also: ['MTU', 'fragmentation-needed', 'path-mtu-ignored'],
  },
} as const satisfies Readonly<Record<string, TermFacts>>;
