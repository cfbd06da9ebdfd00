/** ICMP errors, as terms. */
import type { TermText } from '../terms/names.js';

export const icmpTexts = {
  'network-unreachable': {
    title: 'ICMP: não há caminho até essa rede',
    what: 'Um roteador não tem rota para a rede de destino (tipo 3, código 0).',
    why: 'Endereço errado, ou uma rota que falta ou sumiu. Pode ser passageiro.',
  },
  'host-unreachable': {
    title: 'ICMP: o host não responde na rede dele',
    what: 'O último roteador não alcança o host, muitas vezes porque o ARP fica sem resposta (tipo 3, código 1).',
    why: 'O host está desligado, ou tem outro endereço.',
  },
  'protocol-unreachable': {
    title: 'ICMP: o host não conhece o protocolo',
    what: 'O host não aceita TCP, ou UDP (tipo 3, código 2).',
    why: 'Raro; em geral um firewall ou um sistema muito pequeno.',
  },
  'port-unreachable': {
    title: 'ICMP: nenhum socket UDP nessa porta',
    what: 'A resposta de um host a um datagrama para uma porta sem socket (tipo 3, código 3; ICMPv6 tipo 1, código 4). Um firewall pode enviar o mesmo.',
    why: 'O programa está em execução, nessa porta e nesse endereço? O silêncio, por outro lado, não significa porta aberta.',
  },
  'fragmentation-needed': {
    title: 'ICMP: grande demais para o próximo enlace, e não pode ser dividido',
    what: 'Um roteador descartou o pacote e informa a MTU do próximo enlace (tipo 3, código 4).',
    why: 'O emissor deve enviar pacotes menores: descoberta da MTU do caminho.',
  },
  'administratively-prohibited': {
    title: 'ICMP: uma regra o proíbe',
    what: 'Um firewall ou roteador recusou o pacote e avisa (tipo 3, códigos 9, 10, 13; ICMPv6 tipo 1, código 1).',
    why: 'O endereço de origem da mensagem ICMP diz de quem é a regra.',
  },
  'time-exceeded': {
    title: 'ICMP: os saltos se esgotaram',
    what: 'O TTL (IPv6: hop limit) chegou a 0 no caminho (tipo 11, código 0; ICMPv6 tipo 3, código 0).',
    why: 'Um laço de rotas; ou traceroute, que faz isso de propósito.',
  },
  'reassembly-time-exceeded': {
    title: 'ICMP: faltaram fragmentos por tempo demais',
    what: 'O receptor não conseguiu remontar um pacote, pois nem todos os fragmentos vieram a tempo (tipo 11, código 1; ICMPv6 tipo 3, código 1).',
    why: 'Perda, ou um firewall que descarta fragmentos. Envie datagramas menores.',
  },
  'no-route': {
    title: 'ICMPv6: não há rota para o destino',
    what: 'Um roteador não conhece caminho (tipo 1, código 0).',
    why: 'Endereço errado, ou o IPv6 não está configurado no trajeto.',
  },
  'address-unreachable': {
    title: 'ICMPv6: o endereço não responde na rede dele',
    what: 'O último roteador não alcança o host (tipo 1, código 3).',
    why: 'O host está desligado, ou seu endereço é outro.',
  },
  'source-address-failed-policy': {
    title: 'ICMPv6: o endereço de origem não é permitido',
    what: 'Uma regra sobre endereços de origem recusou o pacote (tipo 1, código 5).',
    why: 'O emissor usa um endereço que não pertence a esta saída.',
  },
  'route-rejected': {
    title: 'ICMPv6: a rota está configurada para recusar',
    what: 'Um roteador tem uma regra que recusa pacotes para este destino (tipo 1, código 6).',
    why: 'Configurada à mão nesse roteador.',
  },
  'packet-too-big': {
    title: 'ICMPv6: grande demais para o próximo enlace',
    what: 'Um roteador descartou o pacote e informa a MTU (tipo 2, código 0). Roteadores IPv6 nunca dividem pacotes.',
    why: 'O emissor deve enviar pacotes menores. Se esta mensagem é filtrada, pacotes grandes somem.',
  },
} as const satisfies Readonly<Record<string, TermText>>;
