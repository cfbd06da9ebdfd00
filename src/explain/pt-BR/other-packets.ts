/** Packets that are neither TCP nor UDP, as decoding names them: most are names of protocols, which stay. */
import { isOne } from './noun-forms.js';

/** A name in English; one packet of it, and several. */
const KINDS: readonly (readonly [RegExp, string, string])[] = [
  [/^(.*) error$/, 'erro $1', 'erros $1'],
  [/^PPP multilink fragment$/, 'fragmento de PPP multilink', 'fragmentos de PPP multilink'],
  [/^(.*) fragment$/, 'fragmento $1', 'fragmentos $1'],
  [
    /^malformed (.*) extension header$/,
    'cabeçalho de extensão $1 malformado',
    'cabeçalhos de extensão $1 malformados',
  ],
  [/^malformed (.*) header$/, 'cabeçalho $1 malformado', 'cabeçalhos $1 malformados'],
  [
    /^malformed TCP header length$/,
    'comprimento de cabeçalho TCP malformado',
    'comprimentos de cabeçalho TCP malformados',
  ],
  [/^malformed (.*) length$/, 'comprimento $1 malformado', 'comprimentos $1 malformados'],
  [/^malformed (.*) attribute$/, 'atributo $1 malformado', 'atributos $1 malformados'],
  [/^malformed (.*) address$/, 'endereço $1 malformado', 'endereços $1 malformados'],
  [/^other (.*) version$/, 'outra versão de $1', 'outras versões de $1'],
  [/^other (.*) protocol$/, 'outro protocolo $1', 'outros protocolos $1'],
  [/^other bridged PPP frame$/, 'outro quadro PPP em ponte', 'outros quadros PPP em ponte'],
  [/^other TZSP frame$/, 'outro quadro TZSP', 'outros quadros TZSP'],
  [/^other Juniper header$/, 'outro cabeçalho Juniper', 'outros cabeçalhos Juniper'],
  [/^other ERF record$/, 'outro registro ERF', 'outros registros ERF'],
  [/^other ATM traffic$/, 'outro ATM', 'outros ATM'],
  [/^other address family$/, 'outra família de endereços', 'outras famílias de endereços'],
  [/^other (.*)$/, 'outro $1', 'outros $1'],
  [/^(.*) without data$/, '$1 sem dados', '$1 sem dados'],
  [/^(.*) without a (?:packet|frame|payload)$/, '$1 sem conteúdo', '$1 sem conteúdo'],
  [/^802\.11 management or control$/, 'gerência ou controle 802.11', 'gerência ou controle 802.11'],
  [/^(.*) management$/, 'gerência $1', 'gerência $1'],
  [/^(.*) control$/, 'controle $1', 'controle $1'],
  [/^(.*) discovery$/, 'descoberta $1', 'descoberta $1'],
  [/^GRE acknowledgement$/, 'confirmação GRE', 'confirmações GRE'],
  [/^MPLS payload$/, 'conteúdo MPLS', 'conteúdos MPLS'],
  [/^MPLS pseudo-wire channel$/, 'canal de pseudo-wire MPLS', 'canais de pseudo-wire MPLS'],
  [
    /^MPLS label stack too deep$/,
    'pilha de rótulos MPLS funda demais',
    'pilhas de rótulos MPLS fundas demais',
  ],
  [/^VLAN tags nested too deep$/, 'com VLANs demais', 'com VLANs demais'],
  [/^headers nested too deep$/, 'com cabeçalhos demais', 'com cabeçalhos demais'],
  [
    /^too many IPv6 extension headers$/,
    'com cabeçalhos de extensão IPv6 demais',
    'com cabeçalhos de extensão IPv6 demais',
  ],
  [
    /^too many (\w+) extension headers$/,
    'com cabeçalhos de extensão $1 demais',
    'com cabeçalhos de extensão $1 demais',
  ],
  [/^too many GRE routes$/, 'com rotas GRE demais', 'com rotas GRE demais'],
  [/^too many TZSP tags$/, 'com etiquetas TZSP demais', 'com etiquetas TZSP demais'],
  [
    /^PPP with compressed TCP headers$/,
    'PPP com cabeçalhos TCP comprimidos',
    'PPP com cabeçalhos TCP comprimidos',
  ],
  [/^compressed PPP$/, 'PPP comprimido', 'PPP comprimidos'],
  [/^encrypted 802\.11 data$/, 'dados 802.11 cifrados', 'dados 802.11 cifrados'],
  [/^encrypted (.*)$/, '$1 cifrado', '$1 cifrados'],
  [/^AH within AH$/, 'AH dentro de AH', 'AH dentro de AH'],
  [/^neither IPv4 nor IPv6$/, 'nem IPv4 nem IPv6', 'nem IPv4 nem IPv6'],
  [/^unknown link type$/, 'tipo de enlace desconhecido', 'tipos de enlace desconhecidos'],
];

export function otherPacketName(what: string, packets: number): string {
  const kind = KINDS.find(([english]) => english.test(what));
  return kind === undefined ? what : what.replace(kind[0], isOne(packets) ? kind[1] : kind[2]);
}
