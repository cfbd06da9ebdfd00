/** ICMP errors in words. */
import { icmpMeaning } from '../../verdict/udp.js';
import type { IcmpWords } from '../en/icmp.js';

export { type IcmpWords, icmpWords } from '../en/icmp.js';

const MEANINGS: Readonly<Record<string, string>> = {
  'network-unreachable': 'rede inalcançável',
  'host-unreachable': 'host inalcançável',
  'protocol-unreachable': 'protocolo inalcançável',
  'port-unreachable': 'porta inalcançável',
  'fragmentation-needed': 'fragmentação necessária',
  'administratively-prohibited': 'proibido pelo administrador',
  'time-exceeded': 'TTL esgotado',
  'reassembly-time-exceeded': 'tempo de remontagem esgotado',
  'no-route': 'sem rota',
  'address-unreachable': 'endereço inalcançável',
  'source-address-failed-policy': 'endereço de origem contra a política',
  'route-rejected': 'rota rejeitada',
  'packet-too-big': 'pacote grande demais',
};

/** E.g. `porta inalcançável`; `fragmentação necessária, MTU 1460`; `tipo 3, código 6` where there is no word for it. */
export function icmpText({ version, type, code, mtu }: IcmpWords): string {
  const words = MEANINGS[icmpMeaning(version, type, code)] ?? `tipo ${type}, código ${code}`;
  return mtu === null ? words : `${words}, MTU ${mtu}`;
}
